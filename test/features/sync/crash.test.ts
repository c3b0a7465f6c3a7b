/**
 * Whatever dies, wherever, however often: one entry in the books, one on record, and the day posted. Every await of a
 * day's job is died at once, and in pairs; then seeded nights add concurrency, duplicates, lost answers,
 * refusals, stalled workers that wake after their lease, and deliveries hours late.
 */
import { env as runtime } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { booked, syncMessage } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { badNight, deathsWithin, each, FIRST, LIVES, openNights, type Night, type Nights } from "../../support/nights";
import { IS_THOROUGH, seeds } from "../../support/thorough";

/** A thousand nights take a minute of two idle cores; a busy machine takes several times that. */
const LONGEST_MS = 400_000;

let given: GivenWorld;
let shop: GivenShop;
let nights: Nights;

/** A world of its own for each test: the simulators look through all they hold at every call. */
beforeEach(async () => {
  given = givenWorld();
  shop = await givenShop(given, { startsOn: FIRST });
  nights = openNights(given, shop, (state) => state === "posted" || state === "final");
});

/** The day's row, its entries on record, and its entries in the books. */
async function endOf({ on }: Night) {
  const [day, entries] = await runtime.SHARD_0.batch<Record<string, unknown>>([
    runtime.SHARD_0.prepare("SELECT state, pending, lease_token, revision FROM day WHERE shop_id = ?1 AND business_date = ?2").bind(shop.shopId, on),
    runtime.SHARD_0.prepare("SELECT external_id FROM entry WHERE shop_id = ?1 AND business_date = ?2").bind(shop.shopId, on),
  ]);
  return { day: day?.results, entries: entries?.results.map((row) => row["external_id"]) };
}

/** A copy of the message that comes after the day was posted finds it unchanged, years after its close: final. */
const POSTED = [{ state: expect.stringMatching(/^(posted|final)$/), pending: null, lease_token: null, revision: 1 }];

async function expectOneEntry(night: Night, told: string): Promise<void> {
  const inBooks = booked(given, shop).filter((entry) => entry.date === night.on).map((entry) => entry.id);
  expect.soft({ ...await endOf(night), inBooks }, told).toEqual({ day: POSTED, entries: inBooks.slice(0, 1), inBooks: [expect.any(String)] });
}

describe("a job that dies", () => {
  it("at any await, before or after its effect, leaves a day that ends with one entry", async () => {
    const [all] = await nights.twice(nights.open(0), LIVES, LIVES);
    expect(all).toBeGreaterThan(8);
    await each(deathsWithin(all), async (death) => {
      const night = nights.open(0);
      await nights.twice(night, death, LIVES);
      await nights.calm(night);
      await expectOneEntry(night, night.on);
    });
  }, LONGEST_MS);

  it("twice, at any two awaits (every third of the second when not thorough), leaves a day that ends with one entry", async () => {
    const [all] = await nights.twice(nights.open(0), LIVES, LIVES);
    await each([...deathsWithin(all).entries()], async ([index, first]) => {
      const [, rest] = await nights.twice(nights.open(0), first, LIVES);
      for (const second of deathsWithin(rest).filter((_, other) => IS_THOROUGH || (other + index) % 3 === 0)) {
        const night = nights.open(0);
        await nights.twice(night, first, second);
        await nights.calm(night);
        await expectOneEntry(night, night.on);
      }
    });
  }, LONGEST_MS);
});

describe("bad nights (a thousand of them when thorough)", () => {
  it("end with one entry each: duplicates at once, out of order and late, lost answers, dead and stalled workers", async () => {
    await each(seeds(1_000, 150), async (seed) => {
      const night = nights.open(seed);
      const copies = 1 + Math.floor(night.draw() * 3);
      await night.queue.binding.sendBatch(Array.from({ length: copies }, () => syncMessage(shop, night.on)));
      await badNight(nights, night);
      await nights.calm(night);
      await expectOneEntry(night, `seed ${seed}`);
    });
  }, LONGEST_MS);
});
