/** The list of one's sessions, and ending them: one, all others; never anybody else's. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../../src/features/people/service";
import type { SessionsView } from "../../../src/features/sessions/contract";
import { SESSION_COOKIE } from "../../../src/features/sessions/rules";
import { deviceInWords } from "../../../src/kernel/device";
import { DAY, HOUR, MINUTE } from "../../../src/kernel/clock";
import { createBrowser, createTestWorld, originOf, type Browser, type TestWorld } from "../../support/app";
import { enteredBrowser, givenOrganisation, givenPerson, givenShop, signIn } from "../../support/people";

const auth = originOf("auth");
let mara: PersonCard;
let nils: PersonCard;

beforeAll(async () => {
  const world = createTestWorld();
  [mara, nils] = [await givenPerson(world, "Mara"), await givenPerson(world, "Nils")];
  await givenShop(world, "harbour", mara);
  await givenOrganisation("big", mara);
});

async function list(browser: Browser): Promise<SessionsView["sessions"]> {
  return (await (await browser.api("GET", `${auth}/api/sessions`)).json<SessionsView>()).sessions;
}

async function entered(world: TestWorld): Promise<Browser> {
  return await enteredBrowser(world, mara, { slug: "harbour" });
}

const end = async (browser: Browser, id: string) => (await browser.api("POST", `${auth}/api/sessions/${id}/end`, { body: {} })).status;

describe("the list of sessions", () => {
  it("shows each with its device in words, its place, its first and last use, its sites, and which one asks", async () => {
    const world = createTestWorld();
    const browser = await entered(world);
    await browser.open(`${originOf("hq-big")}/enter/start`);
    const [only] = await list(browser);
    expect(only).toMatchObject({ device: "an unknown browser", createdAt: world.clock(), lastUsedAt: world.clock(), factors: ["password"], isThis: true, sites: ["The big", "The harbour"] });
    await env.DIRECTORY.prepare("UPDATE session SET device = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', place = 'Lisbon, PT', address = '192.0.2.1' WHERE id = ?").bind(only?.id).run();
    const other = await entered(world);
    expect(await list(other)).toHaveLength(2);
    expect((await list(other)).find(({ isThis }) => !isThis)).toMatchObject({ device: "Chrome on Windows", place: "Lisbon, PT", address: "192.0.2.1" });
  });

  it("has none that ran out, none that waits for a second factor, and no secret in it", async () => {
    const world = createTestWorld();
    await entered(world);
    world.pass(15 * DAY);
    const browser = await entered(world);
    await env.DIRECTORY.prepare("INSERT INTO session SELECT ?, person_id, secret_hash, 'second_factor', factors, proved_at, NULL, device, address, place, created_at, last_used_at, expires_at FROM session WHERE last_used_at = ?")
      .bind("a".repeat(26), world.clock()).run();
    const sessions = await list(browser);
    expect(sessions.map(({ isThis }) => isThis)).toEqual([true]);
    const { secret_hash: hash } = (await env.DIRECTORY.prepare("SELECT secret_hash FROM session WHERE id = ?").bind(sessions[0]?.id).first<{ secret_hash: string }>()) ?? {};
    expect(JSON.stringify(sessions)).not.toContain(hash);
  });

  it("is nobody else's", async () => {
    const browser = createBrowser(createTestWorld());
    await signIn(createTestWorld(), browser, nils);
    expect(await list(browser)).toHaveLength(1);
    expect((await createBrowser(createTestWorld()).api("GET", `${auth}/api/sessions`)).status).toBe(401);
  });
});

describe("ending", () => {
  it("one session ends it at once, at auth. and on every site, and no other", async () => {
    const world = createTestWorld();
    const [mine, lost] = [await entered(world), await entered(world)];
    const lostId = (await list(lost)).find(({ isThis }) => isThis)?.id ?? "";
    expect(await end(mine, lostId)).toBe(200);
    expect([(await lost.api("GET", `${auth}/api/me`)).status, (await lost.api("GET", `${originOf("harbour")}/api/shop`)).status]).toEqual([401, 401]);
    expect((await mine.api("GET", `${originOf("harbour")}/api/shop`)).status).toBe(200);
    expect(await end(mine, lostId)).toBe(404);
  });

  it("this very session signs out, and takes the cookie back", async () => {
    const browser = await entered(createTestWorld());
    const id = (await list(browser)).find(({ isThis }) => isThis)?.id ?? "";
    expect(await end(browser, id)).toBe(200);
    expect(browser.cookies(new URL(auth).host).has(SESSION_COOKIE)).toBe(false);
  });

  it("another person's session is ending none: it is as absent as one that never was", async () => {
    const world = createTestWorld();
    const browser = await entered(world);
    const stranger = createBrowser(world);
    await signIn(world, stranger, nils);
    const id = (await list(browser)).find(({ isThis }) => isThis)?.id ?? "";
    const [foreign, absent] = [await stranger.api("POST", `${auth}/api/sessions/${id}/end`, { body: {} }), await stranger.api("POST", `${auth}/api/sessions/${"b".repeat(26)}/end`, { body: {} })];
    expect([foreign.status, await foreign.text()]).toEqual([404, await absent.text()]);
    expect(await end(stranger, "x")).toBe(404);
    expect((await browser.api("GET", `${auth}/api/me`)).status).toBe(200);
  });

  it("all others leaves this one, whatever host they were used on", async () => {
    const world = createTestWorld();
    const [mine, ...others] = [await entered(world), await entered(world), await entered(world)];
    expect((await mine.api("POST", `${auth}/api/sessions/end-others`, { body: {} })).status).toBe(200);
    expect(await list(mine)).toMatchObject([{ isThis: true }]);
    for (const other of others) expect((await other.api("GET", `${originOf("harbour")}/api/shop`)).status).toBe(401);
  });
});

describe("a session", () => {
  const shop = async (browser: Browser, headers = {}) => (await browser.api("GET", `${originOf("harbour")}/api/shop`, { headers })).status;

  it("lives on by use, but not by what a page does by itself", async () => {
    const world = createTestWorld();
    const browser = await entered(world);
    for (let count = 0; count < 3; count += 1) {
      world.pass(6 * DAY);
      expect(await shop(browser, { "x-daybook-poll": "1" })).toBe(count === 2 ? 401 : 200);
    }
    const used = await entered(world);
    for (let count = 0; count < 4; count += 1) {
      world.pass(6 * DAY);
      expect(await shop(used)).toBe(200);
    }
  });

  it("ends after thirty days however busy it is", async () => {
    const world = createTestWorld();
    const browser = await entered(world);
    for (let day = 0; day < 29; day += 1) {
      world.pass(DAY);
      expect(await shop(browser)).toBe(200);
    }
    world.pass(DAY - HOUR);
    expect(await shop(browser)).toBe(200);
    world.pass(HOUR + MINUTE);
    expect(await shop(browser)).toBe(401);
  });
});

describe("a device in words", () => {
  it.each([
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15", "Safari on macOS"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on Linux"],
    ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", "Samsung Internet on Android"],
    ["curl/8.5.0", "an unknown browser"], ["", "an unknown browser"], [`${"x".repeat(10_000)} Chrome/1`, "an unknown browser"],
    ["<script>alert(1)</script> Windows", "an unknown browser on Windows"],
  ])("of %s is %s", (userAgent, words) => {
    expect(deviceInWords(userAgent)).toBe(words);
  });
});
