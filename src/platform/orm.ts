/**
 * Drizzle over D1, with a batch that can be relied on. Drizzle's own (0.45) breaks on statements written by hand with
 * bound values, and gives columns of one name each other's values; here the first work and the second are refused.
 */
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import { assert } from "../kernel/assert";

/** What drizzle's prepared queries and hand-written statements have in common, by its own source. */
type Prepared = {
  getQuery(): { readonly sql: string; readonly params: readonly unknown[] };
  mapResult(result: unknown, isFromBatch: boolean): unknown;
  /** The columns that are selected; absent where nothing is mapped. */
  readonly fields?: readonly unknown[];
};

/** Drizzle over one database, whose `batch` is one round trip and one transaction: all statements or none. */
export function createOrm(client: D1Database): DrizzleD1Database {
  return Object.assign(drizzle(client), {
    batch: async (items: readonly BatchItem<"sqlite">[]) => await runBatch(client, items.map(preparedOf)),
  });
}

async function runBatch(client: D1Database, queries: readonly Prepared[]): Promise<unknown[]> {
  const results = await client.batch<Record<string, unknown>>(queries.map((query) => {
    const { sql, params } = query.getQuery();
    return client.prepare(sql).bind(...params);
  }));
  return queries.map((query, index) => {
    const result = results[index];
    assertNamesDiffer(query, result?.results[0]);
    return query.mapResult(result, true);
  });
}

/** D1 answers a batch with objects: two columns of one name arrive as one, and everything after them is shifted. */
function assertNamesDiffer(query: Prepared, row: Record<string, unknown> | undefined): void {
  if (row === undefined || query.fields === undefined) return;
  assert(Object.keys(row).length === query.fields.length, "in a batch every selected column has a name of its own");
}

function preparedOf(item: BatchItem<"sqlite">): Prepared {
  // oxlint-disable-next-line no-underscore-dangle -- drizzle's own name for what its batch calls
  return (item as unknown as { _prepare(): Prepared })._prepare();
}
