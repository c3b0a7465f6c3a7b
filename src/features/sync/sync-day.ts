/** One shop-day, from its message to its rest: a pending entry is settled first, otherwise the till is read. */
import { assert } from "../../kernel/assert";
import { SECOND } from "../../kernel/clock";
import { windowOf } from "../../kernel/day";
import type { Failure, FailureKind } from "../../kernel/failure";
import { failed } from "../../kernel/result";
import { fingerprintOf } from "../../ledger/fingerprint";
import { isRemote, providerOf, type DayReading } from "../../providers/registry";
import { scheduleOf, type ConnectionRow } from "../connections/service";
import { isAboutBooks, isLeased, isUndone, mayBeInBooks, needsLookUp, type Move, type PendingEntry, type Totals } from "../days/service";
import { readDropped } from "../files/service";
import { ask, nameOf, tillOf, type Asked } from "./ask";
import { titleOf } from "./circumstances";
import { draftOf } from "./draft";
import { inspect } from "./inspect";
import { FINISHED, OVERTAKEN, type Job, type Outcome, type ShopDay, type Step } from "./job";
import { loadShopDay } from "./load";
import { lookAround } from "./lookalike";
import type { PostWish } from "./messages";
import { postDay } from "./post-day";
import { recordGone } from "./record";
import { blockOf, decide, isStoppedBy, type Decision, type Reading } from "./rules";
import { handOn, isHandedOn } from "./send";
import { leave, moveOn, settle } from "./settle";
import { stands, takingBack, type Seen } from "./target";

/** A day that is taken back and posted anew sends an entry more than it has; no day has as many. */
const MOST_STEPS = 60;

/** Handles one delivery. Any number of them, in any order and at once, end with each entry at most once in the books. */
export async function syncDay(job: Job): Promise<Outcome> {
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const step = await oneStep(job);
    if (step.kind !== "more") return step;
  }
  return OVERTAKEN;
}

async function oneStep(job: Job): Promise<Step> {
  const { locationId, date } = job.request;
  const shopDay = await loadShopDay(job.db, locationId, date);
  if (shopDay === null) {
    job.world.log.warn("day.no_such_location", { shopId: job.db.shopId, locationId, businessDate: date });
    return FINISHED;
  }
  const { day, location, entries } = shopDay;
  const now = job.world.clock();
  // Before its close a day is not a day yet: whatever it came to would change.
  if (windowOf(scheduleOf(location), date).end > now) return FINISHED;
  if (isLeased(day, now)) return { kind: "again", afterSeconds: ((day.leaseUntil ?? now) - now) / SECOND + 1 };
  const isTakenBack = day.pending === null && isUndone(day) && stands(entries);
  const asksBooksAlone = day.pending !== null || isTakenBack || (job.request.why === "books_changed" && entries.length > 0);
  if (asksBooksAlone && isHandedOn(job, shopDay)) {
    await handOn(job, shopDay.books);
    return FINISHED;
  }
  if (day.pending !== null) return await settlePending(job, shopDay, day.pending);
  if (isTakenBack) return await takeBack(job, shopDay);
  if (job.request.why === "books_changed" && entries.length > 0) return await lookAtBooks(job, shopDay);
  return job.request.stage === "post" ? await decideOnSaved(job, shopDay, null) : await readAndDecide(job, shopDay, null);
}

/** Finds out what became of an entry that was written down, and brings it to its end: the same entry, nothing newer. */
async function settlePending(job: Job, shopDay: ShopDay, pending: PendingEntry): Promise<Step> {
  const { day, books } = shopDay;
  const note = needsLookUp(day) ? `Looking up ${pending.documentNumber}` : `Sending ${pending.documentNumber}`;
  if (books !== null && books.id === pending.booksConnectionId && books.state === "connected") {
    const kept = isUnseen(shopDay, pending) ? await recheck(job, shopDay, books, pending) : null;
    const check = needsLookUp(day) ? null : lookAround(job, shopDay, books, pending);
    return kept ?? await postDay(job, shopDay, books, { pending, note, check });
  }
  if (!needsLookUp(day)) {
    const reason = blockOf(shopDay) ?? { kind: "not_connected" as const, role: "books" as const };
    return await settle(job, day, { to: "stopped", reason }, titleOf(shopDay, reason));
  }
  // The books that may hold it cannot be asked: nothing may be posted until they can.
  if (day.state === "posting") return await settle(job, day, { to: "uncertain" }, `${pending.documentNumber} is looked up when the books are connected again`);
  return await leave(job, day.state);
}

