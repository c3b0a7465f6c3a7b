/** What the rest of Daybook may ask of payouts, and how one is written: compared and swapped, never blindly. */
import type { ShopDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import type { Payout } from "../../ledger/payout";
import type { BusinessDate } from "../../kernel/day";
import { latestPayouts, payoutEntryWritten, payoutWritten, type PayoutEntryRow, type PayoutRow } from "./store";

export { isPayoutLeased, movedPayout, payoutIdOf, payoutNeedsLookUp } from "./rules";
export type { PayoutMove, PayoutRead, PendingPayout } from "./rules";
export {
  entriesBetweenQuery, firstPayoutOf, MOST_PAYOUTS_AT_ONCE, payoutAdded, payoutBalanceOn, payoutEntriesOfStretch, payoutEntriesQuery, payoutQuery, payoutsBetweenQuery, payoutsInQuery, payoutsOfLocation, payoutWrittenOrAborted, withheldOf,
} from "./store";
export type { ArrivedEntry, PayoutEntryRow, PayoutRow } from "./store";

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
