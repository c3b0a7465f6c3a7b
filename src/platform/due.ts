/**
 * What comes to every shop once a day at an hour of its own wall clock. A feature keeps the due instants in a table of the
 * directory: one row a shop, `due_at` in epoch milliseconds (0: the first is yet to be planned), indexed as `<table>_due`.
 */
import { getTableName, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { ShopId } from "../kernel/ids";
import type { DirectoryDb } from "./database";

/** A shop whose turn has come, with what the directory says of where and when it is. */
export type DueShop = { readonly shopId: ShopId; readonly dueAt: number; readonly zone: string; readonly shard: number };

/** One run: at most so many shops, earliest first, each moved on to the next instant (epoch milliseconds) of its zone. */
export type DueRun = { readonly now: number; readonly most: number; readonly next: (zone: string) => number };

/**
 * Sends the shops of a table that are due on their way and moves them on; answers how many were sent. A new shop is only
 * planned. Sent first, moved on afterwards: a crash in between sends a shop twice, so what is sent must bear that.
 */
export async function sendDue(directory: DirectoryDb, table: SQLiteTable, { now, most, next }: DueRun, send: (due: readonly DueShop[]) => Promise<void>): Promise<number> {
  const name = getTableName(table);
  const found = await readDue(directory, name, now, most);
  const due = found.filter(({ dueAt }) => dueAt > 0);
  await send(due);
  if (found.length > 0) await moveDue(directory, name, found.map(({ shopId, dueAt, zone }) => ({ shop: shopId, was: dueAt, next: next(zone) })));
  return due.length;
}

/** Found by the index, never by reading all shops. */
async function readDue(directory: DirectoryDb, name: string, now: number, most: number): Promise<DueShop[]> {
  const table = sql.identifier(name);
  return await directory.all<DueShop>(sql`
    SELECT ${table}.shop_id AS "shopId", ${table}.due_at AS "dueAt", shop.zone AS zone, shop.shard AS shard
    FROM ${table} INDEXED BY ${sql.identifier(`${name}_due`)} JOIN shop ON shop.id = ${table}.shop_id
    WHERE ${table}.due_at <= ${now} ORDER BY ${table}.due_at LIMIT ${most}`);
}

/** Moves due instants on, but for those that another run has moved. */
async function moveDue(directory: DirectoryDb, name: string, moves: readonly { readonly shop: ShopId; readonly was: number; readonly next: number }[]): Promise<void> {
  const table = sql.identifier(name);
  await directory.run(sql`
    UPDATE ${table} SET due_at = moved.value ->> 'next' FROM json_each(${JSON.stringify(moves)}) AS moved
    WHERE ${table}.shop_id = moved.value ->> 'shop' AND ${table}.due_at = moved.value ->> 'was'`);
}
