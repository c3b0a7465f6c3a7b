/** One consent for several organisations: the person says which one is meant, once, in the browser and as the person that began. */
import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { MINUTE } from "../../../src/kernel/clock";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import { createBrowser, originOf } from "../../support/app";
import { api, connect, consent, read } from "./browser";
import { authCookies, copyOf, directory, enter, openHouse, type House, type Someone } from "./house";
import { textsOf } from "./secrets";

let house: House;
let owner: Someone;

beforeEach(async () => {
  house = await openHouse();
  owner = await house.someone("Ada", house.harbour, "owner");
});

type Question = { readonly page: Response; readonly text: string; readonly links: readonly string[] };

const both = () => `${house.accounts.organisation},${house.accounts.otherOrganisation}`;

/** From the button to the list of organisations. */
async function asked(who = owner, shop = house.harbour): Promise<Question> {
  const page = await connect(house, who, shop, "xero", both());
  const text = await page.text();
  const links = [...text.matchAll(/href="(http[^"]*\/choose[^"]*)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
  return { page, text, links };
}

async function connections(): Promise<ConnectionsView["connections"]> {
  return (await read<ConnectionsView>(await api(owner, house.harbour, "GET", "/connections"))).connections;
}

/** Whether Xero has ended every grant that it gave. */
function isAllRevoked(): boolean {
  const grants = house.xero.control.snapshot().flatMap((stored) => (stored.kind === "grant" ? [stored.value] : []));
  return grants.length > 0 && grants.every(({ isRevoked }) => isRevoked);
}

/** The lane in which the grant waits. */
async function waitingLane() {
  const row = await house.env.DIRECTORY.prepare("SELECT choice FROM oauth_flow WHERE shop_id = ? AND choice IS NOT NULL").bind(house.harbour.id).first<{ choice: string }>();
  const { connectionId } = JSON.parse(row?.choice ?? "{}") as { connectionId: string };
  return env.LANE.getByName(`${house.harbour.id}/${connectionId}`);
}

async function expectStopped(response: Response, status: number, title: string): Promise<void> {
  expect({ status: response.status, location: response.headers.get("location") }).toEqual({ status, location: null });
  expect(await response.text()).toContain(`<h1>${title}</h1>`);
  expect(await connections()).toEqual([]);
}

describe("a consent for one organisation", () => {
  it("asks nothing and connects it", async () => {
    const ended = await connect(house, owner, house.harbour, "xero");
    expect(ended.headers.get("location")).toBe(`${originOf(house.harbour.slug)}/connections?connected=xero`);
    expect(await connections()).toMatchObject([{ provider: "xero", providerName: "Xero", name: "Harbour Coffee Pty", currency: "USD", state: "connected" }]);
  });
});

describe("a consent for several organisations", () => {
  it("lists them by name on a page of auth., connects nothing yet, and then the one that is chosen", async () => {
    const { page, text, links } = await asked();
    expect(page.status).toBe(200);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(text).toContain("<h1>Which books are this shop&#39;s?</h1>");
    expect(text).toContain(">Harbour Coffee Pty</a>");
    expect(text).toContain(">Lantern &lt;b&gt;Books&lt;/b&gt;  Ltd</a>");
    expect(links).toHaveLength(3);
    expect(await connections()).toEqual([]);
    const ended = await owner.browser.get(links[1] ?? "");
    expect(ended.headers.get("location")).toBe(`${originOf(house.harbour.slug)}/connections?connected=xero`);
    expect(await connections()).toMatchObject([{ provider: "xero", state: "connected" }]);
    expect((await api(owner, house.harbour, "POST", `/connections/${(await connections())[0]?.id}/refresh`)).status).toBe(200);
    expect(house.xero.control.calls({ path: "/Organisation" }).at(-1)?.tenant).toBe(house.accounts.otherOrganisation);
  });

  it("goes straight to the organisation that the shop has already", async () => {
    await connect(house, owner, house.harbour, "xero");
    const [before] = await connections();
    house.xero.control.revoke(house.accounts.organisation);
    await api(owner, house.harbour, "POST", `/connections/${before?.id}/refresh`);
    const ended = await connect(house, owner, house.harbour, "xero", `${house.accounts.otherOrganisation},${house.accounts.organisation}`);
    expect(ended.headers.get("location")).toContain("connected=xero");
    expect(await connections()).toMatchObject([{ id: before?.id, state: "connected", name: "Harbour Coffee Pty" }]);
  });

  it("leaves no token in any database or log while it waits, and nothing in the lane when it was chosen", async () => {
    const { links } = await asked();
    const lane = await waitingLane();
    const secrets = [...house.xero.control.issuedSecrets(), new URL(links[0] ?? "").searchParams.get("choice") ?? ""];
    const texts = `${await textsOf(house.env)}\n${house.logs.join("\n")}`;
    const kept = await runInDurableObject(lane, (_instance, state) => JSON.stringify(state.storage.sql.exec("SELECT * FROM held").toArray()));
    expect(kept).toContain(house.harbour.id);
    expect(secrets.filter((secret) => `${texts}${kept}`.includes(secret))).toEqual([]);
    await owner.browser.get(links[0] ?? "");
    expect(await runInDurableObject(lane, (_instance, state) => state.storage.sql.exec("SELECT * FROM held").toArray())).toEqual([]);
    expect(isAllRevoked()).toBe(false);
  });
});

describe("a choice", () => {
  it("works once, and once only when it comes ten times at once", async () => {
    const { links } = await asked();
    const browsers = Array.from({ length: 10 }, () => copyOf(house, owner.browser, house.harbour));
    const answers = await Promise.all(browsers.map((browser) => browser.get(links[0] ?? "")));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(await connections()).toHaveLength(1);
    expect((await owner.browser.get(links[1] ?? "")).status).toBe(400);
  });

  it("of none of them connects nothing and ends the grant", async () => {
    const { links } = await asked();
    const ended = await owner.browser.get(links[2] ?? "");
    expect(ended.headers.get("location")).toBe(`${originOf(house.harbour.slug)}/connections?refused=denied&provider=xero`);
    expect(await connections()).toEqual([]);
    expect(isAllRevoked()).toBe(true);
  });

  it("of an organisation that was not on the list is refused, and the grant is ended", async () => {
    const { links } = await asked();
    const forged = new URL(links[0] ?? "");
    forged.searchParams.set("account", crypto.randomUUID());
    await expectStopped(await owner.browser.get(forged.href), 400, "This link has been used");
    expect(isAllRevoked()).toBe(true);
  });

  it("after ten minutes is refused, and what waited is destroyed and revoked without anybody's doing", async () => {
    const { links } = await asked();
    const lane = await waitingLane();
    house.pass(10 * MINUTE);
    await runDurableObjectAlarm(lane);
    expect(isAllRevoked()).toBe(true);
    expect(await runInDurableObject(lane, (_instance, state) => state.storage.sql.exec("SELECT * FROM held").toArray())).toEqual([]);
    await expectStopped(await owner.browser.get(links[0] ?? ""), 400, "This took longer than ten minutes");
  });

  it("still waits when the alarm rings early", async () => {
    const { links } = await asked();
    await runDurableObjectAlarm(await waitingLane());
    expect(isAllRevoked()).toBe(false);
    expect((await owner.browser.get(links[0] ?? "")).status).toBe(303);
  });

  it("in another browser, or with the cookie of another visit, is refused", async () => {
    const { links } = await asked();
    authCookies(owner.browser).set("__Host-connect", "x".repeat(43));
    await expectStopped(await owner.browser.get(links[0] ?? ""), 400, "This was begun in another browser");
    expect(isAllRevoked()).toBe(true);
  });

  it("by another person, or by nobody, is refused", async () => {
    const stranger = await house.someone("Eve", house.lantern, "owner");
    const { links } = await asked();
    authCookies(stranger.browser).set("__Host-connect", authCookies(owner.browser).get("__Host-connect") ?? "");
    await expectStopped(await stranger.browser.get(links[0] ?? ""), 403, "Only the person who pressed Connect can do this");
    const again = await asked();
    const nobody = createBrowser(house.world, house.env);
    await expectStopped(await nobody.get(again.links[0] ?? ""), 401, "You are not signed in here");
  });

  it("after signing in anew is refused", async () => {
    const { links } = await asked();
    const browser = await enter(house.world, house.env, owner.person, house.harbour);
    authCookies(browser).set("__Host-connect", authCookies(owner.browser).get("__Host-connect") ?? "");
    await expectStopped(await browser.get(links[0] ?? ""), 403, "Only the person who pressed Connect can do this");
  });

  it("by somebody who lost the right meanwhile is refused, and the grant is ended", async () => {
    const { links } = await asked();
    await directory(house, "UPDATE membership SET role = 'viewer' WHERE person_id = ?", owner.person.id);
    await expectStopped(await owner.browser.get(links[0] ?? ""), 403, "Your role does not allow this any more");
    expect(isAllRevoked()).toBe(true);
  });

  it("at another provider's address, or as a state, is refused", async () => {
    const { links } = await asked();
    await expectStopped(await owner.browser.get((links[0] ?? "").replace("/xero/", "/quickbooks/")), 400, "This answer came to the wrong address");
    const again = await asked();
    const secret = new URL(again.links[0] ?? "").searchParams.get("choice") ?? "";
    await expectStopped(await owner.browser.get(`${originOf("auth")}/connect/xero/callback?code=c&state=${secret}`), 400, "This link has been used");
  });

  it("cannot be made with the state of a consent", async () => {
    const callback = await consent(house, owner, house.harbour, "xero", both());
    const state = new URL(callback).searchParams.get("state") ?? "";
    const forged = `${originOf("auth")}/connect/xero/choose?choice=${state}&account=${house.accounts.organisation}`;
    await expectStopped(await owner.browser.get(forged), 400, "This link has been used");
  });

  it("of an organisation that hangs on another shop is refused, and that shop keeps its grant", async () => {
    const other = await house.someone("Lin", house.lantern, "owner");
    await connect(house, other, house.lantern, "xero", house.accounts.organisation);
    const { links } = await asked();
    const ended = await owner.browser.get(links[0] ?? "");
    expect(ended.headers.get("location")).toContain("refused=used_elsewhere");
    const again = await asked();
    await owner.browser.get(again.links[2] ?? "");
    expect(house.xero.control.calls({ path: "/connect/revocation" })).toEqual([]);
    expect(await connections()).toEqual([]);
  });
});
