/**
 * Walks the real routers: a route of a shop without a permission, or one that changes something without a schema, fails
 * here by being there. What is exempt is named here and nowhere else.
 */
import { describe, expect, it, vi } from "vitest";
import { systemClock, systemRandom } from "../../src/kernel/clock";
import { createLog } from "../../src/platform/log";
import { PERMISSIONS, type Permission } from "../../src/kernel/roles";

// The routers are plain objects; only the class that Durable Objects extend is the runtime's.
vi.mock("cloudflare:workers", () => ({ DurableObject: Object }));

const { authSite, createApp, hqSite, shopSite } = await import("../../src/app");

/** Routes of a shop's host that need no permission: they are how a session begins and ends. */
const WITHOUT_PERMISSION = ["POST /api/sign-out", "GET /enter/start", "GET /enter"];

/** Acts that take nothing but their address. */
const WITHOUT_BODY = [
  "POST /api/connections/:connection/refresh", "POST /api/connections/:connection/disconnect", "POST /api/mapping/refresh",
  "POST /api/days/:location/:date/read", "POST /api/days/:location/:date/retry",
];

type Route = { readonly name: string; readonly method: string; readonly permissions: readonly Permission[]; readonly accepts: readonly string[]; readonly steps: readonly string[] };

/** The routes of a router, each with what its middleware says of itself. */
function routesOf(site: { readonly routes: readonly { readonly method: string; readonly path: string; readonly handler: object }[] }): Route[] {
  const byName = Map.groupBy(site.routes, ({ method, path }) => `${method} ${path}`);
  return [...byName].map(([name, handlers]) => ({
    name,
    method: name.split(" ")[0] ?? "",
    permissions: handlers.flatMap(({ handler }) => ("permission" in handler ? [handler.permission as Permission] : [])),
    accepts: handlers.flatMap(({ handler }) => ("accepts" in handler ? [String(handler.accepts)] : [])),
    steps: handlers.map(({ handler }) => ("permission" in handler ? "permission" : "accepts" in handler ? "accepts" : "other")),
  }));
}

const ofShop = routesOf(shopSite);
const ofAuth = routesOf(authSite);
const ofHq = routesOf(hqSite);

describe("every route", () => {
  it("of a shop asks for exactly one permission, or is one of the few that let people in and out", () => {
    expect(ofShop.length).toBeGreaterThan(5);
    const wrong = ofShop.filter(({ name, permissions }) => permissions.length !== (WITHOUT_PERMISSION.includes(name) ? 0 : 1));
    expect(wrong).toEqual([]);
    expect(ofShop.flatMap(({ permissions }) => permissions).filter((permission) => !PERMISSIONS.includes(permission))).toEqual([]);
  });

  it("of a shop asks for its permission before it looks at anything that was sent", () => {
    const wrong = ofShop.filter(({ permissions, steps }) => permissions.length > 0 && steps[0] !== "permission");
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("that changes something parses its body by a schema, or is named as taking none", () => {
    const unsafe = [...ofShop, ...ofAuth].filter(({ method }) => method !== "GET");
    expect(unsafe.length).toBeGreaterThan(3);
    const wrong = unsafe.filter(({ name, accepts }) => accepts.includes("json") === WITHOUT_BODY.includes(name));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("with a name in its path parses it: what is no id is absent, not an error", () => {
    const wrong = ofShop.filter(({ name, accepts }) => name.includes(":") && !accepts.includes("param"));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("under /api belongs to one method: nothing answers to any method, and no two routes have one name", () => {
    const apis = [...ofShop, ...ofAuth].filter(({ name }) => name.includes(" /api"));
    expect(apis.filter(({ method }) => !["GET", "POST", "PUT"].includes(method))).toEqual([]);
  });

  it("is exempt only while it is there: a name on a list above that no router has is taken off", () => {
    const known = new Set([...ofShop, ...ofAuth].map(({ name }) => name));
    expect(WITHOUT_PERMISSION.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe("the app", () => {
  it("has no route under /api that is not one of a site's", () => {
    const app = createApp({ clock: systemClock, random: systemRandom, log: createLog(() => undefined, systemClock), transport: () => fetch });
    const apis = app.routes.map(({ method, path }) => `${method} ${path}`).filter((name) => name.includes("/api"));
    const known = new Set([...ofShop.map(({ name }) => name.replace(" ", " /shop")), ...ofAuth.map(({ name }) => name.replace(" ", " /auth")), ...ofHq.map(({ name }) => name.replace(" ", " /hq"))]);
    expect(apis.length).toBeGreaterThan(5);
    expect(apis.filter((name) => !known.has(name))).toEqual([]);
  });
});
