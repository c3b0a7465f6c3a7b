/** What the rest of Daybook may ask of payouts, and how one is written: compared and swapped, never blindly. */
import type { FailureKind } from "../../kernel/failure";
import type { PayoutId } from "../../kernel/ids";
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { enqueue, message, queueOf } from "../../platform/queue";
import type { Statement } from "../../platform/audit";
import type { Payout } from "../../ledger/payout";
import type { BusinessDate } from "../../kernel/day";
import { settlePayoutMessage, type SettlePayout } from "./messages";
import { latestPayouts, payoutEntryWritten, payoutsInQuery, payoutWritten, type PayoutEntryRow, type PayoutRow } from "./store";

export { settlePayoutMessage, type SettlePayout } from "./messages";
export { isPayoutLeased, movedPayout, payoutIdOf, payoutNeedsLookUp } from "./rules";
export type { PayoutMove, PayoutRead, PendingPayout } from "./rules";
export {
  entriesBetweenQuery, firstPayoutOf, MOST_PAYOUTS_AT_ONCE, payoutAdded, payoutBalanceOn, payoutEntriesOfStretch, payoutEntriesQuery, payoutQuery, payoutsBetweenQuery, payoutsInQuery, payoutsOfLocation, payoutsPostedUnder, payoutWrittenOrAborted, withheldOf,
} from "./store";
export type { ArrivedEntry, PayoutEntryRow, PayoutRow } from "./store";

/** As many held payouts as are tried again at once, the latest first. */
const MOST_RETRIED = 500;

/** Tries all payouts again that one of these failures has stopped; answers how many. Each goes where the shop's rule sends it. */
export async function retryStoppedPayouts(
  env: Bindings, db: ShopDb, { books, kinds, ...owner }: Pick<SettlePayout, "shard" | "by"> & { readonly books: string | null; readonly kinds: readonly FailureKind[] },
): Promise<number> {
  const stopped = await payoutsInQuery(db, ["held", "failed"], MOST_RETRIED);
  const waiting = stopped.filter(({ reason }) => reason !== null && kinds.includes(reason.kind));
  await enqueue(queueOf(env, books), waiting.map(({ id }) => message(settlePayoutMessage, { ...owner, shopId: db.shopId, payoutId: id, post: "as_set", postponed: 0 })));
  return waiting.length;
}

/** Has payouts compared with the books, on the queue of those; `shard` as in every message. */
export async function sendLooks(
  env: Bindings, db: ShopDb, { shard, books, delaySeconds }: { readonly shard: number; readonly books: string; readonly delaySeconds?: number }, ids: readonly PayoutId[],
): Promise<void> {
  await enqueue(queueOf(env, books), ids.map((payoutId) => message(settlePayoutMessage, {
    shopId: db.shopId, shard, payoutId, post: "as_set", looks: true, by: "daybook", postponed: 0,
  }, delaySeconds)));
}

/** How many payouts are looked through for lines that need an account. */
const PAYOUTS_LOOKED_THROUGH = 200;

/** The latest payouts that were read, newest first, for whoever asks which lines occur. */
export async function recentPayouts(db: ShopDb): Promise<{ readonly date: BusinessDate; readonly payout: Payout }[]> {
  return (await latestPayouts(db, PAYOUTS_LOOKED_THROUGH)).map(({ arrivalDate, totals }) => ({ date: arrivalDate, payout: totals }));
}

/** Writes a payout over the row that it was decided on. False when something else stands there by now: the caller decides anew. */
export async function savePayout(db: ShopDb, before: PayoutRow, after: PayoutRow): Promise<boolean> {
  return (await payoutWritten(db, before, after)).length === 1;
}

/** What was posted, in one batch with the payout that it settles. False when the lease was lost: nothing is recorded. */
export async function recordPayout(db: ShopDb, posted: { readonly before: PayoutRow; readonly after: PayoutRow; readonly entry: PayoutEntryRow }): Promise<boolean> {
  const { before, after, entry } = posted;
  if (before.leaseToken === null) return false;
  // The entry first: its statement asks whether the lease still stands, and the payout's own ends it.
  const statements: [Statement, ReturnType<typeof payoutWritten>] = [payoutEntryWritten(db, entry, before.leaseToken), payoutWritten(db, before, after)];
  const [, rows] = await db.orm.batch(statements);
  return rows.length === 1;
}
