/**
 * Posting a payout, by the discipline of a day: the exact entry is written down under a lease before it is sent, so that
 * whoever comes after a crash can look up what became of it, and sends nothing else under its number.
 */
import { assert } from "../../kernel/assert";
import type { Failure } from "../../kernel/failure";
import { newSecret } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { payoutNumber, payoutRequestIdFor } from "../../ledger/document-number";
import { fingerprintOfEntry } from "../../ledger/fingerprint";
import type { BookedEntry } from "../../providers/registry";
import type { ConnectionRow } from "../connections/service";
import { leaseFrom, mayBeInBooks } from "../days/service";
import { movedPayout, payoutNeedsLookUp, recordPayout, savePayout, type PayoutMove, type PayoutRow, type PendingPayout } from "../payouts/service";
import { ask, booksOf, callsToDeliver, deliver, fateOf, FINISHED, isAboutTheGrant, LOOK_UP_AFTER_SECONDS, nameOf, OVERTAKEN, type Fate, type Outcome } from "../sync/service";
import type { SettlingJob } from "./job";
import type { ShopPayout } from "./load";
import type { Proposal } from "./rules";
import { payoutTitleOf } from "./words";

/** The entry of a payout with everything that its fate can be found out by. */
export async function draftOf({ payout, location, mapping }: ShopPayout, books: ConnectionRow, proposal: Proposal, by: string): Promise<PendingPayout> {
  const revision = payout.revision + 1;
  return {
    ...proposal, revision, method: "journal", booksConnectionId: books.id,
    documentNumber: payoutNumber({ locationCode: location.code, date: payout.numberedOn, nth: payout.nth, revision }),
    requestId: await payoutRequestIdFor({
      shopId: payout.shopId, books: books.externalAccount, payoutId: payout.id, revision, since: payout.reason?.kind === "entry_differs" ? payout.changedAt : 0,
    }),
    mappingVersion: mapping.version, payoutFingerprint: payout.fingerprint, postedBy: by, mayBeInBooks: mayBeInBooks(payout.reason),
  };
}

type Standing = {
  readonly shopPayout: ShopPayout;
  readonly books: ConnectionRow;
  /** The row as this job left it: under its lease, or as it was loaded when it came to no lease. */
  readonly current: PayoutRow;
  readonly pending: PendingPayout;
  readonly mayBeThere: boolean;
};

/** Posts a draft, unless it stands in the books already. */
export async function postPayout(job: SettlingJob, shopPayout: ShopPayout, books: ConnectionRow, pending: PendingPayout): Promise<Outcome> {
  const { payout } = shopPayout;
  const mayBeThere = payoutNeedsLookUp(payout) || pending.mayBeInBooks;
  let held: PayoutRow | null = null;
  const asked = await ask(job, books, callsToDeliver(booksOf(books), pending.method), async (access): Promise<Result<Fate>> => {
    held ??= await begin(job, payout, { ...pending, mayBeInBooks: mayBeThere });
    if (held === null) return ok({ kind: "overtaken" });
    const fate = await deliver({ books: booksOf(books), access, order: pending, memo: memoOf(shopPayout, pending), mayBeThere });
    const mayRenew = fate.kind === "refused" && isAboutTheGrant(fate.failure);
    return mayRenew ? failed(fate.failure) : ok(fate);
  });
  const standing: Standing = { shopPayout, books, current: held ?? payout, pending, mayBeThere };
  if (asked.kind === "no_room") return await stepBack(job, standing, { kind: "postponed", afterSeconds: asked.afterSeconds });
  return await conclude(job, standing, asked.result.ok ? asked.result.value : fateOf(asked.result.failure, mayBeThere));
}

/** Moves a payout and says how the delivery ended; `OVERTAKEN` when somebody else moved it first. */
export async function settle(job: SettlingJob, before: PayoutRow, move: PayoutMove, note: string | null, outcome: Outcome = FINISHED): Promise<Outcome> {
  const after = movedPayout(before, move, job.world.clock(), note);
  if (!(await savePayout(job.db, before, after))) return OVERTAKEN;
  logMove(job, after);
  return outcome;
}

/** Writes into the log where a payout went; its amounts stay out. */
function logMove({ world, db, attempts }: SettlingJob, { locationId, arrivalDate, state, reason }: PayoutRow): void {
  const kind = reason === null ? {} : { kind: reason.kind };
  world.log.info("payout.moved", { shopId: db.shopId, locationId, businessDate: arrivalDate, state, attempts, ...kind });
}

