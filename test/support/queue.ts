/**
 * A queue on the test's own clock that promises as little as the real one: every message at least once, in no order,
 * after its delay, as often as it asks for again, and to the dead letters after the last time.
 */
import type { Clock } from "../../src/kernel/clock";
import type { Bindings } from "../../src/platform/env";

/** As `wrangler.toml` sets it: the first delivery and eight more. */
const MOST_DELIVERIES = 9;

export type Waiting = {
  readonly id: string; readonly body: unknown; readonly dueAt: number; readonly attempts: number;
  /** Which queue it stands on: `daybook-square`; the common one when left out. */
  readonly queue?: string;
};

/** What takes a batch: `createJobs(world).queue`. */
export type Consumer = (batch: MessageBatch, env: Bindings) => Promise<void>;

export type TestQueue = {
  /** The common queue, for everything. */
  readonly binding: Queue;
  /** The common queue and one for each provider, as production has them. */
  readonly bindings: Pick<Bindings, "SYNC_QUEUE" | "SYNC_SQUARE" | "SYNC_CLOVER" | "SYNC_QUICKBOOKS" | "SYNC_XERO" | "SYNC_TWILIO">;
  readonly waiting: () => readonly Waiting[];
  readonly dead: () => readonly Waiting[];
  /** Takes messages out, to be delivered by hand. */
  take(): Waiting[];
  /** Puts a message there again, as a queue does that delivers twice. */
  put(message: Waiting): void;
  /** Delivers what is due now, each message in a batch of its own; answers how many. A consumer that throws gets them again. */
  deliver(consume: Consumer, env: Bindings): Promise<number>;
};

const COMMON = "daybook-sync";
const PROVIDERS_WITH_QUEUES = ["square", "clover", "quickbooks", "xero", "twilio"];

/** The environment without the providers' own queues: everything goes to the common one, and days are posted where they are read. */
export function withCommonQueue<Env extends object>(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^SYNC_(?!QUEUE$)/.test(name))) as Env;
}

/** An empty queue. */
export function createQueue(clock: Clock): TestQueue {
  let waiting: Waiting[] = [];
  let dead: Waiting[] = [];
  let sent = 0;
  const named = (queue: string) => {
    const add = (body: unknown, delaySeconds = 0) => {
      waiting.push({ id: `m${(sent += 1)}`, body: structuredClone(body), dueAt: clock() + delaySeconds * 1_000, attempts: 1, queue });
    };
    return {
      send: async (body: unknown, options?: { delaySeconds?: number }) => add(body, options?.delaySeconds),
      sendBatch: async (messages: Iterable<{ body: unknown; delaySeconds?: number }>) => {
        for (const { body, delaySeconds } of messages) add(body, delaySeconds);
      },
    } as unknown as Queue;
  };
  const binding = named(COMMON);
  const own = PROVIDERS_WITH_QUEUES.map((provider) => [`SYNC_${provider.toUpperCase()}`, named(`daybook-${provider}`)]);
  const again = (message: Waiting, delaySeconds: number) => {
    const next = { ...message, attempts: message.attempts + 1, dueAt: clock() + delaySeconds * 1_000 };
    if (next.attempts > MOST_DELIVERIES) dead.push({ ...message, attempts: 1 });
    else waiting.push(next);
  };
  return {
    binding,
    bindings: { SYNC_QUEUE: binding, ...Object.fromEntries(own) },
    waiting: () => waiting,
    dead: () => dead,
    take: () => waiting.splice(0),
    put: (message) => waiting.push(message),
    deliver: async (consume, env) => {
      const due = waiting.filter((message) => message.dueAt <= clock());
      waiting = waiting.filter((message) => message.dueAt > clock());
      for (const message of due) await deliverOne(message, message.queue ?? COMMON, { consume, env, again });
      const lost = dead;
      dead = [];
      for (const message of lost) await deliverOne(message, `${message.queue ?? COMMON}-dead`, { consume, env, again: (kept) => dead.push(kept) });
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
