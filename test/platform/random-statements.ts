/**
 * Random statements over two shops' tables: joins, subqueries, compounds and conditions put together without regard to
 * safety. Most are unsafe; the guard must find every one of those. Parameter ?1 is always our shop, ?2 a JSON list.
 */
import * as fc from "fast-check";

const TABLES = ["day", "location", "connection"] as const;
const NAMES = ["a", "b", "c"] as const;

type Source = { readonly table: string; readonly alias: string; readonly join: string; readonly on: string | null };

/** The aliases held to our shop as a careful store would, or almost: what is put around it may undo it. */
const allTied = fc.constantFrom(
  "a.shop_id = ?1", "a.shop_id = ?1 AND b.shop_id = ?1", "b.shop_id = ?1 AND a.shop_id = b.shop_id",
  "a.shop_id = ?1 AND b.shop_id = a.shop_id AND c.shop_id = b.shop_id", "(c.shop_id = ?1 AND (b.shop_id = ?1)) AND ?1 = a.shop_id",
  "a.shop_id = b.shop_id", "b.shop_id = a.shop_id AND c.shop_id = b.shop_id", "b.shop_id = c.shop_id AND a.shop_id = ?1",
);

/** Ties, half-ties and things that look like ties, between any two of the aliases. */
const atom = fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)).chain(([one, other]) => fc.constantFrom(
  `${one}.shop_id = ?1`, `${one}.shop_id = ?1`, `?1 = ${one}.shop_id`, `("${one}"."shop_id" = ?1)`, `${one}.shop_id = ${other}.shop_id`,
  `shop_id = ?1`, `${one}.shop_id == ?1`, `${one}.shop_id IS NOT NULL`, `${one}.shop_id <> ?1`, `${one}.shop_id >= ${other}.shop_id`,
  `${one}.shop_id = ?1 = 0`, `0 = (${one}.shop_id = ?1)`, `${one}.shop_id = ?1 IS NULL`, `${one}.shop_id IN (?1)`,
  `1 BETWEEN 0 AND ${one}.shop_id = ?1`, `${one}.shop_id = ?1 < 2`, `'x' = ?1`, "1", "1 = 1", "NULL", `${one}.shop_id = 'x' || ?1`,
));

const condition: fc.Memo<string> = fc.memo((depth) => (depth <= 1 ? fc.oneof(atom, allTied) : fc.oneof(
  { weight: 2, arbitrary: atom },
  { weight: 6, arbitrary: allTied },
  { weight: 4, arbitrary: fc.tuple(condition(depth - 1), condition(depth - 1)).map(([one, other]) => `${one} AND ${other}`) },
  { weight: 2, arbitrary: fc.tuple(condition(depth - 1), condition(depth - 1)).map(([one, other]) => `${one} OR ${other}`) },
  { weight: 2, arbitrary: condition(depth - 1).map((inner) => `(${inner})`) },
  condition(depth - 1).map((inner) => `NOT ${inner}`),
  condition(depth - 1).map((inner) => `CASE WHEN ${inner} THEN 1 ELSE 1 END`),
  condition(depth - 1).map((inner) => `coalesce(${inner}, 1)`),
  select(depth - 1).map((inner) => `EXISTS (${inner})`),
  select(depth - 1).map((inner) => `a.shop_id IN (${inner})`),
)));

const source = (alias: string, depth: number): fc.Arbitrary<Source> => fc.record({
  table: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...TABLES) },
    { weight: 1, arbitrary: fc.constant("json_each(?2)") },
    ...(depth > 1 ? [{ weight: 2, arbitrary: select(depth - 1, true).map((inner) => `(${inner})`) }] : []),
  ),
  alias: fc.oneof({ weight: 9, arbitrary: fc.constant(alias) }, { weight: 1, arbitrary: fc.constantFrom("a", "day", "location") }),
  join: fc.constantFrom(",", "JOIN", "LEFT JOIN", "INNER JOIN", "CROSS JOIN", "RIGHT JOIN", "FULL JOIN"),
  on: fc.option(condition(Math.min(depth, 2))),
});

const sources = (depth: number): fc.Arbitrary<string> => fc.integer({ min: 1, max: 3 }).chain((number) => (
  fc.tuple(...NAMES.slice(0, number).map((alias) => source(alias, depth)))
)).map((list) => list.map(({ table, alias, join, on }, index) => {
  const named = `${table} AS ${alias}`;
  if (index === 0) return named;
  return `${join} ${named}${on === null || join === "," ? "" : ` ON ${on}`}`;
}).join(" "));

/** One SELECT or several arms; `whole` puts out every column, so that an outer filter has something to look at. */
const select = (depth: number, whole = false): fc.Arbitrary<string> => {
  const output = whole ? fc.constant("a.shop_id AS shop_id, a.*") : fc.constantFrom("a.shop_id", "a.*", "*", "count(*)", "max(a.shop_id)", "?1");
  const arm = fc.tuple(output, sources(depth), fc.option(condition(depth), { freq: 6 })).map(([put, from, where]) => (
    `SELECT ${put} FROM ${from}${where === null ? "" : ` WHERE ${where}`}`
  ));
  const compound = fc.tuple(arm, fc.constantFrom("UNION", "UNION ALL", "EXCEPT", "INTERSECT"), arm).map((parts) => parts.join(" "));
  return fc.oneof({ weight: 5, arbitrary: arm }, { weight: 1, arbitrary: compound });
};

/** A random reading statement. */
export const readingStatement: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: select(3) },
  { weight: 1, arbitrary: fc.tuple(select(2, true), select(2)).map(([body, rest]) => `WITH c AS (${body}) ${rest}`) },
);

/** A random statement that would change or remove days. */
export const writingStatement: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom("DELETE FROM day AS a", "UPDATE day AS a SET fingerprint = 'changed'", "UPDATE location AS a SET name = 'changed'"),
  fc.option(condition(3), { freq: 8 }),
  fc.constantFrom("", "", " RETURNING a.shop_id", " RETURNING *"),
).map(([verb, where, returning]) => `${verb}${where === null ? "" : ` WHERE ${where}`}${returning}`);

/** A random statement that would make rows. */
export const makingStatement: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom("?1", "a.shop_id", "'theirs'", "max(a.shop_id)", "coalesce(a.shop_id, ?1)", "lower(?1)"),
  sources(2),
  fc.option(condition(2), { freq: 8 }),
  fc.integer({ min: 2, max: 1_000_000 }),
  fc.constantFrom("", " ON CONFLICT DO NOTHING", " ON CONFLICT (shop_id, version) DO UPDATE SET saved_by = 'changed'", " ON CONFLICT DO UPDATE SET saved_by = 'x'"),
).map(([owner, from, where, version, conflict]) => (
  `INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) SELECT ${owner}, ${version}, '{}', 'made', 1 FROM ${from} WHERE ${where ?? "1"} LIMIT 1${conflict}`
));
