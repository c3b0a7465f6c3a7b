/** Signing in by letter: the link in the browser that asked, the code typed there, each once; nothing else consumes it. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createPerson, type PersonCard } from "../../../src/features/people/service";
import { MINUTE, SECOND } from "../../../src/kernel/clock";
import { createBrowser, createTestWorld, originOf, type Browser } from "../../support/app";
import { codeIn, lettersTo, linkIn } from "../../support/mail";
import { givenShop, must } from "../../support/people";
import { auth, letterTo, post, rowsOf, tokenIn, whoIs } from "./asking";

const world = createTestWorld();
let people = 0;

/** A person whose address is proved. */
async function verified(name = `guest${(people += 1)}`): Promise<PersonCard> {
  return must(await createPerson(world, env, { name, email: `${name}@example.com`, isVerified: true }));
}

/** A browser that asked for a letter, and the letter. */
async function asked(email: string, browser: Browser = createBrowser(world)) {
  expect(await post(browser, "/sign-in/link", { email })).toEqual({ status: 200, body: {} });
  return { browser, letter: await letterTo(world, email) };
}

const prove = async (browser: Browser, proof: object) => await post(browser, "/sign-in/link/prove", proof);

describe("a letter to sign in with", () => {
  let mara: PersonCard;
  beforeAll(async () => {
    mara = await verified("mara");
    await givenShop(world, "harbour", mara);
  });

  it("leads by its link into the browser that asked, and on to the shop that sent it", async () => {
    const browser = createBrowser(world);
    const left = await browser.open(`${originOf("harbour")}/enter/start?to=%2Fdays`);
    const enter = { site: "harbour", challenge: left.url.searchParams.get("challenge"), to: "/days" };
    await post(browser, "/sign-in/link", { email: " MARA@example.com ", enter });
    const letter = await letterTo(world, mara.email);
    expect(linkIn(letter)).toMatch(new RegExp(`^${auth}/link#sign_in\\.[a-z2-7]{26}\\.[\\w-]{43}$`));
    const { status, body } = await prove(browser, { token: tokenIn(letter), enter });
    expect(status).toBe(200);
    expect((await browser.open(body.next ?? "")).url.href).toBe(`${originOf("harbour")}/days`);
    expect(await whoIs(browser)).toBe(mara.email);
  });

  it("leads by its code, with a space in the middle or not", async () => {
    const { email } = await verified();
    const { browser, letter } = await asked(email);
    const code = codeIn(letter);
    expect((await prove(browser, { code: `${code.slice(0, 3)} ${code.slice(3)}` })).status).toBe(200);
    expect(await whoIs(browser)).toBe(email);
  });

  it("is not consumed by whatever opens its link without a person's press: HEAD and GET change nothing", async () => {
    const { email } = await verified();
    const { browser, letter } = await asked(email);
    const scanner = createBrowser(world);
    const agents = ["Mozilla/5.0 (compatible; SafeLinks)", "BarracudaCentral", "Mozilla/5.0 Chrome/142.0.0.0 Safari/537.36"];
    for (const agent of agents) {
      for (let time = 0; time < 3; time += 1) await scanner.get(linkIn(letter), { "user-agent": agent });
      await scanner.send(new URL(linkIn(letter)), { method: "HEAD" });
      expect((await scanner.get(`${auth}/api/sign-in/link/prove?token=${tokenIn(letter)}`)).status).toBe(404);
    }
    expect((await prove(browser, { token: tokenIn(letter) })).status).toBe(200);
  });

  it("does nothing in another browser, even one that runs its scripts and posts: the code is to be typed where it was asked for", async () => {
    const { email } = await verified();
    const { browser, letter } = await asked(email);
    const elsewhere = createBrowser(world);
    for (const other of [createBrowser(world), elsewhere]) {
      const { status, body } = await prove(other, { token: tokenIn(letter) });
      expect([status, body.error?.kind, body.error?.title, body.error?.next]).toEqual([401, "wrong_proof", "This link was asked for in another browser.", "Type the letter's six digits there."]);
      expect(await whoIs(other)).toBeNull();
    }
    expect((await prove(elsewhere, { code: codeIn(letter) })).status).toBe(401);
    expect((await prove(browser, { code: codeIn(letter) })).status).toBe(200);
  });

  it("works once: not again, not by the code after the link, and of two at once exactly one", async () => {
    const { email } = await verified();
    const { browser, letter } = await asked(email);
    const before = await rowsOf("session");
    const both = await Promise.all([prove(browser, { token: tokenIn(letter) }), prove(browser, { token: tokenIn(letter) }), prove(browser, { code: codeIn(letter) })]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401, 401]);
    expect(await rowsOf("session")).toBe(before + 1);
    for (const proof of [{ token: tokenIn(letter) }, { code: codeIn(letter) }]) expect((await prove(browser, proof)).status).toBe(401);
  });

  it("works for ten minutes and not a moment longer", async () => {
    const world = createTestWorld();
    const [one, two] = [await verified(), await verified()];
    const given = await Promise.all([one, two].map(async ({ email }) => {
      const browser = createBrowser(world);
      await post(browser, "/sign-in/link", { email });
      return { browser, token: tokenIn(await letterTo(world, email)) };
    }));
    world.pass(10 * MINUTE - 1);
    expect((await prove(given[0]?.browser ?? createBrowser(world), { token: given[0]?.token })).status).toBe(200);
    world.pass(SECOND);
    expect((await prove(given[1]?.browser ?? createBrowser(world), { token: given[1]?.token })).status).toBe(401);
  });

  it("is killed by the next one to that address, whoever asks", async () => {
    const { email } = await verified();
    const first = await asked(email);
    const second = await asked(email, createBrowser(world));
    expect((await prove(first.browser, { token: tokenIn(first.letter) })).status).toBe(401);
    expect((await prove(second.browser, { token: tokenIn(second.letter) })).status).toBe(200);
  });

  it("is killed by five wrong codes, counted though they come at once", async () => {
    const { email } = await verified();
    const { browser, letter } = await asked(email);
    const wrong = codeIn(letter) === "000000" ? "000001" : "000000";
    const tries = await Promise.all(Array.from({ length: 8 }, async () => await prove(browser, { code: wrong })));
    expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 401));
    expect((await prove(browser, { code: codeIn(letter) })).status).toBe(401);
    expect((await prove(browser, { token: tokenIn(letter) })).status).toBe(401);
    expect(await whoIs(browser)).toBeNull();
  });

  it("brings no endless tries by asking anew: thirty codes a day for one address; its link works on", async () => {
    const world = createTestWorld();
    const { email } = await verified();
    const statuses: number[] = [];
    for (let letters = 0; letters < 7; letters += 1) {
      world.pass(13 * MINUTE);
      const browser = createBrowser(world);
      await post(browser, "/sign-in/link", { email });
      const letter = await letterTo(world, email);
      const wrong = codeIn(letter) === "999999" ? "999998" : "999999";
      for (let time = 0; time < (letters < 6 ? 5 : 1); time += 1) statuses.push((await prove(browser, { code: wrong })).status);
      if (letters === 6) expect((await prove(browser, { token: tokenIn(letter) })).status).toBe(200);
    }
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 401), 429]);
  });

  it("proves nothing for another purpose", async () => {
    const { email } = await verified();
    const { browser, letter } = await asked(email);
    for (const path of ["/reset/prove", "/sign-up/prove"]) {
      for (const proof of [{ token: tokenIn(letter) }, { code: codeIn(letter) }]) expect((await post(browser, path, proof)).status).toBe(401);
    }
    expect((await post(browser, "/reset/finish", { password: "a long enough password", endOthers: false })).status).toBe(401);
    expect((await prove(browser, { token: tokenIn(letter) })).status).toBe(200);
  });

  it("opens nothing for somebody who was disabled, or has another address by now", async () => {
    const [gone, moved] = [await verified(), await verified()];
    const given = [await asked(gone.email), await asked(moved.email)];
    await env.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE id = ?").bind(gone.id).run();
    await env.DIRECTORY.prepare("UPDATE person SET email = 'elsewhere@example.com' WHERE id = ?").bind(moved.id).run();
    for (const { browser, letter } of given) expect((await prove(browser, { token: tokenIn(letter) })).status).toBe(401);
  });

  it("begins a half session for somebody with a second factor, and leads to it", async () => {
    const person = await verified();
    await env.DIRECTORY.prepare("INSERT INTO totp (person_id, sealed_seed, confirmed_at, last_step) VALUES (?1, 'sealed', 1, 0)").bind(person.id).run();
    const { browser, letter } = await asked(person.email);
    const { body } = await prove(browser, { token: tokenIn(letter), enter: { site: "harbour", challenge: "c".repeat(43), to: "/days" } });
    expect(body.next).toBe(`${auth}/second-factor?site=harbour&challenge=${"c".repeat(43)}&to=%2Fdays`);
    expect((await browser.api("GET", `${auth}/api/account`)).status).toBe(403);
  });

  it("holds no secret that stands in the directory, and tells nobody's name for their browser", async () => {
    const { email } = await verified();
    const { browser, letter } = await asked(email);
    const cookie = browser.cookies(new URL(auth).host).get("__Host-asked") ?? "none";
    const tables = await env.DIRECTORY.batch(["mail_proof", "letter"].map((table) => env.DIRECTORY.prepare(`SELECT * FROM ${table}`)));
    const text = JSON.stringify(tables.map(({ results }) => results));
    for (const secret of [tokenIn(letter).split(".")[1] ?? "none", codeIn(letter), cookie]) expect(text).not.toContain(secret);
    expect(world.lines.join("\n")).not.toContain(email);
  });
});

describe("a sign-in in a browser of another kind", () => {
  const CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
  const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0";

  it("is told of by letter, once for each kind", async () => {
    const { email } = await verified();
    const signInWith = async (agent: string) => {
      const { browser, letter } = await asked(email);
      const headers = { "user-agent": agent };
      expect((await browser.api("POST", `${auth}/api/sign-in/link/prove`, { body: { token: tokenIn(letter) }, headers })).status).toBe(200);
    };
    for (const agent of [CHROME, CHROME, FIREFOX, FIREFOX]) await signInWith(agent);
    const notices = (await lettersTo(world, email)).filter(({ subject }) => subject === "New sign-in to Daybook");
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toContain("Firefox on Linux");
  });
});
