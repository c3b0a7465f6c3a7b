/** Records what was posted: the entry and the day that it settles, together or not at all. */
import { assert } from "../../kernel/assert";
import { fingerprintOfEntry } from "../../ledger/fingerprint";
import type { BookedEntry } from "../../providers/registry";
import type { ConnectionRow } from "../connections/service";
import { isUndone, moved, NEVER_SENT, recordPosted, recordUnsent, withoutDecision, type DayRow, type EntryRow, type PendingEntry } from "../days/service";
import { nameOf } from "./ask";
import { draftOf } from "./draft";
import { FINISHED, MORE, OVERTAKEN, type Job, type Outcome, type ShopDay, type Step } from "./job";
import { restingState } from "./rules";
import { logMove, marksOf } from "./settle";
import { afterReversal, writingOff } from "./target";

/** What arrived, and the day as its lease left it. */
type Arrived = { readonly before: DayRow; readonly booked: BookedEntry; readonly books: ConnectionRow };

/**
 * Turns a day's pending entry into one that stands in the books. What belongs after a reversal becomes the day's next
 * pending entry in the same batch (`MORE`), so that no crash leaves a day taken back and not posted anew. `OVERTAKEN`
 * when the lease was lost: its holder records it.
 */
export async function record(job: Job, shopDay: ShopDay, { before, booked, books }: Arrived): Promise<Step> {
  const { pending } = before;
  assert(pending !== null, "only what was written down is recorded");
  const now = job.world.clock();
  const note = `Posted to ${nameOf(books, "the books")} as ${pending.documentNumber} and read back: equal to the cent`;
  const entry = await rowOf(before, pending, booked.id, now);
  const entries = [...shopDay.entries, entry];
  const next = await nextOf(shopDay, entries, pending, books);
  const as = isUndone(before) ? "ready" : restingState(entries);
  const after = moved(before, { to: "recorded", revision: pending.revision, as, next }, now, note);
  if (!(await recordPosted(job.db, { before, after, entry }, next === null ? marksOf(job, after.state, now) : []))) return OVERTAKEN;
  logMove(job, after);
  return next === null ? FINISHED : MORE;
}

/**
 * Takes a day back of which people left nothing in the books: that is put on record, so that the day's entries come to
 * nothing as the books do, and nothing is sent. What was decided about those entries is over.
 */
export async function recordGone(job: Job, shopDay: ShopDay, books: ConnectionRow): Promise<Outcome> {
  const { day, entries } = shopDay;
  const now = job.world.clock();
  const pending = await draftOf(shopDay, books, writingOff(shopDay), day.fingerprint ?? entries.at(-1)?.dayFingerprint ?? "", job.request.by);
  const note = `${nameOf(books, "The books")} holds nothing of this day any more: there was nothing to take back, and nothing was posted`;
  const taken = moved(day, { to: "recorded", revision: pending.revision, as: "ready", next: null }, now, note);
  const after = withoutDecision(withoutDecision(taken, "edit_accepted"), "edit_corrected");
  const entry = await rowOf(day, pending, NEVER_SENT, now);
  if (!(await recordUnsent(job.db, { before: day, after, entry }, marksOf(job, after.state, now)))) return OVERTAKEN;
  logMove(job, after);
  return FINISHED;
}

async function nextOf(shopDay: ShopDay, entries: readonly EntryRow[], pending: PendingEntry, books: ConnectionRow): Promise<PendingEntry | null> {
  const order = pending.kind === "reversal" ? afterReversal(entries, pending) : null;
  if (order === null) return null;
  const day = { ...shopDay.day, revision: pending.revision, reason: null };
  return await draftOf({ ...shopDay, day }, books, order, pending.dayFingerprint, pending.postedBy);
}

async function rowOf(day: DayRow, pending: PendingEntry, externalId: string, postedAt: number): Promise<EntryRow> {
  const { shopId, locationId, businessDate } = day;
  const { entry, revision, kind, bookedOn, method, cause, reverses, booksConnectionId, documentNumber, requestId, mappingVersion, dayFingerprint, postedBy } = pending;
  return {
    shopId, locationId, businessDate, revision, kind, bookedOn, method, cause, reverses, booksConnectionId, externalId, documentNumber, requestId,
    currency: entry.currency, totalMinor: entry.totalMinor, lines: entry.lines, mappingVersion, dayFingerprint,
    entryFingerprint: await fingerprintOfEntry(entry), postedBy, postedAt,
  };
}
