/** What the guard lets through is run on real D1, beside another shop's rows: none may be seen or changed. */
import { drizzle } from "drizzle-orm/d1";
import { eq, sql } from "drizzle-orm";
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { location } from "../../src/features/connections/table";
import type { ShopId } from "../../src/kernel/ids";
import { openShopDb } from "../../src/platform/database";
import { createDemandReader, guardDatabase } from "../../src/platform/statement-guard";
import { StatementRefused } from "../../src/platform/sql-tokens";
import { demandOf } from "../../src/platform/statement-rule";
import { SHOP_TABLES } from "../../src/platform/tables";
import { CANARY, OURS, plantTwoShops, rowsOfTheirs, THEIRS } from "../support/two-shops";
import { makingStatement, readingStatement, writingStatement } from "./random-statements";

const read = createDemandReader(SHOP_TABLES);
const ours = guardDatabase(env.SHARD_0, OURS, read, null);

beforeAll(plantTwoShops);

/** Runs what the guard lets through; answers the rows, or null for what was refused or is no SQL. */
async function attempt(statement: string, counts: { ran: number; refused: number }): Promise<unknown[] | null> {
  let demand;
  try {
    demand = demandOf(statement, SHOP_TABLES);
  } catch (error) {
    expect(error, statement).toBeInstanceOf(StatementRefused);
    counts.refused += 1;
    return null;
  }
  const values = [OURS, "[1]"].slice(0, demand.parameterCount);
  const result = await ours.prepare(statement).bind(...values).all().catch(() => null); // not every random text is SQL
  counts.ran += result === null ? 0 : 1;
  return result?.results ?? null;
}

describe("no statement that passes the guard", { timeout: 60_000 }, () => {
  it("reads a row of another shop", async () => {
    const counts = { ran: 0, refused: 0 };
    await fc.assert(fc.asyncProperty(readingStatement, async (statement) => {
      const rows = await attempt(statement, counts);
      const text = JSON.stringify(rows);
      expect(text.includes(CANARY) || text.includes(THEIRS), statement).toBe(false);
    }), { numRuns: 1_500 });
    expect(counts.ran).toBeGreaterThan(10);
    expect(counts.refused).toBeGreaterThan(300);
  });

  it("counts, changes or removes a row of another shop", async () => {
    const before = await rowsOfTheirs();
    const counts = { ran: 0, refused: 0 };
    await fc.assert(fc.asyncProperty(writingStatement, async (statement) => {
      const rows = await attempt(statement, counts);
      expect(JSON.stringify(rows).includes(THEIRS), statement).toBe(false);
      if (rows !== null) expect(await rowsOfTheirs(), statement).toBe(before);
    }), { numRuns: 1_500 });
    expect(counts.ran).toBeGreaterThan(10);
  });

  it("makes a row for another shop", async () => {
    const before = await rowsOfTheirs();
    const counts = { ran: 0, refused: 0 };
    await fc.assert(fc.asyncProperty(makingStatement, async (statement) => {
      const rows = await attempt(statement, counts);
      if (rows !== null) expect(await rowsOfTheirs(), statement).toBe(before);
    }), { numRuns: 1_500 });
    expect(counts.ran).toBeGreaterThan(2);
  });

  it("gives another count when the other shop's rows are gone", async () => {
    // A statement can leak by a count or an order without naming a row: so each is run with and without the other shop.
    const statements = fc.sample(readingStatement, { numRuns: 1_500, seed: 20_260_714 });
    const outcomes = async () => {
      const seen: string[] = [];
      for (const statement of statements) seen.push(JSON.stringify(await attempt(statement, { ran: 0, refused: 0 })));
      return seen;
    };
    const beside = await outcomes();
    for (const table of ["day", "location", "connection", "once"]) {
      await env.SHARD_0.prepare(`DELETE FROM ${table} WHERE shop_id = ?1`).bind(THEIRS).run();
    }
    const alone = await outcomes();
    expect(alone.map((outcome, index) => (outcome === beside[index] ? null : statements[index])).filter((text) => text !== null)).toEqual([]);
  });
});

