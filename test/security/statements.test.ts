/** Below the routes: SQL that was written by a stranger's hand, and our own with a filter forgotten. Neither gets through. */
import { sql } from "drizzle-orm";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { ShopId } from "../../src/kernel/ids";
import { openShopDb } from "../../src/platform/database";
import { createDemandReader, guardDatabase } from "../../src/platform/statement-guard";
import { StatementRefused } from "../../src/platform/sql-tokens";
import { SWEEPS, sweepStatement } from "../../src/platform/sweep";
import { SHOP_TABLES } from "../../src/platform/tables";
import { CANARY, OURS, plantTwoShops, rowsOfTheirs, THEIRS } from "../support/two-shops";
import { withEachIdSwapped, withoutEachFilter, type Mutant } from "./town/mutants";
import type { SentStatement } from "./town/recorder";
import { shardRowsOf } from "./town/rows";
import { liveThrough } from "./town/story";
import { openTown, type Town } from "./town/town";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 180_000 });

let town: Town;
let sent: readonly SentStatement[];

beforeAll(async () => {
  town = await openTown();
  await liveThrough(town);
  sent = [...town.statements.values()];
  await plantTwoShops();
});

/** What a hand at the keyboard of one shop might try. `?` is bound to that shop's id, wherever it stands. */
const BY_HAND = [
  "SELECT * FROM day",
  "SELECT * FROM day WHERE shop_id = ? OR 1=1",
  "SELECT * FROM day WHERE 1=1 OR shop_id = ?",
  "SELECT * FROM day WHERE NOT (shop_id = ?)",
  "SELECT * FROM day WHERE shop_id <> ?",
  "SELECT * FROM day WHERE (shop_id = ?) IS NOT NULL",
  "SELECT * FROM day WHERE shop_id = shop_id",
  `SELECT * FROM day WHERE shop_id = '${THEIRS}'`,
  `SELECT * FROM day WHERE shop_id IN (?, '${THEIRS}')`,
  "SELECT * FROM day WHERE shop_id LIKE '%' || substr(?, 1, 0) || '%'",
  "SELECT * FROM day, location WHERE day.shop_id = ?",
  "SELECT location.* FROM day JOIN location ON true WHERE day.shop_id = ?",
  "SELECT b.* FROM day AS a LEFT JOIN day AS b ON b.shop_id <> a.shop_id WHERE a.shop_id = ?",
  "SELECT b.* FROM day AS a LEFT JOIN day AS b ON b.shop_id = a.shop_id OR true WHERE a.shop_id = ?",
  "SELECT b.* FROM day AS a CROSS JOIN day AS b WHERE a.shop_id = ?",
  "SELECT b.* FROM day AS a NATURAL JOIN location AS b WHERE a.shop_id = ?",
  "SELECT b.* FROM day AS a FULL OUTER JOIN location AS b ON b.shop_id = a.shop_id WHERE a.shop_id = ?",
  "SELECT * FROM day WHERE shop_id = ? UNION SELECT * FROM day",
  "SELECT * FROM day WHERE shop_id = ? UNION ALL SELECT * FROM day",
  "SELECT * FROM day WHERE shop_id = ? EXCEPT SELECT * FROM day WHERE shop_id = ? UNION SELECT * FROM day",
  "SELECT (SELECT max(fingerprint) FROM day) FROM day WHERE shop_id = ?",
  "SELECT * FROM day WHERE shop_id = ? AND EXISTS (SELECT 1 FROM day AS other WHERE other.fingerprint LIKE 'c%')",
  "SELECT * FROM (SELECT * FROM day) AS all_days WHERE all_days.shop_id = ?",
  "SELECT * FROM location WHERE shop_id = ? ORDER BY (SELECT count(*) FROM day)",
  "SELECT * FROM location WHERE shop_id = ? LIMIT (SELECT count(*) FROM day)",
  "WITH every AS (SELECT * FROM day) SELECT * FROM every",
  "WITH every AS (SELECT * FROM day) SELECT * FROM every WHERE shop_id = ?",
  "WITH day AS (SELECT * FROM location) SELECT * FROM day WHERE shop_id = ?",
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT day.* FROM n, day WHERE n.i = 1 OR day.shop_id = ?",
  "SELECT * FROM sqlite_master",
  "SELECT * FROM pragma_table_info('day')",
  "SELECT * FROM main.day WHERE shop_id = ?",
  "SELECT * FROM \"day\" WHERE \"shop_id\" = ? -- ' \n OR 1=1",
  "SELECT * FROM day WHERE shop_id = ? /* */ OR /**/ 1=1",
  "SELECT * FROM day WHERE shop_id = ?; SELECT * FROM day",
  "SELECT * FROM day GROUP BY shop_id HAVING shop_id = ?",
  "UPDATE day SET fingerprint = 'gone'",
  "UPDATE day SET fingerprint = 'gone' WHERE shop_id = ? OR 1=1",
  `UPDATE day SET shop_id = '${THEIRS}' WHERE shop_id = ?`,
  "UPDATE day SET fingerprint = 'gone' FROM location WHERE location.shop_id = ?",
  "UPDATE OR REPLACE location SET code = 'L00' WHERE shop_id = ? OR true",
  "DELETE FROM once",
  "DELETE FROM once WHERE shop_id = ? OR 1=1",
  "DELETE FROM once WHERE key IN (SELECT key FROM once WHERE shop_id = ?)",
  `INSERT INTO once (shop_id, key, input_hash, answer, created_at) VALUES ('${THEIRS}', 'new', 'x', '{}', 1)`,
  "INSERT INTO once (shop_id, key, input_hash, answer, created_at) SELECT shop_id, 'stolen', input_hash, answer, 1 FROM once",
  "INSERT INTO once (shop_id, key, input_hash, answer, created_at) SELECT ?, 'stolen', input_hash, answer, 1 FROM once",
  "INSERT OR REPLACE INTO once SELECT * FROM once",
  "REPLACE INTO once (shop_id, key, input_hash, answer, created_at) SELECT ?, key, input_hash, answer, created_at FROM once",
  "CREATE TABLE loot AS SELECT * FROM day",
  "CREATE VIEW loot AS SELECT * FROM day",
  "DROP TABLE day",
  "ALTER TABLE day RENAME TO loot",
  "ATTACH DATABASE 'x' AS x",
  "PRAGMA table_list",
  "VACUUM INTO 'loot'",
] as const;

