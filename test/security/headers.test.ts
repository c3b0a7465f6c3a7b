/** What every answer carries, whatever its status, and what is said when something breaks (attacks 26, 27 and 116). */
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../src/features/people/service";
import type { Bindings } from "../../src/platform/env";
import { createBrowser, createTestWorld, type Browser } from "../support/app";
import { environmentOf } from "../support/environment";
import { enteredBrowser, givenOrganisation, givenPerson, givenShop, signIn } from "../support/people";
import { staticFiles } from "../support/static-files";

const world = createTestWorld();
const files = environmentOf({ ASSETS: staticFiles });
const secure = environmentOf({ ASSETS: staticFiles, APP_SCHEME: "https", APP_DOMAIN: "daybook.example" });
const busy = environmentOf({ FIRST_LIMIT: { limit: async () => ({ success: false }) } });
const broken = environmentOf({ DIRECTORY: { prepare: () => { throw new Error("SELECT secret FROM nowhere"); } } });
let mara: PersonCard;
let entered: Readonly<Record<NonNullable<Case["by"]>, Browser>>;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  await givenShop(world, "harbour", mara);
  await givenOrganisation("tide", mara);
  entered = { harbour: await enteredBrowser(world, mara, { slug: "harbour" }), "hq-tide": await enteredBrowser(world, mara, { slug: "hq-tide" }) };
});

type Case = {
  readonly status: number; readonly method?: string; readonly url: string; readonly bindings?: Bindings; readonly headers?: Record<string, string>; readonly body?: string;
  /** Asked by somebody who is signed in and entered that site. */
  readonly by?: "harbour" | "hq-tide";
};

const harbour = "http://harbour.localhost:8787";
const auth = "http://auth.localhost:8787";
const hq = "http://hq-tide.localhost:8787";
const socket = (origin: string) => ({ url: `${origin}/api/watch`, headers: { upgrade: "websocket", origin } });
const CASES: readonly Case[] = [
  { status: 101, by: "harbour", ...socket(harbour) },
  { status: 101, by: "hq-tide", ...socket(hq) },
  { status: 101, by: "harbour", ...socket(auth) },
  { status: 200, by: "harbour", url: `${harbour}/api/shop` },
  { status: 200, by: "harbour", url: `${harbour}/api/shop`, method: "HEAD" },
  { status: 200, by: "harbour", url: `${harbour}/api/audit/export?format=csv` },
  { status: 200, by: "harbour", url: `${harbour}/api/audit/export?format=json` },
  { status: 200, by: "hq-tide", url: `${hq}/api/audit/export?format=json` },
  { status: 200, by: "harbour", url: `${auth}/api/sessions` },
  { status: 200, url: `${auth}/api/sign-out`, method: "POST" },
  { status: 200, url: `${harbour}/days`, bindings: files },
  { status: 200, url: `${auth}/sign-in`, bindings: files },
  { status: 200, url: "http://localhost:8787/", bindings: files },
  { status: 200, url: `${harbour}/assets/app-1a2b.js`, bindings: files },
  { status: 200, url: `${hq}/audit`, bindings: files },
  { status: 200, url: `${harbour}/audit-verifier.html`, bindings: files },
  { status: 303, url: `${harbour}/enter/start` },
  { status: 303, url: `${hq}/enter/start` },
  { status: 303, url: `${auth}/enter?site=harbour&challenge=${"c".repeat(43)}&to=/days` },
  { status: 303, url: "http://localhost:8787/sign-in" },
  { status: 304, url: `${harbour}/assets/app-1a2b.js`, bindings: files, headers: { "if-none-match": '"app"' } },
  { status: 308, url: "http://harbour.daybook.example/days?month=2030-07", bindings: secure },
  { status: 400, url: "http://harbour.daybook.example/api/shop", bindings: secure },
  { status: 400, url: `${auth}/api/sign-in`, method: "POST", body: "{" },
  { status: 400, url: `${harbour}/enter?code=x&again=1` },
  { status: 401, url: `${harbour}/api/shop` },
  { status: 401, url: `${hq}/api/organisation` },
  { status: 403, by: "harbour", ...socket(harbour), headers: { upgrade: "websocket", origin: hq } },
  { status: 403, url: `${harbour}/api/sign-out`, method: "POST", headers: { "sec-fetch-site": "cross-site" } },
  { status: 404, url: `${harbour}/api/nothing` },
  { status: 404, url: "http://nosuch.localhost:8787/", headers: { accept: "text/html" } },
  { status: 404, url: `${harbour}/assets/gone.js`, bindings: files },
  { status: 404, url: `${hq}/api/nothing` },
  { status: 405, url: `${harbour}/api/shop`, method: "PROPFIND" },
  { status: 405, url: `${hq}/`, method: "PROPFIND" },
  { status: 405, url: `${auth}/sign-in`, method: "PROPFIND" },
  { status: 409, by: "harbour", url: `${harbour}/api/team/leave`, method: "POST", body: '{"slug":"harbour"}' },
  { status: 413, url: `${auth}/api/sign-in`, method: "POST", body: "x".repeat(70_000) },
  { status: 413, url: `${hq}/api/sign-out`, method: "POST", body: "x".repeat(70_000) },
  { status: 415, url: `${auth}/api/sign-in`, method: "POST", body: "{}", headers: { "content-type": "text/plain" } },
  { status: 415, url: `${harbour}/api/sign-out`, method: "POST", body: "{}", headers: { "content-type": "text/plain" } },
  { status: 429, url: `${auth}/api/sign-in`, method: "POST", body: '{"email":"mara@example.com","password":"wrong"}', bindings: busy, headers: { "cf-connecting-ip": "203.0.113.7" } },
  { status: 429, by: "harbour", url: `${harbour}/api/audit/export?format=csv`, bindings: busy, headers: { "cf-connecting-ip": "203.0.113.7" } },
  { status: 400, url: `${harbour}/api/shop`, headers: { cookie: "__Host-daybook=a; __Host-daybook=b" } },
  { status: 431, url: `${harbour}/days`, headers: { cookie: `a=${"x".repeat(8_192)}`, accept: "text/html" } },
  { status: 500, url: `${harbour}/enter/start`, bindings: broken },
  { status: 500, url: `${harbour}/api/shop`, bindings: environmentOf({ PASSWORD_PEPPER: undefined }) },
];

