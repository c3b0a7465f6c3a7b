/** Bad input, of every kind and at every door, is refused in words of ours and changes nothing. */
import * as fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { problemOfJson } from "../../src/http/plain-json";
import { ABSENT, bodyOf, queryOf, valuesOf, type Ids } from "./town/bodies";
import { enterHq, type Person } from "./town/people";
import { BROKEN_JSON, FOREIGN_JSON, HOSTILE_QUERIES, HOSTILE_SEGMENTS, HOSTILE_VALUES, payloadFile } from "./town/payloads";
import { DOMAIN } from "./town/plan";
import { nameOf, parametersOf, requestTo, routesOf, type Route } from "./town/routes";
import { everything } from "./town/rows";
import { setUp, YESTERDAY, type Working } from "./town/set-up";
import { openTown, type Town } from "./town/town";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let town: Town;
let working: Working;
let owner: Person;
let before: string;
/** Those that take JSON. */
let jsonRoutes: readonly Route[];

beforeAll(async () => {
  town = await openTown();
  working = await setUp(town, town.harbour);
  owner = await enterHq(working.owner, town.harbour.slug);
  jsonRoutes = routesOf(town.app).filter(({ accepts }) => accepts.includes("json"));
  before = await everything(town);
});

afterEach(async () => {
  expect(await everything(town)).toBe(before);
});

/** Real ids: what is refused here is refused for what it says, not for whom it names. */
function ids(): Ids {
  return { ...ABSENT, connection: working.tillId, location: working.locationId, backfill: working.backfillIds[0] ?? "", date: YESTERDAY, slug: working.shop.slug };
}

/** Signing in and out are tried by a browser that is nobody's. */
function signsInOrOut(route: Route): boolean {
  return /sign-(?:in|out)$/.test(route.path);
}

function post(route: Route, text: string, type = "application/json"): Request {
  const request = requestTo(route, working.shop.slug, { values: valuesOf(parametersOf(route), ids()), body: text });
  const headers = new Headers(request.headers);
  headers.set("content-type", type);
  return new Request(request, { headers });
}

/** Sends with the owner's cookies, or without any where the answer would end the owner's session. */
async function send(route: Route, request: Request): Promise<Response> {
  return signsInOrOut(route) ? await town.handle(request) : await owner.send(request);
}

/** Whether a text is bad input at that door at all: what a route's own schema takes is its feature's to judge. */
function isBad(route: Route, text: string): boolean {
  try {
    return problemOfJson(text) !== null || route.body?.safeParse(JSON.parse(text)).success !== true;
  } catch {
    return true; // no JSON
  }
}

/**
 * A share of all pairs, so that every text goes to several routes and every route gets several texts: what each schema
 * says is asked of all of them by `isBad`, and the way from a schema to an answer is the same for all.
 */
const SHARE = 6;

function isAmongShare(route: Route, index: number): boolean {
  return (jsonRoutes.indexOf(route) + index) % SHARE === 0;
}

/** Whether a query is bad input: a key that comes twice is a list, as the door reads it. */
function isBadQuery(route: Route, query: string): boolean {
  const values = Object.entries(Object.groupBy([...new URLSearchParams(query)], ([name]) => name)).map(([name, pairs = []]) => [name, pairs.length === 1 ? pairs[0]?.[1] : pairs.map(([, value]) => value)]);
  return route.query?.safeParse(Object.fromEntries(values)).success !== true;
}

