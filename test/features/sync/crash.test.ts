/**
 * Whatever dies, wherever, however often: one entry in the books, one on record, and the day posted. Every await of a
 * day's job is died at once, and in pairs; then a thousand seeded nights add concurrency, duplicates, lost answers,
 * refusals, stalled workers that wake after their lease, and deliveries hours late.
 */
import { env as runtime } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { addDays, type BusinessDate } from "../../../src/kernel/day";
import { createJobs } from "../../../src/jobs";
import type { Transport } from "../../../src/providers/send";
import { booked, date, orderOf, syncMessage } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { createQueue, deliverOne, type TestQueue, type Waiting } from "../../support/queue";
import { drawsOf, gatedBindings, runScheduled, type Fates, type Gate } from "../../support/schedule";

const FIRST = date("2020-01-01");
const SIDE_BY_SIDE = 8;
/** Half a minute on two idle cores; a busy machine takes several times that. */
const LONGEST_MS = 400_000;

let given: GivenWorld;
let shop: GivenShop;
let nights = 0;

/** A world of its own for each test: the simulators look through all they hold at every call. */
beforeEach(async () => {
  nights = 0;
  given = givenWorld();
  shop = await givenShop(given, { startsOn: FIRST });
});

/** One business day's own night: its clock, its queue, its draws; the shop, the till and the books are shared. */
type Night = {
  readonly on: BusinessDate; readonly draw: () => number; readonly queue: TestQueue;
  readonly now: () => number; readonly pass: (seconds: number) => void;
};

function openNight(seed: number): Night {
  const on = addDays(FIRST, nights);
  nights += 1;
  given.providers.square.control.putOrder(orderOf(shop.locations[0], on, { id: `N${nights}` }));
  let now = given.now();
  const queue = createQueue(() => now);
  return { on, draw: drawsOf(seed), queue, now: () => now, pass: (seconds) => (now += seconds * 1_000) };
}

type Network = (transport: Transport, night: Night) => Transport;
const CALM: Network = (transport) => transport;
const LIVES: Fates = () => "go";

/** Delivers messages side by side, await by await; whoever died gives their message back to the queue. */
async function deliver(night: Night, messages: readonly Waiting[], fates: Fates, network: Network, before = () => {}): Promise<readonly number[]> {
  const again = (message: Waiting, delaySeconds: number) => night.queue.put({ ...message, attempts: message.attempts + 1, dueAt: night.now() + delaySeconds * 1_000 });
  const processes = messages.map((message) => async (gate: Gate) => {
    const env = gatedBindings({ ...given.env, SYNC_QUEUE: night.queue.binding }, gate);
    const transport: Transport = (request) => gate(() => network(given.providers.transport, night)(request));
    const world = { ...given.world, clock: night.now, transport: () => transport };
    const jobs = createJobs(world, { spreadSeconds: 0, spacesBackfills: false, wait: async () => {} });
    await deliverOne(message, "daybook-sync", { consume: jobs.queue, env, again });
  });
  const ran = await runScheduled(processes, night.draw, fates, before);
  for (const [index, message] of messages.entries()) if (ran.died[index] === true) again(message, 0);
  return ran.steps;
}

/** Everything works again, hours later: what waits is delivered, and the planner sends a day once more that never ended. */
async function calm(night: Night): Promise<void> {
  for (let evening = 0; evening < 2; evening += 1) {
    for (let round = 0; round < 6; round += 1) {
      night.pass(3_700);
      for (const message of night.queue.take()) await deliver(night, [message], LIVES, CALM);
    }
    const state = await runtime.SHARD_0.prepare("SELECT state FROM day WHERE shop_id = ?1 AND business_date = ?2").bind(shop.shopId, night.on).first("state");
    if (state === "posted") return;
    await night.queue.binding.sendBatch([syncMessage(shop, night.on, { why: "gap" })]);
  }
}

/** The day's row, its entries on record, and its entries in the books. */
async function endOf({ on }: Night) {
  const [day, entries] = await runtime.SHARD_0.batch<Record<string, unknown>>([
    runtime.SHARD_0.prepare("SELECT state, pending, lease_token, revision FROM day WHERE shop_id = ?1 AND business_date = ?2").bind(shop.shopId, on),
    runtime.SHARD_0.prepare("SELECT external_id FROM entry WHERE shop_id = ?1 AND business_date = ?2").bind(shop.shopId, on),
  ]);
  return { day: day?.results, entries: entries?.results.map((row) => row["external_id"]) };
}

