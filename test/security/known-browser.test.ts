/** A stranger who wears out somebody's account from everywhere leaves that person the browsers that they sign in with. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createPerson, type PersonCard } from "../../src/features/people/service";
import { KNOWN_COOKIE, KNOWN_MS, markBrowser, markOf } from "../../src/http/known-browser";
import { takeTurn, type LimitedAct } from "../../src/http/limit";
import { answer } from "../../src/http/respond";
import { router } from "../../src/http/router";
import { HOUR } from "../../src/kernel/clock";
import { ok } from "../../src/kernel/result";
import { auth, letterTo, post } from "../features/sign-in/asking";
import { createBrowser, createTestWorld, type Browser, type TestWorld } from "../support/app";
import { codeIn } from "../support/mail";
import { must, PASSWORD, withPassword } from "../support/people";

const { host } = new URL(auth);
const SLOW = { timeout: 60_000 };

/** Turns and marks themselves, asked as a route asks for them, with what a browser's cookie says. */
function desk(world: TestWorld) {
  const app = router().use(async (c, next) => {
    c.set("world", world);
    await next();
  }).post("/mark/:account", async (c) => {
    await markBrowser(c, c.req.param("account"));
    return c.json({});
  }).get("/mark/:account", async (c) => c.json({ mark: await markOf(c, c.req.param("account")) })).post("/:act/:account", async (c) => {
    const turn = await takeTurn(c, c.req.param("act") as LimitedAct, { account: c.req.param("account") });
    return answer(c, turn.ok ? ok({}) : turn);
  });
  const send = async (method: string, path: string, mark: string, address = "203.0.113.1") => (
    await app.request(path, { method, headers: { "cf-connecting-ip": address, cookie: mark === "" ? "" : `${KNOWN_COOKIE}=${mark}` } }, env)
  );
  return {
    /** The mark that a browser with such a mark has after it was signed in with. */
    marked: async (account: string, before = "") => /=([^;]+);/.exec((await send("POST", `/mark/${account}`, before)).headers.get("set-cookie") ?? "")?.[1] ?? "",
    markFor: async (account: string, mark: string) => (await (await send("GET", `/mark/${account}`, mark)).json<{ mark: string | null }>()).mark,
    /** How many of so many tries from 30 addresses are let through. */
    passed: async (tries: number, act: LimitedAct, account: string, mark = "") => {
      const answers = await Promise.all(Array.from({ length: tries }, async (_, index) => await send("POST", `/${act}/${account}`, mark, `198.51.100.${index % 30}`)));
      return answers.filter(({ status }) => status === 200).length;
    },
  };
}

describe("an account that a stranger wears out from thirty addresses", SLOW, () => {
  const world = createTestWorld();
  const { passed } = desk(world);
  let mara: PersonCard;
  let own: Browser;

  const byPassword = async (browser: Browser, password = PASSWORD) => (await post(browser, "/sign-in", { email: "MARA@example.com", password })).status;
  const byLink = async (browser: Browser) => (await post(browser, "/sign-in/link", { email: mara.email })).status;

  beforeAll(async () => {
    mara = await withPassword(world, must(await createPerson(world, env, { name: "Mara", email: "mara@example.com", isVerified: true })));
    own = createBrowser(world);
    expect(await byPassword(own)).toBe(200);
    expect([await passed(60, "password", mara.email), await passed(60, "mail_link", mara.email), await passed(60, "mail_code", mara.email)]).toEqual([10, 20, 30]);
  }, 60_000);

  it("is closed to a browser that nobody knows", async () => {
    expect([await byPassword(createBrowser(world)), await byLink(createBrowser(world))]).toEqual([429, 429]);
  });

  it("opens by password in the browser of its owner, who may err there too and has all turns back afterwards", async () => {
    expect([await byPassword(own, "not the right one"), await byPassword(own), await byPassword(own)]).toEqual([401, 200, 200]);
  });

  it("opens by letter and by its code there", async () => {
    expect(await byLink(own)).toBe(200);
    expect((await post(own, "/sign-in/link/prove", { code: codeIn(await letterTo(world, mara.email)) })).status).toBe(200);
  });

  it("marks no browser that has yet to show a second factor, and none that failed", async () => {
    await env.DIRECTORY.prepare("INSERT INTO totp (person_id, sealed_seed, confirmed_at, last_step) VALUES (?1, 'sealed', 1, 0)").bind(mara.id).run();
    world.pass(24 * HOUR);
    const half = createBrowser(world);
    expect([await byPassword(half, "not the right one"), half.cookies(host).has(KNOWN_COOKIE)]).toEqual([401, false]);
    expect([await byPassword(half), half.cookies(host).has(KNOWN_COOKIE)]).toEqual([200, false]);
  });
});

describe("a mark", () => {
  const world = createTestWorld();
  const { marked, markFor, passed } = desk(world);

  it("that was stolen guesses no more often than one browser may, from wherever, and not anew with every sign-in", async () => {
    const mark = await marked("stolen@example.com");
    expect(await passed(40, "password", "stolen@example.com", mark)).toBe(10);
    expect(await passed(40, "password", "stolen@example.com", await marked("stolen@example.com", mark))).toBe(0);
    expect(await passed(40, "mail_link", "stolen@example.com", mark)).toBe(5);
  });

  it("of another account is worth nothing, and neither is one that was made up, cut, or is a year old", async () => {
    const mark = await marked("one@example.com");
    const [since = "", chance = "", mac = ""] = mark.split(".");
    expect(await markFor("one@example.com", mark)).toBe(chance);
    expect(await passed(40, "password", "two@example.com")).toBe(10);
    expect(await passed(5, "password", "two@example.com", mark)).toBe(0);
    const forged = [`${Number(since) + 1}.${chance}.${mac}`, `${since}.${"A".repeat(43)}.${mac}`, `${since}.${chance}.${"A".repeat(43)}`, `${since}.${chance}.${"_".repeat(43)}`, `${since}.${chance}`, chance, "..", mark.slice(0, -1)];
    for (const bad of forged) expect([bad, await markFor("one@example.com", bad)]).toEqual([bad, null]);
    world.pass(KNOWN_MS - 1);
    expect(await markFor("one@example.com", mark)).toBe(chance);
    world.pass(1);
    expect(await markFor("one@example.com", mark)).toBeNull();
  });

  it("names nobody, and tells nobody whether an address has an account: known and unknown are answered alike", SLOW, async () => {
    must(await createPerson(world, env, { name: "Known", email: "known@example.com", isVerified: true }));
    const mark = await marked("somebody@example.com");
    expect(mark).toMatch(/^\d+\.[\w-]{43}\.[\w-]{43}$/);
    const trace = async (path: string, email: string) => {
      const browser = createBrowser(world);
      browser.cookies(host).set(KNOWN_COOKIE, mark);
      const response = await browser.api("POST", `${auth}/api${path}`, { body: path === "/sign-in" ? { email, password: "not the right one" } : { email } });
      const headers = [...response.headers].map(([name, value]) => [name, value.replace(/=[\w-]{43};/, "=…;")]);
      return [response.status, headers, await response.text()];
    };
    for (const path of ["/sign-in", "/sign-in/link", "/reset"]) expect(await trace(path, "unknown@example.com")).toEqual(await trace(path, "known@example.com"));
  });
});
