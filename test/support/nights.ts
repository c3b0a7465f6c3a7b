/**
 * Nights on which workers die, stall and meet a bad network: each is one business day with a clock, a queue and draws
 * of its own; the shop, the till and the books are shared.
 */
import { env as runtime } from "cloudflare:workers";
import { addDays, type BusinessDate } from "../../src/kernel/day";
import type { SyncDay } from "../../src/features/sync/messages";
import { createJobs } from "../../src/jobs";
import type { Transport } from "../../src/providers/send";
import { date, orderOf, syncMessage } from "./days";
import type { GivenShop, GivenWorld } from "./given";
import { createQueue, deliverOne, type TestQueue, type Waiting } from "./queue";
import { drawsOf, gatedBindings, runScheduled, type Fates, type Gate } from "./schedule";

/** The first night's business day. */
export const FIRST = date("2020-01-01");
const SIDE_BY_SIDE = 8;

export type Night = {
  readonly on: BusinessDate; readonly draw: () => number; readonly queue: TestQueue;
  readonly now: () => number; readonly pass: (seconds: number) => void;
};

/** What the network does to a call. */
export type Network = (transport: Transport, night: Night) => Transport;
export const CALM: Network = (transport) => transport;
export const LIVES: Fates = () => "go";

export type Nights = {
  /** A business day of its own, with one sale. */
  open(seed: number): Night;
  /** Delivers messages side by side, await by await; whoever died gives their message back to the queue. Answers the awaits of each. */
  deliver(night: Night, messages: readonly Waiting[], fates: Fates, network: Network, before?: () => void): Promise<readonly number[]>;
  /** Everything works again, hours later: what waits is delivered, and a day that never came to rest is sent once more. */
  calm(night: Night): Promise<void>;
  /** Sends the day's message and delivers it twice, hours apart; answers the awaits of each delivery. */
  twice(night: Night, first: Fates, second: Fates, changes?: Partial<SyncDay>): Promise<readonly [number, number]>;
};

/** Nights of one shop; `isAtRest` says of a day's state that nothing more needs to happen to it. */
export function openNights(given: GivenWorld, shop: GivenShop, isAtRest: (state: unknown) => boolean): Nights {
  let nights = 0;
  const open = (seed: number): Night => {
    const on = addDays(FIRST, nights);
    nights += 1;
    given.providers.square.control.putOrder(orderOf(shop.locations[0], on, { id: `N${nights}` }));
    let now = given.now();
    const queue = createQueue(() => now);
    return { on, draw: drawsOf(seed), queue, now: () => now, pass: (seconds) => (now += seconds * 1_000) };
  };
  const deliver: Nights["deliver"] = async (night, messages, fates, network, before = () => {}) => {
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
  };
  const calm = async (night: Night) => {
    for (let evening = 0; evening < 2; evening += 1) {
      for (let round = 0; round < 6; round += 1) {
        night.pass(3_700);
        for (const message of night.queue.take()) await deliver(night, [message], LIVES, CALM);
      }
      const state = await runtime.SHARD_0.prepare("SELECT state FROM day WHERE shop_id = ?1 AND business_date = ?2").bind(shop.shopId, night.on).first("state");
      if (isAtRest(state)) return;
      await night.queue.binding.sendBatch([syncMessage(shop, night.on, { why: "gap" })]);
    }
  };
  const twice: Nights["twice"] = async (night, first, second, changes = {}) => {
    await night.queue.binding.sendBatch([syncMessage(shop, night.on, changes)]);
    const [one = 0] = await deliver(night, night.queue.take(), first, CALM);
    night.pass(200);
    const [two = 0] = await deliver(night, night.queue.take(), second, CALM);
    return [one, two];
  };
  return { open, deliver, calm, twice };
}

/** Runs many nights, a few at a time. */
export async function each<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const left = [...all.entries()];
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next[1]);
  }));
}

const dyingAt = (at: number, how: "dies_before" | "dies_after"): Fates => (_, step) => (step === at ? how : "go");
const HOWS = ["dies_before", "dies_after"] as const;

/** One death for each await of a delivery, before and after its effect. */
export function deathsWithin(steps: number): Fates[] {
  return Array.from({ length: steps }, (_, at) => HOWS.map((how) => dyingAt(at, how))).flat();
}

/** What a bad network does to a call: it never leaves, its answer is lost, or the provider has no time. */
export const BAD: Network = (transport, { draw }) => async (request) => {
  const luck = draw();
  if (luck < 0.06) throw new TypeError("the connection broke before anything was sent");
  if (luck < 0.1) return new Response("busy", { status: 429, headers: { "retry-after": "7" } });
  if (luck < 0.14) return new Response("down", { status: 503 });
  const response = await transport(request);
  if (luck < 0.24) throw new TypeError("the connection broke before the answer came");
  return response;
};

/** Deaths that come by chance, at this share of all awaits before and as many after. */
export function unlucky({ draw }: Night, share: number): Fates {
  return () => {
    const luck = draw();
    if (luck < share) return "dies_before";
    return luck < 2 * share ? "dies_after" : "go";
  };
}

/** Delivers some copies now and leaves others lying about; a worker may stand still past its lease. Four rounds of that. */
export async function badNight(nights: Nights, night: Night): Promise<void> {
  const { draw, queue, pass } = night;
  for (let round = 0; round < 4; round += 1) {
    const taken = queue.take();
    // Some copies arrive together, others lie about until a later round.
    const now = taken.filter(() => draw() < 0.8);
    for (const late of taken.filter((message) => !now.includes(message))) queue.put(late);
    // A worker that stands still while others work is one whose next await is drawn late; its lease may run out meanwhile.
    await nights.deliver(night, now, unlucky(night, 0.02), BAD, () => {
      if (draw() < 0.02) pass(130);
    });
    pass(Math.floor(draw() * 400));
  }
}
