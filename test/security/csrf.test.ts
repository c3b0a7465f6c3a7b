/** Nothing is changed for a page that is not this host's own (attacks 28, 29 and 34; reference section 1.14). */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../src/app";
import type { PersonCard } from "../../src/features/people/service";
import { createBrowser, createTestWorld, originOf } from "../support/app";
import { enteredBrowser, givenPerson, givenShop, PASSWORD, withPassword } from "../support/people";
import { nameOf, requestTo, routesOf } from "./town/routes";

const world = createTestWorld();
const harbour = originOf("harbour");
let mara: PersonCard;

beforeAll(async () => {
  mara = await withPassword(world, await givenPerson(world, "Mara"));
  await givenShop(world, "harbour", mara);
}, 60_000);

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const TYPES = [
  "application/json", "application/json; charset=utf-8", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", null,
  "application/vnd.api+json", "application/octet-stream",
];
const SITES = ["same-origin", "same-site", "cross-site", "none", null, "junk"];
const ORIGINS = [harbour, originOf("lantern"), "https://evil.example", "null", null];

/** The rule, written a second time: a browser says that the page is this host's own, and nothing says otherwise. */
function expectedStatus(method: string, type: string | null, site: string | null, origin: string | null): number {
  if (method === "GET" || method === "HEAD") return site === null || site === "same-origin" || site === "none" ? 404 : 403;
  const isOwn = site === "same-origin" ? origin === null || origin === harbour : site === null && origin === harbour;
  if (!isOwn) return 403;
  if (type === null || !type.startsWith("application/json")) return 415;
  return method === "POST" ? 200 : 404;
}

describe("a request that may change something", () => {
  it("passes only as JSON from the host's own page, over every method, type, site and origin", { timeout: 60_000 }, async () => {
    const browser = createBrowser(world);
    const wrong: string[] = [];
    for (const method of METHODS) for (const type of TYPES) for (const site of SITES) for (const origin of ORIGINS) {
      const body = method === "GET" || method === "HEAD" ? undefined : new TextEncoder().encode("{}");
      const headers = { "content-type": type, "sec-fetch-site": site, origin };
      const { status } = await browser.api(method, `${harbour}/api/sign-out`, { body, headers });
      if (status !== expectedStatus(method, type, site, origin)) wrong.push([method, type, site, origin, status].join(" "));
    }
    expect(wrong).toEqual([]);
  });

  it("is refused from elsewhere on every route of every site", { timeout: 60_000 }, async () => {
    const app = createApp(world);
    // What providers send comes from no page: it is held to its signature instead (`test/features/hooks`). A stop may come from
    // anywhere, mail programs above all, and can be nothing but a stop (`test/features/consent`).
    const isExempt = (path: string) => path.startsWith("/public/hooks/") || path === "/public/unsubscribe/*" || path === "/shop/stop";
    const unsafe = routesOf(app).filter(({ method, path }) => method !== "GET" && !isExempt(path));
    expect(new Set(unsafe.map(({ path }) => path.split("/")[1]))).toEqual(new Set(["shop", "hq", "auth"]));
    const wrong: string[] = [];
    for (const route of unsafe) for (const site of SITES) for (const origin of [...ORIGINS, "own"]) {
      const { pathname } = new URL(requestTo(route, "harbour").url);
      const own = originOf(route.path.startsWith("/auth/") ? "auth" : route.path.startsWith("/hq/") ? "hq-none" : "harbour");
      const said = origin === "own" ? own : origin;
      const headers = new Headers({ "content-type": "application/json", ...(site === null ? {} : { "sec-fetch-site": site }), ...(said === null ? {} : { origin: said }) });
      const isOwn = site === "same-origin" ? said === null || said === own : site === null && said === own;
      // What is the page's own is called for real elsewhere: here it is enough that nothing else comes through.
      if (isOwn) continue;
      const answer = await app.fetch(new Request(`${own}${pathname}`, { method: route.method, headers, body: "{}" }), env);
      const { error } = await answer.json<{ readonly error?: { readonly kind: string } }>();
      if (answer.status !== 403 || error?.kind !== "cross_site_refused") wrong.push([nameOf(route), site, origin, answer.status].join(" "));
    }
    expect(wrong).toEqual([]);
  });

  it("is not the only thing refused from elsewhere: the API is read by this host's own pages, and no export leaves its line", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const lines = async () => await (await browser.api("GET", `${harbour}/api/audit`)).text();
    const before = await lines();
    for (const path of ["/api/audit/export?format=json", "/api/shop"]) for (const site of ["same-site", "cross-site", "junk"]) for (const mode of ["no-cors", "navigate"]) {
      const { status } = await browser.get(`${harbour}${path}`, { "sec-fetch-site": site, "sec-fetch-mode": mode });
      expect([path, site, mode, status]).toEqual([path, site, mode, 403]);
    }
    expect(await lines()).toBe(before);
    expect((await browser.get(`${harbour}/enter/start`, { "sec-fetch-site": "same-site" })).status).toBe(303);
  });

  it("signs nobody out, in or into anything from elsewhere", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const before = await env.DIRECTORY.prepare("SELECT count(*) AS count FROM session").first("count");
    const elsewhere = { "sec-fetch-site": "same-site", origin: originOf("lantern") };
    const signOut = await browser.api("POST", `${harbour}/api/sign-out`, { headers: elsewhere });
    const login = await createBrowser(world).api("POST", `${originOf("auth")}/api/sign-in`, { body: { email: "mara@example.com", password: PASSWORD }, headers: { "sec-fetch-site": "cross-site" } });
    expect([signOut.status, login.status]).toEqual([403, 403]);
    expect(login.headers.getSetCookie()).toEqual([]);
    expect((await browser.api("GET", `${harbour}/api/shop`)).status).toBe(200);
    expect(await env.DIRECTORY.prepare("SELECT count(*) AS count FROM session").first("count")).toBe(before);
  });

  it("is what its method says: a header, a field or a query that names another one is not looked at", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    const headers = { "x-http-method-override": "POST", "x-method-override": "POST", "x-http-method": "POST" };
    expect((await browser.api("GET", `${harbour}/api/sign-out?_method=POST`, { headers })).status).toBe(404);
    expect((await browser.api("GET", `${harbour}/api/shop`)).status).toBe(200);
  });

  it("has a method that Daybook knows", async () => {
    for (const method of ["OPTIONS", "PROPFIND", "PURGE", "MKCOL"]) {
      const answer = await createBrowser(world).api(method, `${harbour}/api/shop`);
      expect([method, answer.status, answer.headers.get("allow")]).toEqual([method, 405, "GET, HEAD, POST, PUT, PATCH, DELETE"]);
    }
  });
});
