/** A person's own account: name, address, password, and proving who they are. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createPerson, type PersonCard } from "../../../src/features/people/service";
import type { AccountView } from "../../../src/features/sign-in/contract";
import { SESSION_COOKIE } from "../../../src/features/sessions/rules";
import { MINUTE } from "../../../src/kernel/clock";
import { createBrowser, createTestWorld, originOf, type Browser } from "../../support/app";
import { codeIn, lettersTo } from "../../support/mail";
import { givenPerson, givenShop, must, signIn, withPassword, PASSWORD } from "../../support/people";
import { auth, letterTo, post, tokenIn, whoIs } from "./asking";

const world = createTestWorld();
const SLOW = { timeout: 60_000 };
let people = 0;
let mara: PersonCard;
let browser: Browser;

beforeEach(async () => {
  const name = `Mara${(people += 1)}`;
  mara = must(await createPerson(world, env, { name, email: `${name}@example.com`, isVerified: true }));
  browser = createBrowser(world);
  await signIn(world, browser, mara);
});

const account = async (from = browser) => await (await from.api("GET", `${auth}/api/account`)).json<AccountView>();
const subjects = async (email: string) => (await lettersTo(world, email)).map(({ subject }) => subject);

const { host } = new URL(auth);

/** The name of a shop of hers that a browser entered. */
async function enteredWith(entering: Browser): Promise<string> {
  const { slug } = await givenShop(world, `renewed-${people}`, mara);
  await entering.open(`${originOf(slug)}/enter/start`);
  return slug;
}

/** A browser in which the same or another person signed in more than ten minutes ago. */
async function longAgo(person: PersonCard): Promise<Browser> {
  const old = createBrowser(world);
  await signIn(world, old, person);
  await env.DIRECTORY.prepare("UPDATE session SET proved_at = ?1 WHERE person_id = ?2").bind(world.clock() - 11 * MINUTE, person.id).run();
  return old;
}

describe("an account", () => {
  it("is shown to its person, with the address they asked to change to, and takes another name", async () => {
    expect(await account()).toEqual({ name: mara.name, email: mara.email, isVerified: true, hasPassword: false, pendingEmail: null });
    expect((await post(browser, "/account/name", { name: "  Mara Lindqvist " }, "PUT")).status).toBe(200);
    expect((await account()).name).toBe("Mara Lindqvist");
    expect((await post(browser, "/account/name", { name: " " }, "PUT")).status).toBe(400);
  });
});

describe("another address", () => {
  const ask = async (email: string, from = browser) => await post(from, "/account/email", { email });

  it("becomes theirs when it is proved; both addresses are told, the old one before and after", async () => {
    const next = `new.${mara.email}`;
    expect(await ask(next)).toEqual({ status: 200, body: {} });
    expect(await account()).toMatchObject({ email: mara.email, pendingEmail: next });
    expect((await post(browser, "/account/email/prove", { code: codeIn(await letterTo(world, next)) })).status).toBe(200);
    expect(await account()).toMatchObject({ email: next, pendingEmail: null, isVerified: true });
    expect((await subjects(mara.email)).toSorted()).toEqual(["Your email address is about to change", "Your email address was changed"]);
    expect(await subjects(next)).toEqual(["Confirm your new address for Daybook", "Your email address was changed"]);
    expect((await lettersTo(world, mara.email)).at(-1)?.text).toContain("14 July 2026");
  });

  it("asks for a proof of the last ten minutes", async () => {
    const { status, body } = await ask(`later.${mara.email}`, await longAgo(mara));
    expect([status, body.error?.kind]).toEqual([403, "proof_needed"]);
    expect(await subjects(mara.email)).toEqual([]);
  });

  it("that somebody has is not given, and not told of but in the letter to it", async () => {
    const other = await givenPerson(world, `Other${people}`);
    expect(await ask(other.email)).toEqual({ status: 200, body: {} });
    expect(await subjects(other.email)).toEqual(["This address already has a Daybook account"]);
    expect((await post(browser, "/account/email/prove", { code: "000000" })).status).toBe(401);
    expect((await ask(mara.email.toUpperCase())).status).toBe(400);
    expect((await account()).email).toBe(mara.email);
  });

  it("that somebody took meanwhile is not given", async () => {
    const next = `wanted.${mara.email}`;
    await ask(next);
    const code = codeIn(await letterTo(world, next));
    await env.DIRECTORY.prepare("INSERT INTO person (id, email, name, created_at) VALUES (?1, ?2, 'Faster', 1)").bind("f".repeat(25) + (people % 8 + 2), next).run();
    expect((await post(browser, "/account/email/prove", { code })).status).toBe(409);
    expect((await account()).email).toBe(mara.email);
  });

  it("is given to nobody but who asked: another person's session in the same browser gets nothing", async () => {
    const next = `mine.${mara.email}`;
    await ask(next);
    const code = codeIn(await letterTo(world, next));
    await signIn(world, browser, await givenPerson(world, `Thief${people}`));
    expect((await post(browser, "/account/email/prove", { code })).status).toBe(401);
    expect((await account()).email).not.toBe(next);
    expect((await post(createBrowser(world), "/account/email/prove", { code })).status).toBe(401);
  });
});

