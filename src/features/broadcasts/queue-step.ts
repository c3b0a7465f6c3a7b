/** Puts a list's next step on the queue. */
import type { BroadcastId } from "../../kernel/ids";
import { errorFields } from "../../platform/log";
import { enqueue, message, queueOf } from "../../platform/queue";
import type { Ledger } from "../consent/service";
import { stepListMessage } from "./messages";

/** What is further off is cron's: it looks every quarter of an hour, and a day's opening is at one. */
export const LONGEST_ON_QUEUE_MS = 15 * 60_000;

/** Sends the message of a step, unless that is far off. Never throws: the step is written down, and cron finds what is on no queue. */
export async function queueStep({ world, env, db }: Ledger, shard: number, broadcastId: BroadcastId, dueAt: number): Promise<void> {
  const waitMs = dueAt - world.clock();
  if (waitMs > LONGEST_ON_QUEUE_MS) return;
  try {
    await enqueue(queueOf(env, "twilio"), [message(stepListMessage, { shopId: db.shopId, shard, broadcastId, dueAt }, Math.max(0, Math.floor(waitMs / 1_000)))]);
  } catch (error) {
    world.log.warn("broadcasts.not_queued", { shopId: db.shopId, ...errorFields(error) });
  }
}
