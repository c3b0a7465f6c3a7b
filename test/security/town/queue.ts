/** The queue of a town: keeps what was sent as JSON, and delivers it to the real handlers, late ones and dead ones too. */
import type { Bindings } from "../../../src/platform/env";
import type { Jobs } from "../../../src/jobs";

type Waiting = { readonly body: string; readonly attempts: number; readonly delaySeconds: number };

/** As `wrangler.toml` has it: after the ninth delivery a message goes to the dead-letter queue, and after nine there it is gone. */
const MOST_ATTEMPTS = 9;
const BATCH = 10;
const MOST_ROUNDS = 200;

export type TownQueue = {
  readonly binding: Bindings["SYNC_QUEUE"];
  /** Every body that was ever sent, as it went over the wire. */
  readonly bodies: string[];
  /** Delivers until nothing waits; `pass` lets the time go by that a message asked for. Answers how many deliveries it took. */
  deliver(jobs: Jobs, env: Bindings, pass: (milliseconds: number) => void): Promise<number>;
};

export function createQueue(): TownQueue {
  const bodies: string[] = [];
  let waiting: Waiting[] = [];
  const put = (body: unknown, delaySeconds = 0): void => {
    const text = JSON.stringify(body);
    bodies.push(text);
    waiting.push({ body: text, attempts: 1, delaySeconds });
  };
  const binding = {
    send: async (body: unknown, options?: { delaySeconds?: number }) => put(body, options?.delaySeconds),
    sendBatch: async (messages: Iterable<{ body: unknown; delaySeconds?: number }>) => {
      for (const { body, delaySeconds } of messages) put(body, delaySeconds);
    },
  } as unknown as Bindings["SYNC_QUEUE"];
  const deliver: TownQueue["deliver"] = async (jobs, env, pass) => {
    let deliveries = 0;
    for (let round = 0; waiting.length > 0; round += 1) {
      if (round >= MOST_ROUNDS) throw new Error(`messages still come again after ${MOST_ROUNDS} rounds: ${waiting[0]?.body}`);
      const due = waiting.splice(0, BATCH);
      pass(1_000 * Math.max(...due.map(({ delaySeconds }) => delaySeconds)));
      deliveries += due.length;
      const again = await handOver(jobs, env, due);
      waiting = [...waiting, ...again];
    }
    return deliveries;
  };
  return { binding, bodies, deliver };
}

/** Hands a batch to the handlers; answers what comes again. */
async function handOver(jobs: Jobs, env: Bindings, due: readonly Waiting[]): Promise<Waiting[]> {
  const dead = due.filter(({ attempts }) => attempts > MOST_ATTEMPTS && attempts <= 2 * MOST_ATTEMPTS);
  const live = due.filter(({ attempts }) => attempts <= MOST_ATTEMPTS);
  const again = await run(jobs, env, "daybook-sync", live);
  return [...again, ...await run(jobs, env, "daybook-sync-dead", dead)];
}

async function run(jobs: Jobs, env: Bindings, queue: string, due: readonly Waiting[]): Promise<Waiting[]> {
  if (due.length === 0) return [];
  const again: Waiting[] = [];
  const messages = due.map(({ body, attempts }, index) => ({
    id: `message-${index}`, timestamp: new Date(0), body: JSON.parse(body) as unknown, attempts,
    ack: () => {},
    retry: (options?: { delaySeconds?: number }) => void again.push({ body, attempts: attempts + 1, delaySeconds: options?.delaySeconds ?? 0 }),
  }));
  await jobs.queue({ queue, messages, ackAll: () => {}, retryAll: () => {} } as unknown as MessageBatch, env);
  return again;
}
