/**
 * A queue on the test's own clock that promises as little as the real one: every message at least once, in no order,
 * after its delay, as often as it asks for again, and to the dead letters after the last time.
 */
import type { Clock } from "../../src/kernel/clock";
import type { Bindings } from "../../src/platform/env";

/** As `wrangler.toml` sets it: the first delivery and eight more. */
const MOST_DELIVERIES = 9;

export type Waiting = { readonly id: string; readonly body: unknown; readonly dueAt: number; readonly attempts: number };

/** What takes a batch: `createJobs(world).queue`. */
export type Consumer = (batch: MessageBatch, env: Bindings) => Promise<void>;

export type TestQueue = {
  readonly binding: Queue;
  readonly waiting: () => readonly Waiting[];
  readonly dead: () => readonly Waiting[];
  /** Takes messages out, to be delivered by hand. */
  take(): Waiting[];
  /** Puts a message there again, as a queue does that delivers twice. */
  put(message: Waiting): void;
  /** Delivers what is due now, each message in a batch of its own; answers how many. A consumer that throws gets them again. */
  deliver(consume: Consumer, env: Bindings): Promise<number>;
};

/** An empty queue. */
export function createQueue(clock: Clock): TestQueue {
  let waiting: Waiting[] = [];
  let dead: Waiting[] = [];
  let sent = 0;
  const add = (body: unknown, delaySeconds = 0) => {
    waiting.push({ id: `m${(sent += 1)}`, body: structuredClone(body), dueAt: clock() + delaySeconds * 1_000, attempts: 1 });
  };
  const binding = {
    send: async (body: unknown, options?: { delaySeconds?: number }) => add(body, options?.delaySeconds),
    sendBatch: async (messages: Iterable<{ body: unknown; delaySeconds?: number }>) => {
      for (const { body, delaySeconds } of messages) add(body, delaySeconds);
    },
  } as unknown as Queue;
  const again = (message: Waiting, delaySeconds: number) => {
    const next = { ...message, attempts: message.attempts + 1, dueAt: clock() + delaySeconds * 1_000 };
    if (next.attempts > MOST_DELIVERIES) dead.push({ ...message, attempts: 1 });
    else waiting.push(next);
  };
  return {
    binding,
    waiting: () => waiting,
    dead: () => dead,
    take: () => waiting.splice(0),
    put: (message) => waiting.push(message),
    deliver: async (consume, env) => {
      const due = waiting.filter((message) => message.dueAt <= clock());
      waiting = waiting.filter((message) => message.dueAt > clock());
      for (const message of due) await deliverOne(message, "daybook-sync", { consume, env, again });
      const lost = dead;
      dead = [];
      for (const message of lost) await deliverOne(message, "daybook-sync-dead", { consume, env, again: (kept) => dead.push(kept) });
      return due.length + lost.length;
    },
  };
}

type Delivering = { readonly consume: Consumer; readonly env: Bindings; readonly again: (message: Waiting, delaySeconds: number) => void };

/** One delivery as the runtime makes it: what was neither acknowledged nor asked for again comes again when the consumer throws. */
export async function deliverOne(message: Waiting, queue: string, { consume, env, again }: Delivering): Promise<void> {
  let verdict: "none" | "acked" | { readonly delaySeconds: number } = "none";
  const decide = (value: typeof verdict) => {
    if (verdict === "none") verdict = value;
  };
  const batch = {
    queue,
    messages: [{
      id: message.id, body: structuredClone(message.body), attempts: message.attempts, timestamp: new Date(0),
      ack: () => decide("acked"),
      retry: (options?: { delaySeconds?: number }) => decide({ delaySeconds: options?.delaySeconds ?? 0 }),
    }],
  } as unknown as MessageBatch;
  let hasThrown = false;
  try {
    await consume(batch, env);
  } catch {
    hasThrown = true; // as a Worker that died: the queue only sees that nothing was acknowledged
  }
  const ending = verdict as "none" | "acked" | { readonly delaySeconds: number };
  if (typeof ending === "object") again(message, ending.delaySeconds);
  else if (ending === "none" && hasThrown) again(message, 0);
}
