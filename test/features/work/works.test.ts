/** A bookkeeper's list over many shops: what needs them, by their own role in each, and nothing of anybody else's shop. */
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { workRoutes } from "../../../src/features/work/routes";
import { workView, type WorkView } from "../../../src/features/work/contract";
import type { PersonEnv, SignedIn } from "../../../src/http/person";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type SessionId } from "../../../src/kernel/ids";
import { ok } from "../../../src/kernel/result";
import type { Role } from "../../../src/kernel/roles";
import { readConfig } from "../../../src/platform/env";
import type { BulkOutcome } from "../../../src/features/sync/contract";
import { countedBindings } from "../../support/counting";
import { booked, BOWL, date, dayRow, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld, type ShopOptions } from "../../support/given";

const DAY = date("2026-07-14");

/** Somebody with a role in each of these shops, at `auth.`. */
async function bookkeeper(given: GivenWorld, roles: readonly (readonly [GivenShop, Role])[]) {
  const id = newId(systemRandom);
  const { DIRECTORY } = given.env;
  await DIRECTORY.batch([
    DIRECTORY.prepare("INSERT INTO person (id, email, name, created_at) VALUES (?1, ?2, 'Bo Keeper', 1)").bind(id, `${id}@example.com`),
    ...roles.map(([shop, role]) => DIRECTORY.prepare("INSERT INTO membership (shop_id, person_id, role, created_at) VALUES (?1, ?2, ?3, 1)").bind(shop.shopId, id, role)),
  ]);
  const signed: SignedIn = {
    sessionId: newId<SessionId>(systemRandom), personId: id as SignedIn["personId"], name: "Bo Keeper", email: `${id}@example.com`, verifiedAt: 1,
    state: "open", factors: ["password"], provedAt: 1, secondFactorAt: null, from: { address: "", place: "", device: "" },
  };
  return async <T>(method: "GET" | "POST", path: string, env = given.env): Promise<{ status: number; body: T }> => {
    const app = new Hono<PersonEnv>().use(async (c, next) => {
      c.set("world", given.world);
      c.set("config", readConfig(given.env));
      c.set("identifyPerson", async () => ok(signed));
      await next();
    }).route("/api", workRoutes);
    const init = method === "GET" ? {} : { body: "{}", headers: { "content-type": "application/json" } };
    const response = await app.fetch(new Request(`https://auth.daybook.example/api${path}`, { method, ...init }), env);
    return { status: response.status, body: await response.json() };
  };
}

async function shopWithDay(given: GivenWorld, options: ShopOptions = {}): Promise<GivenShop> {
  const shop = await givenShop(given, options);
  sell(given, shop.locations[0], DAY, [{ id: `A${shop.shopId.slice(0, 6)}`, lines: [BOWL], tipMinor: 100 }]);
  await sync(given, shop, DAY);
  return shop;
}

const three = () => givenWorld({ merchants: [{ locations: [{ name: "Pier" }] }, { locations: [{ name: "Quay" }] }, { locations: [{ name: "Dock" }] }] });

describe("the list", () => {
  it("names what is held before what waits for approval, and nothing of a day that is in the books", async () => {
    const given = three();
    const ready = await shopWithDay(given, { mode: "approve" });
    const held = await shopWithDay(given, { merchant: 1, shard: 1, unmapped: ["tip"] });
    const posted = await shopWithDay(given, { merchant: 2 });
    const ask = await bookkeeper(given, [[ready, "admin"], [held, "viewer"], [posted, "owner"]]);
    const { body } = await ask<WorkView>("GET", "/work");
    expect(workView.parse(body).items.map(({ kind, shop, count }) => [kind, shop.id, count])).toEqual([["held", held.shopId, 1], ["ready", ready.shopId, 1]]);
    expect(body.items[0]).toMatchObject({ title: expect.stringContaining("no account") as string, shop: { mayPost: false, mayRetry: false }, days: [{ date: DAY, location: "Quay" }] });
    expect(body.items[0]?.days[0]?.url).toBe(`${body.items[0]?.shop.url}days/${held.locations[0].id}/${DAY}`);
    expect(body).toMatchObject({ shops: 3, problems: [], left: 0 });
  });

  it("shows nothing of shops where the person may not see days, and nothing of others'", async () => {
    const given = three();
    const sales = await shopWithDay(given, { unmapped: ["tip"] });
    await shopWithDay(given, { merchant: 1, unmapped: ["tip"] });
    const ask = await bookkeeper(given, [[sales, "sales"]]);
    expect((await ask<WorkView>("GET", "/work")).body).toEqual({ shops: 0, items: [], problems: [], left: 0 });
  });

  it("says which shop asks for a second factor, and shows nothing of it", async () => {
    const given = givenWorld();
    const shop = await shopWithDay(given, { unmapped: ["tip"] });
    await given.env.DIRECTORY.prepare("UPDATE shop SET requires_second_factor = 1 WHERE id = ?").bind(shop.shopId).run();
    const ask = await bookkeeper(given, [[shop, "owner"]]);
    expect((await ask<WorkView>("GET", "/work")).body).toMatchObject({ items: [], problems: [{ problem: "second_factor_needed" }] });
  });

  it("costs one trip to each shop", async () => {
    const given = three();
    const shops = [await shopWithDay(given), await shopWithDay(given, { merchant: 1 })];
    const ask = await bookkeeper(given, shops.map((shop) => [shop, "viewer"] as const));
    const { env, cost } = countedBindings(given.env);
    const { body } = await ask<WorkView>("GET", "/work", env);
    expect(body).toMatchObject({ shops: 2, problems: [] });
    expect(cost.trips).toBe(2);
  });
});

describe("from the list", () => {
  it("all ready days of a shop are posted, each with its line by the person", async () => {
    const given = givenWorld();
    const shop = await shopWithDay(given, { mode: "approve" });
    const ask = await bookkeeper(given, [[shop, "admin"]]);
    expect((await ask<BulkOutcome>("POST", `/work/${shop.shopId}/post`)).body).toEqual({ done: 1, of: 1, problems: [], left: 0 });
    await given.drain();
    expect(booked(given, shop)).toHaveLength(1);
    expect((await dayRow(shop, DAY))?.state).toBe("posted");
  });

  it("a viewer posts and retries nothing, and another's shop is as absent as none", async () => {
    const given = three();
    const own = await shopWithDay(given, { mode: "approve" });
    const others = await shopWithDay(given, { merchant: 1, mode: "approve" });
    const ask = await bookkeeper(given, [[own, "viewer"]]);
    expect((await ask("POST", `/work/${own.shopId}/post`)).status).toBe(403);
    expect((await ask("POST", `/work/${own.shopId}/retry`)).status).toBe(403);
    const [foreign, absent] = [await ask("POST", `/work/${others.shopId}/post`), await ask("POST", `/work/${"z".repeat(26)}/post`)];
    expect(foreign).toEqual(absent);
    expect(foreign.status).toBe(404);
    expect(given.queue.waiting()).toEqual([]);
  });
});
