/** Records what was posted: the entry and the day that it settles, together or not at all. */
import { assert } from "../../kernel/assert";
import { fingerprintOfEntry } from "../../ledger/fingerprint";
import type { BookedEntry } from "../../providers/registry";
import { moved, recordPosted, type DayRow, type EntryRow, type PendingEntry } from "../days/service";
import { FINISHED, OVERTAKEN, type Job, type Outcome } from "./job";
import { logMove, marksOf } from "./settle";

/** Turns a day's pending entry into one that stands in the books. `OVERTAKEN` when the lease was lost: its holder records it. */
export async function record(job: Job, before: DayRow, booked: BookedEntry, booksName: string): Promise<Outcome> {
  const { pending } = before;
  assert(pending !== null, "only what was written down is recorded");
  const now = job.world.clock();
  const note = `Posted to ${booksName} as ${pending.documentNumber} and read back: equal to the cent`;
  const after = moved(before, { to: "recorded", revision: pending.revision }, now, note);
  const entry = await rowOf(before, pending, booked, now);
  if (!(await recordPosted(job.db, { before, after, entry }, marksOf(job, after.state, now)))) return OVERTAKEN;
  logMove(job, after);
  return FINISHED;
}

async function rowOf(day: DayRow, pending: PendingEntry, booked: BookedEntry, postedAt: number): Promise<EntryRow> {
  const { shopId, locationId, businessDate } = day;
  const { entry, revision, kind, bookedOn, method, cause, reverses, booksConnectionId, documentNumber, requestId, mappingVersion, dayFingerprint, postedBy } = pending;
  return {
    shopId, locationId, businessDate, revision, kind, bookedOn, method, cause, reverses, booksConnectionId, externalId: booked.id, documentNumber, requestId,
    currency: entry.currency, totalMinor: entry.totalMinor, lines: entry.lines, mappingVersion, dayFingerprint,
    entryFingerprint: await fingerprintOfEntry(entry), postedBy, postedAt,
  };
}