const POSTED = [{ state: "posted", pending: null, lease_token: null, revision: 1 }];

async function expectOneEntry(night: Night, told: string): Promise<void> {
  const inBooks = booked(given, shop).filter((entry) => entry.date === night.on).map((entry) => entry.id);
  expect.soft({ ...await endOf(night), inBooks }, told).toEqual({ day: POSTED, entries: inBooks.slice(0, 1), inBooks: [expect.any(String)] });
}

/** Runs many nights, a few at a time. */
async function each<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const left = [...all.entries()];
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next[1]);
  }));
}

const dyingAt = (at: number, how: "dies_before" | "dies_after"): Fates => (_, step) => (step === at ? how : "go");
const HOWS = ["dies_before", "dies_after"] as const;

/** A night whose first delivery meets `first`, and what its next delivery meets, hours later; answers the awaits of each. */
async function nightOf(seed: number, first: Fates, second: Fates): Promise<{ readonly night: Night; readonly steps: readonly number[] }> {
  const night = openNight(seed);
  await night.queue.binding.sendBatch([syncMessage(shop, night.on)]);
  const [one] = await deliver(night, night.queue.take(), first, CALM);
  night.pass(200);
  const [two] = await deliver(night, night.queue.take(), second, CALM);
  return { night, steps: [one ?? 0, two ?? 0] };
}

const deathsWithin = (steps: number): Fates[] => Array.from({ length: steps }, (_, at) => HOWS.map((how) => dyingAt(at, how))).flat();

/** What a bad network does to a call: it never leaves, its answer is lost, or the provider has no time. */
const BAD: Network = (transport, { draw }) => async (request) => {
  const luck = draw();
  if (luck < 0.06) throw new TypeError("the connection broke before anything was sent");
  if (luck < 0.1) return new Response("busy", { status: 429, headers: { "retry-after": "7" } });
  if (luck < 0.14) return new Response("down", { status: 503 });
  const response = await transport(request);
  if (luck < 0.24) throw new TypeError("the connection broke before the answer came");
  return response;
};

const unlucky = ({ draw }: Night, share: number): Fates => () => {
  const luck = draw();
  if (luck < share) return "dies_before";
  return luck < 2 * share ? "dies_after" : "go";
};

describe("a job that dies", () => {
  it("at any await, before or after its effect, leaves a day that ends with one entry", async () => {
    const { steps: [all = 0] } = await nightOf(0, LIVES, LIVES);
    expect(all).toBeGreaterThan(8);
    await each(deathsWithin(all), async (death) => {
      const { night } = await nightOf(0, death, LIVES);
      await calm(night);
      await expectOneEntry(night, night.on);
    });
  }, LONGEST_MS);

  it("twice, at any two awaits, leaves a day that ends with one entry", async () => {
    const { steps: [all = 0] } = await nightOf(0, LIVES, LIVES);
    await each(deathsWithin(all), async (first) => {
      const { steps: [, rest = 0] } = await nightOf(0, first, LIVES);
      for (const second of deathsWithin(rest)) {
        const { night } = await nightOf(0, first, second);
        await calm(night);
        await expectOneEntry(night, night.on);
      }
    });
  }, LONGEST_MS);
});

describe("a thousand bad nights", () => {
  it("end with one entry each: duplicates at once, out of order and late, lost answers, dead and stalled workers", async () => {
    await each(Array.from({ length: 1_000 }, (_, seed) => seed), async (seed) => {
      const night = openNight(seed);
      const { draw, queue, pass } = night;
      const copies = 1 + Math.floor(draw() * 3);
      await queue.binding.sendBatch(Array.from({ length: copies }, () => syncMessage(shop, night.on)));
      for (let round = 0; round < 4; round += 1) {
        const taken = queue.take();
        // Some copies arrive together, others lie about until a later round.
        const now = taken.filter(() => draw() < 0.8);
        for (const late of taken.filter((message) => !now.includes(message))) queue.put(late);
        // A worker that stands still while others work is one whose next await is drawn late; its lease may run out meanwhile.
        await deliver(night, now, unlucky(night, 0.02), BAD, () => {
          if (draw() < 0.02) pass(130);
        });
        pass(Math.floor(draw() * 400));
      }
      await calm(night);
      await expectOneEntry(night, `seed ${seed}`);
    });
  }, LONGEST_MS);
});
