/** The planner over real shards: nothing lost, nothing doubled, whatever happens between its steps. */
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../src/kernel/clock";
import { booked, date, dayRow, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";

const FIRST = date("2026-07-12");

async function givenTwoShops() {
  const given = givenWorld({ merchants: [{ locations: [{ name: "Pier" }, { name: "Market" }] }, { locations: [{ name: "Lantern", zone: "Asia/Kolkata" }] }] });
  // Earlier tests of this file left their shops due on the same shards.
  for (const shard of [given.env.SHARD_0, given.env.SHARD_1]) await shard.prepare("UPDATE location SET next_due_at = NULL").run();
  const harbour = await givenShop(given, { startsOn: FIRST, shard: 0 });
  const lantern = await givenShop(given, { merchant: 1, startsOn: FIRST, shard: 1 });
  for (const on of ["2026-07-12", "2026-07-13", "2026-07-14", "2026-07-15"]) {
    for (const [shop, location] of [[harbour, 0], [harbour, 1], [lantern, 0]] as const) {
      const place = shop.locations[location];
      if (place !== undefined) sell(given, place, date(on), [{ id: `${on}-${place.id}` }]);
    }
  }
  return { given, harbour, lantern };
}

const numbers = (given: GivenWorld, shop: GivenShop) => booked(given, shop).map((entry) => entry.number).toSorted();

const HARBOUR_NIGHTS = ["DB-L00-260712-S1", "DB-L00-260713-S1", "DB-L00-260714-S1", "DB-L01-260712-S1", "DB-L01-260713-S1", "DB-L01-260714-S1"];

describe("the planner", () => {
  it("posts every settled day of every shop on every shard, and the next night the next", async () => {
    const { given, harbour, lantern } = await givenTwoShops();
    await given.jobs.scheduled(given.env);
    await given.drain();
    expect(numbers(given, harbour)).toEqual(HARBOUR_NIGHTS);
    expect(numbers(given, lantern)).toEqual(["DB-L00-260712-S1", "DB-L00-260713-S1", "DB-L00-260714-S1"]);
    given.pass(DAY);
    await given.jobs.scheduled(given.env);
    await given.drain();
    expect(numbers(given, harbour)).toEqual([...HARBOUR_NIGHTS, "DB-L00-260715-S1", "DB-L01-260715-S1"].toSorted());
  });

  it("that fires twice at once, and again, doubles nothing", async () => {
    const { given, harbour } = await givenTwoShops();
    await Promise.all([given.jobs.scheduled(given.env), given.jobs.scheduled(given.env)]);
    await given.jobs.scheduled(given.env);
    await given.drain();
    expect(numbers(given, harbour)).toEqual(HARBOUR_NIGHTS);
  });

  it("that dies between enqueuing and moving on, enqueues again and doubles nothing", async () => {
    const { given, harbour } = await givenTwoShops();
    const dying = { ...given.env, SHARD_0: refusing(given.env.SHARD_0, "UPDATE location"), SHARD_1: refusing(given.env.SHARD_1, "UPDATE location") };
    await expect(given.jobs.scheduled(dying)).rejects.toThrow();
    const sent = given.queue.waiting().length;
    await given.jobs.scheduled(given.env);
    expect(given.queue.waiting()).toHaveLength(2 * sent);
    await given.drain();
    expect(numbers(given, harbour)).toEqual(HARBOUR_NIGHTS);
  });

  it("that dies while enqueuing stays due", async () => {
    const { given, harbour } = await givenTwoShops();
    const broken = { ...given.env, SYNC_QUEUE: { sendBatch: async () => { throw new Error("the queue is away"); } } as unknown as Queue };
    await expect(given.jobs.scheduled(broken)).rejects.toThrow("the queue is away");
    given.pass(6 * HOUR);
    await given.jobs.scheduled(given.env);
    await given.drain();
    expect(numbers(given, harbour)).toEqual(HARBOUR_NIGHTS);
  });

  it("finds days that were lost on the way, and those whose job never ended", async () => {
    const { given, harbour } = await givenTwoShops();
    await given.jobs.scheduled(given.env);
    const [lost] = given.queue.take();
    expect(lost).toBeDefined();
    await sync(given, harbour, date("2026-07-13"));
    await given.env.SHARD_0.prepare("UPDATE day SET state = 'uncertain', pending = '{}' WHERE shop_id = ?1").bind(harbour.shopId).run();
    given.pass(DAY);
    await given.jobs.scheduled(given.env);
    const gaps = given.queue.take().map(({ body }) => (body as { payload: { shopId: string; date: string; why: string } }).payload).filter(({ why, shopId }) => why === "gap" && shopId === harbour.shopId);
    expect(gaps.map((message) => message.date).toSorted()).toEqual(["2026-07-12", "2026-07-12", "2026-07-13", "2026-07-13", "2026-07-14", "2026-07-14"]);
  });

  it("goes on with the other locations when one cannot be planned", async () => {
    const { given, harbour } = await givenTwoShops();
    await given.env.SHARD_0.prepare("UPDATE location SET zone = 'Nowhere/Land' WHERE shop_id = ?1 AND id = ?2").bind(harbour.shopId, harbour.locations[0].id).run();
    await given.jobs.scheduled(given.env);
    await given.drain();
    expect(numbers(given, harbour)).toEqual(HARBOUR_NIGHTS.slice(3));
    expect(given.logs.some((line) => line.includes("planner.unplannable"))).toBe(true);
  });
});

describe("a tab across midnight", () => {
  it("belongs to the night that it was paid in", async () => {
    const given = givenWorld();
    const shop = await givenShop(given, { startsOn: date("2026-07-13"), cutOffs: [{ from: date("2009-01-01"), minutes: 240 }] });
    const [bar] = shop.locations;
    // Paid at 1:30 on the 15th by the wall clock of New York: still the business day of the 14th.
    sell(given, bar, date("2026-07-14"), [{ id: "TAB", at: Date.UTC(2026, 6, 15, 5, 30) }]);
    await given.jobs.scheduled(given.env);
    await given.drain();
    expect((await dayRow(shop, date("2026-07-14"))).state).toBe("posted");
    expect((await dayRow(shop, date("2026-07-13"))).state).toBe("no_sales");
  });
});

/** A database that throws at statements that start so. */
function refusing(database: D1Database, start: string): D1Database {
  return {
    prepare: (sql: string) => {
      if (sql.startsWith(start)) throw new Error("the Worker died");
      return database.prepare(sql);
    },
  } as unknown as D1Database;
}
