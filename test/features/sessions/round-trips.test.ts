/** What being known costs: one look into the directory, and one at the shop's own rows. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app";
import type { Bindings } from "../../../src/platform/env";
import { createTestWorld, originOf } from "../../support/app";
import { enteredBrowser, givenPerson, givenShop } from "../../support/people";

/** The bindings, with every round trip to a database counted by its name. */
function counted(trips: Map<string, number>): Bindings {
  const wrap = (name: string, database: D1Database): D1Database => {
    const count = () => void trips.set(name, (trips.get(name) ?? 0) + 1);
    const inner = new WeakMap<object, D1PreparedStatement>();
    const wrapped = (statement: D1PreparedStatement): D1PreparedStatement => {
      const asked = (method: "run" | "all" | "raw" | "first") => async (...values: unknown[]) => {
        count();
        return await (statement[method] as (...given: unknown[]) => Promise<unknown>)(...values);
      };
      const proxy = { bind: (...values: unknown[]) => wrapped(statement.bind(...values)), run: asked("run"), all: asked("all"), raw: asked("raw"), first: asked("first") };
      inner.set(proxy, statement);
      return proxy as unknown as D1PreparedStatement;
    };
    const batch = async (statements: D1PreparedStatement[]) => {
      count();
      return await database.batch(statements.map((statement) => inner.get(statement) ?? statement));
    };
    return { prepare: (sql: string) => wrapped(database.prepare(sql)), batch } as unknown as D1Database;
  };
  return { ...env, DIRECTORY: wrap("directory", env.DIRECTORY), SHARD_0: wrap("shard", env.SHARD_0), SHARD_1: wrap("shard", env.SHARD_1) };
}

describe("an authenticated read", () => {
  it.each([
    ["/api/shop", { directory: 1 }], ["/api/days?from=2026-07-01&to=2026-07-14", { directory: 1, shard: 1 }], ["/api/connections", { directory: 1, shard: 1 }],
    ["/api/posting", { directory: 1, shard: 1 }], ["/api/backfills", { directory: 1, shard: 1 }],
  ])("of %s costs at most one round trip to the directory and one to the shard", async (path, most) => {
    const world = createTestWorld();
    const slug = `trip-${path.replaceAll(/[^a-z]/g, "").slice(3, 12)}`;
    const mara = await givenPerson(world, `Mara ${slug}`);
    const browser = await enteredBrowser(world, mara, await givenShop(world, slug, mara));
    const cookie = [...browser.cookies(new URL(originOf(slug)).host)].map(([name, value]) => `${name}=${value}`).join("; ");
    const trips = new Map<string, number>();
    const answer = await createApp(world).fetch(new Request(`${originOf(slug)}${path}`, { headers: { cookie } }), counted(trips));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(trips)).toEqual(most);
  });
});