describe("a shop's handle refuses", () => {
  const mine = "SELECT * FROM location WHERE location.shop_id = ?1";

  it("another shop's id where its own belongs", () => {
    expect(() => ours.prepare(mine).bind(THEIRS)).toThrow(StatementRefused);
    expect(() => ours.prepare(mine).bind(OURS.toUpperCase())).toThrow(StatementRefused);
    expect(() => ours.prepare(mine).bind(null)).toThrow(StatementRefused);
    expect(() => ours.prepare(mine).bind([OURS])).toThrow(StatementRefused);
    expect(() => ours.prepare("SELECT * FROM day AS a, day AS b WHERE a.shop_id = ?1 AND b.shop_id = ?2").bind(OURS, THEIRS)).toThrow(StatementRefused);
    expect(() => ours.prepare("INSERT INTO mapping (shop_id, version) VALUES (?, 1), (?, 2)").bind(OURS, THEIRS)).toThrow(StatementRefused);
  });

  it("too few or too many values", () => {
    expect(() => ours.prepare(mine).bind()).toThrow(StatementRefused);
    expect(() => ours.prepare(mine).bind(OURS, OURS)).toThrow(StatementRefused);
  });

  it("to run before anything was bound", async () => {
    const unbound = ours.prepare(mine);
    for (const run of [unbound.all(), unbound.run(), unbound.first(), unbound.raw(), ours.batch([unbound])]) {
      await expect(run).rejects.toThrow(StatementRefused);
    }
  });

  it("statements of the database below it, and of another shop's handle, in a batch", async () => {
    const theirs = guardDatabase(env.SHARD_0, THEIRS, read, null);
    await expect(ours.batch([env.SHARD_0.prepare("DELETE FROM day")])).rejects.toThrow(StatementRefused);
    await expect(ours.batch([theirs.prepare(mine).bind(THEIRS)])).rejects.toThrow(StatementRefused);
  });

  it("everything that is not a prepared statement", () => {
    expect(() => ours.exec("DELETE FROM day")).toThrow(StatementRefused);
    expect(() => ours.dump()).toThrow(StatementRefused);
    expect(() => ours.withSession()).toThrow(StatementRefused);
  });

  it("what drizzle makes when a store forgets the filter, or is given another shop's id", async () => {
    const { orm } = openShopDb(env, OURS, 0);
    expect(() => orm.select().from(location).prepare()).toThrow(StatementRefused);
    const refused = { cause: expect.any(StatementRefused) };
    await expect(orm.select().from(location).where(eq(location.shopId, THEIRS)).execute()).rejects.toMatchObject(refused);
    expect(() => orm.update(location).set({ shopId: THEIRS }).where(eq(location.shopId, OURS)).prepare()).toThrow(StatementRefused);
    await expect(async () => await orm.all(sql`SELECT * FROM day WHERE day.shop_id = ${OURS} OR 1 = 1`)).rejects.toThrow(StatementRefused);
    await expect(async () => await orm.all(sql.raw("SELECT * FROM sqlite_master"))).rejects.toThrow(StatementRefused);
  });
});

describe("a row of another shop that came all the same", () => {
  // As if the reader of statements had let everything pass.
  const lax = guardDatabase(env.SHARD_0, OURS, () => ({ shopParameters: [], parameterCount: 0 }), null);
  const insert = "INSERT INTO once (shop_id, key, input_hash, answer, created_at) VALUES ('stranger', 'k', 'h', '{}', 1)";

  it("is not handed out, by whichever way it was asked for", async () => {
    await env.SHARD_0.prepare(insert).run();
    const all = "SELECT * FROM once ORDER BY shop_id DESC";
    for (const read of [lax.prepare(all).all(), lax.prepare(all).first(), lax.prepare(all).raw(), lax.prepare(all).run(), lax.batch([lax.prepare(all)])]) {
      await expect(read).rejects.toThrow("a row of another shop");
    }
    expect(await lax.prepare(`SELECT key, shop_id FROM once WHERE shop_id = '${OURS}'`).raw({ columnNames: true })).toEqual([["key", "shop_id"], ["key", OURS]]);
  });
});

describe("the memory of statements", () => {
  it("is bounded, and forgetting changes no verdict", () => {
    const small = createDemandReader(SHOP_TABLES);
    for (let number = 0; number < 2_000; number += 1) {
      expect(small(`SELECT ${number} FROM day WHERE day.shop_id = ?`).shopParameters).toEqual([1]);
    }
    expect(small("SELECT 0 FROM day WHERE day.shop_id = ?").shopParameters).toEqual([1]);
    expect(() => small("SELECT 0 FROM day")).toThrow(StatementRefused);
  });

  it("never lets one shop's verdict serve another", async () => {
    const names = await Promise.all(Array.from({ length: 200 }, async (_, index) => {
      const shop: ShopId = index % 2 === 0 ? OURS : THEIRS;
      const rows = await drizzle(guardDatabase(env.SHARD_0, shop, read, null)).select().from(location).where(eq(location.shopId, shop));
      return rows.every((row) => row.shopId === shop);
    }));
    expect(names.every(Boolean)).toBe(true);
  });
});

describe("the observer", () => {
  it("is told of every round trip, with the rows that D1 read and wrote", async () => {
    const trips: unknown[] = [];
    const { orm } = openShopDb(env, OURS, 0, (trip) => trips.push(trip));
    await orm.update(location).set({ name: "renamed" }).where(eq(location.shopId, OURS));
    await orm.batch([orm.select().from(location).where(eq(location.shopId, OURS)), orm.select().from(location).where(eq(location.shopId, OURS))]);
    expect(trips).toEqual([{ statements: 1, rowsRead: expect.any(Number), rowsWritten: 2 }, { statements: 2, rowsRead: 4, rowsWritten: 0 }]);
  });
});