/** The statement for drizzle, with each `?` bound to a shop's id. */
function boundTo(text: string, shopId: ShopId) {
  const [first = "", ...rest] = text.split("?");
  return rest.reduce((query, part) => sql`${query}${shopId}${sql.raw(part)}`, sql`${sql.raw(first)}`);
}

describe("a statement written by hand through a shop's own database", () => {
  it.each(BY_HAND)("is refused before it is run: %s", async (text) => {
    const before = await rowsOfTheirs();
    const { orm } = openShopDb(env, OURS, 0);
    for (const run of [async () => await orm.all(boundTo(text, OURS)), async () => await orm.run(boundTo(text, OURS)), async () => await orm.batch([orm.all(boundTo(text, OURS))])]) {
      await expect(run()).rejects.toSatisfy(isRefusal);
    }
    expect(await rowsOfTheirs()).toBe(before);
  });

  it("is refused when it is an honest one with the other shop's id bound", async () => {
    const { orm } = openShopDb(env, OURS, 0);
    const honest = async (shopId: ShopId) => await orm.all(boundTo("SELECT * FROM day WHERE day.shop_id = ?", shopId));
    await expect(honest(THEIRS)).rejects.toSatisfy(isRefusal);
    const rows = await honest(OURS);
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain(CANARY);
  });
});

/** Drizzle wraps what its driver throws. */
function isRefusal(error: unknown): boolean {
  return error instanceof StatementRefused || (error instanceof Error && error.cause instanceof StatementRefused);
}

const read = createDemandReader(SHOP_TABLES);

