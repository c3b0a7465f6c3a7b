/** What the rest of Daybook may ask of days, and how a day is written: compared and swapped, never blindly. */
import { addDays, type BusinessDate } from "../../kernel/day";
import type { FailureKind } from "../../kernel/failure";
import type { ConnectionId, LocationId } from "../../kernel/ids";
import type { SalesDay } from "../../ledger/sales-day";
import type { ShopDb } from "../../platform/database";
import { dayQuery, daysPostedTo, dayWritten, entriesQuery, entryWritten, glancesQuery, latestDate, postedUnder, stoppedDays, totalsSince } from "./store";
import type { DayGlance, DayRow, EntryRow, Statement } from "./store";

export { explain, headlineOf, type Circumstances } from "./explain";
export { decided, heldInBooks, isAboutBooks, isKnown, isLeased, isUndone, leaseFrom, mayBeInBooks, moved, needsLookUp, NEVER_SENT, stoppedStateOf, unreadDay, withAttempt, withoutDecision } from "./rules";
export type { DayKey, Follower, Lease, Move, PendingEntry, Totals } from "./rules";
export { balanceOn, changedDatesQuery, dayQuery, daysOfStretch, dayWrittenOrAborted, entriesOfStretch, entriesQuery, firstEntriesQuery, firstEntryQuery, glancesInQuery, glancesQuery } from "./store";
export type { DayGlance, DayRow, EntryRow, ReportedDay, Statement, Stretch } from "./store";
export { toCell, toEntryView, toLineViews, toProposal, toTieOut, toTotalsView } from "./view";

/** One day's row, or null where nothing was ever written for it. */
export async function findDay(db: ShopDb, locationId: LocationId, businessDate: BusinessDate): Promise<DayRow | null> {
  const [row] = await dayQuery(db, { locationId, businessDate });
  return row ?? null;
}

/** What was posted for one day, oldest first. */
export async function entriesOf(db: ShopDb, locationId: LocationId, businessDate: BusinessDate): Promise<EntryRow[]> {
  return await entriesQuery(db, { locationId, businessDate });
}

/** All days of the shop in a range of dates, both included. */
export async function listDays(db: ShopDb, from: BusinessDate, to: BusinessDate): Promise<DayGlance[]> {
  return await glancesQuery(db, from, to);
}

export type DatedTotals = { readonly locationId: LocationId; readonly date: BusinessDate; readonly totals: SalesDay };

/** Totals of all that was read on the `days` dates up to the latest one that was read, newest first. */
export async function recentTotals(db: ShopDb, days: number): Promise<DatedTotals[]> {
  const latest = await latestDate(db);
  if (latest === null) return [];
  const rows = await totalsSince(db, addDays(latest, 1 - days));
  return rows.flatMap(({ locationId, businessDate, totals }) => (totals === null ? [] : [{ locationId, date: businessDate, totals }]));
}

/** Days stopped by one of these failures, newest first; at most 500. */
export async function daysStoppedBy(db: ShopDb, kinds: readonly FailureKind[]): Promise<{ locationId: LocationId; businessDate: BusinessDate }[]> {
  return await stoppedDays(db, kinds, 500);
}

/** The days whose entries stand under these ids (at most 90) in a connection's books; none for ids of somebody else's entries. */
export async function daysInBooks(db: ShopDb, booksId: ConnectionId, externalIds: readonly string[]): Promise<{ locationId: LocationId; businessDate: BusinessDate }[]> {
  return await postedUnder(db, booksId, externalIds);
}

/** Days that stand in the books on an account with one of these keys, newest first; at most 500. `keys`: at most 40. */
export async function daysStandingOn(
  db: ShopDb, accountId: string, keys: readonly string[],
): Promise<{ locationId: LocationId; businessDate: BusinessDate }[]> {
  return keys.length === 0 ? [] : await daysPostedTo(db, { accountId, keys: keys.slice(0, 40) }, 500);
}

/**
 * Writes a day over the row that it was decided on, and `also` in the same batch. False when something else stands
 * there by now: the day is then as somebody else left it, and the caller decides anew.
 */
export async function saveDay(db: ShopDb, before: DayRow, after: DayRow, also: readonly Statement[] = []): Promise<boolean> {
  const write = dayWritten(db, before, after);
  if (also.length === 0) return (await write).length === 1;
  const [rows] = await db.orm.batch([write, ...also]);
  return rows.length === 1;
}

/** What was posted, all in one batch with the day that it settles. False when the lease was lost: nothing is recorded. */
export async function recordPosted(
  db: ShopDb, posted: { readonly before: DayRow; readonly after: DayRow; readonly entry: EntryRow }, also: readonly Statement[] = [],
): Promise<boolean> {
  const { before, after, entry } = posted;
  if (before.leaseToken === null) return false;
  // The entry first: its statement asks whether the lease still stands, and the day's own ends it.
  const [, rows] = await db.orm.batch([entryWritten(db, entry, { leaseToken: before.leaseToken }), dayWritten(db, before, after), ...also]);
  return rows.length === 1;
}

/** Records what needed no sending, and so no lease, with the day that it settles. False when somebody else moved the day meanwhile: nothing is recorded. */
export async function recordUnsent(
  db: ShopDb, unsent: { readonly before: DayRow; readonly after: DayRow; readonly entry: EntryRow }, also: readonly Statement[] = [],
): Promise<boolean> {
  const { before, after, entry } = unsent;
  const [, rows] = await db.orm.batch([entryWritten(db, entry, { changedAt: before.changedAt }), dayWritten(db, before, after), ...also]);
  return rows.length === 1;
}
