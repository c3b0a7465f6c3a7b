/** Every table that exists is classed: owned by a shop or part of the directory, never both, never neither. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { shardsOf } from "../../src/platform/env";
import { DIRECTORY_TABLES, SHOP_TABLES } from "../../src/platform/tables";

async function tablesIn(database: D1Database): Promise<string[]> {
  const { results } = await database.prepare(
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name <> 'd1_migrations'",
  ).all<{ name: string }>();
  return results.map(({ name }) => name).toSorted();
}

describe("every table", () => {
  it("of a shard is a shop's, on every shard alike", async () => {
    for (const shard of shardsOf(env)) expect(await tablesIn(shard)).toEqual([...SHOP_TABLES].toSorted());
  });

  it("of the directory is the directory's", async () => {
    expect(await tablesIn(env.DIRECTORY)).toEqual([...DIRECTORY_TABLES].toSorted());
  });

  it("is in one class only", () => {
    expect([...SHOP_TABLES].filter((table) => DIRECTORY_TABLES.has(table))).toEqual([]);
  });

  it("of a shop leads every unique index with shop_id, so that no upsert can find another shop's row", async () => {
    for (const table of SHOP_TABLES) {
      const { results } = await env.SHARD_0.prepare(
        "SELECT i.name, c.name AS first FROM pragma_index_list(?1) AS i JOIN pragma_index_info(i.name) AS c ON c.seqno = 0 WHERE i.\"unique\" = 1",
      ).bind(table).all<{ first: string }>();
      expect(results.length, table).toBeGreaterThan(0);
      expect(results.filter(({ first }) => first !== "shop_id"), table).toEqual([]);
    }
  });
});