/** What is wrong with an answer to bad input, or null: anything but a refusal in our own shape and words. */
async function faultOf(response: Response): Promise<string | null> {
  const text = await response.text();
  const told = `${response.status} ${text.slice(0, 300)}`;
  if (response.status < 400 || response.status >= 500) return told;
  if (/ZodError|"issues"|"code":"|node_modules|\.ts:\d|\n\s+at |SQLITE|D1_ERROR|SyntaxError|TypeError/.test(text)) return told;
  if (response.headers.get("content-type")?.startsWith("text/html") === true) return null;
  const { error } = JSON.parse(text) as { readonly error?: Readonly<Record<string, unknown>> };
  const isOurs = error !== undefined && Object.keys(error).toSorted().join() === "fields,kind,next,reference,title" && error["title"] !== "";
  return isOurs ? null : told;
}

const AT_ONCE = 20;

/** Does something with each, many at once: most of a request is waiting. Answers in the order of what was given. */
async function eachOf<T, U>(all: readonly T[], act: (one: T) => Promise<U>): Promise<U[]> {
  const answers: U[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) answers.push(...await Promise.all(all.slice(from, from + AT_ONCE).map(act)));
  return answers;
}

type Attempt = { readonly route: Route; readonly text: string };

/** Sends each text to its route; answers what was not refused as it should be. */
async function faultsOfAttempts(attempts: readonly Attempt[]): Promise<string[]> {
  const faults = await eachOf(attempts, async ({ route, text }) => {
    const fault = await faultOf(await send(route, post(route, text)));
    return fault === null ? [] : [`${nameOf(route)} ${text.slice(0, 120)}: ${fault}`];
  });
  return faults.flat();
}

/** The texts that are among a route's share and bad input there. */
function attemptsAt(route: Route, texts: readonly string[]): Attempt[] {
  return texts.filter((text, index) => isAmongShare(route, index) && isBad(route, text)).map((text) => ({ route, text }));
}

/** Sends what is made of each route's own body to that route; answers what was not refused as it should be. */
async function faultsOf(textsOf: (body: Readonly<Record<string, unknown>>) => readonly string[]): Promise<string[]> {
  return await faultsOfAttempts(jsonRoutes.flatMap((route) => attemptsAt(route, textsOf(bodyOf(route, ids()) ?? {}))));
}

describe("a body", () => {
  it("is taken by a good many routes", () => {
    expect(jsonRoutes.length).toBeGreaterThanOrEqual(9);
  });

  it("that is no JSON is refused", async () => {
    expect(await faultsOf(() => BROKEN_JSON)).toEqual([]);
  });

  it("that is JSON of another shape is refused: values, lists, prototypes, depths, lengths", async () => {
    expect(await faultsOf(() => FOREIGN_JSON)).toEqual([]);
  });

  it("larger than anything of ours is refused without being read to its end", async () => {
    await eachOf(jsonRoutes, async (route) => {
      const response = await send(route, post(route, `{"a":"${"x".repeat(70_000)}"}`));
      expect([nameOf(route), response.status]).toEqual([nameOf(route), 413]);
    });
  });

  it("with one more field is refused, whatever it is called", async () => {
    const more = ["extra", "shop_id", "shopId", "id", "role", "__proto__", "constructor", "prototype", "toString", "", "a\u0000"];
    expect(await faultsOf((body) => more.map((name) => `${JSON.stringify(body).slice(0, -1)}${Object.keys(body).length > 0 ? "," : ""}${JSON.stringify(name)}:{"x":1}}`))).toEqual([]);
  });

  it("that says a field twice is refused: nobody knows which of the two was meant", async () => {
    expect(await faultsOf((body) => Object.entries(body).map(([name, value]) => `{${JSON.stringify(name)}:${JSON.stringify(value)},${JSON.stringify(body).slice(1)}`))).toEqual([]);
  });

  it("with a field left out or of another kind is refused", async () => {
    expect(await faultsOf((body) => [
      ...Object.keys(body).map((name) => JSON.stringify(Object.fromEntries(Object.entries(body).filter(([key]) => key !== name)))),
      ...Object.keys(body).flatMap((name) => [[], {}, 1.5, true, "\ud800", "\u0000"].filter((value) => value !== body[name]).map((value) => JSON.stringify({ ...body, [name]: value }))),
    ])).toEqual([]);
  });

  it("with NUL or half a character in any text is refused, even where any text is taken", async () => {
    const route = jsonRoutes.find(({ path }) => path.endsWith("/mapping/accounts"));
    expect(route).toBeDefined();
    for (const name of ["a\u0000b", "\ud800", "a\udfff", "\u0000"]) {
      if (route !== undefined) expect(await faultOf(await send(route, post(route, JSON.stringify({ key: "tip", name }))))).toBeNull();
    }
  });

  it("that random mistakes were put into is refused", async () => {
    await eachOf(jsonRoutes, async (route) => {
      const body = bodyOf(route, { ...ids(), location: ABSENT.location }) ?? {};
      const hostile = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(...HOSTILE_VALUES));
      const mutated = Object.keys(body).length === 0 ? hostile : fc.tuple(fc.constantFrom(...Object.keys(body)), hostile).map(([name, value]) => ({ ...body, [name]: value }));
      await fc.assert(fc.asyncProperty(fc.oneof(hostile, mutated), async (value) => {
        const text = JSON.stringify(value) ?? "null";
        fc.pre(isBad(route, text));
        const values = valuesOf(parametersOf(route), ABSENT);
        const response = await send(route, requestTo(route, working.shop.slug, { values, body: text }));
        expect(await faultOf(response)).toBeNull();
      }), { numRuns: 5 });
    });
  });
});

