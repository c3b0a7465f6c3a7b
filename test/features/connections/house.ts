/**
 * A house with two shops on two shards, Square and QuickBooks as simulators behind the one way out, and browsers that
 * keep cookies per host and press the buttons of the simulators' own consent pages.
 */
import { env as runtime } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { Hono } from "hono";
import { systemRandom } from "../../../src/kernel/clock";
import { hashOf, newId, newSecret, type PersonId, type SessionId, type ShopId } from "../../../src/kernel/ids";
import { failed, ok } from "../../../src/kernel/result";
import type { Role } from "../../../src/kernel/roles";
import { connectRoutes } from "../../../src/features/connections/consent-routes";
import { connectionsRoutes } from "../../../src/features/connections/routes";
import { grantsOf } from "../../../src/features/connections/service";
import { mappingRoutes } from "../../../src/features/mapping/routes";
import { admit, type Identify, type ShopCard, type ShopEnv, type Visit } from "../../../src/http/guard";
import { readConfig, type Bindings } from "../../../src/platform/env";
import { createLog } from "../../../src/platform/log";
import type { LaneObject } from "../../../src/platform/lane";
import type { World } from "../../../src/platform/world";
import { createQuickBooksSimulator } from "../../../src/providers/quickbooks/simulator";
import { createSquareSimulator } from "../../../src/providers/square/simulator";
import { listedSource } from "../../../src/providers/square/simulator-source";
import type { SimulatedLocation } from "../../../src/providers/square/simulator-state";

export const DOMAIN = "daybook.example";
const SECRETS = { square: "sq0csp-the-square-secret", quickbooks: "the-quickbooks-secret" };

/** A Tuesday in July, 11 in the morning in New York. */
export const NOW = Date.UTC(2026, 6, 14, 15);

/** Accounts at the providers; new ones for each house, since an account hangs on one shop of all that a test file makes. */
export type Accounts = {
  readonly merchant: string;
  readonly otherMerchant: string;
  readonly realm: string;
  readonly otherRealm: string;
  readonly yenRealm: string;
};

function newAccounts(): Accounts {
  const unique = newId(systemRandom).toUpperCase();
  const realm = () => `91${[...systemRandom(14)].map((byte) => byte % 10).join("")}`;
  return { merchant: `A_${unique}`, otherMerchant: `C_${unique}`, realm: realm(), otherRealm: realm(), yenRealm: realm() };
}

/** Whoever presses buttons: a person with a session at `auth.`, in one browser. */
export type Someone = { readonly personId: PersonId; readonly sessionId: SessionId; readonly name: string; readonly browser: Browser };
/** Cookies by host. A second browser of the same person is another map with the same session cookie. */
export type Browser = Map<string, Map<string, string>>;

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Opens a house; everything in it is new. */
export async function openHouse() {
  let now = NOW;
  const lines: string[] = [];
  const accounts = newAccounts();
  const providers = openProviders(() => now, accounts);
  const env: Bindings = { ...runtime, ...settings(), LANE: lanes() };
  const world: World = {
    transport: () => providers.transport, clock: () => now, random: systemRandom, log: createLog((line) => lines.push(line), () => now),
  };
  /** The lanes of production, wired to this house: its providers, its clock, its settings. */
  function lanes(): Bindings["LANE"] {
    const wire = (instance: LaneObject) => {
      Object.assign(instance, { env, grants: () => grantsOf(world, env), world: () => world });
    };
    const getByName = (name: string) => {
      const stub = runtime.LANE.getByName(name);
      const wired = (method: string) => async (...values: unknown[]): Promise<unknown> => {
        await runInDurableObject(stub, wire);
        return await (stub as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>)[method]?.(...values);
      };
      return new Proxy(stub, { get: (_target, method) => (method === "then" ? undefined : wired(String(method))) });
    };
    return { getByName } as unknown as Bindings["LANE"];
  }
  const people = await openDirectory(env);
  return {
    ...people, ...providers, accounts, env, world, logs: lines,
    pass: (milliseconds: number) => (now += milliseconds),
    fetch: serve(world, env, people),
  };
}

function settings() {
  return {
    APP_DOMAIN: DOMAIN, APP_SCHEME: "https", MASTER_KEYS: JSON.stringify({ k1: btoa("m".repeat(32)) }), MASTER_KEY_CURRENT: "k1",
    PASSWORD_PEPPER: btoa("p".repeat(32)), SQUARE_CLIENT_ID: "daybook-at-square", SQUARE_CLIENT_SECRET: SECRETS.square,
    QUICKBOOKS_CLIENT_ID: "daybook-at-quickbooks", QUICKBOOKS_CLIENT_SECRET: SECRETS.quickbooks,
  };
}