/** Writes down what is about to be sent. Null when somebody else moved the payout meanwhile. */
async function begin(job: SettlingJob, before: PayoutRow, pending: PendingPayout): Promise<PayoutRow | null> {
  const now = job.world.clock();
  const note = payoutNeedsLookUp(before) ? `Looking up ${pending.documentNumber}` : `Sending ${pending.documentNumber}`;
  const after = movedPayout(before, { to: "posting", pending, lease: leaseFrom(now, newSecret(job.world.random)) }, now, note);
  return (await savePayout(job.db, before, after)) ? after : null;
}

function memoOf({ payout, location }: ShopPayout, { cause, mappingVersion, payoutFingerprint }: PendingPayout): string {
  const why = cause === "" ? "" : ` ${cause}.`;
  const what = `${payout.totals.processor.name} payout to ${location.name} that arrived on ${payout.arrivalDate}`;
  return `Daybook: ${what}.${why} Mapping version ${mappingVersion}, payout ${payoutFingerprint.slice(0, 12)}.`;
}

async function conclude(job: SettlingJob, standing: Standing, fate: Fate): Promise<Outcome> {
  const { shopPayout, books, current, pending } = standing;
  switch (fate.kind) {
    case "overtaken":
      return OVERTAKEN;
    case "booked":
      return await record(job, current, fate.booked, nameOf(books, "the books"));
    case "refused":
      return await settle(job, current, { to: "stopped", reason: fate.failure }, payoutTitleOf(shopPayout, fate.failure));
    case "not_sent":
      return await stepBack(job, standing, againAfter(fate.failure));
    case "unknown":
      return await doubt(job, current, `${payoutTitleOf(shopPayout, fate.failure)}. ${pending.documentNumber} is looked up next`, fate.failure);
  }
}

/** Leaves the payout where it can be tried from again: uncertain, approved as it was, or to be decided anew. */
async function stepBack(job: SettlingJob, { shopPayout, books, current, pending, mayBeThere }: Standing, outcome: Outcome): Promise<Outcome> {
  if (current.state !== "posting") return outcome;
  const note = `${nameOf(books, "The books")} could not take ${pending.documentNumber} yet; it is tried again`;
  if (mayBeThere) return await settle(job, current, { to: "uncertain" }, note, outcome);
  if (current.leaseToken === null) return outcome;
  const wasApproved = shopPayout.payout.pending !== null;
  const back: PayoutMove = wasApproved ? { to: "posting", pending, lease: null } : { to: current.revision > 0 ? "changed" : "ready" };
  return await settle(job, current, back, note, outcome);
}

/** Only a look-up leaves here: by the message that comes again, or by tomorrow's reading when its grant has ended. */
async function doubt(job: SettlingJob, current: PayoutRow, note: string, failure: Failure): Promise<Outcome> {
  const outcome = isAboutTheGrant(failure) ? FINISHED : againAfter(failure);
  return current.state === "posting" ? await settle(job, current, { to: "uncertain" }, note, outcome) : outcome;
}

function againAfter(failure: Failure): Outcome {
  if (failure.kind === "provider_busy" && failure.retryAfterSeconds !== null) return { kind: "again", afterSeconds: failure.retryAfterSeconds };
  return failure.kind === "answer_lost" ? { kind: "again", afterSeconds: LOOK_UP_AFTER_SECONDS } : { kind: "away" };
}

/** Turns a pending entry into one that stands in the books. `OVERTAKEN` when the lease was lost: its holder records it. */
async function record(job: SettlingJob, before: PayoutRow, booked: BookedEntry, booksName: string): Promise<Outcome> {
  const { pending } = before;
  assert(pending !== null, "only what was written down is recorded");
  const { entry, method: _method, mayBeInBooks: _mayBe, ...written } = pending;
  const now = job.world.clock();
  const note = `Posted to ${booksName} as ${pending.documentNumber} and read back: equal to the cent`;
  const after = movedPayout(before, { to: "recorded", revision: pending.revision }, now, note);
  const { currency, totalMinor, lines } = entry;
  const row = {
    ...written, shopId: before.shopId, payoutId: before.id, externalId: booked.id, currency, totalMinor, lines,
    entryFingerprint: await fingerprintOfEntry(entry), postedAt: now,
  };
  if (!(await recordPayout(job.db, { before, after, entry: row }))) return OVERTAKEN;
  logMove(job, after);
  return FINISHED;
}