describe("a body of another kind", () => {
  const types = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/octet-stream", "application/json; charset=utf-16", "application/json, text/plain", "application/jsonp", "text/json", "application/xml"];

  it.each(types)("%s is refused even when it holds the right JSON", async (type) => {
    await eachOf(jsonRoutes, async (route) => {
      const response = await send(route, post(route, JSON.stringify(bodyOf(route, ids()) ?? {}), type));
      expect([nameOf(route), response.status]).toEqual([nameOf(route), 415]);
      expect(await faultOf(response)).toBeNull();
    });
  });

  it("is refused when its bytes are not UTF-8", async () => {
    const route = jsonRoutes.find(({ path }) => path.endsWith("/posting"));
    if (route === undefined) throw new Error("there is a route to change how the shop posts");
    const bytes = Uint8Array.from([...new TextEncoder().encode('{"mode":"'), 0xff, 0xc0, ...new TextEncoder().encode('"}')]);
    expect((await owner.send(new Request(post(route, "{}"), { method: route.method, body: bytes }))).status).toBe(400);
  });

  it("is refused when it comes from another site, or from a page that does not say from where", async () => {
    for (const site of ["cross-site", "same-site", "none", null]) {
      for (const route of jsonRoutes) {
        const request = post(route, JSON.stringify(bodyOf(route, ids()) ?? {}));
        const headers = new Headers(request.headers);
        if (site === null) headers.delete("sec-fetch-site");
        else headers.set("sec-fetch-site", site);
        expect([nameOf(route), (await send(route, new Request(request, { headers }))).status]).toEqual([nameOf(route), 403]);
      }
    }
  });
});