function openProviders(clock: () => number, accounts: Accounts) {
  const redirect = (provider: string) => [`https://auth.${DOMAIN}/connect/${provider}/callback`];
  const location = (id: string, name: string, currency = "USD") => ({ id, name, timezone: "America/New_York", currency });
  const harbour: [SimulatedLocation, ...SimulatedLocation[]] = [location("L1", "Pier"), location("L2", "Market <b>"), { ...location("L3", "Shut kiosk"), status: "INACTIVE" }];
  const square = createSquareSimulator({
    clock, random: systemRandom, orders: listedSource([]), delay: () => Promise.resolve(),
    clients: [{ clientId: "daybook-at-square", clientSecret: SECRETS.square, redirectUris: redirect("square") }],
    merchants: [
      { id: accounts.merchant, name: "Harbour Coffee", country: "US", currency: "USD", objects: [], locations: harbour },
      { id: accounts.otherMerchant, name: "Lantern Books", country: "US", currency: "USD", objects: [], locations: [location("LX", "Lantern")] },
    ],
  });
  const quickbooks = createQuickBooksSimulator({
    clock, random: systemRandom, limits: null,
    clients: [{ clientId: "daybook-at-quickbooks", clientSecret: SECRETS.quickbooks, redirectUris: redirect("quickbooks") }],
    companies: [{ realm: accounts.realm, name: "Harbour Coffee LLC" }, { realm: accounts.otherRealm, name: "Lantern Books Inc" }, { realm: accounts.yenRealm, name: "Minato KK", currency: "JPY" }],
  });
  const transport = async (request: Request): Promise<Response> => {
    const { hostname } = new URL(request.url);
    if (hostname === "connect.squareup.com") return await square.app.fetch(request);
    if (hostname.endsWith(".intuit.com")) return await quickbooks.app.fetch(request);
    throw new Error(`a test called ${hostname}`);
  };
  /** The merchant renames locations, or opens new ones, and closes all others. */
  const setLocations = (locations: readonly { readonly id: string; readonly name: string; readonly currency?: string }[]): void => {
    harbour.splice(0, harbour.length, ...locations.map(({ id, name, currency }) => location(id, name, currency)));
  };
  return { square, quickbooks, transport, setLocations };
}

/** Two open shops, Harbour on shard 0 and Lantern on shard 1. */
async function openDirectory(env: Bindings) {
  const card = (slug: string, name: string, shard: number): ShopCard => ({ id: newId<ShopId>(systemRandom), slug, name, shard, zone: "America/New_York", currency: "USD" });
  const suffix = newId(systemRandom).slice(0, 6);
  const harbour = card(`harbour-${suffix}`, "Harbour", 0);
  const lantern = card(`lantern-${suffix}`, "Lantern", 1);
  for (const { id, slug, name, shard, zone, currency } of [harbour, lantern]) {
    await run(env, "INSERT INTO shop (id, slug, name, shard, zone, currency, state, created_at) VALUES (?, ?, ?, ?, ?, ?, 'open', 1)", id, slug, name, shard, zone, currency);
  }
  const people = new Map<string, Someone>();
  /** A new person with a role in a shop, signed in at `auth.` in a browser of their own. */
  const someone = async (name: string, shop: ShopCard, role: Role): Promise<Someone> => {
    const personId = newId<PersonId>(systemRandom);
    await run(env, "INSERT INTO person (id, email, name, created_at) VALUES (?, ?, ?, 1)", personId, `${personId}@example.com`, name);
    await run(env, "INSERT INTO membership (shop_id, person_id, role, created_at) VALUES (?, ?, ?, 1)", shop.id, personId, role);
    const session = await signIn(env, personId);
    const one = { personId, sessionId: session.id, name, browser: browserOf(session.cookie) };
    people.set(session.cookie, one);
    return one;
  };
  return { harbour, lantern, shops: [harbour, lantern], people, someone, setRole: (shop: ShopCard, { personId }: Someone, role: Role) => run(env, "UPDATE membership SET role = ? WHERE shop_id = ? AND person_id = ?", role, shop.id, personId) };
}

export async function signIn(env: Bindings, personId: PersonId): Promise<{ readonly id: SessionId; readonly cookie: string }> {
  const id = newId<SessionId>(systemRandom);
  const secret = newSecret(systemRandom);
  await run(env, "INSERT INTO session (id, person_id, secret_hash, device, created_at, last_used_at, expires_at) VALUES (?, ?, ?, 'test', 1, ?, ?)", id, personId, await hashOf(secret), NOW, NOW * 2);
  return { id, cookie: `${id}.${secret}` };
}

/** A browser that is signed in everywhere by this cookie. */
export function browserOf(cookie: string): Browser {
  return new Map([["auth", new Map([["__Host-daybook", cookie]])], ["shop", new Map([["__Host-daybook", cookie]])]]);
}

export async function run(env: Bindings, sql: string, ...values: unknown[]): Promise<void> {
  await env.DIRECTORY.prepare(sql).bind(...values).run();
}

type People = Awaited<ReturnType<typeof openDirectory>>;

/** The feature's own routes with the real guard; who asks is told by the session of the browser. */
function serve(world: World, env: Bindings, { people, shops }: People) {
  const app = new Hono<ShopEnv>();
  app.use(async (c, next) => {
    c.set("world", world);
    c.set("config", readConfig(env));
    c.set("requestId", "test");
    c.set("identify", identify);
    await next();
  });
  app.route("/", connectRoutes);
  app.route("/api", connectionsRoutes);
  app.route("/api", mappingRoutes);
  const identify: Identify = async (request) => {
    const someone = people.get(/__Host-daybook=([^;]+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "");
    const shop = shops.find(({ slug }) => new URL(request.url).hostname === `${slug}.${DOMAIN}`);
    if (someone === undefined || shop === undefined) return failed({ kind: "not_signed_in" });
    const row = await env.DIRECTORY.prepare("SELECT role FROM membership WHERE shop_id = ? AND person_id = ?").bind(shop.id, someone.personId).first<{ role: Role }>();
    if (row === null) return failed({ kind: "not_signed_in" });
    return ok({ shop, person: { id: someone.personId, name: someone.name, email: "" }, role: row.role, sessionId: someone.sessionId });
  };
  return async (request: Request): Promise<Response> => await app.fetch(request, env);
}

/** A visit as the guard would hand it to a handler. */
export function visitOf(house: House, { personId, sessionId, name }: Someone, shop: ShopCard, role: Role = "owner"): Visit {
  const visit = admit(house.env, { shop, person: { id: personId, name, email: "" }, role, sessionId }, "shop.read");
  if (!visit.ok) throw new Error("every role may read its shop");
  return visit.value;
}
