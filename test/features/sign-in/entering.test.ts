/** The one-time code that leads from `auth.` into a shop: what it opens once, and what it never opens. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { MINUTE, SECOND } from "../../../src/kernel/clock";
import type { PersonCard } from "../../../src/features/people/service";
import { createBrowser, createTestWorld, originOf, type Browser } from "../../support/app";
import { givenMember, givenPerson, givenShop, signIn } from "../../support/people";

const world = createTestWorld();
const harbour = originOf("harbour");
let mara: PersonCard;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  await givenShop(world, "harbour", mara);
  await givenShop(world, "lantern", mara);
  await givenShop(world, "foreign", await givenPerson(world, "Nils"));
});

/** The address with a code that `auth.` sends a signed-in browser to, not opened yet. */
async function codeUrl(browser: Browser, shop = harbour, to = "/"): Promise<string> {
  const start = await browser.get(`${shop}/enter/start?to=${encodeURIComponent(to)}`);
  const handed = await browser.get(start.headers.get("location") ?? "");
  return handed.headers.get("location") ?? "";
}

async function signedIn(person = mara): Promise<Browser> {
  const browser = createBrowser(world);
  await signIn(world, browser, person);
  return browser;
}

async function isIn(browser: Browser, shop = harbour): Promise<boolean> {
  return (await browser.api("GET", `${shop}/api/shop`)).status === 200;
}

async function shopSessions(): Promise<number> {
  return (await env.DIRECTORY.prepare("SELECT count(*) AS count FROM site_session").first<number>("count")) ?? 0;
}

describe("a code", () => {
  it("opens the shop once: presented again, also at the same time, it leads back to the start", async () => {
    const browser = await signedIn();
    const url = await codeUrl(browser);
    const before = await shopSessions();
    const answers = await Promise.all([browser.get(url), browser.get(url), browser.get(url)]);
    const places = answers.map((answer) => answer.headers.get("location") ?? "").sort();
    expect(places).toEqual(["/enter/start?to=%2F&again=1", "/enter/start?to=%2F&again=1", `${harbour}/`]);
    expect(await shopSessions()).toBe(before + 1);
    expect((await browser.get(url)).headers.get("location")).toContain("/enter/start");
  });

  it("is good for a minute and not a moment longer", async () => {
    const world = createTestWorld();
    for (const [wait, opens] of [[MINUTE - 1, true], [MINUTE, false]] as const) {
      const browser = createBrowser(world);
      await signIn(world, browser, mara);
      const url = await codeUrl(browser);
      world.pass(wait);
      await browser.get(url);
      expect([wait, await isIn(browser)]).toEqual([wait, opens]);
    }
  });

  it("opens nothing in another browser, so that nobody can be signed in as somebody else", async () => {
    const attacker = await signedIn();
    const url = await codeUrl(attacker);
    const victim = createBrowser(world);
    await victim.get(`${harbour}/enter/start`);
    const answer = await victim.get(url);
    expect(answer.headers.get("location")).toBe("/enter/start?to=%2F&again=1");
    expect(victim.cookies(new URL(harbour).host).has("__Host-daybook")).toBe(false);
    expect(world.lines.some((line) => line.includes("enter.refused"))).toBe(true);
    await attacker.get(url);
    expect(await isIn(attacker)).toBe(false);
  });

  it("opens no other shop's host, even one of the same person", async () => {
    const browser = await signedIn();
    const lantern = originOf("lantern");
    const url = new URL(await codeUrl(browser));
    browser.cookies(new URL(lantern).host).set("__Host-enter", browser.cookies(new URL(harbour).host).get("__Host-enter") ?? "");
    await browser.get(`${lantern}${url.pathname}${url.search}`);
    expect(await isIn(browser, lantern)).toBe(false);
    expect(await isIn(browser)).toBe(false);
  });

  it("opens nothing once the session it came from has ended, or its person left the shop", async () => {
    const browser = await signedIn();
    const url = await codeUrl(browser);
    await browser.api("POST", `${originOf("auth")}/api/sign-out`);
    await browser.get(url);
    expect(await isIn(browser)).toBe(false);

    const pia = await givenPerson(world, "Pia");
    const shortly = await givenShop(world, "shortly", await givenPerson(world, "Pip"));
    await givenMember(world, shortly, pia, "admin");
    const leaving = await signedIn(pia);
    const last = await codeUrl(leaving, originOf("shortly"));
    await env.DIRECTORY.prepare("DELETE FROM membership WHERE person_id = ?").bind(pia.id).run();
    await leaving.get(last);
    expect(await isIn(leaving, originOf("shortly"))).toBe(false);
  });

  it("that is none at all leads back to the start once, and then to a page that says what to do", async () => {
    const browser = createBrowser(world);
    const first = await browser.get(`${harbour}/enter?code=${"x".repeat(43)}&to=/days`);
    expect(first.headers.get("location")).toBe("/enter/start?to=%2Fdays&again=1");
    const second = await browser.get(`${harbour}/enter?code=${"x".repeat(43)}&to=/days&again=1`);
    expect(second.status).toBe(400);
    expect(await second.text()).toContain("You could not be let in");
  });

  it("never goes round in a circle where cookies are not kept", async () => {
    const browser = await signedIn();
    let url = `${harbour}/enter/start?to=/`;
    for (let step = 0; step < 10; step += 1) {
      browser.cookies(new URL(harbour).host).clear();
      const answer = await browser.get(url);
      const next = answer.headers.get("location");
      if (next === null) return expect([answer.status, step]).toEqual([400, 5]);
      url = new URL(next, url).href;
    }
    throw new Error("it went round in a circle");
  });
});

