/** What is no shop's number, and whose it is. */
import { describe, expect, it } from "vitest";
import type { LineChange } from "../../../src/features/text-line/contract";
import { checkLine, removeLine, setUpLine } from "../../../src/features/text-line/set-up";
import { createPerson } from "../../../src/features/people/service";
import { SESSION_COOKIE, writeToken } from "../../../src/features/sessions/rules";
import { beginSession } from "../../../src/features/sessions/service";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { createBrowser, originOf } from "../../support/app";
import { givenMember, must } from "../../support/people";
import { OTHER_TEXT_ACCOUNT, OTHER_TEXT_NUMBER, TEXT_ACCOUNT, TEXT_NUMBER } from "../../support/texting";
import { LINE, openShop, openStreet, rowsOf, type Street } from "../inbound/phone";

const own = (changes: Partial<Extract<LineChange["account"], { kind: "own" }>>): LineChange["account"] => ({
  kind: "own", sid: TEXT_ACCOUNT.accountSid, credentials: { authToken: TEXT_ACCOUNT.authToken, apiKey: null }, ...changes,
});

/** What setting up refuses, by the changes to what would be taken. */
const REFUSED: readonly (readonly [string, Partial<LineChange>, object])[] = [
  ["words for a number", { number: "our number" }, { kind: "invalid_input", fields: [{ path: "number" }] }],
  ["a number that is too short", { number: "12345" }, { kind: "invalid_input", fields: [{ path: "number" }] }],
  ["a number that the account has not", { number: OTHER_TEXT_NUMBER }, { kind: "invalid_input", fields: [{ path: "number" }] }],
  ["a token that is not the account's", { account: own({ credentials: { authToken: "x".repeat(32), apiKey: null } }) }, { kind: "invalid_input", fields: [{ path: "account.credentials" }] }],
  ["an account that Twilio does not know", { account: own({ sid: `AC${"9".repeat(32)}` }) }, { kind: "invalid_input", fields: [{ path: "account.credentials" }] }],
  ["another account without its token", { account: own({ sid: OTHER_TEXT_ACCOUNT.accountSid, credentials: null }) }, { kind: "invalid_input", fields: [{ path: "account.credentials" }] }],
  ["an account of the platform's", { account: { kind: "platform" } }, { kind: "conflict" }],
  ["a service that the account has not", { serviceSid: `MG${"9".repeat(32)}` }, { kind: "provider_refused" }],
  ["a line that was changed meanwhile", { version: 0 }, { kind: "conflict" }],
];

describe("setting up", () => {
  it.each(REFUSED)("refuses %s, and changes nothing", async (_, changes, failure) => {
    const street = await openStreet();
    const before = await rowsOf(street);
    expect(await setUpLine(street.desk, { ...LINE, version: 1, ...changes })).toMatchObject({ ok: false, failure });
    expect(await rowsOf(street)).toBe(before);
  });

  it("refuses a number that hangs on another shop, even of one account, until that one lets it go", async () => {
    const street = await openStreet();
    const other = await openShop(street);
    expect(await setUpLine(other, LINE)).toMatchObject({ ok: false, failure: { kind: "conflict", message: expect.stringContaining("another shop's") as unknown } });
    must(await removeLine(street.desk, 1));
    must(await setUpLine(other, LINE));
    expect(await setUpLine(street.desk, { ...LINE, version: 2 })).toMatchObject({ ok: false, failure: { kind: "conflict" } });
  });

  it("gives a number to one of two shops that take it at once", async () => {
    const street = await openStreet();
    must(await removeLine(street.desk, 1));
    const shops = await Promise.all(Array.from({ length: 4 }, async () => await openShop(street)));
    const ends = await Promise.all(shops.map(async (shop) => await setUpLine(shop, LINE)));
    expect(ends.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("takes one of two changes at once, and the line that stands has its address and its number", async () => {
    const street = await openStreet();
    const changes = ["One", "Two", "Three"].map(async (displayName) => await setUpLine(street.desk, { ...LINE, displayName, version: 1 }));
    expect((await Promise.all(changes)).filter(({ ok }) => ok)).toHaveLength(1);
    expect(await street.env.DIRECTORY.prepare("SELECT number FROM text_number").first("number")).toBe(TEXT_NUMBER);
    expect(await street.env.DIRECTORY.prepare("SELECT hook_id FROM text_hook WHERE shop_id = ?1").bind(street.desk.visit.shop.id).first("hook_id")).toBe(street.line.hookId);
  });

  it("refuses to check or remove what was changed meanwhile, or never was", async () => {
    const street = await openStreet();
    expect([await checkLine(street.desk, 7), await removeLine(street.desk, 7)]).toMatchObject([{ failure: { kind: "conflict" } }, { failure: { kind: "conflict" } }]);
    const other = await openShop(street);
    expect([await checkLine(other, 1), await removeLine(other, 1)]).toMatchObject([{ failure: { kind: "not_found" } }, { failure: { kind: "not_found" } }]);
  });
});

/** A person's own browser in the street's shop. */
async function enter({ world, env, desk }: Street, role: "admin" | "tech") {
  const person = must(await createPerson(world, env, { name: `A ${role}`, email: `${newId(systemRandom)}@example.com` }));
  await givenMember(world, desk.visit.shop, person, role);
  const browser = createBrowser(world, env);
  const token = await beginSession(world, env, person.id, new Request(originOf("auth", env)), { factor: "password" });
  browser.cookies(new URL(originOf("auth", env)).host).set(SESSION_COOKIE, writeToken(token));
  const origin = originOf(desk.visit.shop.slug, env);
  await browser.open(`${origin}/enter/start`);
  return async (method: string, path: string, body?: unknown) => await browser.api(method, `${origin}/api${path}`, body === undefined ? {} : { body });
}

describe("over HTTP", () => {
  it("lets those set it up who may, with a proof of the last minutes, and answers no secret", async () => {
    const street = await openStreet();
    const call = await enter(street, "admin");
    const changed = await call("PUT", "/texting", { ...LINE, displayName: "Harbour Pier", version: 1 });
    expect(changed.status).toBe(200);
    const text = await changed.text();
    expect([text.includes("Harbour Pier"), text.includes(TEXT_ACCOUNT.authToken)]).toEqual([true, false]);
    street.world.pass(11 * 60_000);
    expect(await (await call("PUT", "/texting", { ...LINE, version: 2 })).json()).toMatchObject({ error: { kind: "proof_needed" } });
    expect(await (await call("POST", "/texting/remove", { version: 2 })).json()).toMatchObject({ error: { kind: "proof_needed" } });
    expect((await call("POST", "/texting/check", { version: 2 })).status).toBe(200);
  });

  it("lets those look who read messages, and no more", async () => {
    const street = await openStreet();
    const call = await enter(street, "tech");
    expect(await (await call("GET", "/texting")).json()).toMatchObject({ line: { number: TEXT_NUMBER, account: null, hooks: null }, mayManage: false });
    for (const [method, path, body] of [["PUT", "/texting", { ...LINE, version: 1 }], ["POST", "/texting/check", { version: 1 }], ["POST", "/texting/remove", { version: 1 }]] as const) {
      expect((await call(method, path, body)).status).toBe(403);
    }
  });

  it("counts the turns at asking Twilio", async () => {
    const street = await openStreet();
    const call = await enter(street, "admin");
    const statuses = [];
    for (let times = 0; times < 62; times += 1) statuses.push((await call("POST", "/texting/check", { version: 99 })).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([409, 429]);
  });
});