/** A correction that a person approved, and that nobody tried to send: the books were not looked at since. */
function isUnseen({ day, entries }: ShopDay, { kind, bookedOn }: PendingEntry): boolean {
  const addsToBooks = entries.length > 0 && entries.at(-1)?.kind !== "reversal";
  return !needsLookUp(day) && (kind === "sales" ? bookedOn !== day.businessDate : addsToBooks);
}

/** Looks at the books before an approved correction is sent. Null when nothing speaks against it. */
async function recheck(job: Job, shopDay: ShopDay, books: ConnectionRow, { bookedOn }: PendingEntry): Promise<Outcome | null> {
  const looked = await inspect(job, shopDay, books);
  if (looked.kind === "no_room") return { kind: "postponed", afterSeconds: looked.afterSeconds };
  if (!looked.result.ok) return await notSeen(job, shopDay, looked.result.failure, null);
  if (looked.result.value.kind === "changed") return await stopped(job, shopDay, looked.result.value.failure, null);
  const { closedThrough } = looked.result.value.seen;
  const isClosed = closedThrough !== null && bookedOn <= closedThrough;
  return isClosed ? await stopped(job, shopDay, { kind: "period_closed", closedThrough }, null) : null;
}

/** The books said that something changed. The till is asked only where the day waits for what they hold now. */
async function lookAtBooks(job: Job, shopDay: ShopDay): Promise<Step> {
  const { day, books } = shopDay;
  if (books === null || blockOf(shopDay) !== null) return await leave(job, day.state);
  const looked = await inspect(job, shopDay, books);
  if (looked.kind === "no_room") return { kind: "postponed", afterSeconds: looked.afterSeconds };
  if (!looked.result.ok) return PASSING.has(looked.result.failure.kind) ? againAfter(looked.result.failure) : await leave(job, day.state);
  if (looked.result.value.kind === "changed") return await stopped(job, shopDay, looked.result.value.failure, null);
  if (day.reason?.kind !== "books_changed") return await leave(job, day.state);
  const { seen } = looked.result.value;
  return job.request.stage === "post" ? await decideOnSaved(job, shopDay, seen) : await readAndDecide(job, shopDay, seen);
}

/** Takes back what stands of a day that was undone; the till has no say in it. */
async function takeBack(job: Job, shopDay: ShopDay): Promise<Step> {
  const { day, entries, books } = shopDay;
  const blocked = blockOf(shopDay);
  if (blocked !== null || books === null) return await stopped(job, shopDay, blocked ?? { kind: "not_connected", role: "books" }, null);
  const looked = await inspect(job, shopDay, books);
  if (looked.kind === "no_room") return { kind: "postponed", afterSeconds: looked.afterSeconds };
  if (!looked.result.ok) return await notSeen(job, shopDay, looked.result.failure, null);
  if (looked.result.value.kind === "changed") return await stopped(job, shopDay, looked.result.value.failure, null);
  const order = takingBack(shopDay, looked.result.value.seen);
  if (order === null) return await recordGone(job, shopDay, books);
  const pending = await draftOf(shopDay, books, order, day.fingerprint ?? entries.at(-1)?.dayFingerprint ?? "", job.request.by);
  return await postDay(job, shopDay, books, { pending, note: `Taking back. Sending ${pending.documentNumber}` });
}

async function readAndDecide(job: Job, shopDay: ShopDay, known: Seen | null): Promise<Step> {
  const asked = await readTill(job, shopDay);
  if (asked.kind === "no_room") return { kind: "postponed", afterSeconds: asked.afterSeconds };
  if (!asked.result.ok) return await notRead(job, shopDay, asked.result.failure);
  // No file of this day yet, or one half of it: nothing has failed, and whoever drops it brings the day back.
  if (asked.result.value === null) return await leave(job, shopDay.day.state);
  const { day: totals, openChecks } = asked.result.value;
  const reading: Reading = { totals, fingerprint: await fingerprintOf(totals), openChecks, now: job.world.clock() };
  return await decideOn(job, shopDay, { reading, known }, [noteOf(shopDay, asked.result.value)]);
}

/**
 * The second stage, on what the first has saved: a day that waits for its books no more was moved by somebody else. Open
 * checks kept it from coming here, or nobody minds them.
 */
