/** What one shop-day costs: the planner that finds it due, its message until it is posted, and the same message again. */
import type { Jobs } from "../../src/jobs";
import type { Bindings } from "../../src/platform/env";
import { countedBindings } from "../support/counting";

/** Round trips, statements and rows are the shard's; calls are the providers'; lane calls go to Durable Objects. */
export type ShopDayCost = {
  readonly trips: number; readonly statements: number; readonly rowsRead: number; readonly rowsWritten: number;
  readonly calls: number; readonly laneCalls: number;
};

export type CostReport = { readonly planner: ShopDayCost; readonly first: ShopDayCost; readonly again: ShopDayCost; readonly state: string };

/** Plans, posts and re-reads the one day that is due. `takeCalls` answers how many calls left since it was last asked. */
export async function costOfShopDay(env: Bindings, jobs: Jobs, takeCalls: () => number): Promise<CostReport> {
  const sent: unknown[] = [];
  const lanes = { calls: 0 };
  const measured = async (act: (env: Bindings) => Promise<void>): Promise<ShopDayCost> => {
    const { env: counted, cost } = countedBindings({ ...env, SYNC_QUEUE: keepingQueue(sent), LANE: countedLanes(env.LANE, lanes) });
    lanes.calls = 0;
    takeCalls();
    await act(counted);
    return { ...cost, calls: takeCalls(), laneCalls: lanes.calls };
  };
  const planner = await measured((counted) => jobs.scheduled(counted));
  const deliver = async (counted: Bindings) => {
    await jobs.queue(batchOf(sent), counted);
  };
  const first = await measured(deliver);
  const again = await measured(deliver);
  const row = await env.SHARD_0.prepare("SELECT group_concat(state) AS states FROM day").first<{ states: string | null }>();
  return { planner, first, again, state: row?.states ?? "none" };
}

/** Keeps what is sent, so that the message is delivered by the measurement and by nobody else. */
function keepingQueue(sent: unknown[]): Queue {
  return {
    sendBatch: async (messages: Iterable<MessageSendRequest>) => {
      for (const { body } of messages) sent.push(body);
    },
  } as unknown as Queue;
}

function countedLanes(lanes: Bindings["LANE"], count: { calls: number }): Bindings["LANE"] {
  const getByName = (name: string) => new Proxy(lanes.getByName(name), {
    get: (stub, method) => async (...values: unknown[]): Promise<unknown> => {
      count.calls += 1;
      return await (stub as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>)[String(method)]?.(...values);
    },
  });
  return { getByName } as unknown as Bindings["LANE"];
}

function batchOf(bodies: readonly unknown[]): Parameters<Jobs["queue"]>[0] {
  const messages = bodies.map((body, index) => ({ id: String(index), timestamp: new Date(), body, attempts: 1, ack: () => undefined, retry: () => undefined }));
  return { queue: "bench-sync", messages, ackAll: () => undefined, retryAll: () => undefined } as unknown as Parameters<Jobs["queue"]>[0];
}