describe("asking for a shop", () => {
  it("that is somebody else's and one that does not exist end at the person's own shops in the same way", async () => {
    const places: string[] = [];
    for (const shop of ["foreign", "nosuch"]) {
      const browser = await signedIn();
      const answer = await browser.get(`${originOf("auth")}/enter?site=${shop}&challenge=${"c".repeat(43)}`);
      places.push((answer.headers.get("location") ?? "").replace(shop, "*"));
    }
    expect(places).toEqual([`${originOf("auth")}/?site=*`, `${originOf("auth")}/?site=*`]);
    expect(await env.DIRECTORY.prepare("SELECT count(*) AS count FROM hand_off WHERE expires_at > ?").bind(world.clock() + 59 * SECOND).first("count")).toBe(0);
  });

  it("leads to the wanted page and never to another site", async () => {
    const elsewhere = [
      "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "https:evil.example", "/%09//evil.example",
      "/\t/evil.example", "javascript:alert(1)", "data:text/html,x", "@evil.example", ".evil.example", "/@evil.example", "/%5cevil.example", "/..//evil.example", "",
    ];
    for (const to of elsewhere) {
      const browser = await signedIn();
      const arrival = await browser.open(`${harbour}/enter/start?to=${encodeURIComponent(to)}`);
      expect([to, arrival.url.origin]).toEqual([to, harbour]);
      const direct = await browser.get((await codeUrl(browser)).replace("to=%2F", `to=${encodeURIComponent(to)}`));
      expect([to, new URL(direct.headers.get("location") ?? "", harbour).origin]).toEqual([to, harbour]);
    }
  });

  it("with a key that comes twice, is missing or is unknown is refused in words", async () => {
    const browser = await signedIn();
    const challenge = "c".repeat(43);
    for (const query of [`shop=harbour&shop=lantern&challenge=${challenge}`, "shop=harbour", `shop=harbour&challenge=${challenge}&role=owner`, `shop=harbour&challenge=${challenge}&to=//evil.example`]) {
      expect([query, (await browser.get(`${originOf("auth")}/enter?${query}`)).status]).toEqual([query, 400]);
    }
    expect((await browser.get(`${harbour}/enter?code=a&code=b`)).status).toBe(400);
  });
});