describe("an address", () => {
  it("with anything but an id in the place of an id names nothing", async () => {
    const faults: string[] = [];
    for (const route of routesOf(town.app).filter(({ path }) => path.includes("/api/") && path.includes(":"))) {
      for (const [index, segment] of HOSTILE_SEGMENTS.entries()) {
        for (const at of parametersOf(route).keys()) {
          if ((index + route.path.length) % 3 !== 0) continue;
          const values = valuesOf(parametersOf(route), ids()).map((value, index) => (index === at ? segment : value));
          const body = bodyOf(route, ids());
          const fault = await faultOf(await owner.send(requestTo(route, working.shop.slug, { values, ...(body === undefined ? {} : { body }) })));
          if (fault !== null) faults.push(`${nameOf(route)} ${segment.slice(0, 60)}: ${fault}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it("with a query that the API does not take is refused", async () => {
    const faults: string[] = [];
    for (const route of routesOf(town.app).filter(({ path, accepts }) => accepts.includes("query") && path.includes("/api/"))) {
      for (const query of HOSTILE_QUERIES) {
        const response = await owner.send(requestTo(route, working.shop.slug, { query }));
        if (response.ok && !isBadQuery(route, query)) continue;
        const fault = await faultOf(response);
        if (fault !== null) faults.push(`${nameOf(route)} ${query.slice(0, 60)}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it("with any query at all never breaks a page, and never leads off Daybook's own hosts", async () => {
    const wrong: string[] = [];
    for (const route of routesOf(town.app).filter(({ method, path }) => method === "GET" && !path.includes("/api/"))) {
      for (const query of ["", queryOf(route, ABSENT), ...HOSTILE_QUERIES]) {
        const values = parametersOf(route).map(() => "square");
        const response = await town.handle(requestTo(route, working.shop.slug, { values, query }));
        const target = response.headers.get("location");
        const isOurs = target === null || new URL(target, `https://${DOMAIN}`).host.endsWith(DOMAIN);
        if (response.status >= 500 || !isOurs) wrong.push(`${nameOf(route)} ${query.slice(0, 60)}: ${response.status} ${target ?? ""}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("asked with a method that it does not have is absent or not allowed", async () => {
    await eachOf(routesOf(town.app), async (route) => {
      for (const method of ["PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
        const request = new Request(requestTo({ ...route, method: "GET" }, working.shop.slug, { values: parametersOf(route).map(() => "square") }).url, { method, headers: { "sec-fetch-site": "same-origin" } });
        expect([404, 405]).toContain((await owner.send(request)).status);
      }
    });
  });

  it("asked with a cookie that is none is asked by nobody", async () => {
    const cookies = ["__Host-daybook=x", `__Host-daybook=${"a".repeat(26)}.${"b".repeat(43)}`, "__Host-daybook=%00", `__Host-daybook=${"x".repeat(6_000)}`, "__Host-daybook=' OR 1=1 --", "__host-daybook=x; __Host-daybook=y"];
    for (const cookie of cookies) {
      const response = await town.handle(new Request(`https://${working.shop.slug}.${DOMAIN}/api/shop`, { headers: { cookie } }));
      expect([400, 401]).toContain(response.status);
    }
  });
});

describe("the public collections of payloads", () => {
  it("break no door: JSONTestSuite, naughty strings, injections, traversals", async ({ skip }) => {
    const suite = await payloadFile("jsontestsuite.json");
    const strings = await payloadFile("blns.json");
    if (suite === null || strings === null) return skip("../shared/vectors is not beside this checkout");
    const texts = Object.values(JSON.parse(suite) as Record<string, string>).map((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
    const route = jsonRoutes.find(({ path }) => path.endsWith("/posting"));
    if (route === undefined) throw new Error("there is a route to change how the shop posts");
    await eachOf(texts, async (bytes) => expect(await faultOf(await owner.send(new Request(post(route, "{}"), { method: route.method, body: bytes })))).toBeNull());
    const lists = await Promise.all(["sqli-auth-bypass.txt", "sqli-polyglots.txt", "xss-polyglots.txt", "ssti.txt", "path-traversal.txt", "crlf.txt", "null-bytes.txt", "terminal-escapes.txt"].map(payloadFile));
    const payloads = [...JSON.parse(strings) as string[], ...lists.flatMap((list) => (list ?? "").split("\n"))].filter((text) => text !== "");
    expect(texts.length + payloads.length).toBeGreaterThan(1_000);
    await eachOf(payloads, async (payload) => expect(await faultOf(await owner.send(post(route, JSON.stringify({ mode: payload })))), payload).toBeNull());
    const mapping = jsonRoutes.find(({ method, path }) => method === "PUT" && path.endsWith("/mapping"));
    if (mapping === undefined) throw new Error("there is a route to save the mapping");
    for (let from = 0; from < payloads.length; from += 40) {
      const lines = Object.fromEntries(payloads.slice(from, from + 40).map((payload) => [`sales:${payload}`, payload]));
      expect(await faultOf(await owner.send(post(mapping, JSON.stringify({ version: 1, accounts: lines }))))).toBeNull();
    }
  });
});
