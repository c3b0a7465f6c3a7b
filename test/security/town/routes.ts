/** The real router, read: every route with its permission and what it takes. Nothing here is a list that could be forgotten. */
import type { Hono } from "hono";
import type { z } from "zod";
import { HQ_PERMISSIONS, PERMISSIONS, type HqPermission, type Permission } from "../../../src/kernel/roles";
import { ACCESS, type Access } from "../../../src/http/person";
import type { AppEnv } from "../../../src/http/router";
import { DOMAIN } from "./plan";

export type Target = "json" | "query" | "param";

export type Route = {
  readonly method: string;
  /** With its site in front: `/shop/api/days/:location/:date`. */
  readonly path: string;
  readonly permission: Permission | null;
  readonly hqPermission: HqPermission | null;
  readonly access: Access | null;
  /** Whether it asks for a proof of the last minutes as well. */
  readonly asksForProof: boolean;
  readonly accepts: readonly Target[];
  /** By which its body is judged, where it takes one. */
  readonly body: z.ZodType | null;
  /** By which its query is judged, where it takes one. */
  readonly query: z.ZodType | null;
};

/** What a middleware says of itself. */
type Declared = {
  readonly permission?: Permission; readonly hqPermission?: HqPermission; readonly access?: Access; readonly proof?: "lately" | null;
  readonly accepts?: Target; readonly schema?: z.ZodType;
};

/** Every route that answers requests; middleware for all methods is none. */
export function routesOf(app: Hono<AppEnv>): Route[] {
  const byAddress = Map.groupBy(app.routes.filter(({ method }) => method !== "ALL"), ({ method, path }) => `${method} ${path}`);
  return [...byAddress.values()].flatMap((handlers) => {
    const [first] = handlers;
    if (first === undefined) return [];
    const declared = handlers.map(({ handler }) => handler as Declared);
    return [{
      method: first.method, path: first.path,
      permission: PERMISSIONS.find((known) => declared.some((one) => one.permission === known)) ?? null,
      hqPermission: HQ_PERMISSIONS.find((known) => declared.some((one) => one.hqPermission === known)) ?? null,
      access: ACCESS.find((known) => declared.some((one) => one.access === known)) ?? null,
      asksForProof: declared.some(({ proof, access }) => proof === "lately" || access === "proved_lately"),
      accepts: declared.flatMap((one) => one.accepts ?? []),
      body: declared.find(({ accepts }) => accepts === "json")?.schema ?? null,
      query: declared.find(({ accepts }) => accepts === "query")?.schema ?? null,
    }];
  });
}

/** Routes that need a permission. */
export function guardedRoutes(app: Hono<AppEnv>): (Route & { readonly permission: Permission })[] {
  return routesOf(app).flatMap(({ permission, ...route }) => (permission === null ? [] : [{ ...route, permission }]));
}

/** `GET /shop/api/days`. */
export function nameOf({ method, path }: Pick<Route, "method" | "path">): string {
  return `${method} ${path}`;
}

/** A request to a route of a site, as the site's own page would send it; `values` fill the path's parameters in order. */
export function requestTo(route: Route, slug: string, options: { readonly values?: readonly string[]; readonly query?: string; readonly body?: unknown } = {}): Request {
  const [, site = "", rest = ""] = /^\/([a-z]+)(\/.*)$/.exec(route.path) ?? [];
  const host = { shop: `${slug}.${DOMAIN}`, hq: `hq-${slug}.${DOMAIN}`, auth: `auth.${DOMAIN}`, files: `files.${DOMAIN}`, public: DOMAIN }[site] ?? DOMAIN;
  const values = [...(options.values ?? [])];
  const path = rest.replace(/:[a-z]+/g, () => values.shift() ?? "x").replace("*", "");
  const isUnsafe = route.method !== "GET";
  const headers = new Headers({ "sec-fetch-site": "same-origin", accept: "application/json" });
  if (options.body !== undefined) headers.set("content-type", "application/json");
  if (isUnsafe && takesBytes(route)) {
    for (const [name, value] of [["content-type", "application/octet-stream"], ["content-length", "1"]] as const) headers.set(name, value);
    return new Request(`https://${host}${path}${options.query ?? ""}`, { method: route.method, headers, body: "x" });
  }
  const text = typeof options.body === "string" ? options.body : JSON.stringify(options.body);
  return new Request(`https://${host}${path}${options.query ?? ""}`, { method: route.method, headers, body: isUnsafe && options.body !== undefined ? text : null });
}

/** Whether its body is a document's bytes, and what is said of them stands in the query. */
function takesBytes({ path, accepts }: Route): boolean {
  return path.startsWith("/shop/api/documents/") && accepts.includes("query") && !accepts.includes("json");
}

/** The names of a path's parameters, in order. */
export function parametersOf({ path }: Pick<Route, "path">): string[] {
  return [...path.matchAll(/:([a-z]+)/g)].map(([, name = ""]) => name);
}
