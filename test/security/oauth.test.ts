/** A consent ends where it began: once, in one browser, by one person, at one provider (RFC 9700; COAT and COSF). */
import { beforeEach, describe, expect, it } from "vitest";
import { MINUTE } from "../../src/kernel/clock";
import { api, connect, consent, decide, leave, pressConnect, visit } from "../features/connections/browser";
import { browserOf, openHouse, run, signIn, type House, type Someone } from "../features/connections/house";
import { secretsIn, textsOf } from "../features/connections/secrets";

let house: House;
let owner: Someone;

beforeEach(async () => {
  house = await openHouse();
  owner = await house.someone("Ada", house.harbour, "owner");
});

/** How often anybody's code was traded in. */
function exchanges(): number {
  return house.square.control.journal().filter(({ path }) => path === "/oauth2/token").length + house.quickbooks.control.calls({ path: "tokens/bearer" }).length;
}

async function connections(): Promise<number> {
  const row = await house.env.SHARD_0.prepare("SELECT count(*) AS n FROM connection WHERE shop_id = ?").bind(house.harbour.id).first<{ n: number }>();
  return row?.n ?? 0;
}

async function expectStopped(response: Response, status: number, title: string): Promise<void> {
  expect({ status: response.status, location: response.headers.get("location") }).toEqual({ status, location: null });
  expect(await response.text()).toContain(`<h1>${title}</h1>`);
  expect(exchanges()).toBe(0);
  expect(await connections()).toBe(0);
}

describe("the state", () => {
  it("works once: the same callback again trades nothing in and connects nothing", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    const cookie = owner.browser.get("auth")?.get("__Host-connect") ?? "";
    expect((await visit(house, owner.browser, callback)).status).toBe(303);
    owner.browser.get("auth")?.set("__Host-connect", cookie);
    const again = await visit(house, owner.browser, callback);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain("This link has been used");
    expect(exchanges()).toBe(1);
  });

  it("works once when the same callback comes ten times at once", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    const cookie = owner.browser.get("auth")?.get("__Host-connect") ?? "";
    const browsers = Array.from({ length: 10 }, () => new Map([["auth", new Map([...(owner.browser.get("auth") ?? []), ["__Host-connect", cookie]])]]));
    const answers = await Promise.all(browsers.map((browser) => visit(house, browser, callback)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(exchanges()).toBe(1);
  });

  it("is refused after ten minutes", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    house.pass(10 * MINUTE);
    await expectStopped(await visit(house, owner.browser, callback), 400, "This took longer than ten minutes");
  });

  it("of one provider is refused at another's callback, and is then gone (COAT)", async () => {
    const callback = new URL(await consent(house, owner, house.harbour, "square"));
    const cookie = owner.browser.get("auth")?.get("__Host-connect") ?? "";
    const mixedUp = new URL(callback.href.replace("/connect/square/", "/connect/quickbooks/"));
    mixedUp.searchParams.set("realmId", house.accounts.realm);
    await expectStopped(await visit(house, owner.browser, mixedUp.href), 400, "This answer came to the wrong address");
    owner.browser.get("auth")?.set("__Host-connect", cookie);
    await expectStopped(await visit(house, owner.browser, callback.href), 400, "This link has been used");
  });

  it.each(["", "x", "a".repeat(43), "' OR 1=1 --"])("that nobody was given is refused: %j", async (state) => {
    await leave(house, owner, house.harbour, "square");
    const forged = `https://auth.daybook.example/connect/square/callback?code=sq0cgb-forged&state=${encodeURIComponent(state)}`;
    await expectStopped(await visit(house, owner.browser, forged), 400, "This link has been used");
  });

  it("that comes twice in one address is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await expectStopped(await visit(house, owner.browser, `${callback}&state=other`), 400, "This link has been used");
  });

  it("cannot be a ticket, and a ticket no state", async () => {
    const ticket = new URL(await pressConnect(house, owner, house.harbour, "square")).searchParams.get("ticket") ?? "";
    await expectStopped(await visit(house, owner.browser, `https://auth.daybook.example/connect/square/callback?code=c&state=${ticket}`), 400, "This link has been used");
    const state = new URL(await leave(house, owner, house.harbour, "square")).searchParams.get("state") ?? "";
    await expectStopped(await visit(house, owner.browser, `https://auth.daybook.example/connect/square?ticket=${state}`), 400, "This link has been used");
  });
});

describe("the browser", () => {
  it("without the cookie that it left with is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    owner.browser.get("auth")?.delete("__Host-connect");
    await expectStopped(await visit(house, owner.browser, callback), 400, "This was begun in another browser");
  });

  it("with the cookie of another visit is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await leave(house, owner, house.harbour, "quickbooks");
    await expectStopped(await visit(house, owner.browser, callback), 400, "This was begun in another browser");
  });

  it("with two such cookies is refused, whichever is right", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    const jar = owner.browser.get("auth");
    jar?.set("__Host-connect", `${jar.get("__Host-connect")}; __Host-connect=${"x".repeat(43)}`);
    await expectStopped(await visit(house, owner.browser, callback), 400, "This was begun in another browser");
  });

  it("keeps the secret where scripts and other hosts cannot reach it, and loses it on the way back", async () => {
    const left = await visit(house, owner.browser, await pressConnect(house, owner, house.harbour, "square"));
    expect(left.headers.get("set-cookie")).toMatch(/^__Host-connect=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const back = await visit(house, owner.browser, await decide(house, left.headers.get("location") ?? "", "deny", house.accounts.merchant));
    expect(back.headers.get("set-cookie")).toContain("__Host-connect=; Max-Age=0");
  });
});

