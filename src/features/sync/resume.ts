/** Takes up again, by itself, what a connection had stopped. */
import type { FailureKind } from "../../kernel/failure";
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { daysStoppedBy } from "../days/service";
import type { SyncDay } from "./messages";
import { sendToTills } from "./send";

/** What ends with a person's consent, and with nothing else. */
const WAITING_FOR_CONNECTION: readonly FailureKind[] = ["reconnect_needed", "not_connected"];

/**
 * Tries all days again that waited for a connection, newest first, at most 500. Doing it twice changes nothing more. Where
 * the shop does not post automatically they come as far as `ready`, also one that was approved: the approval was of the
 * entry as it was seen, the till is read anew, and whoever reconnects need not be somebody who may post.
 */
export async function resume(env: Bindings, db: ShopDb, { shopId, shard }: Pick<SyncDay, "shopId" | "shard">): Promise<void> {
  const days = await daysStoppedBy(db, WAITING_FOR_CONNECTION);
  await sendToTills(env, db, days.map(({ locationId, businessDate }) => ({
    request: { shopId, shard, locationId, date: businessDate, why: "retry", post: "as_set", by: "daybook", backfillId: null, postponed: 0 },
  })));
}
