/** Open pages learn within a second that their session ended or their rights changed; and learn nothing else. */
import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../src/app";
import type { PersonCard } from "../../../src/features/people/service";
import { directoryDb } from "../../../src/platform/database";
import { endingSessions } from "../../../src/features/sessions/service";
import { MOST_SOCKETS } from "../../../src/platform/watch";
import { tellChanged } from "../../../src/platform/watch-client";
import { createTestWorld, originOf, type Browser } from "../../support/app";
import { enteredBrowser, givenOrganisation, givenPerson, givenShop } from "../../support/people";

const world = createTestWorld();
let mara: PersonCard;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  await givenShop(world, "harbour", mara);
  await givenOrganisation("big", mara);
});

/** The answer to a page of that site that opens its socket with the browser's cookies. */
async function knock(browser: Browser, label: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const { host, origin } = new URL(originOf(label));
  const cookie = [...browser.cookies(host)].map(([name, value]) => `${name}=${value}`).join("; ");
  return await createApp(world).fetch(new Request(`${origin}/api/watch`, { headers: { upgrade: "websocket", origin, cookie, ...headers } }), env);
}

type Page = { readonly heard: string[]; readonly closed: Promise<void> };

/** A page with an open socket, and what it has heard so far. */
async function open(browser: Browser, label: string): Promise<Page> {
  const { status, webSocket } = await knock(browser, label);
  expect(status).toBe(101);
  const heard: string[] = [];
  const closed = new Promise<void>((resolve) => {
    webSocket?.addEventListener("message", ({ data }) => void heard.push(String(data)));
    webSocket?.addEventListener("close", () => resolve());
  });
  webSocket?.accept();
  return { heard, closed };
}

/** Resolves when the page has heard as many words. */
async function heard(page: Page, count: number): Promise<readonly string[]> {
  await expect.poll(() => page.heard.length, { timeout: 1_000 }).toBe(count);
  return page.heard;
}

describe("an open page", () => {
  it.each(["harbour", "hq-big", "auth"])("at %s hears that its session ended when it is signed out, and its socket closes", async (label) => {
    const browser = await enteredBrowser(world, mara, { slug: label === "auth" ? "harbour" : label });
    const page = await open(browser, label);
    await browser.api("POST", `${originOf(label)}/api/sign-out`, { body: {} });
    await page.closed;
    expect(page.heard).toEqual(["ended"]);
  });

  it("hears it when all the person's sessions but another one end; the other's pages hear nothing", async () => {
    const [kept, lost] = [await enteredBrowser(world, mara, { slug: "harbour" }), await enteredBrowser(world, mara, { slug: "harbour" })];
    const [keptPage, lostPage] = [await open(kept, "harbour"), await open(lost, "harbour")];
    const id = kept.cookies(new URL(originOf("auth")).host).get("__Host-daybook")?.split(".")[0] as Parameters<typeof endingSessions>[4];
    const directory = directoryDb(env);
    const ending = endingSessions(world, env, directory, mara.id, id);
    await directory.batch([ending.statement]);
    await ending.tell();
    await lostPage.closed;
    expect([lostPage.heard, keptPage.heard]).toEqual([["ended"], []]);
    expect((await lost.api("GET", `${originOf("harbour")}/api/shop`)).status).toBe(401);
    expect((await kept.api("GET", `${originOf("harbour")}/api/shop`)).status).toBe(200);
  });

  it("hears that its person's rights changed, and stays open", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const page = await open(browser, "harbour");
    await tellChanged(world, env, mara.id);
    expect(await heard(page, 1)).toEqual(["changed"]);
    await tellChanged(world, env, mara.id);
    expect(await heard(page, 2)).toEqual(["changed", "changed"]);
  });

  it("of somebody else hears nothing of it", async () => {
    const nils = await givenPerson(world, "Nils");
    const page = await open(await enteredBrowser(world, nils, await givenShop(world, "brief", nils)), "brief");
    await tellChanged(world, env, mara.id);
    await tellChanged(world, env, nils.id);
    expect(await heard(page, 1)).toEqual(["changed"]);
  });
});

describe("a socket", () => {
  it("opens for nobody without a session, from no other page, and to no plain request", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const status = async (headers: Readonly<Record<string, string>>) => (await knock(browser, "harbour", headers)).status;
    expect(await status({ cookie: "" })).toBe(401);
    for (const origin of [originOf("lantern"), originOf("auth"), "https://evil.example", "null", ""]) expect([origin, await status({ origin })]).toEqual([origin, 403]);
    expect(await status({ "sec-fetch-site": "same-site" })).toBe(403);
    expect((await browser.api("GET", `${originOf("harbour")}/api/watch`)).status).toBe(400);
  });

  it("is one of at most so many of a person", async () => {
    const olaf = await givenPerson(world, "Olaf");
    const browser = await enteredBrowser(world, olaf, await givenShop(world, "pier", olaf));
    for (let count = 0; count < MOST_SOCKETS; count += 1) await open(browser, "pier"); // what nobody accepts may be collected, and is gone
    expect((await knock(browser, "pier")).status).toBe(429);
  });

  it("that is spoken to hangs up", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const { webSocket } = await knock(browser, "harbour");
    const closed = new Promise<number>((resolve) => webSocket?.addEventListener("close", ({ code }) => resolve(code)));
    webSocket?.accept();
    webSocket?.send("tell me more");
    expect(await closed).toBe(1_008);
  });

  it("keeps nothing", async () => {
    await open(await enteredBrowser(world, mara, { slug: "harbour" }), "harbour");
    const keys = await runInDurableObject(env.WATCH.getByName(mara.id), async (_watch, state) => [...await state.storage.list()]);
    expect(keys).toEqual([]);
  });
});
