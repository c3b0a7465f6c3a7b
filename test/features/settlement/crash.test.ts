/**
 * Whatever dies, wherever, however often: one entry in the books for a payout, one on record, and the payout posted.
 * Every await is died at once and in pairs; then seeded bad nights add duplicates, lost answers and stalled workers.
 */
import { env as runtime } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { addDays, type BusinessDate } from "../../../src/kernel/day";
import { createJobs } from "../../../src/jobs";
import type { PayoutRow } from "../../../src/features/payouts/service";
import type { Transport } from "../../../src/providers/send";
import { booked, date, orderOf } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { payoutRows, readMessage, readPayoutsOf, settleMessage } from "../../support/payouts";
import { createQueue, deliverOne, type TestQueue, type Waiting } from "../../support/queue";
import { drawsOf, gatedBindings, runScheduled, type Fates, type Gate } from "../../support/schedule";
import { seeds } from "../../support/thorough";

const FIRST = date("2026-01-01");
const PAYOUTS = 190;
const SIDE_BY_SIDE = 6;
const LONGEST_MS = 400_000;

let given: GivenWorld;
let shop: GivenShop;
let left: PayoutRow[];

/** A shop with a payout for each of many days, read and ready: each is one night's. */
beforeEach(async () => {
  given = givenWorld();
  shop = await givenShop(given, { startsOn: FIRST, payouts: true, mode: "approve" });
  for (let index = 0; index < PAYOUTS; index += 1) given.providers.square.control.putOrder(orderOf(shop.locations[0], addDays(FIRST, index), { id: `P${index}` }));
  await readPayoutsOf(given, shop, { days: 200 });
  left = await payoutRows(shop);
});

type Night = { readonly payout: PayoutRow; readonly draw: () => number; readonly queue: TestQueue; readonly now: () => number; readonly pass: (seconds: number) => void };

function openNight(seed: number): Night {
  const payout = left.pop();
  if (payout === undefined) throw new Error("there are not so many payouts");
  let now = given.now();
  return { payout, draw: drawsOf(seed), queue: createQueue(() => now), now: () => now, pass: (seconds) => (now += seconds * 1_000) };
}

type Network = (transport: Transport, night: Night) => Transport;
const CALM: Network = (transport) => transport;
const LIVES: Fates = () => "go";

async function deliver(night: Night, messages: readonly Waiting[], fates: Fates, network: Network, before = () => {}): Promise<readonly number[]> {
  const again = (message: Waiting, delaySeconds: number) => night.queue.put({ ...message, attempts: message.attempts + 1, dueAt: night.now() + delaySeconds * 1_000 });
  const processes = messages.map((message) => async (gate: Gate) => {
    const env = gatedBindings({ ...given.env, SYNC_QUEUE: night.queue.binding }, gate);
    const transport: Transport = (request) => gate(() => network(given.providers.transport, night)(request));
    const jobs = createJobs({ ...given.world, clock: night.now, transport: () => transport }, { spreadSeconds: 0, spacesBackfills: false, wait: async () => {} });
    await deliverOne(message, "daybook-sync", { consume: jobs.queue, env, again });
  });
  const ran = await runScheduled(processes, night.draw, fates, before);
  for (const [index, message] of messages.entries()) if (ran.died[index] === true) again(message, 0);
  return ran.steps;
}

/** Everything works again, hours later; the next night's message comes too. */
async function calm(night: Night): Promise<void> {
  for (let evening = 0; evening < 2; evening += 1) {
    for (let round = 0; round < 6; round += 1) {
      night.pass(3_700);
      for (const message of night.queue.take()) await deliver(night, [message], LIVES, CALM);
    }
    const { state } = await endOf(night);
    if (state === "posted") return;
    await night.queue.binding.sendBatch([settleMessage(shop, night.payout.id, { post: "yes" })]);
  }
}

async function endOf({ payout }: Night) {
  const [row, entries] = await runtime.SHARD_0.batch<Record<string, unknown>>([
    runtime.SHARD_0.prepare("SELECT state, pending, lease_token, revision FROM payout WHERE shop_id = ?1 AND id = ?2").bind(shop.shopId, payout.id),
    runtime.SHARD_0.prepare("SELECT external_id FROM payout_entry WHERE shop_id = ?1 AND payout_id = ?2").bind(shop.shopId, payout.id),
  ]);
  const [found] = row?.results ?? [];
  return { ...found, entries: entries?.results.map((one) => one["external_id"]) } as { readonly state?: unknown; readonly entries?: readonly unknown[] };
}

async function expectOneEntry(night: Night, told: string): Promise<void> {
  const number = `DB-L00-${night.payout.numberedOn.slice(2).replaceAll("-", "")}-P${night.payout.nth}`;
  const inBooks = booked(given, shop).filter((entry) => entry.number === number).map((entry) => entry.id);
  expect.soft({ ...await endOf(night), inBooks }, told).toEqual({ state: "posted", pending: null, lease_token: null, revision: 1, entries: inBooks.slice(0, 1), inBooks: [expect.any(String)] });
}

async function each<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next);
  }));
}

