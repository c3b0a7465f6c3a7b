/**
 * Posting a day. The exact entry is written down under a lease before it is
 * sent, so that whoever comes after a crash can look up what became of it, and sends nothing else under its number.
 */
import type { Failure } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import { newSecret } from "../../kernel/ids";
import { addDays } from "../../kernel/day";
import type { Access } from "../../providers/registry";
import type { ConnectionRow } from "../connections/service";
import { leaseFrom, moved, needsLookUp, saveDay, type DayRow, type PendingEntry, type Totals } from "../days/service";
import { ask, booksOf, isAboutTheGrant, nameOf } from "./ask";
import { callsToDeliver, deliver, fateOf, type Fate } from "./deliver";
import { titleOf } from "./circumstances";
import { FINISHED, OVERTAKEN, type Job, type Outcome, type ShopDay, type Step } from "./job";
import { record } from "./record";
import { leave, settle } from "./settle";

/**
 * An entry to send. `read` is set when it was just built from a reading that is not saved yet. `check` asks the books
 * whether anything speaks against it before it is written down; what it answers with holds the day.
 */
export type Draft = {
  readonly pending: PendingEntry; readonly read?: Totals; readonly note: string;
  readonly check?: ((access: Access) => Promise<Result<Failure | null>>) | null;
};

/** A lost answer is looked up after this long: the books may still be writing. */
export const LOOK_UP_AFTER_SECONDS = 60;

/** Posts a draft, unless it stands in the books already. */
export async function postDay(job: Job, shopDay: ShopDay, books: ConnectionRow, draft: Draft): Promise<Step> {
  const mayBeThere = needsLookUp(shopDay.day) || draft.pending.mayBeInBooks;
  let held: DayRow | null = null;
  const asked = await ask(job, books, callsFor(shopDay, books, draft), async (access): Promise<Result<Fate>> => {
    const checked = held === null && draft.check ? await draft.check(access) : ok(null);
    if (!checked.ok) return checked;
    if (checked.value !== null) return ok({ kind: "refused", failure: checked.value });
    held ??= await begin(job, shopDay.day, { ...draft, pending: { ...draft.pending, mayBeInBooks: mayBeThere } });
    if (held === null) return ok({ kind: "overtaken" });
    const fate = await deliver({ books: booksOf(books), access, order: draft.pending, memo: memoOf(draft.pending, shopDay), mayBeThere });
    const mayRenew = fate.kind === "refused" && isAboutTheGrant(fate.failure);
    return mayRenew ? failed(fate.failure) : ok(fate);
  });
  const standing: Standing = { shopDay, books, current: held ?? shopDay.day, draft, mayBeThere };
  if (asked.kind === "no_room") return await stepBack(job, standing, { kind: "postponed", afterSeconds: asked.afterSeconds });
  return await conclude(job, standing, asked.result.ok ? asked.result.value : fateOf(asked.result.failure, mayBeThere));
}

/** A shop's first entries are the first ones on their accounts. */
function callsFor({ isNewHere }: ShopDay, books: ConnectionRow, { pending, check }: Draft): number {
  const { calls } = booksOf(books);
  const accounts = isNewHere ? new Set(pending.entry.lines.map(({ account }) => account.id)).size : 0;
  return callsToDeliver(booksOf(books), pending.method) + accounts * calls.newAccount[pending.method] + (check ? calls.findLookalikes : 0);
}

type Standing = {
  readonly shopDay: ShopDay;
  readonly books: ConnectionRow;
  /** The row as this job left it: under its lease, or as it was loaded when it came to no lease. */
  readonly current: DayRow;
  readonly draft: Draft;
  readonly mayBeThere: boolean;
};

/** Writes down what is about to be sent. Null when somebody else moved the day meanwhile. */
async function begin(job: Job, before: DayRow, { pending, read, note }: Draft): Promise<DayRow | null> {
  const now = job.world.clock();
  const lease = leaseFrom(now, newSecret(job.world.random));
  const after = moved(before, { to: "posting", pending, lease, ...(read === undefined ? {} : { read }) }, now, note);
  return (await saveDay(job.db, before, after)) ? after : null;
}

function memoOf({ kind, mappingVersion, dayFingerprint, cause, bookedOn }: PendingEntry, { location, day }: ShopDay): string {
  const what = kind === "sales" ? "sales" : "correction";
  const why = cause === "" ? "" : ` ${cause}.`;
  const moved = bookedOn === day.businessDate ? "" : ` Re: ${day.businessDate}, books closed through ${addDays(bookedOn, -1)}.`;
  return `Daybook: ${what} of ${location.name} on ${day.businessDate}.${why}${moved} Mapping version ${mappingVersion}, day ${dayFingerprint.slice(0, 12)}.`;
}

async function conclude(job: Job, standing: Standing, fate: Fate): Promise<Step> {
  const { shopDay, books, current, draft } = standing;
  switch (fate.kind) {
    case "overtaken":
      return OVERTAKEN;
    case "booked":
      return await record(job, shopDay, { before: current, booked: fate.booked, books });
    case "refused":
      return await settle(job, current, { to: "stopped", reason: fate.failure, ...readOf(standing) }, titleOf(shopDay, fate.failure));
    case "not_sent":
      return await stepBack(job, standing, againAfter(fate.failure));
    case "unknown":
      return await doubt(job, current, `${titleOf(shopDay, fate.failure)}. ${draft.pending.documentNumber} is looked up next`, fate.failure);
  }
}

/**
 * Leaves the day where it can be tried from again: uncertain where an earlier attempt may have arrived, approved as it
 * was where a person approved this very entry, otherwise ready (changed, where it is in the books already), to be read
 * and decided anew.
 */
async function stepBack(job: Job, standing: Standing, outcome: Outcome): Promise<Outcome> {
  const { books, current, draft, mayBeThere } = standing;
  const { pending, read } = draft;
  const note = `${nameOf(books, "The books")} could not take ${pending.documentNumber} yet; it is tried again`;
  if (mayBeThere) return current.state === "posting" ? await settle(job, current, { to: "uncertain" }, note, outcome) : outcome;
  if (read === undefined) {
    return current.leaseToken === null ? outcome : await settle(job, current, { to: "posting", pending, lease: null }, note, outcome);
  }
  const to = standing.shopDay.entries.length === 0 ? "ready" : "changed";
  if (current.state === to && current.fingerprint === read.fingerprint) return outcome;
  return await settle(job, current, { to, ...readOf(standing) }, note, outcome);
}

/** A reading that no write has saved yet. */
function readOf({ current, draft }: Standing): { readonly read?: Totals } {
  return current.state === "posting" || draft.read === undefined ? {} : { read: draft.read };
}

/** Only a look-up leaves here: by the message that comes again, or by tomorrow's planner when its grant has ended. */
async function doubt(job: Job, current: DayRow, note: string, failure: Failure): Promise<Outcome> {
  const outcome = isAboutTheGrant(failure) ? FINISHED : againAfter(failure);
  if (current.state === "posting") return await settle(job, current, { to: "uncertain" }, note, outcome);
  return outcome.kind === "done" ? await leave(job, current.state) : outcome;
}

function againAfter(failure: Failure): Outcome {
  if (failure.kind === "provider_busy" && failure.retryAfterSeconds !== null) return { kind: "again", afterSeconds: failure.retryAfterSeconds };
  return failure.kind === "answer_lost" ? { kind: "again", afterSeconds: LOOK_UP_AFTER_SECONDS } : { kind: "away" };
}