async function decideOnSaved(job: Job, shopDay: ShopDay, known: Seen | null): Promise<Step> {
  const { state, totals, fingerprint, reason } = shopDay.day;
  const isWaiting = state === "ready" || state === "changed" || isAboutBooks(reason);
  if (!isWaiting || totals === null || fingerprint === null) return await leave(job, state);
  const reading = { totals, fingerprint, openChecks: { count: 0, minor: 0 }, now: job.world.clock() };
  return await decideOn(job, shopDay, { reading, known }, []);
}

/** What a day is decided on: a reading, and what stands in the books where they were looked at already. */
type Known = { readonly reading: Reading; readonly known: Seen | null };

/** `said`: the first sentences of the day's history line. */
async function decideOn(job: Job, shopDay: ShopDay, { reading, known }: Known, said: readonly string[]): Promise<Step> {
  const post = wishOf(job, shopDay);
  const decision = decide(shopDay, reading, { post, seen: known });
  const asksBooks = decision.kind === "inspect" || decision.kind === "post";
  const read: Totals = { totals: reading.totals, fingerprint: reading.fingerprint };
  if (asksBooks && isHandedOn(job, shopDay)) return await saveAndHandOn(job, shopDay, read, said);
  if (decision.kind !== "inspect") return await carryOut(job, shopDay, decision, said);
  const { books } = shopDay;
  assert(books !== null, "only books that are connected are looked at");
  const looked = await inspect(job, shopDay, books);
  if (looked.kind === "no_room") return { kind: "postponed", afterSeconds: looked.afterSeconds };
  if (!looked.result.ok) return await notSeen(job, shopDay, looked.result.failure, read);
  if (looked.result.value.kind === "changed") return await stopped(job, shopDay, looked.result.value.failure, read);
  return await carryOut(job, shopDay, decide(shopDay, reading, { post, seen: looked.result.value.seen }), said);
}

async function carryOut(job: Job, shopDay: ShopDay, decision: Decision, said: readonly string[]): Promise<Step> {
  switch (decision.kind) {
    case "nothing":
      return await leave(job, shopDay.day.state);
    case "inspect":
      throw new Error("the books were looked at already");
    case "save":
      return await settle(job, shopDay.day, decision.move, [...said, ...afterthought(shopDay, decision.move, decision.note)].join(". "));
    case "post": {
      const { order, read } = decision;
      const { books } = shopDay;
      assert(books !== null, "nothing is posted without books");
      const pending = await draftOf(shopDay, books, order, read.fingerprint, job.request.by);
      return await postDay(job, shopDay, books, {
        pending, read, note: [...said, `Sending ${pending.documentNumber}`].join(". "), check: lookAround(job, shopDay, books, pending),
      });
    }
  }
}

/** A day that was left ready waits for a person, or for a message of its own: its turn in the trailing window is no reason to post it. */
function wishOf({ request }: Job, { day }: ShopDay): PostWish {
  return request.why === "reread" && request.stage !== "post" && day.state === "ready" ? "no" : request.post;
}

/** Saved first, sent afterwards: a crash in between reads the day once more and sends it then. */
async function saveAndHandOn(job: Job, shopDay: ShopDay, read: Totals, said: readonly string[]): Promise<Outcome> {
  const { day, books, entries } = shopDay;
  const isSaved = day.fingerprint === read.fingerprint && (entries.length > 0 || day.state === "ready" || isAboutBooks(day.reason));
  const move: Move = isAboutBooks(day.reason) ? { to: "stopped", reason: day.reason, read } : { to: entries.length === 0 ? "ready" : "changed", read };
  if (!isSaved && !(await moveOn(job, day, move, [...said, `${nameOf(books, "The books")} is next`].join(". ")))) return OVERTAKEN;
  await handOn(job, books);
  return FINISHED;
}

/** Stops a day where it stands, once for each reason. */
async function stopped(job: Job, shopDay: ShopDay, reason: Failure, read: Totals | null): Promise<Outcome> {
  const { day } = shopDay;
  const isSame = isStoppedBy(day, reason) && (read === null || read.fingerprint === day.fingerprint);
  return isSame ? await leave(job, day.state) : await settle(job, day, { to: "stopped", reason, ...(read === null ? {} : { read }) }, titleOf(shopDay, reason));
}

