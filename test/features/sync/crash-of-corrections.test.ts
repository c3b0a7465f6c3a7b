/**
 * Whatever dies, wherever, while a day is corrected, taken back and posted anew, or undone: each entry once in the books
 * and once on record, in its order, and never a day that was taken back and forgotten.
 */
import { env as runtime } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { undoDay } from "../../../src/features/sync/decisions";
import { LARGE } from "../../support/corrections";
import { booked, LATTE, orderOf, syncMessage } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { badNight, CALM, deathsWithin, each, FIRST, LIVES, openNights, type Night, type Nights } from "../../support/nights";
import { seeds } from "../../support/thorough";

const LONGEST_MS = 400_000;

let given: GivenWorld;
let shop: GivenShop;
let nights: Nights;

beforeEach(async () => {
  given = givenWorld();
  shop = await givenShop(given, { startsOn: FIRST });
  await runtime.SHARD_0.prepare("UPDATE posting_rule SET corrections = 'reverse' WHERE shop_id = ?1").bind(shop.shopId).run();
  nights = openNights(given, shop, (state) => ["posted", "corrected", "final", "ready"].includes(String(state)));
});

/** A day that is posted, and then changes. */
type Change = { readonly name: string; readonly make: (night: Night) => Promise<void>; readonly ends: readonly string[]; readonly state: RegExp };

const late = (lines = [LATTE]) => async ({ on }: Night) => {
  given.providers.square.control.putOrder(orderOf(shop.locations[0], on, { id: `${on}-LATE`, lines }));
};

const CHANGES: readonly Change[] = [
  { name: "a late sale", make: async (night) => await late()(night), ends: ["S1", "C2"], state: /^(corrected|final)$/ },
  { name: "a large change", make: async (night) => await late(LARGE)(night), ends: ["S1", "R2", "S3"], state: /^(corrected|final)$/ },
  {
    name: "an undo", ends: ["S1", "R2"], state: /^ready$/,
    make: async ({ on, now }) => {
      const world = { ...given.world, clock: now };
      // Its own message goes to a queue that nobody delivers: the nights send theirs.
      const undone = await undoDay({ world, env: given.env, visit: shop.visit() }, { location: shop.locations[0].id, date: on });
      expect(undone.ok).toBe(true);
    },
  },
];

/** Posts the day in peace, then lets it change. */
async function givenChange(seed: number, { make }: Change): Promise<Night> {
  const night = nights.open(seed);
  await night.queue.binding.sendBatch([syncMessage(shop, night.on)]);
  await nights.deliver(night, night.queue.take(), LIVES, CALM);
  night.pass(60);
  await make(night);
  return night;
}

async function expectEnd({ on }: Night, { ends, state }: Change, told: string): Promise<void> {
  const [day, entries] = await runtime.SHARD_0.batch<Record<string, unknown>>([
    runtime.SHARD_0.prepare("SELECT state, pending, lease_token, revision FROM day WHERE shop_id = ?1 AND business_date = ?2").bind(shop.shopId, on),
    runtime.SHARD_0.prepare("SELECT external_id, document_number FROM entry WHERE shop_id = ?1 AND business_date = ?2 ORDER BY revision").bind(shop.shopId, on),
  ]);
  const inBooks = booked(given, shop).filter((entry) => entry.date === on);
  expect.soft({
    day: day?.results, onRecord: entries?.results.map((row) => [row["external_id"], String(row["document_number"]).slice(14)]),
    inBooks: inBooks.map(({ id, number }) => [id, number.slice(14)]),
  }, told).toEqual({
    day: [{ state: expect.stringMatching(state), pending: null, lease_token: null, revision: ends.length }],
    onRecord: inBooks.map(({ id }, index) => [id, ends[index]]), inBooks: ends.map((end) => [expect.any(String), end]),
  });
}

describe.each(CHANGES)("$name", (change) => {
  it("whose job dies at any await, before or after its effect, ends with each entry once", async () => {
    const [all] = await nights.twice(await givenChange(0, change), LIVES, LIVES);
    expect(all).toBeGreaterThan(8);
    await each(deathsWithin(all), async (death) => {
      const night = await givenChange(0, change);
      await nights.twice(night, death, LIVES);
      await nights.calm(night);
      await expectEnd(night, change, night.on);
    });
  }, LONGEST_MS);

  it("in bad nights (a hundred when thorough) ends with each entry once", async () => {
    await each(seeds(100, 25), async (seed) => {
      const night = await givenChange(seed, change);
      const copies = 1 + Math.floor(night.draw() * 3);
      await night.queue.binding.sendBatch(Array.from({ length: copies }, () => syncMessage(shop, night.on)));
      await badNight(nights, night);
      await nights.calm(night);
      await expectEnd(night, change, `seed ${seed}`);
    });
  }, LONGEST_MS);
});
