/** 181 days at three shops, line by line known beforehand: the job is done exactly once and to the cent. */
import { beforeAll, describe, expect, it } from "vitest";
import { listDays } from "../../../src/features/days/service";
import { startBackfill } from "../../../src/features/sync/backfill";
import { coffeeCategoryId, coffeeLocationId } from "../../../src/sandbox/coffee-orders";
import { addDays, type BusinessDate } from "../../../src/kernel/day";
import { sum } from "../../../src/kernel/money";
import { coffeeHistory, coffeeOracle, givenCoffeeShop } from "../../support/coffee";
import type { GivenShop, GivenWorld } from "../../support/given";
import { IS_THOROUGH } from "../../support/thorough";

const history = await coffeeHistory();
const DAYS = 181 * 3;

describe.skipIf(history === null)("the coffee history (skipped where ../shared/data is absent)", () => {
  let given: GivenWorld;
  let shop: GivenShop;

  /** Reads and posts every day from one on; all of them where none is named. */
  const backfill = async (since?: BusinessDate): Promise<void> => {
    const { world, env } = given;
    const { firstDate, lastDate: to } = history ?? { firstDate: "", lastDate: "" };
    const from = since ?? firstDate;
    const started = await startBackfill({ world, env, visit: shop.visit() }, { locations: shop.locations.map(({ id }) => id), from, to, post: true });
    expect(started.ok).toBe(true);
  };

  const allDays = async () => {
    const { firstDate, lastDate } = history ?? {};
    if (firstDate === undefined || lastDate === undefined) return [];
    const halves = [[firstDate, addDays(firstDate, 90)], [addDays(firstDate, 91), lastDate]] as const;
    return (await Promise.all(halves.map(async ([from, to]) => await listDays(shop.db, from, to)))).flat();
  };

  beforeAll(async () => {
    if (history === null) return;
    ({ given, shop } = await givenCoffeeShop(history));
    await backfill();
    await given.drain();
  }, 180_000);

  const entries = () => given.providers.quickbooks.control.entries(shop.merchant.realm);

  it("comes to exactly one entry a day and shop", async () => {
    expect(entries()).toHaveLength(DAYS);
    expect(new Set(entries().map((entry) => entry.DocNumber)).size).toBe(DAYS);
    expect((await allDays()).map((day) => day.state).filter((state) => state !== "posted")).toEqual([]);
  });

  it("has the known gross in every cell of day, shop and category, 698,812.33 in all", async () => {
    const storeOf = new Map(shop.locations.map(({ id, externalId }) => [id, externalId]));
    const found = new Map((await allDays()).flatMap((day) => (day.totals?.categories ?? []).map((category) => (
      [`${day.businessDate} ${storeOf.get(day.locationId)} ${category.id}`, category.grossMinor] as const
    ))));
    const oracle = await coffeeOracle();
    const wanted = new Map(oracle.map((cell) => [`${cell.date} ${coffeeLocationId(cell.store)} ${coffeeCategoryId(cell.category)}`, cell.cents]));
    expect(found).toEqual(wanted);
    expect(sum(found.values())).toBe(69_881_233);
  });

  it("posts nothing more when the last weeks (everything, when thorough) are run again, twice and side by side", async () => {
    const before = JSON.stringify(entries());
    const since = IS_THOROUGH || history === null ? undefined : addDays(history.lastDate, -20);
    await backfill(since);
    await backfill(since);
    await Promise.all([given.drain(), given.drain()]);
    expect(entries()).toHaveLength(DAYS);
    expect(JSON.stringify(entries())).toBe(before);
  }, 180_000);
});
