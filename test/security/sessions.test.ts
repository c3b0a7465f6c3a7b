/** Cookies: what they look like, where they count, and where they do not (attacks 16 to 22). */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../src/features/people/service";
import { DAY } from "../../src/kernel/clock";
import { createBrowser, createTestWorld, originOf } from "../support/app";
import { enteredBrowser, givenPerson, givenShop, signIn } from "../support/people";

const world = createTestWorld();
const COOKIE = "__Host-daybook";
const hostOf = (label: string) => new URL(originOf(label)).host;
let mara: PersonCard;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  for (const slug of ["harbour", "lantern"]) await givenShop(world, slug, mara);
});

async function statusWith(cookie: string, label = "harbour"): Promise<number> {
  return (await createBrowser(world).api("GET", `${originOf(label)}/api/${label === "auth" ? "me" : "shop"}`, { headers: { cookie } })).status;
}

describe("a cookie", () => {
  it("is set for one host only, over https, out of reach of scripts", async () => {
    const browser = createBrowser(world);
    await signIn(world, browser, mara);
    let url = `${originOf("harbour")}/enter/start`;
    const set: string[] = [];
    for (let step = 0; step < 3; step += 1) {
      const answer = await browser.get(url);
      set.push(...answer.headers.getSetCookie());
      url = new URL(answer.headers.get("location") ?? "", url).href;
    }
    expect(set.map((line) => line.split("=")[0])).toEqual(["__Host-enter", "__Host-enter", COOKIE]);
    for (const line of set) {
      expect(line).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      expect(line).not.toMatch(/domain=/i);
      expect(line.length).toBeLessThan(4_096);
    }
  });

  it("of one shop is nothing on another shop's host, at auth. or on the public pages, and the log says so", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const value = browser.cookies(hostOf("harbour")).get(COOKIE);
    expect(await statusWith(`${COOKIE}=${value}`)).toBe(200);
    expect(await statusWith(`${COOKIE}=${value}`, "lantern")).toBe(401);
    expect(world.lines.some((line) => line.includes("session.foreign_host"))).toBe(true);
    expect(await statusWith(`${COOKIE}=${value}`, "auth")).toBe(401);
  });

  it("of auth. is nothing on a shop's host", async () => {
    const browser = createBrowser(world);
    await signIn(world, browser, mara);
    expect(await statusWith(`${COOKIE}=${browser.cookies(hostOf("auth")).get(COOKIE)}`)).toBe(401);
  });

  it("that is junk means not signed in, whatever it looks like", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const value = browser.cookies(hostOf("harbour")).get(COOKIE) ?? "";
    const [id = "", secret = ""] = value.split(".");
    const junk = [
      "", ".", id, `${id}.`, `.${secret}`, `${id}.${secret}x`, `${id}.${secret.slice(1)}`, `${id}.${"a".repeat(43)}`, `${"a".repeat(26)}.${secret}`, `${secret}.${id}`,
      `${id}.${secret}.${secret}`, `${id.toUpperCase()}.${secret}`, `' OR 1=1 --.${secret}`, "%00", "a".repeat(5_000), encodeURIComponent(`${id}\u0000.${secret}`),
    ];
    for (const one of junk) expect([one, await statusWith(`${COOKIE}=${one}`)]).toEqual([one, 401]);
    for (const name of ["__host-daybook", " \u00a0__Host-daybook", "daybook", "__Secure-daybook", "__Host-daybook "]) {
      const isExact = name.trim() === COOKIE && !name.includes("\u00a0");
      expect([name, await statusWith(`${name}=${value}`)]).toEqual([name, isExact ? 200 : 401]);
    }
  });

  it("that comes twice is refused, whichever comes first, and the browser is told to forget it", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const good = `${COOKIE}=${browser.cookies(hostOf("harbour")).get(COOKIE)}`;
    for (const cookie of [`${good}; ${COOKIE}=junk`, `${COOKIE}=junk; ${good}`, `${good}; ${good}`, `${good}; __HOST-daybook=junk`]) {
      const response = await createBrowser(world).api("GET", `${originOf("harbour")}/api/shop`, { headers: { cookie } });
      expect([cookie.length, response.status, response.headers.get("clear-site-data")]).toEqual([cookie.length, 400, '"cookies"']);
    }
    expect(await statusWith(`other=1; ${good}; other=2`)).toBe(200);
  });

  it("and are more than Daybook ever gave are refused on every site, and the person is led in again without them", async () => {
    const bombs = [`a=${"x".repeat(8_191)}`, Array.from({ length: 180 }, (_, index) => `planted${index}=${"y".repeat(60)}`).join("; ")];
    for (const url of [`${originOf("harbour")}/days?month=2026-07`, `${originOf("hq-none")}/`, `${originOf("auth")}/sign-in`, `${originOf("auth")}/page.css`]) for (const cookie of bombs) {
      const page = await createBrowser(world).get(url, { cookie });
      expect([url, page.status, page.headers.get("clear-site-data"), page.headers.get("cache-control")]).toEqual([url, 431, '"cookies"', "no-store"]);
      expect(await page.text()).toContain(`<a href="${url}">Go on</a>`);
      const call = await createBrowser(world).api("POST", `${new URL(url).origin}/api/sign-out`, { body: {}, headers: { cookie } });
      expect([call.status, call.headers.get("clear-site-data")]).toEqual([400, '"cookies"']);
    }
    expect(await statusWith(`a=${"x".repeat(8_190)}`)).toBe(401);
  });

  it("and are many but small enough leave the session what it is", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const good = `${COOKIE}=${browser.cookies(hostOf("harbour")).get(COOKIE)}`;
    expect(await statusWith(`${good}; a=${"x".repeat(8_192 - good.length - 4)}`)).toBe(200);
    expect(await statusWith(`${good}; a=${"x".repeat(8_192 - good.length - 3)}`)).toBe(400);
  });
});

describe("a shop's session", () => {
  it("ends after fourteen days without a request", async () => {
    const world = createTestWorld();
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    world.pass(14 * DAY - 1);
    expect((await browser.api("GET", `${originOf("harbour")}/api/shop`)).status).toBe(200);
    world.pass(14 * DAY);
    expect((await browser.api("GET", `${originOf("harbour")}/api/shop`)).status).toBe(401);
  });

  it("ends at once when its person is disabled", async () => {
    const nils = await givenPerson(world, "Nils");
    const browser = await enteredBrowser(world, nils, await givenShop(world, "brief", nils));
    await env.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE id = ?").bind(nils.id).run();
    expect((await browser.api("GET", `${originOf("brief")}/api/shop`)).status).toBe(401);
  });

  it("is a new one at every entry: the browser's earlier one has ended", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const first = browser.cookies(hostOf("harbour")).get(COOKIE);
    await browser.open(`${originOf("harbour")}/enter/start`);
    expect(browser.cookies(hostOf("harbour")).get(COOKIE)).not.toBe(first);
    expect(await statusWith(`${COOKIE}=${first}`)).toBe(401);
  });
});
