/** Every crash of a day whose two stages stand on two queues: wherever either dies, the day ends with one entry. */
import { beforeEach, describe, expect, it } from "vitest";
import { addDays, type BusinessDate } from "../../../src/kernel/day";
import { createJobs } from "../../../src/jobs";
import { booked, date, dayRow, entryRows, orderOf, syncMessage } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { createQueue, deliverOne, type TestQueue } from "../../support/queue";
import { drawsOf, gatedBindings, runScheduled, type Fate, type Gate } from "../../support/schedule";

const FIRST = date("2020-01-01");
const HOWS = ["dies_before", "dies_after"] as const;

let given: GivenWorld;
let shop: GivenShop;
let nights = 0;

beforeEach(async () => {
  nights = 0;
  given = givenWorld();
  shop = await givenShop(given, { startsOn: FIRST });
});

type Night = { readonly on: BusinessDate; readonly queue: TestQueue; readonly now: () => number; readonly pass: (milliseconds: number) => void };

function openNight(): Night {
  const on = addDays(FIRST, nights);
  nights += 1;
  given.providers.square.control.putOrder(orderOf(shop.locations[0], on, { id: `N${nights}` }));
  let now = given.now();
  return { on, queue: createQueue(() => now), now: () => now, pass: (milliseconds) => (now += milliseconds) };
}

/** Delivers all that waits, one after the other; `fate` of each await by its number since the round began. Answers how many there were. */
async function round(night: Night, fate: (step: number) => Fate, first = 0): Promise<number> {
  let steps = first;
  for (const message of night.queue.take()) {
    const again = (kept: typeof message) => night.queue.put({ ...kept, attempts: kept.attempts + 1, dueAt: night.now() });
    const process = async (gate: Gate) => {
      const env = gatedBindings({ ...given.env, ...night.queue.bindings }, gate);
      const world = { ...given.world, clock: night.now, transport: () => (request: Request) => gate(() => given.providers.transport(request)) };
      const jobs = createJobs(world, { spreadSeconds: 0, spacesBackfills: false, wait: async () => undefined });
      await deliverOne(message, message.queue ?? "daybook-sync", { consume: jobs.queue, env, again });
    };
    const ran = await runScheduled([process], drawsOf(0), (_, step) => fate(steps + step));
    if (ran.died[0] === true) again(message);
    steps += ran.steps[0] ?? 0;
  }
  night.pass(200_000);
  return steps;
}

/** Reads and posts one day; the await with the number `at`, counted through both stages, is where it dies. */
async function nightThatDies(at: number, how: Fate): Promise<{ readonly night: Night; readonly steps: number }> {
  const night = openNight();
  const fate = (step: number): Fate => (step === at ? how : "go");
  await night.queue.bindings.SYNC_SQUARE?.sendBatch([syncMessage(shop, night.on)]);
  const steps = await round(night, fate, await round(night, fate));
  for (let rest = 0; rest < 8; rest += 1) await round(night, () => "go");
  return { night, steps };
}

async function expectOneEntry({ on, queue }: Night, told: string): Promise<void> {
  const day = await dayRow(shop, on);
  expect.soft(day, told).toMatchObject({ pending: null, leaseToken: null, revision: 1 });
  // These days lie years back: one that is read again after a death is final by then.
  expect.soft(["posted", "final"], told).toContain(day.state);
  expect.soft(await entryRows(shop, on), told).toHaveLength(1);
  expect.soft(booked(given, shop).filter((entry) => entry.date === on), told).toHaveLength(1);
  expect.soft([...queue.waiting(), ...queue.dead()], told).toEqual([]);
}

describe("a day of two stages", () => {
  it("that dies at any await of either, before or after its effect, ends with one entry and no message left", async () => {
    const { night, steps } = await nightThatDies(-1, "go");
    await expectOneEntry(night, "nobody died");
    expect(steps).toBeGreaterThan(10);
    for (let at = 0; at < steps; at += 1) {
      for (const how of HOWS) await expectOneEntry((await nightThatDies(at, how)).night, `${how} await ${at} of ${steps}`);
    }
  }, 400_000);
});
