/** A consent ends where it began: once, in one browser, by one person, at one provider (RFC 9700; COAT and COSF). */
import { beforeEach, describe, expect, it } from "vitest";
import { MINUTE } from "../../src/kernel/clock";
import { createBrowser, originOf } from "../support/app";
import { api, connect, consent, decide, leave, pressConnect } from "../features/connections/browser";
import { authCookies, copyOf, directory, enter, openHouse, shardOf, type House, type Someone } from "../features/connections/house";
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
  const row = await shardOf(house, house.harbour).prepare("SELECT count(*) AS n FROM connection WHERE shop_id = ?").bind(house.harbour.id).first<{ n: number }>();
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
    const cookie = secretOf(owner);
    expect((await owner.browser.get(callback)).status).toBe(303);
    authCookies(owner.browser).set("__Host-connect", cookie);
    const again = await owner.browser.get(callback);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain("This link has been used");
    expect(exchanges()).toBe(1);
  });

  it("works once when the same callback comes ten times at once", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    const browsers = Array.from({ length: 10 }, () => copyOf(house, owner.browser, house.harbour));
    const answers = await Promise.all(browsers.map((browser) => browser.get(callback)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(exchanges()).toBe(1);
  });

  it("is refused after ten minutes", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    house.pass(10 * MINUTE);
    await expectStopped(await owner.browser.get(callback), 400, "This took longer than ten minutes");
  });

  it("of one provider is refused at another's callback, and is then gone (COAT)", async () => {
    const callback = new URL(await consent(house, owner, house.harbour, "square"));
    const cookie = secretOf(owner);
    const mixedUp = new URL(callback.href.replace("/connect/square/", "/connect/quickbooks/"));
    mixedUp.searchParams.set("realmId", house.accounts.realm);
    await expectStopped(await owner.browser.get(mixedUp.href), 400, "This answer came to the wrong address");
    authCookies(owner.browser).set("__Host-connect", cookie);
    await expectStopped(await owner.browser.get(callback.href), 400, "This link has been used");
  });

  it.each(["", "x", "a".repeat(43), "' OR 1=1 --"])("that nobody was given is refused: %j", async (state) => {
    await leave(owner, house.harbour, "square");
    const forged = `${originOf("auth")}/connect/square/callback?code=sq0cgb-forged&state=${encodeURIComponent(state)}`;
    await expectStopped(await owner.browser.get(forged), 400, "This link has been used");
  });

  it("that comes twice in one address is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await expectStopped(await owner.browser.get(`${callback}&state=other`), 400, "This link has been used");
  });

  it("cannot be a ticket, and a ticket no state", async () => {
    const ticket = new URL(await pressConnect(owner, house.harbour, "square")).searchParams.get("ticket") ?? "";
    await expectStopped(await owner.browser.get(`${originOf("auth")}/connect/square/callback?code=c&state=${ticket}`), 400, "This link has been used");
    const state = new URL(await leave(owner, house.harbour, "square")).searchParams.get("state") ?? "";
    await expectStopped(await owner.browser.get(`${originOf("auth")}/connect/square?ticket=${state}`), 400, "This link has been used");
  });
});

describe("the browser", () => {
  it("without the cookie that it left with is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    authCookies(owner.browser).delete("__Host-connect");
    await expectStopped(await owner.browser.get(callback), 400, "This was begun in another browser");
  });

  it("with the cookie of another visit is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await leave(owner, house.harbour, "quickbooks");
    await expectStopped(await owner.browser.get(callback), 400, "This was begun in another browser");
  });

  it("with two such cookies is refused, whichever is right", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    authCookies(owner.browser).set("__Host-connect", `${secretOf(owner)}; __Host-connect=${"x".repeat(43)}`);
    expect((await owner.browser.get(callback)).status).toBe(400);
    expect([exchanges(), await connections()]).toEqual([0, 0]);
  });

  it("keeps the secret where scripts and other hosts cannot reach it, and loses it on the way back", async () => {
    const left = await owner.browser.get(await pressConnect(owner, house.harbour, "square"));
    expect(left.headers.get("set-cookie")).toMatch(/^__Host-connect=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const back = await owner.browser.get(await decide(house, left.headers.get("location") ?? "", "deny", house.accounts.merchant));
    expect(back.headers.get("set-cookie")).toContain("__Host-connect=; Max-Age=0");
  });
});

