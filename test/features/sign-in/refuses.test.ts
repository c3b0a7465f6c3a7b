/** Who is not let in, and what their trying leaves behind: nothing. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../../src/features/people/service";
import { LARGEST_BODY_BYTES } from "../../../src/http/body";
import { createBrowser, createTestWorld, originOf, type Browser } from "../../support/app";
import { givenPerson, givenShop, PASSWORD, signIn, withPassword } from "../../support/people";

const world = createTestWorld();
const auth = originOf("auth");
/** Hashing a password takes a quarter of a second of processor time, and a loaded machine has little. */
const SLOW = { timeout: 60_000 };

const signInUrl = `${auth}/api/sign-in`;

async function sessions(): Promise<number> {
  return (await env.DIRECTORY.prepare("SELECT count(*) AS count FROM session").first<number>("count")) ?? 0;
}

async function attempt(browser: Browser, email: string, password: string): Promise<Response> {
  return await browser.api("POST", signInUrl, { body: { email, password } });
}

describe("signing in", SLOW, () => {
  let mara: PersonCard;

  beforeAll(async () => {
    mara = await withPassword(world, await givenPerson(world, "Mara"));
    const gone = await withPassword(world, await givenPerson(world, "Gone"));
    await env.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE id = ?").bind(gone.id).run();
    await givenPerson(world, "Guest");
    await givenShop(world, "harbour", mara);
  }, SLOW.timeout);

  it("answers a stranger, a wrong password, a person without one and a disabled person alike", async () => {
    const before = await sessions();
    const tries = [["nobody@example.com", PASSWORD], ["mara@example.com", `${PASSWORD}r`], ["guest@example.com", PASSWORD], ["gone@example.com", PASSWORD], ["no address", PASSWORD]] as const;
    const answers = new Set<string>();
    for (const [email, password] of tries) {
      const response = await attempt(createBrowser(world), email, password);
      answers.add(JSON.stringify([response.status, [...response.headers], await response.text()]));
    }
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).toContain("wrong_credentials");
    expect(await sessions()).toBe(before);
  });

  it("takes as long for a stranger as for somebody who is known", async () => {
    const timeOf = async (email: string): Promise<number> => {
      const start = performance.now();
      await attempt(createBrowser(world), email, "not the password at all");
      return performance.now() - start;
    };
    const shortest = { stranger: Infinity, known: Infinity };
    for (let round = 0; round < 3; round += 1) {
      shortest.stranger = Math.min(shortest.stranger, await timeOf("nobody@example.com"));
      shortest.known = Math.min(shortest.known, await timeOf("mara@example.com"));
    }
    // Without the hash it would be a hundredth.
    expect(shortest.stranger / shortest.known).toBeGreaterThan(0.5);
    expect(shortest.stranger / shortest.known).toBeLessThan(2);
  });

  it("takes no other person's address for somebody's because letters look alike", async () => {
    for (const email of ["mara＠example.com", "mar\u0430@example.com"]) {
      expect([email, (await attempt(createBrowser(world), email, PASSWORD)).status]).toEqual([email, 401]);
    }
  });

  it("refuses whatever is no sign-in with a clear answer, and changes nothing", async () => {
    const before = await sessions();
    const good = { email: "mara@example.com", password: PASSWORD };
    const bad: readonly (readonly [number, unknown, Record<string, string>?])[] = [
      [400, "{"], [400, ""], [400, "null"], [400, "[]"], [400, '"text"'], [400, new Uint8Array([0x7b, 0xff, 0x7d])], [400, `\ufeff${JSON.stringify(good)}`],
      [400, {}], [400, { ...good, role: "owner" }], [400, { ...good, email: ["a@example.com"] }], [400, { ...good, password: "x".repeat(1_001) }],
      [400, '{"email":"mara@example.com","password":"x","__proto__":{"a":1}}'], [400, { ...good, enter: { site: "harbour" } }],
      [400, { ...good, enter: { site: "harbour", challenge: "c".repeat(43), to: "//evil.example" } }],
      [413, { ...good, password: "x".repeat(LARGEST_BODY_BYTES) }], [400, `${"[".repeat(30_000)}${"]".repeat(30_000)}`],
      [415, good, { "content-type": "text/plain" }], [415, good, { "content-type": "application/json; charset=utf-16" }],
      [415, good, { "content-type": "application/x+json" }], [415, good, { "content-type": "application/json, text/plain" }],
    ];
    for (const [status, body, headers] of bad) {
      const response = await createBrowser(world).api("POST", signInUrl, { body, headers: headers ?? {} });
      expect([response.status, JSON.stringify(body).slice(0, 80)]).toEqual([status, JSON.stringify(body).slice(0, 80)]);
      expect((await response.json<{ error: { title: string } }>()).error.title).not.toBe("");
    }
    expect(await sessions()).toBe(before);
  });

  it("never goes on with a cookie that was there before", async () => {
    const attacker = createBrowser(world);
    await signIn(world, attacker, await givenPerson(world, "Mallory"));
    const planted = attacker.cookies(new URL(auth).host).get("__Host-daybook") ?? "";
    const victim = createBrowser(world);
    victim.cookies(new URL(auth).host).set("__Host-daybook", planted);
    expect((await attempt(victim, "mara@example.com", PASSWORD)).status).toBe(200);
    expect(victim.cookies(new URL(auth).host).get("__Host-daybook")).not.toBe(planted);
    expect((await attacker.api("GET", `${auth}/api/me`)).status).toBe(401);
  });

  it("ends nobody's session for a cookie that knows its id but not its secret", async () => {
    const mine = createBrowser(world);
    await signIn(world, mine, mara);
    const [id] = (mine.cookies(new URL(auth).host).get("__Host-daybook") ?? "").split(".");
    const forger = createBrowser(world);
    for (const url of [`${auth}/api/sign-out`, `${originOf("harbour")}/api/sign-out`]) {
      forger.cookies(new URL(url).host).set("__Host-daybook", `${id}.${"a".repeat(43)}`);
      expect((await forger.api("POST", url)).status).toBe(200);
    }
    forger.cookies(new URL(auth).host).set("__Host-daybook", `${id}.${"a".repeat(43)}`);
    await attempt(forger, "mara@example.com", PASSWORD);
    expect((await mine.api("GET", `${auth}/api/me`)).status).toBe(200);
  });

  it("keeps a person out who was disabled after they came in", async () => {
    const late = await givenPerson(world, "Late");
    const browser = createBrowser(world);
    await signIn(world, browser, late);
    expect((await browser.api("GET", `${auth}/api/me`)).status).toBe(200);
    await env.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE id = ?").bind(late.id).run();
    expect((await browser.api("GET", `${auth}/api/me`)).status).toBe(401);
  });
});
