/**
 * The rule of every statement on a shard: each shop-owned table must have, in its own scope and alone between ANDs,
 * `shop_id = ?` bound to the one shop; or be tied by `b.shop_id = a.shop_id` to a table that has. Rows are written with
 * the shop's id only, and it is never changed afterwards.
 */
import { readStatement } from "./sql-reader";
import { StatementRefused } from "./sql-tokens";
import type { Expression, Scope, Source, Statement } from "./sql-tree";

/** Which of a statement's bound values must be the shop's id; numbers from 1, each once. */
export type Demand = { readonly shopParameters: readonly number[]; readonly parameterCount: number };

/** The column that says whose a row is, in every table of a shop. */
export const OWNER = "shop_id";

/** Reads a statement and says what it demands. Throws `StatementRefused` where it could reach another shop's rows. */
export function demandOf(sql: string, shopTables: ReadonlySet<string>): Demand {
  const statement = readStatement(sql);
  const demanded = new Set(statement.scopes.flatMap((scope) => tiesOf(scope, shopTables).parameters));
  for (const parameter of demandsOfWrite(statement.write, shopTables)) demanded.add(parameter);
  return { shopParameters: [...demanded], parameterCount: statement.parameterCount };
}

/** The aliases of a scope that are held to the shop, and the parameters that hold them. */
type Ties = { readonly aliases: ReadonlySet<string>; readonly parameters: readonly number[] };

/** One equality between ANDs, and the sources whose rows it filters. */
type Condition = { readonly left: Expression; readonly right: Expression; readonly filters: ReadonlySet<string> };

function tiesOf(scope: Scope, shopTables: ReadonlySet<string>): Ties {
  const owned = ownedSources(scope, shopTables);
  const conditions = conditionsOf(scope);
  const aliases = new Set<string>();
  const parameters: number[] = [];
  // Each round ties at least one more source, or is the last.
  for (let tied = -1; tied < aliases.size; ) {
    tied = aliases.size;
    for (const { left, right, filters } of conditions) {
      for (const [from, to] of [[left, right], [right, left]] as const) {
        const alias = aliasOf(from, scope, owned);
        if (alias === null || !filters.has(alias)) continue;
        if (to.kind === "parameter") parameters.push(to.index);
        const other = aliasOf(to, scope, owned);
        if (to.kind === "parameter" || (other !== null && other !== alias && aliases.has(other))) aliases.add(alias);
      }
    }
  }
  const loose = [...owned].find((alias) => !aliases.has(alias));
  if (loose !== undefined) throw new StatementRefused(`${loose} is not held to the shop`);
  return { aliases, parameters };
}

/** The aliases of shop-owned tables. A table that nobody classed, or a name that is used twice, is refused. */
function ownedSources(scope: Scope, shopTables: ReadonlySet<string>): ReadonlySet<string> {
  const names = scope.sources.map((source) => source.alias);
  if (new Set(names).size !== names.length) throw new StatementRefused("two sources have one name");
  const tables = scope.sources.filter((source) => source.table !== null);
  const unknown = tables.find((source) => !shopTables.has(source.table ?? ""));
  if (unknown !== undefined) throw new StatementRefused(`${unknown.table} is not a table of a shop`);
  return new Set(tables.map((source) => source.alias));
}

/** A LEFT JOIN's ON filters only what is joined by it; an inner one, like WHERE, filters all that stands before it too. */
function conditionsOf(scope: Scope): Condition[] {
  const all = scope.sources.map((source) => source.alias);
  const ofJoins = scope.sources.flatMap((source, index) => conjunctsOf(source.on).map((part) => ({
    ...part,
    filters: new Set(source.join === "left" ? [source.alias] : all.slice(0, index + 1)),
  })));
  return [...conjunctsOf(scope.where).map((part) => ({ ...part, filters: new Set(all) })), ...ofJoins];
}

/** The equalities that stand alone between ANDs. */
function conjunctsOf(expression: Expression | null): { readonly left: Expression; readonly right: Expression }[] {
  if (expression === null) return [];
  if (expression.kind === "and") return [...conjunctsOf(expression.left), ...conjunctsOf(expression.right)];
  return expression.kind === "equals" ? [expression] : [];
}

/** The shop-owned source whose `shop_id` the expression is, or null. Without a table's name it must be the only one. */
function aliasOf(expression: Expression, scope: Scope, owned: ReadonlySet<string>): string | null {
  if (expression.kind !== "column" || expression.column !== OWNER) return null;
  if (expression.table !== null) return owned.has(expression.table) ? expression.table : null;
  const only: Source | undefined = scope.sources[0];
  return scope.sources.length === 1 && only?.table !== null && only !== undefined ? only.alias : null;
}

function demandsOfWrite(write: Statement["write"], shopTables: ReadonlySet<string>): number[] {
  if (write.kind === "insert") return demandsOfInsert(write, shopTables);
  if (write.kind === "update" && write.sets.includes(OWNER)) throw new StatementRefused("shop_id is never changed");
  return [];
}

function demandsOfInsert(write: Extract<Statement["write"], { kind: "insert" }>, shopTables: ReadonlySet<string>): number[] {
  if (!shopTables.has(write.table)) throw new StatementRefused(`${write.table} is not a table of a shop`);
  const at = write.columns.indexOf(OWNER);
  if (at === -1 || write.columns.includes(OWNER, at + 1)) throw new StatementRefused("an insert names shop_id once");
  for (const conflict of write.conflicts) {
    if (conflict.sets.includes(OWNER)) throw new StatementRefused("shop_id is never changed");
    // Without shop_id among them, the columns could find the row of another shop and change it.
    if (conflict.updates && !conflict.target.includes(OWNER)) throw new StatementRefused("an upsert's target names shop_id");
  }
  return write.rows.flatMap((row) => ownerOfRow(row, at, write.columns.length, shopTables));
}

/** The value that goes into `shop_id`: a parameter, or the `shop_id` of a table that is held to the shop. */
function ownerOfRow(
  row: { readonly values: readonly Expression[]; readonly scope: Scope | null }, at: number, width: number, shopTables: ReadonlySet<string>,
): number[] {
  const owner = row.values[at];
  const isCountable = row.values.length === width && !row.values.some((value) => value.kind === "star");
  if (!isCountable || owner === undefined) throw new StatementRefused("values and columns do not match");
  if (owner.kind === "parameter") return [owner.index];
  if (row.scope !== null && aliasOf(owner, row.scope, ownedSources(row.scope, shopTables)) !== null) return [];
  throw new StatementRefused("shop_id is bound to nothing");
}
