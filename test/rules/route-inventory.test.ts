/**
 * Walks the real routers: a route of any site that does not say who may call it, what it takes and what it answers with
 * fails here by being there. What is exempt is named here, with its reason, and nowhere else.
 */
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { systemClock, systemRandom } from "../../src/kernel/clock";
import { createLog } from "../../src/platform/log";
import { HQ_PERMISSIONS, PERMISSIONS } from "../../src/kernel/roles";
import { ACCESS } from "../../src/http/person";

// The routers are plain objects; only the class that Durable Objects extend is the runtime's.
vi.mock("cloudflare:workers", () => ({ DurableObject: Object }));

const { authSite, createApp, hqSite, shopSite } = await import("../../src/app");

/** Routes of a shop's or an organisation's host that ask for nobody: they are how a session there begins and ends. */
const FOR_ANYBODY = ["POST /api/sign-out", "GET /enter/start", "GET /enter"];

/** Acts that take nothing but their address: there is no body to be wrong. */
const WITHOUT_BODY = [
  "POST /api/connections/:connection/refresh", "POST /api/connections/:connection/disconnect", "POST /api/mapping/refresh",
  "POST /api/days/:location/:date/read", "POST /api/days/:location/:date/retry", "POST /api/days/:location/:date/undo", "POST /api/payouts/:payout/retry",
];

/** A body that is no JSON but a file: it is read as it comes, and judged by what is in it. */
const STREAMED = [
  "POST /api/files", "POST /api/documents/file", "PUT /api/documents/:document/file", "PUT /api/documents/:document/thumbnail",
  "PUT /api/documents/uploads/:upload/parts/:part", "POST /api/contacts/imports",
];

/** Pages of a consent: whatever is wrong with their address is said on a page, in words of their own. */
const PARSED_BY_THEMSELVES = ["GET /connect/:provider", "GET /connect/:provider/callback", "GET /connect/:provider/choose"];

/** The addresses under /api that answer with no JSON: a socket, and files of other programs' formats. */
const WITHOUT_ANSWER = ["GET /api/watch", "GET /api/reports/file", "GET /api/reports/journal", "GET /api/consent/revocations/file", "GET /api/contacts/export"];

/** What a middleware says of itself. */
type Declared = { readonly permission?: string; readonly hqPermission?: string; readonly access?: string; readonly accepts?: string; readonly gives?: z.ZodType };
type Route = {
  readonly name: string;
  readonly method: string;
  /** Who may call it, in every declaration that it makes. */
  readonly asks: readonly string[];
  readonly accepts: readonly string[];
  readonly gives: readonly z.ZodType[];
  readonly isGuardedFirst: boolean;
};
type Site = { readonly routes: readonly { readonly method: string; readonly path: string; readonly handler: object }[] };

/** The routes of a router, each with what its middleware says of itself. */
function routesOf(site: Site): Route[] {
  const byName = Map.groupBy(site.routes, ({ method, path }) => `${method} ${path}`);
  return [...byName].map(([name, handlers]) => {
    const declared = handlers.map(({ handler }) => handler as Declared);
    const asks = declared.map(({ permission, hqPermission, access }) => permission ?? hqPermission ?? access);
    return {
      name, method: name.split(" ")[0] ?? "", asks: asks.flatMap((one) => one ?? []), isGuardedFirst: asks[0] !== undefined,
      accepts: declared.flatMap(({ accepts }) => accepts ?? []), gives: declared.flatMap(({ gives }) => gives ?? []),
    };
  });
}

const SITES = { shop: routesOf(shopSite), hq: routesOf(hqSite), auth: routesOf(authSite) };
const ALL = Object.values(SITES).flat();
const namesOf = (routes: readonly Route[]) => routes.map(({ name }) => name);

describe("every route", () => {
  it.each([["shop", PERMISSIONS, 20], ["hq", HQ_PERMISSIONS, 3], ["auth", ACCESS, 5]] as const)("of %s asks for exactly one thing of the one who calls, before it looks at anything that was sent", (site, known, fewest) => {
    const routes = SITES[site];
    expect(routes.length).toBeGreaterThan(fewest);
    const isAsked = ({ name, asks: [ask = "", ...others] }: Route) => (
      others.length === 0 && (FOR_ANYBODY.includes(name) && site !== "auth" ? ask === "anybody" : known.some((one) => one === ask))
    );
    expect(namesOf(routes.filter((route) => !isAsked(route) || !route.isGuardedFirst))).toEqual([]);
  });

  it("that changes something parses its body by a schema, or is named as taking none", () => {
    const unsafe = ALL.filter(({ method }) => method !== "GET");
    expect(unsafe.length).toBeGreaterThan(10);
    expect(namesOf(unsafe.filter(({ name, accepts }) => accepts.includes("json") === [...WITHOUT_BODY, ...STREAMED].includes(name)))).toEqual([]);
  });

  it("with a name in its path parses it: what is no id is absent, not an error", () => {
    expect(namesOf(ALL.filter(({ name, accepts }) => name.includes(":") && accepts.includes("param") === PARSED_BY_THEMSELVES.includes(name)))).toEqual([]);
  });

  it("under /api says what it answers with, once, by a schema that lets nothing else through", () => {
    const apis = ALL.filter(({ name }) => name.includes(" /api"));
    expect(namesOf(apis.filter(({ name, gives }) => gives.length !== (WITHOUT_ANSWER.includes(name) ? 0 : 1)))).toEqual([]);
    expect(namesOf(apis.filter(({ gives }) => gives.some((schema) => !isStrict(schema))))).toEqual([]);
  });

  it("under /api belongs to one method: nothing answers to any method, and no two routes have one name", () => {
    const apis = ALL.filter(({ name }) => name.includes(" /api"));
    expect(namesOf(apis.filter(({ method }) => !["GET", "POST", "PUT"].includes(method)))).toEqual([]);
  });

  it("is exempt only while it is there: a name on a list above that no router has is taken off", () => {
    const known = new Set(namesOf(ALL));
    expect([...FOR_ANYBODY, ...WITHOUT_BODY, ...STREAMED, ...PARSED_BY_THEMSELVES, ...WITHOUT_ANSWER].filter((name) => !known.has(name))).toEqual([]);
  });
});

/** Whether no object of a schema, however deep, lets a key through that it does not name. */
function isStrict(schema: z.ZodType): boolean {
  const objects: unknown[] = [];
  z.toJSONSchema(schema, {
    unrepresentable: "any", io: "input",
    override: ({ jsonSchema }) => void (jsonSchema.type === "object" && objects.push(jsonSchema.additionalProperties)),
  });
  return objects.length > 0 && objects.every((additional) => additional === false || typeof additional === "object");
}

describe("the app", () => {
  it("has no route under /api that is not one of a site's", () => {
    const app = createApp({ clock: systemClock, random: systemRandom, log: createLog(() => undefined, systemClock), transport: () => fetch });
    const apis = app.routes.map(({ method, path }) => `${method} ${path}`).filter((name) => name.includes("/api"));
    const known = new Set(Object.entries(SITES).flatMap(([site, routes]) => namesOf(routes).map((name) => name.replace(" ", ` /${site}`))));
    expect(apis.length).toBeGreaterThan(20);
    expect(apis.filter((name) => !known.has(name))).toEqual([]);
  });
});
