/** Another password by letter: it signs nobody in, skips no second factor, and ends what it should. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createPerson, type PersonCard } from "../../../src/features/people/service";
import { SESSION_COOKIE } from "../../../src/features/sessions/rules";
import { createBrowser, createTestWorld, type Browser } from "../../support/app";
import { codeIn, lettersTo, linkIn } from "../../support/mail";
import { must, signIn } from "../../support/people";
import { auth, letterTo, post, tokenIn, whoIs } from "./asking";

const world = createTestWorld();
const SLOW = { timeout: 60_000 };
const PASSWORD = "four other words entirely";
let people = 0;
let mara: PersonCard;

beforeEach(async () => {
  const name = `Mara${(people += 1)}`;
  mara = must(await createPerson(world, env, { name, email: `${name}@example.com`, isVerified: true }));
});

async function proved(browser: Browser = createBrowser(world)): Promise<Browser> {
  expect(await post(browser, "/reset", { email: mara.email })).toEqual({ status: 200, body: {} });
  expect(await post(browser, "/reset/prove", { token: tokenIn(await letterTo(world, mara.email)) })).toEqual({ status: 200, body: {} });
  return browser;
}

const finish = async (browser: Browser, endOthers = false, password = PASSWORD) => await post(browser, "/reset/finish", { password, endOthers });
const signInWith = async (password: string) => await post(createBrowser(world), "/sign-in", { email: mara.email, password });

describe("a new password by letter", SLOW, () => {
  it("is set by whoever reads the letter, who is told of it and not signed in", async () => {
    const browser = await proved();
    expect(await finish(browser)).toEqual({ status: 200, body: {} });
    expect(await whoIs(browser)).toBeNull();
    expect((await lettersTo(world, mara.email)).map(({ subject }) => subject)).toContain("Your password was changed");
    expect((await signInWith(PASSWORD)).status).toBe(200);
  });

  it("ends every session where that is wished, and none where it is not", async () => {
    const elsewhere = createBrowser(world);
    await signIn(world, elsewhere, mara);
    await finish(await proved());
    expect(await whoIs(elsewhere)).toBe(mara.email);
    await finish(await proved(), true);
    expect(await whoIs(elsewhere)).toBeNull();
  });

  it("gives a session of that person in this browser another secret, and leaves another person's as it is", async () => {
    const { host } = new URL(auth);
    for (const [index, person] of [mara, must(await createPerson(world, env, { name: "Other", email: `other${people}@example.com` }))].entries()) {
      const browser = createBrowser(world);
      await signIn(world, browser, person);
      const earlier = browser.cookies(host).get(SESSION_COOKIE);
      await finish(await proved(browser));
      expect([await whoIs(browser), browser.cookies(host).get(SESSION_COOKIE) === earlier]).toEqual([person.email, index === 1]);
    }
  });

  it("skips no second factor: who has one is asked for it at the next sign-in", async () => {
    await env.DIRECTORY.prepare("INSERT INTO totp (person_id, sealed_seed, confirmed_at, last_step) VALUES (?1, 'sealed', 1, 0)").bind(mara.id).run();
    await finish(await proved());
    expect((await signInWith(PASSWORD)).body.next).toBe(`${auth}/second-factor`);
  });

  it("is set once by one letter, and kills every other letter of that person", async () => {
    const links = createBrowser(world);
    await post(links, "/sign-in/link", { email: mara.email });
    const link = tokenIn(await letterTo(world, mara.email));
    const browser = await proved();
    const both = await Promise.all([finish(browser), finish(browser, false, "another four good words")]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401]);
    expect((await finish(browser)).status).toBe(401);
    expect((await post(links, "/sign-in/link/prove", { token: link })).status).toBe(401);
  });

  it("is not set in another browser, without the letter, for somebody else, or when it is a bad one: then the letter serves on", async () => {
    const browser = await proved();
    expect((await finish(createBrowser(world))).status).toBe(401);
    const unproved = createBrowser(world);
    await post(unproved, "/reset", { email: "somebody.else@example.com" });
    expect((await finish(unproved)).status).toBe(401);
    for (const bad of ["short", "qwerty123456", `${mara.name} ${mara.name} 12`]) expect((await finish(browser, false, bad)).status).toBe(400);
    expect((await finish(browser)).status).toBe(200);
  });

  it("comes with a link of Daybook's own address, whatever host the request names", async () => {
    const headers = { "x-forwarded-host": "evil.example", "x-host": "evil.example", forwarded: "host=evil.example" };
    await createBrowser(world).api("POST", `${auth}/api/reset`, { body: { email: mara.email }, headers });
    const letter = await letterTo(world, mara.email);
    expect(linkIn(letter).startsWith(`${auth}/link#reset_password.`)).toBe(true);
    expect(JSON.stringify(letter)).not.toContain("evil");
    expect(codeIn(letter)).toMatch(/^\d{6}$/);
  });
});