describe("the person", () => {
  it("who did not begin it is refused, cookie and all, before the code is used (COSF)", async () => {
    const victim = await house.someone("Vic", house.lantern, "owner");
    const callback = await consent(house, owner, house.harbour, "square");
    victim.browser.get("auth")?.set("__Host-connect", owner.browser.get("auth")?.get("__Host-connect") ?? "");
    await expectStopped(await visit(house, victim.browser, callback), 403, "Only the person who pressed Connect can do this");
  });

  it("who signed in anew meanwhile begins anew", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    const browser = browserOf((await signIn(house.env, owner.personId)).cookie);
    browser.get("auth")?.set("__Host-connect", owner.browser.get("auth")?.get("__Host-connect") ?? "");
    await expectStopped(await visit(house, browser, callback), 403, "Only the person who pressed Connect can do this");
  });

  it("who signed out meanwhile is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await run(house.env, "DELETE FROM session WHERE id = ?", owner.sessionId);
    await expectStopped(await visit(house, owner.browser, callback), 401, "You are not signed in here");
  });

  it("who lost the right meanwhile is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await house.setRole(house.harbour, owner, "viewer");
    await expectStopped(await visit(house, owner.browser, callback), 403, "Your role does not allow this any more");
  });

  it("who left the shop meanwhile is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await run(house.env, "DELETE FROM membership WHERE person_id = ?", owner.personId);
    await expectStopped(await visit(house, owner.browser, callback), 403, "Your role does not allow this any more");
  });

  it("of a shop that closed meanwhile is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await run(house.env, "UPDATE shop SET state = 'closed' WHERE id = ?", house.harbour.id);
    await expectStopped(await visit(house, owner.browser, callback), 403, "Your role does not allow this any more");
  });
});

describe("the ticket", () => {
  it("works once", async () => {
    const ticket = await pressConnect(house, owner, house.harbour, "square");
    const answers = await Promise.all(Array.from({ length: 5 }, () => visit(house, browserOf(sessionOf(owner)), ticket)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    await expectStopped(await visit(house, owner.browser, ticket), 400, "This link has been used");
  });

  it("is refused after ten minutes", async () => {
    const ticket = await pressConnect(house, owner, house.harbour, "square");
    house.pass(10 * MINUTE);
    await expectStopped(await visit(house, owner.browser, ticket), 400, "This took longer than ten minutes");
  });

  it("in the hands of another person is refused, and still works for its own", async () => {
    const stranger = await house.someone("Eve", house.lantern, "owner");
    const ticket = await pressConnect(house, owner, house.harbour, "square");
    await expectStopped(await visit(house, stranger.browser, ticket), 403, "Only the person who pressed Connect can do this");
    expect((await visit(house, owner.browser, ticket)).status).toBe(303);
  });

  it("does not open another provider's page", async () => {
    const ticket = await pressConnect(house, owner, house.harbour, "square");
    await expectStopped(await visit(house, owner.browser, ticket.replace("/square", "/quickbooks")), 400, "This link has been used");
  });

  it("needs somebody who is signed in", async () => {
    const ticket = await pressConnect(house, owner, house.harbour, "square");
    await expectStopped(await visit(house, new Map(), ticket), 401, "You are not signed in here");
  });

  it("is given to nobody whose role may not connect", async () => {
    const viewer = await house.someone("Vi", house.harbour, "viewer");
    expect((await api(house, viewer, house.harbour, "POST", "/connections", { provider: "square" })).status).toBe(403);
    expect((await api(house, owner, house.harbour, "POST", "/connections", { provider: "stripe" })).status).toBe(400);
  });
});

describe("secrets", () => {
  it("are in no row of any database and in no line of the log: no token, code, ticket, state or verifier", async () => {
    const seen: string[] = [];
    for (const provider of ["square", "quickbooks"] as const) {
      const ticket = await pressConnect(house, owner, house.harbour, provider);
      const left = await visit(house, owner.browser, ticket);
      const callback = await decide(house, left.headers.get("location") ?? "", "allow", provider === "square" ? house.accounts.merchant : house.accounts.realm);
      seen.push(...secretsIn(ticket, callback), owner.browser.get("auth")?.get("__Host-connect") ?? "");
      expect((await visit(house, owner.browser, callback)).status).toBe(303);
    }
    await leave(house, owner, house.harbour, "square");
    await connect(house, owner, house.harbour, "square", house.accounts.otherMerchant);
    const { tokens, grants, codes } = house.square.control.snapshot();
    const secrets = [...seen, ...Object.keys({ ...tokens, ...grants, ...codes }), ...house.quickbooks.control.issuedSecrets()];
    expect(secrets.length).toBeGreaterThan(12);
    const texts = `${await textsOf(house.env)}\n${house.logs.join("\n")}`;
    expect(texts).toContain(house.accounts.merchant);
    expect(secrets.filter((secret) => texts.includes(secret))).toEqual([]);
  });
});

function sessionOf(someone: Someone): string {
  return someone.browser.get("auth")?.get("__Host-daybook") ?? "";
}