/** What the stores sent to the shards over the whole run: all but the planner's sweeps, which are a closed list. */
function ofStores(): SentStatement[] {
  const sweeps = new Set(SWEEPS.map(sweepStatement));
  return sent.filter(({ database, sql: text }) => database.startsWith("SHARD_") && !sweeps.has(text));
}

/** Runs a mutant as the shop whose statement it was. `refused` by the guard, `stopped` by the database, or what came back. */
async function attempt(mutant: Mutant, shopId: ShopId): Promise<string> {
  try {
    const statement = guardDatabase(env.SHARD_0, shopId, read, null).prepare(mutant.sql).bind(...mutant.values);
    return JSON.stringify((await statement.all()).results);
  } catch (error) {
    return error instanceof StatementRefused ? "refused" : "stopped";
  }
}

/** Whose statement it was, and whose it was not. */
function sidesOf({ values }: SentStatement): { readonly own: ShopId; readonly other: ShopId; readonly otherCanary: string } | null {
  const { harbour, lantern } = town;
  if (values.includes(harbour.id)) return { own: harbour.id, other: lantern.id, otherCanary: lantern.plan.canary };
  return values.includes(lantern.id) ? { own: lantern.id, other: harbour.id, otherCanary: harbour.plan.canary } : null;
}

type Verdict = { readonly refused: number; readonly survivors: string[]; readonly let: string[] };

/** Tries every mutant of every statement; one survives that shows or changes anything of the other shop. */
async function tryAll(mutate: (statement: SentStatement, own: ShopId, other: ShopId) => Mutant[]): Promise<Verdict> {
  const verdict: Verdict & { refused: number } = { refused: 0, survivors: [], let: [] };
  for (const statement of ofStores()) {
    const sides = sidesOf(statement);
    for (const mutant of sides === null ? [] : mutate(statement, sides.own, sides.other)) {
      if (sides === null) continue;
      const before = await shardRowsOf(town, sides.other);
      const outcome = await attempt(mutant, sides.own);
      if (outcome === "refused") {
        verdict.refused += 1;
        continue;
      }
      verdict.let.push(`${mutant.what} of ${mutant.sql}`);
      const isHarmless = !outcome.includes(sides.otherCanary) && !outcome.includes(sides.other) && (await shardRowsOf(town, sides.other)) === before;
      if (!isHarmless) verdict.survivors.push(`${mutant.what} of ${mutant.sql}`);
    }
  }
  return verdict;
}

describe("a statement that the stores really send", () => {
  it("was sent in good number, to every table that a shop owns", () => {
    expect(ofStores().length).toBeGreaterThan(30);
    const touched = [...SHOP_TABLES].filter((table) => ofStores().some(({ sql: text }) => new RegExp(`\\b${table}\\b`).test(text)));
    expect(touched.toSorted()).toEqual([...SHOP_TABLES].toSorted());
  });

  it("is bound to one shop, each of them", async () => {
    const { results } = await env.DIRECTORY.prepare("SELECT id FROM shop").all<{ id: unknown }>();
    const shops = new Set(results.map(({ id }) => id));
    const isBound = ({ sql: text, values }: SentStatement) => values.some((value) => shops.has(value)) && read(text).shopParameters.length > 0;
    expect(ofStores().filter((statement) => !isBound(statement))).toEqual([]);
  });

  it("never reaches another shop without any one of its filters", async () => {
    const { refused, survivors, let: passed } = await tryAll(({ sql: text, values }) => withoutEachFilter(text, values));
    expect(survivors).toEqual([]);
    expect(refused).toBeGreaterThan(20);
    // The guard needs no WHERE on an upsert whose target names the shop: the primary key holds the row to it.
    expect(passed.filter((text) => !/on conflict .*shop_id.* do update/i.test(text))).toEqual([]);
  });

  it("is refused with another shop's id in any place where it binds its own", async () => {
    const { refused, survivors } = await tryAll(({ sql: text, values }, own, other) => withEachIdSwapped(text, values, own, other));
    expect(survivors).toEqual([]);
    expect(refused).toBeGreaterThan(35);
  });
});
