/**
 * A shop that works: a person, a till with locations, books with a chart, a mapping, all rows real, tokens in their
 * lanes, simulators behind the one way out, and a clock and a queue in the test's hand.
 */
import { env as runtime } from "cloudflare:workers";
import { DAY, HOUR, systemRandom } from "../../src/kernel/clock";
import { businessDateAt, type BusinessDate, type CutOff } from "../../src/kernel/day";
import { newId, type ConnectionId, type LocationId, type PersonId, type SessionId, type ShopId } from "../../src/kernel/ids";
import type { Role } from "../../src/kernel/roles";

import { dueAfter } from "../../src/features/connections/service";
import { admit, type Visit } from "../../src/http/guard";
import { createJobs, type Jobs, type JobSettings } from "../../src/jobs";
import { openShopDb, type ShopDb } from "../../src/platform/database";
import { shardsOf, type Bindings } from "../../src/platform/env";
import { laneOf } from "../../src/platform/lane-client";
import type { LanePace } from "../../src/platform/lane-types";
import { createLog } from "../../src/platform/log";
import type { World } from "../../src/platform/world";
import { mappingOver, payoutMappingOver } from "./mapping";
import { lanesOf } from "./objects";
import { CLIENTS, DOMAIN, grantFrom, openProviders, type Merchant, type MerchantSeed, type Providers } from "./providers";
import { createQueue, withCommonQueue, type TestQueue } from "./queue";
import type { OrderSource } from "../../src/providers/square/simulator-source";

/** Wednesday, 15 July 2026, 9 in the morning in New York: the 14th has closed and settled. */
export const NOW = Date.UTC(2026, 6, 15, 13);

export type GivenWorld = {
  readonly world: World;
  readonly env: Bindings;
  readonly providers: Providers;
  readonly queue: TestQueue;
  readonly jobs: Jobs;
  readonly logs: readonly string[];
  readonly now: () => number;
  readonly pass: (milliseconds: number) => void;
  /** Delivers what is due, lets time pass to what is due next, and so on until nothing waits or 12 hours are over. */
  readonly drain: () => Promise<void>;
};

export type WorldOptions = {
  readonly merchants?: readonly MerchantSeed[];
  readonly orders?: OrderSource;
  readonly now?: number;
  readonly settings?: Partial<JobSettings>;
  /** Whether each provider has a queue of its own, as in production; otherwise all share one. */
  readonly ownQueues?: boolean;
  /** The pace of every lane; without limits when left out. */
  readonly pace?: Pick<LanePace, "callsPerMinute" | "callsAtOnce">;
};

/** A world with nothing in it but merchants and companies. */
export function givenWorld(options: WorldOptions = {}): GivenWorld {
  let now = options.now ?? NOW;
  const clock = () => now;
  const logs: string[] = [];
  const providers = openProviders(clock, options.merchants ?? [{ locations: [{ name: "Pier" }] }], options.orders);
  const queue = createQueue(clock);
  const world: World = { transport: () => providers.transport, clock, random: systemRandom, log: createLog((line) => logs.push(line), clock) };
  const env: Bindings = {
    ...withCommonQueue(runtime), ...CLIENTS, APP_DOMAIN: DOMAIN, APP_SCHEME: "https", MASTER_KEYS: JSON.stringify({ k1: btoa("m".repeat(32)) }),
    MASTER_KEY_CURRENT: "k1", PASSWORD_PEPPER: btoa("p".repeat(32)), SYNC_QUEUE: queue.binding, ...(options.ownQueues === true ? queue.bindings : {}), MAIL_QUEUE: queue.binding, LANE: lanesOf(() => ({ env, world, pace: options.pace ?? NO_LIMIT }), { once: true }),
  };
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  const jobs = createJobs(world, { spreadSeconds: 0, spacesBackfills: false, wait: async (milliseconds) => pass(milliseconds), ...options.settings });
  return { world, env, providers, queue, jobs, logs, now: clock, pass, drain: async () => await drain({ queue, jobs, env, clock, pass }) };
}

