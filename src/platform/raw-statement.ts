/**
 * A statement written in SQL that can stand in a batch. What drizzle's own `run` makes cannot, once it has parameters:
 * `batch` expects a prepared `stmt`, and its raw queries have none (drizzle-orm 0.45.4, d1/session.js).
 */
import type { SQL } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { ShopDb } from "./database";

/** The statement, not run yet. It passes the statement guard like every other when the batch is sent. */
export function rawStatement({ orm }: ShopDb, query: SQL): BatchItem<"sqlite"> {
  const statement = orm.run(query);
  const { $client } = orm as typeof orm & { readonly $client: D1Database };
  return Object.assign(statement, { stmt: $client.prepare(statement.getQuery().sql) });
}