describe("an address that was not proved yet", () => {
  it("is proved by letter, once", async () => {
    const ada = await givenPerson(world, `Ada${people}`);
    await signIn(world, browser, ada);
    expect(await post(browser, "/account/verify", {})).toEqual({ status: 200, body: {} });
    const letter = await letterTo(world, ada.email);
    expect((await post(browser, "/account/verify/prove", { token: tokenIn(letter) })).status).toBe(200);
    expect((await account()).isVerified).toBe(true);
    expect((await post(browser, "/account/verify/prove", { token: tokenIn(letter) })).status).toBe(401);
    expect((await post(browser, "/account/verify", {})).status).toBe(409);
    expect(await subjects(ada.email)).toEqual(["Confirm your address for Daybook", "Your email address is confirmed"]);
  });
});

describe("a password", SLOW, () => {
  const change = async (from: Browser, password = "four other words entirely", endOthers = true) => await post(from, "/account/password", { password, endOthers }, "PUT");

  it("is set by a person who proved lately who they are; others of their browsers are signed out, and they are told", async () => {
    const elsewhere = createBrowser(world);
    await signIn(world, elsewhere, mara);
    expect((await change(browser)).status).toBe(200);
    expect([await whoIs(browser), await whoIs(elsewhere)]).toEqual([mara.email, null]);
    expect(await account()).toMatchObject({ hasPassword: true });
    expect((await change(browser, "yet another set of words", false)).status).toBe(200);
    expect((await subjects(mara.email)).toSorted()).toEqual(["A password was set", "Your password was changed"]);
    for (const bad of ["eleven char", "daybook daybook", "x".repeat(1_001)]) expect((await change(browser, bad)).status).toBe(400);
    expect((await change(await longAgo(mara))).body.error?.kind).toBe("proof_needed");
  });

  it("that was changed gives the session another secret, and no longer proof: the old cookie opens nothing", async () => {
    const stolen = createBrowser(world);
    stolen.cookies(host).set(SESSION_COOKIE, browser.cookies(host).get(SESSION_COOKIE) ?? "");
    world.pass(5 * MINUTE);
    const sites = await enteredWith(browser);
    expect((await change(browser, "four other words entirely", false)).status).toBe(200);
    expect([await whoIs(stolen), await whoIs(browser)]).toEqual([null, mara.email]);
    expect((await browser.api("GET", `${originOf(sites)}/api/shop`)).status).toBe(200);
    world.pass(5 * MINUTE + 1);
    expect((await change(browser)).body.error?.kind).toBe("proof_needed");
  });

  it("proves once more who somebody is, unless they have a second factor: a stolen one is no proof then", async () => {
    await withPassword(world, mara);
    const old = await longAgo(mara);
    expect((await post(old, "/prove/password", { password: "not the right one" })).body.error?.kind).toBe("wrong_credentials");
    expect((await post(old, "/account/email", { email: `x.${mara.email}` })).status).toBe(403);
    expect((await post(old, "/prove/password", { password: PASSWORD })).status).toBe(200);
    expect((await post(old, "/account/email", { email: `x.${mara.email}` })).status).toBe(200);
    await env.DIRECTORY.prepare("INSERT INTO totp (person_id, sealed_seed, confirmed_at, last_step) VALUES (?1, 'sealed', 1, 0)").bind(mara.id).run();
    expect((await post(old, "/prove/password", { password: PASSWORD })).body.error?.kind).toBe("second_factor_needed");
  });
});