type Draining = Pick<GivenWorld, "queue" | "jobs" | "env" | "pass"> & { readonly clock: () => number };

async function drain({ queue, jobs, env, clock, pass }: Draining): Promise<void> {
  const until = clock() + 12 * HOUR;
  while (clock() <= until) {
    if ((await queue.deliver(jobs.queue, env)) > 0) continue;
    const next = queue.waiting().reduce((earliest, message) => Math.min(earliest, message.dueAt), Infinity);
    if (next === Infinity) return;
    pass(Math.max(1, next - clock()));
  }
}

const NO_LIMIT = { callsPerMinute: 1e12, callsAtOnce: 1e12 };

export type GivenLocation = { readonly id: LocationId; readonly externalId: string; readonly zone: string; readonly cutOffs: readonly CutOff[] };

export type GivenShop = {
  readonly shopId: ShopId;
  readonly shard: number;
  readonly db: ShopDb;
  readonly merchant: Merchant;
  readonly locations: readonly [GivenLocation, ...GivenLocation[]];
  readonly tillId: ConnectionId;
  readonly booksId: ConnectionId;
  readonly visit: (role?: Role) => Visit;
};

export type ShopOptions = {
  /** Which of the world's merchants it is. */
  readonly merchant?: number;
  readonly shard?: number;
  readonly mode?: "preview" | "approve" | "automatic";
  readonly startsOn?: BusinessDate;
  readonly cutOffs?: readonly CutOff[];
  /** Line keys that have no account. */
  readonly unmapped?: readonly string[];
  readonly closedThrough?: BusinessDate;
  /** Whether the lines of payouts have accounts too: only then are payouts posted. */
  readonly payouts?: boolean;
  /** Which books it posts to; QuickBooks when left out. */
  readonly books?: "quickbooks" | "xero";
};

const MIDNIGHT: readonly CutOff[] = [{ from: "2009-01-01" as BusinessDate, minutes: 0 }];

/** A shop of one of the world's merchants, set up to the end: connected, chosen, mapped, posting automatically. */
export async function givenShop(given: GivenWorld, options: ShopOptions = {}): Promise<GivenShop> {
  const merchant = given.providers.merchants[options.merchant ?? 0];
  if (merchant === undefined) throw new Error("the world has no such merchant");
  const shard = options.shard ?? 0;
  const ids = { shopId: newId<ShopId>(systemRandom), personId: newId<PersonId>(systemRandom), tillId: newId<ConnectionId>(systemRandom), booksId: newId<ConnectionId>(systemRandom) };
  const locations = merchant.locations.map((location) => ({
    id: newId<LocationId>(systemRandom), externalId: location.id, zone: location.timezone, cutOffs: options.cutOffs ?? MIDNIGHT, name: location.name, currency: location.currency,
  }));
  await plant(given, { ...ids, shard, merchant, locations, options });
  await install(given, ids, merchant, options.books ?? "quickbooks");
  const [first, ...others] = locations;
  if (first === undefined) throw new Error("a merchant has a location");
  return {
    ...ids, shard, merchant, locations: [first, ...others], db: openShopDb(given.env, ids.shopId, shard),
    visit: (role = "owner") => visitOf(given, ids, shard, role),
  };
}

type Ids = { readonly shopId: ShopId; readonly personId: PersonId; readonly tillId: ConnectionId; readonly booksId: ConnectionId };
type Planting = Ids & {
  readonly shard: number; readonly merchant: Merchant; readonly options: ShopOptions;
  readonly locations: readonly (GivenLocation & { readonly name: string; readonly currency: string })[];
};

