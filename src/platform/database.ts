/** The two kinds of database: the directory, and a shop's own rows on the shard where it lives. */
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { RunnableQuery } from "drizzle-orm/runnable-query";
import { assert } from "../kernel/assert";
import type { Brand, ShopId } from "../kernel/ids";
import { shardsOf, type Bindings } from "./env";
import { createOrm } from "./orm";
import { createDemandReader, guardDatabase, type RoundTripObserver } from "./statement-guard";
import { SHOP_TABLES } from "./tables";

/** People, sessions, shops and where each shop lives; never a shop's own rows. */
export type DirectoryDb = Brand<DrizzleD1Database, "DirectoryDb">;

/** One shop's rows and nobody else's: the statement guard stands below `orm`. Stores accept nothing else. */
export type ShopDb = Brand<{ readonly shopId: ShopId; readonly orm: DrizzleD1Database }, "ShopDb">;

/** A question that is not asked yet, for a batch of them in one round trip. */
export type Query<Row> = RunnableQuery<Row[], "sqlite"> & PromiseLike<Row[]>;

const readDemand = createDemandReader(SHOP_TABLES);

/** Opens the directory. */
export function directoryDb(env: Bindings): DirectoryDb {
  return createOrm(env.DIRECTORY) as unknown as DirectoryDb;
}

/**
 * Opens one shop's rows on its shard. Only the HTTP guard, the signed links, the door for texts, the runner of jobs, the lane and the sequencer may call
 * it, and each has proved beforehand that it acts for that shop; a test reads who imports it. `observe` counts round trips for the bench.
 */
export function openShopDb(env: Bindings, shopId: ShopId, shard: number, observe: RoundTripObserver | null = null): ShopDb {
  const database = shardsOf(env)[shard];
  assert(database !== undefined, `there is no shard ${shard}`);
  return { shopId, orm: createOrm(guardDatabase(database, shopId, readDemand, observe)) } as unknown as ShopDb;
}

/** The shard on which a shop lives, or null for a shop that the directory does not know. */
export async function shardOfShop(env: Bindings, shopId: ShopId): Promise<number | null> {
  return await env.DIRECTORY.prepare("SELECT shard FROM shop WHERE id = ?1").bind(shopId).first<number>("shard");
}