/** The books could not be looked at. A change that waits for them is written down, so that nobody takes the day for posted as it is. */
async function notSeen(job: Job, shopDay: ShopDay, failure: Failure, read: Totals | null): Promise<Outcome> {
  const { day, entries } = shopDay;
  if (!PASSING.has(failure.kind)) return await stopped(job, shopDay, failure, read);
  const outcome = againAfter(failure);
  const isWritten = read === null || entries.length === 0 || day.reason !== null || (day.state === "changed" && day.fingerprint === read.fingerprint);
  return isWritten ? outcome : await settle(job, day, { to: "changed", read }, "The day has changed since it was posted. The books could not be looked at yet; it is tried again", outcome);
}

async function readTill(job: Job, { till, location, day }: ShopDay): Promise<Asked<DayReading | null>> {
  if (till === null) return { kind: "answered", result: failed({ kind: "not_connected", role: "till" }) };
  if (till.state === "reconnect_needed") return { kind: "answered", result: failed({ kind: "reconnect_needed", provider: till.provider }) };
  if (!isRemote(providerOf(till.provider))) return { kind: "answered", result: await readDropped(job.db, location.id, day.businessDate) };
  const window = windowOf(scheduleOf(location), day.businessDate);
  const provider = tillOf(till);
  return await ask(job, till, provider.callsToReadDay, async (access) => (
    await provider.readDay(access, { locationId: location.externalId, currency: location.currency, window })
  ));
}

/** Failures that pass by themselves: the message comes again, and nothing is written. */
const PASSING: ReadonlySet<FailureKind> = new Set<FailureKind>(["provider_busy", "provider_down", "provider_unreadable", "key_unavailable"]);

/** A day that could not be read. What is in the books already stays as it is: it was read before. */
async function notRead(job: Job, shopDay: ShopDay, failure: Failure): Promise<Outcome> {
  const { day, entries } = shopDay;
  if (PASSING.has(failure.kind)) return againAfter(failure);
  // Nor does a till say anything of what may stand in the books.
  if (entries.length > 0 || isStoppedBy(day, failure) || mayBeInBooks(day.reason)) return await leave(job, day.state);
  return await settle(job, day, { to: "stopped", reason: failure }, titleOf(shopDay, failure));
}

function againAfter(failure: Failure): Outcome {
  const seconds = failure.kind === "provider_busy" ? failure.retryAfterSeconds : null;
  return seconds === null ? { kind: "away" } : { kind: "again", afterSeconds: seconds };
}

/** Gives a day up after as many deliveries as the queue allows: visibly, so that a person or tomorrow's planner takes it up. */
export async function giveUpDay(job: Job): Promise<void> {
  const shopDay = await loadShopDay(job.db, job.request.locationId, job.request.date);
  if (shopDay === null) return;
  const { day, entries } = shopDay;
  if ((entries.length > 0 && day.pending === null) || day.state === "uncertain" || isLeased(day, job.world.clock())) {
    await leave(job, day.state);
    return;
  }
  if (day.state === "posting" && needsLookUp(day)) {
    await settle(job, day, { to: "uncertain" }, "Not looked up yet: the books did not answer. It is tried again tomorrow");
    return;
  }
  // What was read and is not posted waited for the books; what was not read, for the till.
  const provider = (day.totals === null ? shopDay.till : shopDay.books)?.provider ?? "the provider";
  const reason: Failure = { kind: "provider_down", provider, detail: `no usable answer in ${job.attempts} attempts` };
  await settle(job, day, { to: "stopped", reason }, titleOf(shopDay, reason));
}

function noteOf({ till }: ShopDay, { orderCount, warnings }: DayReading): string {
  const orders = orderCount === 1 ? "1 order" : `${orderCount} orders`;
  return [`Read from ${nameOf(till, "the till")}: ${orders} folded, none kept`, ...warnings].join(". ");
}

function afterthought(shopDay: ShopDay, move: Move, note: string | undefined): readonly string[] {
  if (note !== undefined) return [note];
  switch (move.to) {
    case "stopped":
      return [titleOf(shopDay, move.reason)];
    case "changed":
      return ["The day has changed since it was posted"];
    case "posted":
    case "corrected":
      return ["The day is as it stands in the books"];
    case "final":
      return ["The day is final: the till brings nothing more by itself"];
    case "ready":
    case "no_sales":
    case "posting":
    case "uncertain":
    case "recorded":
      return [];
  }
}