async function answerTo({ method = "GET", url, bindings, headers, body, by }: Case): Promise<Response> {
  const browser = createBrowser(world, bindings);
  if (by !== undefined) for (const host of [`${by}.localhost:8787`, "auth.localhost:8787"]) for (const [name, value] of entered[by].cookies(host)) browser.cookies(host).set(name, value);
  return await browser.api(method, url, { headers: headers ?? {}, ...(body === undefined ? {} : { body }) });
}

/** Answers are kept by nobody, but for files: for ever where the name says what is in them, else for an hour. */
function keptAs({ status, url }: Case): string {
  if (status !== 200 && status !== 304) return "no-store";
  if (url.includes("/assets/")) return "public, max-age=31536000, immutable";
  return url.endsWith(".html") ? "public, max-age=3600" : "no-store";
}

describe("every answer", () => {
  it.each(CASES)("carries the security headers, and says how it may be kept: $status $method $url", async (one) => {
    const answer = await answerTo(one);
    expect(answer.status).toBe(one.status);
    const { headers } = answer;
    expect(headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains; preload");
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe|\*|http:/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect([headers.get("cross-origin-opener-policy"), headers.get("cross-origin-resource-policy")]).toEqual(["same-origin", "same-origin"]);
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("cache-control")).toBe(keptAs(one));
  });
});

describe("plain http", () => {
  it("is led to https for pages, on the same host, and refused without being read for the rest", async () => {
    const browser = createBrowser(world, secure);
    const page = await browser.get("http://harbour.daybook.example/days?month=2030-07");
    expect([page.status, page.headers.get("location")]).toEqual([308, "https://harbour.daybook.example/days?month=2030-07"]);
    const call = await browser.api("POST", "http://auth.daybook.example/api/sign-in", { body: { email: "mara@example.com", password: "x" } });
    expect([call.status, call.headers.get("location")]).toEqual([400, null]);
    expect((await browser.get("https://auth.daybook.example/sign-in")).status).toBe(200);
  });
});

describe("what breaks", () => {
  it("tells the caller a number and nothing else, and the log the same number with what happened", async () => {
    const world = createTestWorld();
    const answer = await createBrowser(world, broken).api("GET", `${harbour}/enter/start`);
    const text = await answer.text();
    const { error } = JSON.parse(text) as { error: { kind: string; reference: string } };
    expect(error.kind).toBe("unexpected");
    expect(error.reference).toMatch(/^[a-z2-7]{26}$/);
    expect(text).not.toMatch(/SELECT|nowhere|\.ts|Error/);
    expect(world.lines.filter((line) => line.includes(error.reference) && line.includes("request.broke"))).toHaveLength(1);
  });

  it("names the variable that is missing in the log alone", async () => {
    const world = createTestWorld();
    const answer = await createBrowser(world, environmentOf({ PASSWORD_PEPPER: undefined })).api("GET", `${harbour}/api/shop`);
    expect(await answer.text()).not.toContain("PEPPER");
    expect(world.lines.join()).toContain("PASSWORD_PEPPER is missing");
  });
});

describe("a page", () => {
  const body = async (browser: Browser, url: string) => await (await browser.get(url)).text();

  it("is the app on every path of a shop and of auth., and the landing page on the domain itself", async () => {
    const browser = createBrowser(world, files);
    await signIn(world, browser, mara);
    for (const url of [`${harbour}/`, `${harbour}/days/abc/2030-07-14`, `${auth}/`, `${auth}/sign-in?site=harbour`]) expect(await body(browser, url)).toBe("the app");
    expect(await body(browser, "http://localhost:8787/")).toBe("the landing page");
    expect((await browser.get("http://localhost:8787/days")).status).toBe(404);
  });

  it("is never what a file's name or the API asked for", async () => {
    const browser = createBrowser(world, files);
    for (const path of ["/account/x.css", "/days/../../.env", "/.git/config", "/index.html", "/landing.html", "/api", "/api/", "/api/x.js", "/assets/", "/assets/app-1a2b.js.map", "/v1.2/"]) {
      expect([path, (await browser.get(`${harbour}${path}`)).status]).toEqual([path, path === "/v1.2/" ? 200 : 404]);
    }
  });
});
