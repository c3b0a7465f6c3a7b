/** Messages that belong to a list: paused and cancelled together, as far as they were not handed over. */
import type { BroadcastId } from "../../kernel/ids";
import { errorFields } from "../../platform/log";
import type { Statement } from "../../platform/audit";
import type { ShopDb } from "../../platform/database";
import type { Ledger } from "../consent/service";
import { enqueueDue } from "./enqueue";
import { listReleased, listWaiting } from "./lists-store";
import { MESSAGE_LIVES_MS } from "./rules";

export { listCancelled, listCounts, listHeld, listWrittenTo, type ListCount } from "./lists-store";

/** Those that wait when a list goes on: what two steps have written, and some more. */
const MOST_RELEASED = 200;

/** Gives what was held its turn again, now. The queue is told by `queueReleased`, when the batch was. */
export function releaseList(db: ShopDb, id: BroadcastId, at: number): Statement {
  return listReleased(db, id, { from: at, livesMs: MESSAGE_LIVES_MS, at });
}

/** Puts what was given its turn again on its queues. Never throws: cron finds what is on no queue. */
export async function queueReleased(desk: Ledger, shard: number, id: BroadcastId): Promise<void> {
  try {
    await enqueueDue(desk, shard, await listWaiting(desk.db, id, MOST_RELEASED));
  } catch (error) {
    desk.world.log.warn("messages.not_queued", { shopId: desk.db.shopId, ...errorFields(error) });
  }
}
