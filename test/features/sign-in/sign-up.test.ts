/** Signing up: the address first, then a name, a password or none, and a shop or none. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { MeView } from "../../../src/features/sessions/contract";
import type { AccountView, SlugView } from "../../../src/features/sign-in/contract";
import { MINUTE } from "../../../src/kernel/clock";
import { createBrowser, createTestWorld, originOf, type Browser } from "../../support/app";
import { codeIn, lettersTo, linkIn } from "../../support/mail";
import { givenPerson, givenShop, PASSWORD } from "../../support/people";
import { auth, letterTo, post, rowsOf, tokenIn, whoIs } from "./asking";

const world = createTestWorld();
const SLOW = { timeout: 60_000 };
let strangers = 0;

const shop = (slug: string) => ({ name: "Corner Bakery", slug, zone: "America/Chicago", currency: "USD" });

/** A browser whose address was proved by the letter's code. */
async function proved(email = `stranger${(strangers += 1)}@example.com`): Promise<{ browser: Browser; email: string }> {
  const browser = createBrowser(world);
  expect(await post(browser, "/sign-up", { email })).toEqual({ status: 200, body: {} });
  expect(await post(browser, "/sign-up/prove", { code: codeIn(await letterTo(world, email)) })).toEqual({ status: 200, body: { email: email.toLowerCase() } });
  return { browser, email };
}

const finish = async (browser: Browser, wish: object) => await post(browser, "/sign-up/finish", { name: "Nadia Haddad", password: null, shop: null, ...wish });

describe("a stranger", SLOW, () => {
  it("proves their address, says who they are, makes a shop, and is in it", async () => {
    const { browser } = await proved("Nadia@Example.com");
    const { status, body } = await finish(browser, { password: PASSWORD, shop: shop("corner-bakery") });
    expect([status, body.next]).toEqual([200, `${originOf("corner-bakery")}/`]);
    expect((await browser.open(`${originOf("corner-bakery")}/enter/start`)).url.origin).toBe(originOf("corner-bakery"));
    const me = await (await browser.api("GET", `${auth}/api/me`)).json<MeView>();
    expect(me).toMatchObject({ name: "Nadia Haddad", email: "nadia@example.com", isVerified: true, shops: [{ slug: "corner-bakery", role: "owner" }] });
    expect((await post(createBrowser(world), "/sign-in", { email: "nadia@example.com", password: PASSWORD })).status).toBe(200);
  });

  it("needs no password and no shop: links will do, and an invitation brings a shop", async () => {
    const { browser, email } = await proved();
    expect((await finish(browser, {})).body.next).toBe(`${auth}/`);
    expect(await (await browser.api("GET", `${auth}/api/account`)).json<AccountView>()).toMatchObject({ email, hasPassword: false, isVerified: true });
    expect((await post(createBrowser(world), "/sign-in", { email, password: "whatever it may be" })).status).toBe(401);
    expect((await post(browser, "/shops", shop("second-thought"))).body.next).toBe(`${originOf("second-thought")}/`);
  });

  it("may prove the address by the letter's link, in the browser that asked", async () => {
    const email = "linked@example.com";
    const browser = createBrowser(world);
    await post(browser, "/sign-up", { email });
    const letter = await letterTo(world, email);
    expect(linkIn(letter)).toContain("/link#sign_up.");
    expect((await post(createBrowser(world), "/sign-up/prove", { token: tokenIn(letter) })).status).toBe(401);
    expect((await post(browser, "/sign-up/prove", { token: tokenIn(letter) })).status).toBe(200);
  });

  it("is asked again, and nothing is made, for a password or a shop that cannot be; the proof serves on", async () => {
    await givenShop(world, "harbour", await givenPerson(world, "Mara"));
    const { browser, email } = await proved();
    const before = await rowsOf("person");
    const wrong: readonly (readonly [object, string])[] = [
      [{ password: "short" }, "invalid_input"], [{ password: "qwerty123456" }, "invalid_input"], [{ password: `${email} 1` }, "invalid_input"],
      [{ name: "" }, "invalid_input"], [{ shop: shop("auth") }, "invalid_input"], [{ shop: shop("harbour") }, "invalid_input"],
      [{ shop: shop("x") }, "invalid_input"], [{ shop: { ...shop("fine-name"), role: "owner" } }, "invalid_input"], [{ isVerified: true }, "invalid_input"],
    ];
    for (const [wish, kind] of wrong) {
      const { status, body } = await finish(browser, wish);
      expect([JSON.stringify(wish), status, body.error?.kind]).toEqual([JSON.stringify(wish), 400, kind]);
    }
    expect(await rowsOf("person")).toBe(before);
    expect((await finish(browser, { shop: shop("fine-name") })).status).toBe(200);
  });

  it("finishes once, of two at once exactly one, and not in another browser, later, or without a proof", async () => {
    const { browser, email } = await proved();
    const before = await rowsOf("person");
    expect((await finish(createBrowser(world), {})).status).toBe(401);
    const both = await Promise.all([finish(browser, {}), finish(browser, {})]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401]);
    expect(await rowsOf("person")).toBe(before + 1);
    expect((await finish(browser, {})).status).toBe(401);

    const unproved = createBrowser(world);
    await post(unproved, "/sign-up", { email: `new-${email}` });
    expect((await finish(unproved, {})).status).toBe(401);
    const late = await proved();
    world.pass(30 * MINUTE);
    expect((await finish(late.browser, {})).status).toBe(401);
    expect(await rowsOf("person")).toBe(before + 1);
  });
});

describe("somebody who has an account", () => {
  it("gets a letter that says so and proves nothing; the page says the same as to a stranger", async () => {
    const person = await givenPerson(world, "Known");
    const browser = createBrowser(world);
    expect(await post(browser, "/sign-up", { email: person.email })).toEqual({ status: 200, body: {} });
    const letters = await lettersTo(world, person.email);
    expect(letters.map(({ subject }) => subject)).toEqual(["You already have a Daybook account"]);
    expect(letters[0]?.text).not.toMatch(/#sign_up|\b\d{6}\b/);
    for (const code of ["000000", "123456"]) expect((await post(browser, "/sign-up/prove", { code })).status).toBe(401);
    expect(await whoIs(browser)).toBeNull();
  });
});

describe("a shop's address", () => {
  const look = async (slug: string) => await (await createBrowser(world).api("GET", `${auth}/api/sign-up/slug?slug=${encodeURIComponent(slug)}`)).json<SlugView>();

  it("is looked at as it is typed: free, or why not and what would be", async () => {
    await givenShop(world, "lantern", await givenPerson(world, "Tomas"));
    expect(await look("quiet-corner")).toEqual({ isFree: true, problem: null, suggestion: null });
    const taken = await look("lantern");
    expect([taken.isFree, taken.suggestion]).toEqual([false, "lantern-shop"]);
    expect(taken.problem).not.toBe("");
    expect((await look("Café Nørd & Söhne")).suggestion).toBe("cafe-n-rd-so-hne");
    for (const odd of ["", "-", "xn--abc", "auth", "daybook"]) expect((await look(odd)).isFree).toBe(false);
    expect(await env.DIRECTORY.prepare("SELECT count(*) AS count FROM shop WHERE slug = 'quiet-corner'").first("count")).toBe(0);
  });
});
