/** Counts what a shop-day costs at the database: round trips, and rows as D1 itself reports them. */
import type { Bindings } from "../../src/platform/env";

export type Cost = { trips: number; statements: number; rowsWritten: number; rowsRead: number };

/** The bindings with SHARD_0 counted from now on. */
export function countedBindings(env: Bindings): { readonly env: Bindings; readonly cost: Cost } {
  const cost: Cost = { trips: 0, statements: 0, rowsWritten: 0, rowsRead: 0 };
  const inner = new WeakMap<object, D1PreparedStatement>();
  const count = <T>(results: readonly D1Result<T>[]) => {
    cost.trips += 1;
    cost.statements += results.length;
    for (const { meta } of results) {
      cost.rowsWritten += meta.rows_written;
      cost.rowsRead += meta.rows_read;
    }
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const one = async () => {
      const result = await statement.run();
      count([result]);
      return result;
    };
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      run: one,
      all: one,
      raw: async (options?: { columnNames?: boolean }) => {
        const { results } = await one();
        const rows: unknown[][] = results.map((row) => Object.values(row));
        return options?.columnNames === true ? [Object.keys(results[0] ?? {}), ...rows] : rows;
      },
    } as unknown as D1PreparedStatement;
    inner.set(wrapped, statement);
    return wrapped;
  };
  const shard = {
    prepare: (sql: string) => wrap(env.SHARD_0.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await env.SHARD_0.batch(statements.map((statement) => inner.get(statement) ?? statement));
      count(results);
      return results;
    },
  } as unknown as D1Database;
  return { env: { ...env, SHARD_0: shard }, cost };
}
