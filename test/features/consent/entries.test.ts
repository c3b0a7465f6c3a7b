/** What people of a shop do about consent, over HTTP: they read what is held, enter what reached them otherwise, and report. */
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { barredAmong, holdForPerson, optIn, optOut } from "../../../src/features/consent/service";
import { createTestWorld, originOf, type Browser } from "../../support/app";
import { enteredBrowser, givenMember, givenPerson, givenShop } from "../../support/people";
import { booksOf, EMAIL, KIM, newDesk, PHONE, said, type Desk } from "./desk";

let shops = 0;

/** A shop with its owner's browser, and the desk behind it. */
async function open() {
  const world = createTestWorld();
  const owner = await givenPerson(world, `Consent Owner ${(shops += 1)}`);
  const shop = await givenShop(world, `consent-${shops}`, owner);
  return { world, shop, owner, desk: newDesk(shop, world), browser: await enteredBrowser(world, owner, shop), at: (path: string) => `${originOf(shop.slug)}/api/consent/${path}` };
}

type Held = { readonly id: string; readonly words: string | null; readonly addresses: readonly unknown[] };

const entry = (desk: Desk, changes: object = {}) => ({ key: newId(systemRandom), address: PHONE, source: "call", note: "Rang at noon: no more texts.", saidAt: desk.world.clock() - MINUTE, ...changes });
const told = async (answer: Response) => [answer.status, await answer.json()] as const;
const heldAt = async (browser: Browser, url: string) => (await (await browser.api("GET", url)).json<{ readonly held: readonly Held[] }>()).held;

describe("what is held", () => {
  it("is listed once for a person, with words and addresses, and gone once it was released", async () => {
    const { desk, browser, at } = await open();
    await holdForPerson(desk, KIM, said(desk, "wrong number"));
    const list = await heldAt(browser, at("held"));
    expect(list).toMatchObject([{ words: "wrong number", addresses: [PHONE, EMAIL], source: "text", heldAt: desk.world.clock() }]);
    const decide = at(`held/${list[0]?.id}/decide`);
    expect(await told(await browser.api("POST", decide, { body: { decision: "released", note: "They meant a part." } }))).toEqual([200, {}]);
    expect(await barredAmong(desk, [KIM])).toEqual([null]);
    expect(await heldAt(browser, at("held"))).toEqual([]);
    expect((await booksOf(desk)).actions.filter((action) => String(action).startsWith("consent."))).toEqual(["consent.held", "consent.released"]);
  });

  it("becomes a stop where that was meant, honoured on the day on which it was held", async () => {
    const { desk, world, shop, owner, at } = await open();
    await holdForPerson(desk, KIM, said(desk, "=enough"));
    const saidAt = world.clock();
    world.pass(20 * DAY);
    const browser = await enteredBrowser(world, owner, shop);
    const [word] = await heldAt(browser, at("held"));
    expect((await browser.api("POST", at(`held/${word?.id}/decide`), { body: { decision: "opted_out", note: "She means it." } })).status).toBe(200);
    expect(await barredAmong(desk, [KIM])).toEqual([{ kind: "opted_out", since: world.clock() }]);
    const report = await told(await browser.api("GET", at("revocations?from=2026-07-01&to=2026-08-30")));
    expect(report).toMatchObject([200, { isCut: false, revocations: [{ address: "+12065550100", words: "She means it.", source: "text", saidAt, honouredAt: saidAt, lastDay: "2026-07-28", isKept: true }] }]);
  });

  it("is not released by who has not read what was written last, nor for who is out", async () => {
    const { desk, browser, at } = await open();
    await holdForPerson(desk, KIM, said(desk, "hmm, wrong number"));
    const [word] = await heldAt(browser, at("held"));
    await holdForPerson(desk, KIM, said(desk, "who gave you this number?", "SM2"));
    const release = async () => await told(await browser.api("POST", at(`held/${word?.id}/decide`), { body: { decision: "released", note: "Fine." } }));
    expect(await release()).toMatchObject([409, { error: { kind: "conflict" } }]);
    expect(await barredAmong(desk, [KIM])).toMatchObject([{ kind: "held" }]);
    await optOut(desk, KIM, said(desk, "STOP", "SM3"));
    expect(await release()).toMatchObject([409, { error: { kind: "opted_out", title: "This person said stop by text on 14 July 2026. Nothing was sent." } }]);
  });
});

