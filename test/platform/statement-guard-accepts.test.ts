/** Every shape of statement that drizzle makes and stores write by hand, run on real D1 through a shop's handle. */
import { and, asc, count, eq, gte, inArray, isNull, lte, max, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { chart, connection, location } from "../../src/features/connections/table";
import { day } from "../../src/features/days/table";
import { mapping } from "../../src/features/mapping/table";
import { postingRule } from "../../src/features/sync/table";
import type { BusinessDate } from "../../src/kernel/day";
import type { ConnectionId, LocationId, PersonId } from "../../src/kernel/ids";
import { openShopDb } from "../../src/platform/database";
import { OURS, plantTwoShops } from "../support/two-shops";

const db = openShopDb(env, OURS, 0);
const { orm, shopId } = db;
const one = "one" as LocationId;
const till = "till" as ConnectionId;
const person = "person" as PersonId;
const july1 = "2026-07-01" as BusinessDate;

beforeAll(plantTwoShops);

describe("a shop's handle reads", () => {
  it("one row by its key, and counts, and aggregates", async () => {
    const [row] = await orm.select().from(location).where(and(eq(location.shopId, shopId), eq(location.id, one))).limit(1);
    expect(row?.name).toBe("ours");
    expect(await orm.$count(location, eq(location.shopId, shopId))).toBe(2);
    const [numbers] = await orm.select({ days: count(), last: max(day.businessDate) }).from(day).where(eq(day.shopId, shopId));
    expect(numbers).toEqual({ days: 2, last: "2026-07-02" });
  });

  it("many rows, filtered, ordered, grouped and paged", async () => {
    const wanted = and(eq(day.shopId, shopId), inArray(day.state, ["ready", "held"]), or(isNull(day.reason), gte(day.revision, 1)));
    const rows = await orm.select({ date: day.businessDate }).from(day).where(wanted).orderBy(asc(day.businessDate)).limit(5).offset(0);
    expect(rows.map((row) => row.date)).toEqual(["2026-07-01", "2026-07-02"]);
    const groups = await orm.select({ state: day.state, days: count() }).from(day).where(eq(day.shopId, shopId)).groupBy(day.state)
      .having(({ days }) => gte(days, 1));
    expect(groups).toEqual([{ state: "ready", days: 2 }]);
  });

  it("joins of its tables, tied by shop_id or each filtered", async () => {
    const tied = await orm.select({ name: location.name, date: day.businessDate }).from(day)
      .innerJoin(location, and(eq(location.shopId, day.shopId), eq(location.id, day.locationId)))
      .where(eq(day.shopId, shopId));
    expect(tied).toHaveLength(2);
    const other = alias(location, "other");
    const left = await orm.select().from(location)
      .leftJoin(other, and(eq(other.shopId, shopId), eq(other.code, location.code)))
      .leftJoin(connection, and(eq(connection.shopId, other.shopId), eq(connection.id, other.connectionId)))
      .where(eq(location.shopId, shopId));
    expect(left.map((row) => row.connection?.name)).toEqual(["ours", "ours"]);
  });

  it("subqueries, common tables and compounds that are each filtered", async () => {
    const latest = orm.$with("latest").as(
      orm.select({ locationId: day.locationId, date: max(day.businessDate).as("date") }).from(day).where(eq(day.shopId, shopId)).groupBy(day.locationId),
    );
    expect(await orm.with(latest).select().from(latest)).toEqual([{ locationId: "one", date: "2026-07-02" }]);
    const ids = orm.select({ id: location.id }).from(location).where(eq(location.shopId, shopId));
    expect(await orm.select().from(day).where(and(eq(day.shopId, shopId), inArray(day.locationId, ids)))).toHaveLength(2);
    const days = orm.select({ name: sql<string>`${day.fingerprint}` }).from(day).where(eq(day.shopId, shopId));
    const union = await orm.select({ name: location.name }).from(location).where(eq(location.shopId, shopId)).union(days);
    expect(union).toEqual([{ name: "ours" }]);
  });

  it("by hand, with numbered parameters, json_each, CASE, CAST and the operators of JSON", async () => {
    const rows = await orm.all<{ id: string; due: string }>(sql`
      SELECT l.id, CASE WHEN l.next_due_at <= ${100} THEN 'due' ELSE CAST(l.next_due_at AS TEXT) END AS due
      FROM json_each(${'[{"id":"one"},{"id":"two"}]'}) AS wanted
      JOIN location AS l ON l.shop_id = ${shopId} AND l.id = wanted.value ->> 'id'
      WHERE l.name LIKE ${"our%"} ESCAPE '\\' AND l.code NOT IN ('X', 'Y') AND l.next_due_at BETWEEN 1 AND 1 + 200
      ORDER BY l.id DESC NULLS LAST`);
    expect(rows).toEqual([{ id: "two", due: "101" }, { id: "one", due: "due" }]);
  });

  it("nothing of a table, when that is asked", async () => {
    expect(await orm.get(sql`SELECT 1 + 1 AS two, json_extract(${'{"a":3}'}, '$.a') AS three`)).toEqual({ two: 2, three: 3 });
  });
});

describe("a shop's handle writes", () => {
  it("rows, many at once", async () => {
    await orm.insert(postingRule).values({ shopId, mode: "preview", unknownLines: "hold", openChecks: "hold", corrections: "delta", leastCorrectionMinor: 0, method: "journal", changedBy: "person", changedAt: 1 });
    const rows = ["2026-06-01", "2026-06-02", "2026-06-03"].map((date) => ({
      shopId, locationId: one, businessDate: date as BusinessDate, state: "ready" as const, revision: 0, attempts: [], changedAt: 1,
    }));
    const written = await orm.insert(day).values(rows).returning({ date: day.businessDate });
    expect(written).toHaveLength(3);
  });

  it("upserts that write nothing when nothing changed", async () => {
    const upsert = (readAt: number) => orm.insert(chart).values({ shopId, connectionId: till, accounts: [], readAt }).onConflictDoUpdate({
      target: [chart.shopId, chart.connectionId], set: { readAt: sql`excluded.read_at` }, setWhere: sql`chart.read_at IS NOT excluded.read_at`,
    }).returning();
    expect(await upsert(1)).toHaveLength(1);
    expect(await upsert(1)).toHaveLength(0);
    expect(await upsert(2)).toHaveLength(1);
    await orm.insert(chart).values({ shopId, connectionId: till, accounts: [], readAt: 9 }).onConflictDoNothing();
    expect((await orm.select().from(chart).where(eq(chart.shopId, shopId)))[0]?.readAt).toBe(2);
  });

  it("many rows as one JSON parameter", async () => {
    const result = await orm.run(sql`
      INSERT INTO location (shop_id, id, connection_id, external_id, name, code, zone, currency, cut_offs)
      SELECT ${shopId}, value ->> 'id', ${till}, value ->> 'id', value ->> 'name', value ->> 'code', 'UTC', 'USD', '[]'
      FROM json_each(${JSON.stringify([{ id: "three", name: "ours", code: "L03" }, { id: "four", name: "ours", code: "L04" }])}) WHERE true
      ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name WHERE location.name IS NOT excluded.name`);
    expect(result.meta.changes).toBe(2);
  });

  it("changes and removals under a condition, with what they returned", async () => {
    const changed = await orm.update(day).set({ state: "failed", reason: { kind: "key_unavailable" } })
      .where(and(eq(day.shopId, shopId), eq(day.locationId, one), eq(day.businessDate, july1), lte(day.revision, 0))).returning({ state: day.state });
    expect(changed).toEqual([{ state: "failed" }]);
    const removed = await orm.delete(day).where(and(eq(day.shopId, shopId), lte(day.businessDate, "2026-06-30" as BusinessDate))).returning();
    expect(removed).toHaveLength(3);
    const moved = await orm.run(sql`
      UPDATE location SET next_due_at = moved.value ->> 'next' FROM json_each(${'[{"id":"one","next":500}]'}) AS moved
      WHERE location.shop_id = ${shopId} AND location.id = moved.value ->> 'id'`);
    expect(moved.meta.changes).toBe(1);
  });

  it("several statements as one batch, whole or not at all", async () => {
    const save = (version: number) => orm.insert(mapping).values({ shopId, version, accounts: {}, savedBy: person, savedAt: 1 });
    const [, rows] = await orm.batch([save(2), orm.select().from(mapping).where(eq(mapping.shopId, shopId))]);
    expect(rows).toHaveLength(2);
    await expect(orm.batch([save(3), save(2)])).rejects.toThrow();
    expect(await orm.$count(mapping, eq(mapping.shopId, shopId))).toBe(2);
  });

  it("a batch with statements written by hand, each answered in its place", async () => {
    const [one, two, three] = await orm.batch([
      orm.all(sql`SELECT code FROM location WHERE location.shop_id = ${shopId} AND location.id = ${"one"}`),
      orm.run(sql`UPDATE location SET zone = ${"Europe/Paris"} WHERE location.shop_id = ${shopId} AND location.id = ${"one"}`),
      orm.select({ zone: location.zone }).from(location).where(and(eq(location.shopId, shopId), eq(location.id, "one" as LocationId))),
    ]);
    expect(one).toEqual([{ code: "L00" }]);
    expect(two.meta.changes).toBe(1);
    expect(three).toEqual([{ zone: "Europe/Paris" }]);
  });

  it("no batch whose columns D1 would run together", async () => {
    const joined = orm.select({ location: location.id, connection: connection.id }).from(location)
      .innerJoin(connection, eq(connection.shopId, location.shopId)).where(eq(location.shopId, shopId));
    expect((await joined)[0]).toEqual({ location: expect.any(String), connection: "till" });
    await expect(orm.batch([joined])).rejects.toThrow("a name of its own");
  });

  it("a row from rows that are its own", async () => {
    await orm.run(sql`
      INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at)
      SELECT mapping.shop_id, max(mapping.version) + 1, '{}', 'person', 1 FROM mapping WHERE mapping.shop_id = ${shopId}`);
    expect(await orm.$count(mapping, eq(mapping.shopId, shopId))).toBe(3);
  });
});
