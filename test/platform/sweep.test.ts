/** The planner's look across shops: six statements, each read here, and no other way to run one like them. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { sweep, sweepStatement, SWEEPS } from "../../src/platform/sweep";
import { StatementRefused } from "../../src/platform/sql-tokens";
import { demandOf } from "../../src/platform/statement-rule";
import { SHOP_TABLES } from "../../src/platform/tables";
import { OURS, plantTwoShops, THEIRS } from "../support/two-shops";

beforeAll(plantTwoShops);

const shard = env.SHARD_0;

describe("the sweeps", () => {
  it("find due locations of every shop, earliest first, as many as are asked for", async () => {
    const rows = await sweep(shard, "dueLocations", [100, 10]);
    expect(new Set(rows.map((row) => `${row.shop_id} ${row.id} ${row.next_due_at}`))).toEqual(new Set([`${OURS} one 100`, `${THEIRS} one 100`]));
    expect(await sweep(shard, "dueLocations", [99, 10])).toEqual([]);
    expect(await sweep(shard, "dueLocations", [200, 3])).toHaveLength(3);
  });

  it("find the days that locations have, each with its own shop's", async () => {
    const asked = JSON.stringify([{ shop: OURS, location: "one" }, { shop: THEIRS, location: "two" }]);
    const rows = await sweep(shard, "knownDays", [asked, "2026-07-02"]);
    expect(rows).toEqual([{ shop_id: OURS, location_id: "one", business_date: "2026-07-02" }]);
  });

  it("move a due instant on only where nobody has moved it meanwhile", async () => {
    const move = (was: number) => sweep(shard, "moveDue", [JSON.stringify([{ shop: OURS, location: "one", was, next: 900 }])]);
    const due = async () => await shard.prepare("SELECT shop_id, next_due_at FROM location WHERE id = 'one' ORDER BY shop_id").all();
    await move(55);
    expect((await due()).results).toEqual([{ shop_id: OURS, next_due_at: 100 }, { shop_id: THEIRS, next_due_at: 100 }]);
    await move(100);
    expect((await due()).results).toEqual([{ shop_id: OURS, next_due_at: 900 }, { shop_id: THEIRS, next_due_at: 100 }]);
  });

  it("find the logs that have grown since before an instant, the longest waiting first", async () => {
    await shard.batch([[OURS, 20], [THEIRS, 10]].map(([shop, since]) => shard.prepare("INSERT INTO audit_pending (shop_id, since) VALUES (?1, ?2)").bind(shop, since)));
    expect(await sweep(shard, "grownLogs", [20, 10])).toEqual([{ shop_id: THEIRS }, { shop_id: OURS }]);
    expect(await sweep(shard, "grownLogs", [19, 10])).toEqual([{ shop_id: THEIRS }]);
    expect(await sweep(shard, "grownLogs", [20, 1])).toEqual([{ shop_id: THEIRS }]);
  });

  it("find the shops with objects that are to be removed, each once", async () => {
    const stray = (shop: string, key: string, at: number) => shard.prepare("INSERT INTO stray_object (shop_id, object_key, sweep_at) VALUES (?1, ?1 || '/' || ?2, ?3)").bind(shop, key, at);
    await shard.batch([stray(OURS, "a", 0), stray(OURS, "b", 7), stray(THEIRS, "c", 9)]);
    expect(await sweep(shard, "strayObjects", [8, 10])).toEqual([{ shop_id: OURS }]);
    expect(await sweep(shard, "strayObjects", [9, 10])).toHaveLength(2);
    expect(await sweep(shard, "strayObjects", [9, 1])).toHaveLength(1);
  });

  it("use the planner's index and no full scan", async () => {
    const plan = await shard.prepare(`EXPLAIN QUERY PLAN ${sweepStatement("dueLocations")}`).bind(1, 1).all<{ detail: string }>();
    expect(plan.results.map((row) => row.detail).join()).toContain("location_due");
    for (const name of ["knownDays", "moveDue"] as const) {
      const parameters = name === "knownDays" ? ["[]", "2026-01-01"] : ["[]"];
      const steps = await shard.prepare(`EXPLAIN QUERY PLAN ${sweepStatement(name)}`).bind(...parameters).all<{ detail: string }>();
      expect(steps.results.map((row) => row.detail).filter((detail) => /SCAN (?:day|location)\b/.test(detail))).toEqual([]);
    }
  });

  it("are eight, and can read or write neither amounts nor names nor people", () => {
    expect(SWEEPS).toEqual(["dueLocations", "knownDays", "moveDue", "grownLogs", "strayObjects", "dueMessages", "dueLists", "expiredImports"]);
    for (const name of SWEEPS) expect(sweepStatement(name)).not.toMatch(/totals|lines|minor|name|accounts|actor|_by|\*/i);
  });

  it("would be refused from a shop's own handle", () => {
    for (const name of SWEEPS) expect(() => demandOf(sweepStatement(name), SHOP_TABLES)).toThrow(StatementRefused);
  });
});