describe("what reached the shop otherwise", () => {
  it("is a stop at every address, entered once however often it is sent", async () => {
    const { desk, browser, at } = await open();
    const body = { ...entry(desk), also: [EMAIL] };
    expect(await told(await browser.api("POST", at("opt-outs"), { body }))).toEqual([200, { isFirst: true }]);
    expect(await told(await browser.api("POST", at("opt-outs"), { body }))).toEqual([200, { isFirst: true }]);
    expect(await told(await browser.api("POST", at("opt-outs"), { body: { ...body, key: newId(systemRandom) } }))).toEqual([200, { isFirst: false }]);
    expect(await barredAmong(desk, [{ address: EMAIL, others: [] }])).toMatchObject([{ kind: "opted_out" }]);
    const { lines, evidence } = await booksOf(desk);
    expect(lines.map(({ act, source, by_person: by }) => [act, source, typeof by])).toEqual(Array.from({ length: 4 }, () => ["opted_out", "call", "string"]));
    expect(evidence[0]).toMatchObject({ words: "Rang at noon: no more texts." });
  });

  it("is no consent for who is out: only they themselves opt in again", async () => {
    const { desk, browser, at } = await open();
    const agree = async () => await told(await browser.api("POST", at("agreements"), { body: entry(desk, { note: "Signed the slip." }) }));
    expect(await agree()).toEqual([200, {}]);
    await optOut(desk, KIM, said(desk, "STOP"));
    expect(await agree()).toMatchObject([409, { error: { kind: "opted_out", next: expect.stringContaining("Only they") } }]);
    desk.world.pass(MINUTE);
    await optIn(desk, PHONE, said(desk, "START", "SM2"), []);
    expect(await agree()).toEqual([200, {}]);
    await holdForPerson(desk, KIM, said(desk, "enough", "SM3"));
    expect(await agree()).toMatchObject([409, { error: { kind: "consent_held" } }]);
  });

  it("is refused for what was not said yet, for what is no address, and without a note", async () => {
    const { desk, browser, at } = await open();
    for (const changes of [{ saidAt: desk.world.clock() + HOUR }, { address: { channel: "text", value: "206 555 0100" } }, { address: { channel: "email", value: "kim" } }, { note: " " }, { source: "text" }, { note: "half \ud800" }]) {
      expect((await browser.api("POST", at("opt-outs"), { body: { ...entry(desk), also: [], ...changes } })).status, JSON.stringify(changes)).toBe(400);
    }
    expect((await booksOf(desk)).lines).toEqual([]);
  });

  it("is for those who may write to contacts, and nobody else's shop", async () => {
    const { desk, world, shop, at } = await open();
    const viewer = await givenPerson(world, `Viewer ${shops}`);
    await givenMember(world, shop, viewer, "viewer");
    const browser = await enteredBrowser(world, viewer, shop);
    expect((await browser.api("POST", at("opt-outs"), { body: { ...entry(desk), also: [] } })).status).toBe(403);
    const other = await open();
    await holdForPerson(desk, KIM, said(desk, "wrong number"));
    const { lines } = await booksOf(desk);
    expect(await heldAt(other.browser, other.at("held"))).toEqual([]);
    expect((await other.browser.api("POST", other.at(`held/${String(lines[0]?.id)}/decide`), { body: { decision: "released", note: "Ours?" } })).status).toBe(404);
    expect(await barredAmong(desk, [KIM])).toMatchObject([{ kind: "held" }]);
  });
});

describe("the report", () => {
  it("names each revocation once, with the last day allowed and whether it was kept, on the shop's own dates", async () => {
    const { desk, world, browser, at } = await open();
    await optOut(desk, KIM, said(desk, "STOP"));
    await optOut(desk, { address: { channel: "email", value: "lee@example.com" }, others: [] }, { ...said(desk, "by letter", "L1", world.clock() - 30 * DAY), source: "staff" });
    const report = await (await browser.api("GET", at("revocations?from=2026-07-14&to=2026-07-14"))).json<{ readonly revocations: readonly Readonly<Record<string, string>>[] }>();
    expect(report.revocations.map(({ address, lastDay, isKept }) => `${address} ${lastDay} ${isKept}`).toSorted()).toEqual(["+12065550100 2026-07-28 true", "lee@example.com 2026-06-29 false"]);
    expect(await (await browser.api("GET", at("revocations?from=2026-07-15&to=2026-08-15"))).json()).toEqual({ revocations: [], isCut: false });
    for (const range of ["from=2026-07-14&to=2026-07-13", "from=2026-02-30&to=2026-07-13", "from=2020-01-01&to=2026-07-13"]) expect((await browser.api("GET", at(`revocations?${range}`))).status).toBe(400);
  });

  it("is a file that a spreadsheet runs nothing of, taken by a press", async () => {
    const { desk, browser, at } = await open();
    await optOut(desk, KIM, said(desk, "=HYPERLINK(\"http://evil.example\")\nstop"));
    const file = at("revocations/file?from=2026-07-14&to=2026-07-14");
    expect((await browser.api("GET", file, { headers: { "sec-purpose": "prefetch" } })).status).toBe(409);
    const answer = await browser.api("GET", file);
    expect(answer.headers.get("content-disposition")).toBe("attachment; filename=\"daybook-revocations-2026-07-14-2026-07-14.csv\"");
    const text = await answer.text();
    expect(text).toContain("text,'+12065550100,text,\"'=HYPERLINK(\"\"http://evil.example\"\")\nstop\",2026-07-14T11:00:00.000Z,2026-07-14 07:00:00,");
    expect(text.endsWith(",2026-07-28,yes\r\n")).toBe(true);
    expect((await booksOf(desk)).actions).toContain("consent.exported");
  });

  it("is read page by page, however long it is", async () => {
    const { desk, browser, at } = await open();
    const many = 1_203;
    const subjects = JSON.stringify(Array.from({ length: many }, (_, index) => `t${String(index).padStart(43, "0")}`));
    await [desk.env.SHARD_0, desk.env.SHARD_1][desk.shard]?.prepare(`INSERT INTO consent (shop_id, id, subject, channel, act, source, said_at, at)
      SELECT ?1, substr('aaaaaaaaaaaaaaaaaaaaaaaaaa', 1, 22) || replace(replace(substr('0000' || key, -4), '0', 'b'), '1', 'c') , value, 'text', 'opted_out', 'text', ?3, ?3 + key / 7 FROM json_each(?2)
      WHERE true ON CONFLICT DO NOTHING`).bind(desk.db.shopId, subjects, desk.world.clock()).run();
    const rows = (await (await browser.api("GET", at("revocations/file?from=2026-07-14&to=2026-07-14"))).text()).trim().split("\r\n").length - 1;
    expect(rows).toBe((await booksOf(desk)).lines.length);
    expect(rows).toBeGreaterThan(1_000);
  });
});