async function plant({ env, now, providers }: GivenWorld, { shopId, personId, tillId, booksId, shard, merchant, locations, options }: Planting): Promise<void> {
  const database = shardsOf(env)[shard];
  if (database === undefined) throw new Error("there is no such shard");
  const currency = locations[0]?.currency ?? "USD";
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare("INSERT INTO person (id, email, name, created_at) VALUES (?1, ?2, 'Ada Owner', 1)").bind(personId, `${personId}@example.com`),
    env.DIRECTORY.prepare("INSERT INTO shop (id, slug, name, shard, zone, currency, state, created_at) VALUES (?1, ?2, 'Harbour', ?3, 'America/New_York', ?4, 'open', 1)")
      .bind(shopId, `harbour-${shopId.slice(0, 10)}`, shard, currency),
    env.DIRECTORY.prepare("INSERT INTO membership (shop_id, person_id, role, created_at) VALUES (?1, ?2, 'owner', 1)").bind(shopId, personId),
  ]);
  const connect = (id: string, provider: string, role: string, account: string, closedThrough: string | null) => database.prepare(
    `INSERT INTO connection (shop_id, id, provider, role, external_account, name, currency, closed_through, state, scopes, connected_by, connected_at, checked_at)
     VALUES (?1, ?2, ?3, ?4, ?5, 'Harbour Coffee', ?6, ?7, 'connected', '[]', ?8, ?9, ?9)`,
  ).bind(shopId, id, provider, role, account, role === "books" ? currency : null, closedThrough, personId, now());
  const startsOn = options.startsOn ?? businessDateAt({ zone: "UTC", cutOffs: MIDNIGHT }, now() - 2 * DAY);
  const booksAre = options.books ?? "quickbooks";
  const accounts = chartOf(providers, merchant, booksAre);
  const mapping = { ...mappingOver(accounts, options.unmapped ?? []), ...(options.payouts === true ? payoutMappingOver(accounts) : {}) };
  await database.batch([
    connect(tillId, "square", "till", merchant.merchantId, null),
    connect(booksId, booksAre, "books", companyOf(merchant, booksAre), options.closedThrough ?? null),
    ...locations.map((location, index) => database.prepare(
      `INSERT INTO location (shop_id, id, connection_id, external_id, name, code, zone, currency, cut_offs, starts_on, next_due_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)`,
    ).bind(shopId, location.id, tillId, location.externalId, location.name, `L${index.toString().padStart(2, "0")}`, location.zone, location.currency,
      JSON.stringify(location.cutOffs), startsOn, dueAfter(location, startsOn))),
    database.prepare("INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) VALUES (?1, 1, ?2, ?3, 1)").bind(shopId, JSON.stringify(mapping), personId),
    database.prepare("INSERT INTO posting_rule (shop_id, mode, changed_by, changed_at) VALUES (?1, ?2, ?3, 1)").bind(shopId, options.mode ?? "automatic", personId),
  ]);
}

type BooksAre = NonNullable<ShopOptions["books"]>;

function companyOf({ realm, organisation }: Merchant, books: BooksAre): string {
  return books === "xero" ? organisation : realm;
}

function chartOf({ quickbooks, xero }: Providers, merchant: Merchant, books: BooksAre) {
  if (books === "quickbooks") return quickbooks.control.accounts(merchant.realm);
  return xero.control.accounts(merchant.organisation).map(({ AccountID, Name }) => ({ Id: AccountID, Name }));
}

async function install({ env, providers, now }: GivenWorld, { shopId, tillId, booksId }: Ids, merchant: Merchant, books: BooksAre): Promise<void> {
  for (const [provider, id, account] of [["square", tillId, merchant.merchantId], [books, booksId, companyOf(merchant, books)]] as const) {
    const installed = await laneOf(env, shopId, id).install({ provider, tokens: await grantFrom(providers, provider, account, now()) });
    if (!installed.ok) throw new Error(`the lane of ${provider} took no tokens: ${installed.failure.kind}`);
  }
}

function visitOf({ env, now }: GivenWorld, { shopId, personId }: Ids, shard: number, role: Role): Visit {
  const shop = { id: shopId, slug: "harbour", name: "Harbour", shard, zone: "America/New_York", currency: "USD", requiresSecondFactor: false };
  const person = { id: personId, name: "Ada Owner", email: "ada@example.com" };
  const visit = admit(env, { shop, person, role, sessionId: newId<SessionId>(systemRandom), provedAt: now(), secondFactorAt: null, through: null, from: { address: "", place: "", device: "" } }, "shop.read");
  if (!visit.ok) throw new Error("every role may read its shop");
  return visit.value;
}

