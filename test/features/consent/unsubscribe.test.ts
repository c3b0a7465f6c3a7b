/** The link in a mail: whoever opens it changes nothing, whoever presses its button, or whose mail program does, is written to no more. */
import { beforeEach, describe, expect, it } from "vitest";
import { knownOrNew } from "../../../src/features/contacts/service";
import { optIn, whileReachable, type Address } from "../../../src/features/consent/service";
import { newId, type MessageId } from "../../../src/kernel/ids";
import { MINUTE, systemRandom } from "../../../src/kernel/clock";
import { auditOf } from "../../support/audit";
import { ADA, givenAda, linesOf, openMailbox, type Mailbox, type Sender } from "./mailbox";

const PHONE: Address = { channel: "text", value: "+12125550142" };
const ONE_CLICK = "List-Unsubscribe=One-Click";

let box: Mailbox;
let shop: Sender;

beforeEach(async () => {
  box = await openMailbox();
  shop = box.harbour;
});

describe("the link in a mail", () => {
  it("shows a plain page with one button, however often and however it is looked at, and changes nothing", async () => {
    const url = await box.link(shop);
    const looks: readonly RequestInit[] = [{}, { method: "HEAD" }, { headers: { "sec-purpose": "prefetch" } }, { headers: { "user-agent": "SafeLinks scanner", referer: "https://mail.example/" } }];
    for (const init of looks) {
      const answer = await box.ask(url, init);
      expect([answer.status, answer.headers.get("set-cookie"), answer.headers.get("cache-control")]).toEqual([200, null, "no-store"]);
      const page = await answer.text();
      if (page !== "") expect(page).toMatch(/^(?![\s\S]*<script)(?![\s\S]*ada@example)[\s\S]*noindex[\s\S]*<form method="post"><button type="submit">Unsubscribe<\/button><\/form>/);
    }
    expect([await box.isBarred(shop), await linesOf(box, shop), await auditOf(shop.shop)]).toEqual([false, [], []]);
  });

  it("opts out at once by its button, at every address that is the same person's", async () => {
    await givenAda(box, shop, PHONE);
    const messageId = newId<MessageId>(systemRandom);
    const answer = await box.press(await box.link(shop, ADA, messageId), "", { origin: `http://${box.config.domain}`, "sec-fetch-site": "same-origin" });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("You are unsubscribed")]);
    expect([await box.isBarred(shop), await box.isBarred(shop, PHONE)]).toEqual([true, true]);
    const line = { act: "opted_out", source: "email_link", words: `Unsubscribed by the link in message ${messageId}.`, reference: `link:${messageId}:0` };
    expect(await linesOf(box, shop)).toEqual([{ ...line, channel: "email", follows: 0, address: ADA.value }, { ...line, channel: "text", follows: 1, address: PHONE.value }]);
    expect((await auditOf(shop.shop)).map(({ action, actor, after }) => [action, actor, after])).toEqual([["consent.opted_out", "stranger", { source: "email_link" }]]);
  });

  it("opts out by one click of a mail program: from nowhere, as a form or in parts, with no cookie and no redirect", async () => {
    const form = new FormData();
    form.set("List-Unsubscribe", "One-Click");
    for (const [body, headers] of [[ONE_CLICK, { "content-type": "application/x-www-form-urlencoded" }], [form, {}], [ONE_CLICK, { origin: "https://mail.example", "sec-fetch-site": "cross-site" }], ["", {}]] as const) {
      const address: Address = { channel: "email", value: `${newId(systemRandom)}@example.com` };
      const answer = await box.ask(await box.link(shop, address), { method: "POST", body, headers });
      expect([answer.status, answer.headers.get("location"), answer.headers.get("set-cookie"), await box.isBarred(shop, address)]).toEqual([200, null, null, true]);
    }
  });

  it("works fifty times at once and leaves one line, then says the same again", async () => {
    const url = await box.link(shop);
    const answers = await Promise.all(Array.from({ length: 50 }, async () => await box.press(url, ONE_CLICK)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await linesOf(box, shop)).toHaveLength(1);
    expect(await auditOf(shop.shop)).toHaveLength(1);
    for (let more = 0; more < 10; more += 1) expect((await box.press(url)).status).toBe(200);
    expect((await box.press(url)).status).toBe(429);
    box.world.pass(61 * MINUTE);
    expect((await box.press(url)).status).toBe(200);
  });

  it("is heard again after its reader has come back, with a line of its own", async () => {
    const url = await box.link(shop);
    await box.press(url);
    box.world.pass(MINUTE);
    expect(await optIn(shop.desk, ADA, { source: "staff", words: "Asked for it.", saidAt: box.world.clock(), reference: null, actor: { id: "daybook", through: null, personal: {} }, byPerson: null }, [])).toBe("restored");
    box.world.pass(MINUTE);
    await box.press(url);
    expect([await box.isBarred(shop), (await linesOf(box, shop)).map(({ act }) => act)]).toEqual([true, ["opted_out", "opted_in", "opted_out"]]);
  });

  it("lands between writing and sending: what is on its way arrives first, nothing follows", async () => {
    const order: string[] = [];
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
    const { promise: hasBegun, resolve: begin } = Promise.withResolvers<void>();
    const person = { address: ADA, others: [] };
    const sending = whileReachable(shop.desk, person, async () => {
      begin();
      await isOver;
      order.push("arrived");
    });
    await hasBegun;
    const pressed = box.press(await box.link(shop)).then(() => order.push("unsubscribed"));
    end();
    await Promise.all([sending, pressed]);
    expect(order).toEqual(["arrived", "unsubscribed"]);
    expect((await whileReachable(shop.desk, person, async () => order.push("again"))).barred).toMatchObject({ kind: "opted_out" });
  });

  it("is one shop's: another that writes to the same address goes on", async () => {
    await box.press(await box.link(shop));
    expect([await box.isBarred(shop), await box.isBarred(box.lantern), await linesOf(box, box.lantern)]).toEqual([true, false, []]);
  });

  it("stops at its own address where nobody can say whose it is besides", async () => {
    await knownOrNew(shop.desk, ADA);
    const url = await box.link(shop);
    await box.env.SHARD_0.prepare("ALTER TABLE contact RENAME TO contact_away").run();
    expect((await box.press(url)).status).toBe(200);
    await box.env.SHARD_0.prepare("ALTER TABLE contact_away RENAME TO contact").run();
    expect([await box.isBarred(shop), box.world.lines.some((line) => line.includes("consent.person_not_found"))]).toEqual([true, true]);
  });

  it("still works for a shop that is closed, and for a name full of markup", async () => {
    await box.env.DIRECTORY.prepare("UPDATE shop SET name = '<img src=x> \u202e' WHERE id = ?1").bind(shop.shop.id).run();
    expect(await (await box.ask(await box.link(shop))).text()).not.toContain("<img");
    await box.env.DIRECTORY.prepare("UPDATE shop SET state = 'closed' WHERE id = ?1").bind(shop.shop.id).run();
    const answer = await box.press(await box.link(shop));
    expect([answer.status, await answer.text(), await box.isBarred(shop)]).toEqual([200, expect.stringContaining("the sender"), true]);
  });
});
