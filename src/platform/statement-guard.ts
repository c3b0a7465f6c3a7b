/**
 * A D1 database that can reach one shop only. It stands between drizzle and the real one: every statement is read once
 * per text, and every execution is compared with the shop's id. What cannot be read is not run.
 */
import type { ShopId } from "../kernel/ids";
import { StatementRefused } from "./sql-tokens";
import { demandOf, OWNER, type Demand } from "./statement-rule";

/** Is told of every round trip: how many statements went, and the rows that D1 says were read and written. */
export type RoundTripObserver = (trip: { readonly statements: number; readonly rowsRead: number; readonly rowsWritten: number }) => void;

/** How many statement texts are remembered; a text that comes again after that is read again. */
const REMEMBERED = 500;

/** Reads each text once. Makes a reader for one set of shop-owned tables. */
export function createDemandReader(shopTables: ReadonlySet<string>): (sql: string) => Demand {
  const known = new Map<string, Demand>();
  return (sql) => {
    const cached = known.get(sql);
    if (cached !== undefined) return cached;
    const demand = demandOf(sql, shopTables);
    const oldest = known.keys().next();
    if (known.size >= REMEMBERED && oldest.done !== true) known.delete(oldest.value);
    known.set(sql, demand);
    return demand;
  };
}

/** The database as one shop may use it. Statements of other handles, `exec`, `dump` and sessions are refused. */
export function guardDatabase(
  database: D1Database, shopId: ShopId, read: (sql: string) => Demand, observe: RoundTripObserver | null,
): D1Database {
  const guarded: Pick<D1Database, "prepare" | "batch"> = {
    prepare: (sql) => guardStatement(database.prepare(sql), { demand: read(sql), shopId, isBound: false, observe }),
    batch: async <T>(statements: D1PreparedStatement[]) => {
      const inner = statements.map((statement) => innerOf(statement, shopId));
      const results = await database.batch<T>(inner);
      for (const result of results) assertOwnRows(result.results, shopId);
      observe?.({ statements: results.length, rowsRead: total(results, "rows_read"), rowsWritten: total(results, "rows_written") });
      return results;
    },
  };
  const refuse = (): never => {
    throw new StatementRefused("a shop's database takes prepared statements only");
  };
  return { ...guarded, exec: refuse, dump: refuse, withSession: refuse };
}

type Terms = { readonly demand: Demand; readonly shopId: ShopId; readonly isBound: boolean; readonly observe: RoundTripObserver | null };

/** A statement whose bound values were compared with the shop's id before anything can be done with it. */
class GuardedStatement {
  readonly #inner: D1PreparedStatement;
  readonly #terms: Terms;

  constructor(inner: D1PreparedStatement, terms: Terms) {
    this.#inner = inner;
    this.#terms = terms;
  }

  bind(...values: unknown[]): D1PreparedStatement {
    const { demand, shopId } = this.#terms;
    if (values.length !== demand.parameterCount) throw new StatementRefused("the values bound are not as many as the parameters");
    const foreign = demand.shopParameters.find((index) => values[index - 1] !== shopId);
    if (foreign !== undefined) throw new StatementRefused(`parameter ${foreign} is not this shop's id`);
    return guardStatement(this.#inner.bind(...values), { ...this.#terms, isBound: true });
  }

  /** The real statement, for a batch of the same shop's handle. */
  released(shopId: ShopId): D1PreparedStatement {
    const { demand, isBound, shopId: own } = this.#terms;
    if (own !== shopId) throw new StatementRefused("the statement belongs to another shop");
    if (!isBound && demand.parameterCount > 0) throw new StatementRefused("nothing is bound to the statement");
    return this.#inner;
  }

  async run<T>(): Promise<D1Result<T>> {
    return this.#observed(await this.released(this.#terms.shopId).run<T>());
  }

  async all<T>(): Promise<D1Result<T>> {
    return this.#observed(await this.released(this.#terms.shopId).all<T>());
  }

  async first(column?: string): Promise<unknown> {
    const { results } = await this.all<Record<string, unknown>>();
    const row = results[0] ?? null;
    return row === null || column === undefined ? row : (row[column] ?? null);
  }

  /** D1 tells of no rows read here: the observer is told of the trip alone. */
  async raw(options?: { columnNames?: boolean }): Promise<unknown[]> {
    const { shopId, observe } = this.#terms;
    const [names, ...rows] = await this.released(shopId).raw({ columnNames: true });
    observe?.({ statements: 1, rowsRead: 0, rowsWritten: 0 });
    for (const [index, name] of names.entries()) {
      if (name === OWNER) for (const row of rows) assertOwn(row[index], shopId);
    }
    return options?.columnNames === true ? [names, ...rows] : rows;
  }

  #observed<T>(result: D1Result<T>): D1Result<T> {
    assertOwnRows(result.results, this.#terms.shopId);
    this.#terms.observe?.({ statements: 1, rowsRead: result.meta.rows_read, rowsWritten: result.meta.rows_written });
    return result;
  }
}

/** The last net: whatever was asked, a row that names another shop is not handed out. */
function assertOwnRows(rows: readonly unknown[], shopId: ShopId): void {
  for (const row of rows) assertOwn((row as { readonly [OWNER]?: unknown })[OWNER], shopId);
}

/** Absent where the row does not say whose it is; null where a LEFT JOIN found nothing. */
function assertOwn(owner: unknown, shopId: ShopId): void {
  if (owner !== undefined && owner !== null && owner !== shopId) throw new StatementRefused("a row of another shop was read");
}

/** The overloads of D1's own type cannot be written on a class: the shape is the same. */
function guardStatement(inner: D1PreparedStatement, terms: Terms): D1PreparedStatement {
  return new GuardedStatement(inner, terms) as unknown as D1PreparedStatement;
}

function innerOf(statement: D1PreparedStatement, shopId: ShopId): D1PreparedStatement {
  const candidate: unknown = statement;
  if (!(candidate instanceof GuardedStatement)) throw new StatementRefused("the statement did not come from this database");
  return candidate.released(shopId);
}

function total(results: readonly D1Result[], name: "rows_read" | "rows_written"): number {
  return results.reduce((sum, result) => sum + result.meta[name], 0);
}