describe("the person", () => {
  it("who did not begin it is refused, cookie and all, before the code is used (COSF)", async () => {
    const victim = await house.someone("Vic", house.lantern, "owner");
    const callback = await consent(house, owner, house.harbour, "square");
    authCookies(victim.browser).set("__Host-connect", secretOf(owner));
    await expectStopped(await victim.browser.get(callback), 403, "Only the person who pressed Connect can do this");
  });

  it("who signed in anew meanwhile begins anew", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    const browser = await enter(house.world, house.env, owner.person, house.harbour);
    authCookies(browser).set("__Host-connect", secretOf(owner));
    await expectStopped(await browser.get(callback), 403, "Only the person who pressed Connect can do this");
  });

  it("who signed out meanwhile is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await api(owner, house.harbour, "POST", "/sign-out");
    await expectStopped(await owner.browser.get(callback), 401, "You are not signed in here");
  });

  it("who lost the right meanwhile is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await directory(house, "UPDATE membership SET role = 'viewer' WHERE person_id = ?", owner.person.id);
    await expectStopped(await owner.browser.get(callback), 403, "Your role does not allow this any more");
  });

  it("who left the shop meanwhile is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await directory(house, "DELETE FROM membership WHERE person_id = ?", owner.person.id);
    await expectStopped(await owner.browser.get(callback), 403, "Your role does not allow this any more");
  });

  it("of a shop that closed meanwhile is refused", async () => {
    const callback = await consent(house, owner, house.harbour, "square");
    await directory(house, "UPDATE shop SET state = 'closed' WHERE id = ?", house.harbour.id);
    await expectStopped(await owner.browser.get(callback), 403, "Your role does not allow this any more");
  });
});

describe("the ticket", () => {
  it("works once", async () => {
    const ticket = await pressConnect(owner, house.harbour, "square");
    const answers = await Promise.all(Array.from({ length: 5 }, () => copyOf(house, owner.browser, house.harbour).get(ticket)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    await expectStopped(await owner.browser.get(ticket), 400, "This link has been used");
  });

  it("is refused after ten minutes", async () => {
    const ticket = await pressConnect(owner, house.harbour, "square");
    house.pass(10 * MINUTE);
    await expectStopped(await owner.browser.get(ticket), 400, "This took longer than ten minutes");
  });

  it("in the hands of another person is refused, and still works for its own", async () => {
    const stranger = await house.someone("Eve", house.lantern, "owner");
    const ticket = await pressConnect(owner, house.harbour, "square");
    await expectStopped(await stranger.browser.get(ticket), 403, "Only the person who pressed Connect can do this");
    expect((await owner.browser.get(ticket)).status).toBe(303);
  });

  it("does not open another provider's page", async () => {
    const ticket = await pressConnect(owner, house.harbour, "square");
    await expectStopped(await owner.browser.get(ticket.replace("/square", "/quickbooks")), 400, "This link has been used");
  });

  it("needs somebody who is signed in", async () => {
    const ticket = await pressConnect(owner, house.harbour, "square");
    await expectStopped(await createBrowser(house.world, house.env).get(ticket), 401, "You are not signed in here");
  });

  it("is given to nobody whose role may not connect", async () => {
    const viewer = await house.someone("Vi", house.harbour, "viewer");
    expect((await api(viewer, house.harbour, "POST", "/connections", { provider: "square" })).status).toBe(403);
    expect((await api(owner, house.harbour, "POST", "/connections", { provider: "stripe" })).status).toBe(400);
  });
});

describe("secrets", () => {
  it("are in no row of any database and in no line of the log: no token, code, ticket, state or verifier", async () => {
    const seen: string[] = [];
    for (const provider of ["square", "quickbooks"] as const) {
      const ticket = await pressConnect(owner, house.harbour, provider);
      const left = await owner.browser.get(ticket);
      const callback = await decide(house, left.headers.get("location") ?? "", "allow", provider === "square" ? house.accounts.merchant : house.accounts.realm);
      seen.push(...secretsIn(ticket, callback), secretOf(owner));
      expect((await owner.browser.get(callback)).status).toBe(303);
    }
    await leave(owner, house.harbour, "square");
    await connect(house, owner, house.harbour, "square", house.accounts.otherMerchant);
    const { tokens, grants, codes } = house.square.control.snapshot();
    const secrets = [...seen, ...Object.keys({ ...tokens, ...grants, ...codes }), ...house.quickbooks.control.issuedSecrets()];
    expect(secrets.length).toBeGreaterThan(12);
    const texts = `${await textsOf(house.env)}\n${house.logs.join("\n")}`;
    expect(texts).toContain(house.accounts.merchant);
    expect(secrets.filter((secret) => texts.includes(secret))).toEqual([]);
  });
});

/** The secret that a person's browser left with. */
function secretOf({ browser }: Someone): string {
  return authCookies(browser).get("__Host-connect") ?? "";
}
