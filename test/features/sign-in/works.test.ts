/** Signing in at `auth.` and being let into a shop. */
import { env } from "cloudflare:workers";
import { encodeBase64 } from "@oslojs/encoding";
import { hash } from "bcryptjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { MeView } from "../../../src/features/sessions/contract";
import { setPassword } from "../../../src/features/sign-in/service";
import type { ShopView } from "../../../src/features/shops/contract";
import { DAY, MINUTE } from "../../../src/kernel/clock";
import { readConfig } from "../../../src/platform/env";
import { createBrowser, createTestWorld, originOf } from "../../support/app";
import { enteredBrowser, givenMember, givenPerson, givenShop, PASSWORD, withPassword } from "../../support/people";

const world = createTestWorld();
const harbour = originOf("harbour");
const auth = originOf("auth");

/** Hashing a password takes a quarter of a second of processor time, and a loaded machine has little. */
const SLOW = { timeout: 60_000 };

describe("a person with a password", SLOW, () => {
  beforeAll(async () => {
    const mara = await withPassword(world, await givenPerson(world, "Mara"));
    await givenShop(world, "harbour", mara);
  }, SLOW.timeout);

  it("comes from a shop to the sign-in page, signs in, and is back where they wanted to go", async () => {
    const browser = createBrowser(world);
    const left = await browser.open(`${harbour}/enter/start?to=${encodeURIComponent("/days?month=2026-07")}`);
    expect(left.url.origin + left.url.pathname).toBe(`${auth}/sign-in`);

    const enter = { site: left.url.searchParams.get("site"), challenge: left.url.searchParams.get("challenge"), to: left.url.searchParams.get("to") };
    const signed = await browser.api("POST", `${auth}/api/sign-in`, { body: { email: " MARA@example.com ", password: PASSWORD, enter } });
    expect(signed.status).toBe(200);
    const { next } = await signed.json<{ next: string }>();

    const arrival = await browser.open(next);
    expect(arrival.url.href).toBe(`${harbour}/days?month=2026-07`);
    const shop = await (await browser.api("GET", `${harbour}/api/shop`)).json<ShopView>();
    expect(shop).toMatchObject({ slug: "harbour", role: "owner", person: { email: "mara@example.com" }, authUrl: `${auth}/` });
    expect(shop.permissions).toContain("days.post");
  });

  it("sees at auth. who they are and which shops they belong to", async () => {
    const browser = createBrowser(world);
    const signed = await browser.api("POST", `${auth}/api/sign-in`, { body: { email: "mara@example.com", password: PASSWORD } });
    expect(await signed.json()).toEqual({ next: `${auth}/` });
    const me = await (await browser.api("GET", `${auth}/api/me`)).json<MeView>();
    expect(me).toEqual({ name: "Mara", email: "mara@example.com", isVerified: false, organisations: [], shops: [{ slug: "harbour", name: "The harbour", role: "owner", url: `${harbour}/` }] });
  });

  it("may write the password with letters composed or not", async () => {
    const zoe = await givenPerson(world, "Zoe");
    await setPassword(world, env, zoe.id, "caf\u00e9 caf\u00e9 caf\u00e9 caf\u00e9");
    const signed = await createBrowser(world).api("POST", `${auth}/api/sign-in`, { body: { email: "zoe@example.com", password: "cafe\u0301 cafe\u0301 cafe\u0301 cafe\u0301" } });
    expect(signed.status).toBe(200);
  });

  it("is not asked for another one when hashes cost more than they did: theirs is made anew as they sign in", async () => {
    const old = await givenPerson(world, "Olda");
    const stored = async () => (await env.DIRECTORY.prepare("SELECT secret_hash FROM credential WHERE person_id = ?").bind(old.id).first<string>("secret_hash")) ?? "";
    const keyed = await crypto.subtle.importKey("raw", readConfig(env).passwordPepper, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const mac = encodeBase64(new Uint8Array(await crypto.subtle.sign("HMAC", keyed, new TextEncoder().encode(PASSWORD))));
    await env.DIRECTORY.prepare("INSERT INTO credential (person_id, kind, id, secret_hash, created_at) VALUES (?1, 'password', 'password', ?2, 1)").bind(old.id, await hash(mac, 5)).run();
    const signInWith = async (password: string) => (await createBrowser(world).api("POST", `${auth}/api/sign-in`, { body: { email: "olda@example.com", password } })).status;
    expect(await signInWith("not the password")).toBe(401);
    expect(await stored()).toMatch(/^\$2b\$05\$/);
    expect(await signInWith(PASSWORD)).toBe(200);
    expect(await stored()).toMatch(/^\$2b\$12\$/);
    expect(await signInWith(PASSWORD)).toBe(200);
  });
});

describe("a session", () => {
  it("leads into a shop without asking again, and each shop's host gets a cookie of its own", async () => {
    const ana = await givenPerson(world, "Ana");
    const [bay, cove] = [await givenShop(world, "bay", ana), await givenShop(world, "cove", ana)];
    const browser = await enteredBrowser(world, ana, bay);
    expect((await browser.open(`${originOf("cove")}/enter/start`)).url.href).toBe(`${originOf(cove.slug)}/`);
    const cookies = ["bay", "cove", "auth"].map((label) => browser.cookies(new URL(originOf(label)).host).get("__Host-daybook"));
    expect(new Set(cookies).size).toBe(3);
  });

  it("lives on while it is used at a shop, although auth. is never visited, and ends after thirty days", async () => {
    const world = createTestWorld();
    const ben = await givenPerson(world, "Ben");
    const browser = await enteredBrowser(world, ben, await givenShop(world, "pier", ben));
    const ask = async () => (await browser.api("GET", `${originOf("pier")}/api/shop`)).status;
    for (const day of [13, 26]) {
      world.pass(13 * DAY);
      expect([day, await ask()]).toEqual([day, 200]);
    }
    world.pass(4 * DAY - 1);
    expect(await ask()).toBe(200);
    world.pass(1);
    expect(await ask()).toBe(401);
  });

  it("writes its last use at most every five minutes", async () => {
    const world = createTestWorld();
    const cleo = await givenPerson(world, "Cleo");
    const browser = await enteredBrowser(world, cleo, await givenShop(world, "quay", cleo));
    const lastUse = async () => await env.DIRECTORY.prepare("SELECT last_used_at FROM session WHERE person_id = ?").bind(cleo.id).first<number>("last_used_at");
    const begun = await lastUse();
    world.pass(5 * MINUTE);
    await browser.api("GET", `${originOf("quay")}/api/shop`);
    expect(await lastUse()).toBe(begun);
    world.pass(1);
    await browser.api("GET", `${originOf("quay")}/api/shop`);
    expect(await lastUse()).toBe(world.clock());
  });

  it("is kept as a hash: no cookie's secret and no code stands in the directory", async () => {
    const dora = await givenPerson(world, "Dora");
    const browser = await enteredBrowser(world, dora, await givenShop(world, "dock", dora));
    const secrets = ["dock", "auth"].map((label) => browser.cookies(new URL(originOf(label)).host).get("__Host-daybook")?.split(".")[1] ?? "none");
    const tables = await env.DIRECTORY.batch(["session", "site_session", "hand_off"].map((table) => env.DIRECTORY.prepare(`SELECT * FROM ${table}`)));
    const text = JSON.stringify(tables.map((table) => table.results));
    expect(text).toContain(dora.id);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

describe("signing out", () => {
  it("of a shop ends the session at auth. and in every other shop of this browser, and no other browser's", async () => {
    const eva = await givenPerson(world, "Eva");
    const [north, south] = [await givenShop(world, "north", eva), await givenShop(world, "south", eva)];
    const browser = await enteredBrowser(world, eva, north);
    await browser.open(`${originOf("south")}/enter/start`);
    const elsewhere = await enteredBrowser(world, eva, south);
    const kept = new Map(browser.cookies(new URL(originOf("north")).host));

    expect((await browser.api("POST", `${originOf("north")}/api/sign-out`, { body: {} })).status).toBe(200);
    expect(browser.cookies(new URL(originOf("north")).host).has("__Host-daybook")).toBe(false);
    for (const [name, value] of kept) browser.cookies(new URL(originOf("north")).host).set(name, value);
    expect((await browser.api("GET", `${originOf("north")}/api/shop`)).status).toBe(401);
    expect((await browser.api("GET", `${originOf("south")}/api/shop`)).status).toBe(401);
    expect((await browser.api("GET", `${auth}/api/me`)).status).toBe(401);
    expect((await elsewhere.api("GET", `${originOf("south")}/api/shop`)).status).toBe(200);
  });

  it("at auth. ends every shop's session that came from it, and can be asked for twice", async () => {
    const finn = await givenPerson(world, "Finn");
    const browser = await enteredBrowser(world, finn, await givenShop(world, "east", finn));
    expect((await browser.api("POST", `${auth}/api/sign-out`)).status).toBe(200);
    expect((await browser.api("POST", `${auth}/api/sign-out`)).status).toBe(200);
    expect((await browser.api("GET", `${originOf("east")}/api/shop`)).status).toBe(401);
  });
});

describe("a role", () => {
  it("is read at each request: taken away or changed, it holds at once", async () => {
    const gus = await givenPerson(world, "Gus");
    const hal = await givenPerson(world, "Hal");
    const shop = await givenShop(world, "west", gus);
    await givenMember(world, shop, hal, "admin");
    const browser = await enteredBrowser(world, hal, shop);
    const roleNow = async () => (await (await browser.api("GET", `${originOf("west")}/api/shop`)).json<ShopView>()).role;
    expect(await roleNow()).toBe("admin");
    await givenMember(world, shop, hal, "sales");
    expect(await roleNow()).toBe("sales");
    expect((await browser.api("GET", `${originOf("west")}/api/mapping`)).status).toBe(403);
    await env.DIRECTORY.prepare("DELETE FROM membership WHERE person_id = ?").bind(hal.id).run();
    expect((await browser.api("GET", `${originOf("west")}/api/shop`)).status).toBe(401);
  });
});