const dyingAt = (at: number, how: "dies_before" | "dies_after"): Fates => (_, step) => (step === at ? how : "go");
const deathsWithin = (steps: number): Fates[] => Array.from({ length: steps }, (_, at) => [dyingAt(at, "dies_before"), dyingAt(at, "dies_after")]).flat();

/** A night whose first delivery meets `first`, and what its next delivery meets, minutes later; answers the awaits of each. */
async function nightOf(first: Fates, second: Fates): Promise<{ readonly night: Night; readonly steps: readonly number[] }> {
  const night = openNight(0);
  await night.queue.binding.sendBatch([settleMessage(shop, night.payout.id, { post: "yes" })]);
  const [one] = await deliver(night, night.queue.take(), first, CALM);
  night.pass(200);
  const [two] = await deliver(night, night.queue.take(), second, CALM);
  return { night, steps: [one ?? 0, two ?? 0] };
}

const BAD: Network = (transport, { draw }) => async (request) => {
  const luck = draw();
  if (luck < 0.06) throw new TypeError("the connection broke before anything was sent");
  if (luck < 0.1) return new Response("busy", { status: 429, headers: { "retry-after": "7" } });
  if (luck < 0.14) return new Response("down", { status: 503 });
  const response = await transport(request);
  if (luck < 0.24) throw new TypeError("the connection broke before the answer came");
  return response;
};

describe("a job that dies while a payout is posted", () => {
  it("at any await, before or after its effect, leaves a payout that ends with one entry", async () => {
    const { steps: [all = 0] } = await nightOf(LIVES, LIVES);
    expect(all).toBeGreaterThan(5);
    await each(deathsWithin(all), async (death) => {
      const { night } = await nightOf(death, LIVES);
      await calm(night);
      await expectOneEntry(night, night.payout.arrivalDate);
    });
  }, LONGEST_MS);

  it("twice, at an await and at any other after it, leaves a payout that ends with one entry", async () => {
    const { steps: [all = 0] } = await nightOf(LIVES, LIVES);
    // The creation at the books and all that follows it: before it nothing has left.
    for (const first of deathsWithin(all).slice(-8)) {
      const { steps: [, rest = 0] } = await nightOf(first, LIVES);
      for (const second of deathsWithin(rest)) {
        const { night } = await nightOf(first, second);
        await calm(night);
        await expectOneEntry(night, night.payout.arrivalDate);
      }
    }
  }, LONGEST_MS);
});

describe("bad nights", () => {
  it("end with one entry each: duplicates at once, out of order and late, lost answers, dead and stalled workers", async () => {
    await each(seeds(150, 40), async (seed) => {
      const night = openNight(seed);
      const { draw, queue, pass } = night;
      const unlucky: Fates = () => {
        const luck = draw();
        if (luck < 0.02) return "dies_before";
        return luck < 0.04 ? "dies_after" : "go";
      };
      await queue.binding.sendBatch(Array.from({ length: 1 + Math.floor(draw() * 3) }, () => settleMessage(shop, night.payout.id, { post: "yes" })));
      for (let round = 0; round < 4; round += 1) {
        const taken = queue.take();
        const now = taken.filter(() => draw() < 0.8);
        for (const late of taken.filter((message) => !now.includes(message))) queue.put(late);
        await deliver(night, now, unlucky, BAD, () => {
          if (draw() < 0.02) pass(130);
        });
        pass(Math.floor(draw() * 400));
      }
      await calm(night);
      await expectOneEntry(night, `seed ${seed}`);
    });
  }, LONGEST_MS);
});

describe("a job that dies while payouts are read", () => {
  it("at any await leaves each payout one row with a number of its own, posted once", async () => {
    const world = givenWorld();
    const merchantDay = date("2026-07-14");
    const { steps: all } = await readDying(world, merchantDay, LIVES);
    expect(all).toBeGreaterThan(5);
    for (const death of deathsWithin(all)) {
      const { numbers, rows } = await readDying(givenWorld(), merchantDay, death);
      expect([numbers, rows]).toEqual([["DB-L00-260715-P1"], [["posted", 1]]]);
    }
  }, LONGEST_MS);

  async function readDying(world: GivenWorld, on: BusinessDate, fates: Fates) {
    const other = await givenShop(world, { startsOn: on, payouts: true });
    world.providers.square.control.putOrder(orderOf(other.locations[0], on, { id: "ONLY" }));
    await world.queue.binding.sendBatch([readMessage(other)]);
    const [message] = world.queue.take();
    if (message === undefined) throw new Error("a message was sent");
    const { steps, died } = await runScheduled([async (gate) => {
      const env = gatedBindings(world.env, gate);
      const jobs = createJobs({ ...world.world, transport: () => (request) => gate(() => world.providers.transport(request)) }, { spreadSeconds: 0, spacesBackfills: false, wait: async () => {} });
      await deliverOne(message, "daybook-sync", { consume: jobs.queue, env, again: (kept) => world.queue.put(kept) });
    }], () => 0, fates);
    if (died[0] === true) world.queue.put({ ...message, attempts: 2, dueAt: world.now() });
    await world.drain();
    const rows = (await payoutRows(other)).map(({ state, nth }) => [state, nth]);
    return { steps: steps[0] ?? 0, numbers: booked(world, other).map(({ number }) => number), rows };
  }
});
