/** What lies in the databases and lanes, as one text to compare before and after. */
import { shardsOf } from "../../../src/platform/env";
import type { ShopId } from "../../../src/kernel/ids";
import { DIRECTORY_TABLES, SHOP_TABLES } from "../../../src/platform/tables";
import { laneStorage } from "./lanes";
import type { Town } from "./town";

/** The directory's tables that outlive a session. */
const LASTING = ["shop", "membership", "person", "credential", "connected_account"];

/** Every row of the given shops on every shard, every row of the directory that outlives a session, and their lanes. */
export async function belongingsOf(town: Town, ...shopIds: readonly ShopId[]): Promise<string> {
  const lanes = (await laneStorage()).filter((text) => shopIds.some((id) => text.includes(id)));
  return JSON.stringify([await shardRowsOf(town, ...shopIds), await allOf(town.env.DIRECTORY, LASTING), lanes]);
}

/** Every row of the given shops on every shard. */
export async function shardRowsOf({ env }: Town, ...shopIds: readonly ShopId[]): Promise<string> {
  const ids = JSON.stringify(shopIds);
  return JSON.stringify(await Promise.all(shardsOf(env).map(async (shard) => await rowsOf(shard, [...SHOP_TABLES].map((table) => (
    shard.prepare(`SELECT * FROM "${table}" WHERE shop_id IN (SELECT value FROM json_each(?))`).bind(ids)
  ))))));
}

/** Every row of every table, sessions and all; and every lane. */
export async function everything(town: Town): Promise<string> {
  const shards = await Promise.all(shardsOf(town.env).map((shard) => allOf(shard, [...SHOP_TABLES])));
  return JSON.stringify([shards, await allOf(town.env.DIRECTORY, [...DIRECTORY_TABLES]), await laneStorage()]);
}

async function allOf(database: D1Database, tables: readonly string[]): Promise<unknown[]> {
  return await rowsOf(database, tables.map((table) => database.prepare(`SELECT * FROM "${table}"`)));
}

async function rowsOf(database: D1Database, statements: D1PreparedStatement[]): Promise<unknown[]> {
  return (await database.batch(statements)).map(({ results }) => results);
}
