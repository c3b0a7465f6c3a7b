/** One shop-day, from its message to its rest: a pending entry is settled first, otherwise the till is read. */
import { assert } from "../../kernel/assert";
import { SECOND } from "../../kernel/clock";
import { windowOf } from "../../kernel/day";
import type { Failure, FailureKind } from "../../kernel/failure";
import { failed } from "../../kernel/result";
import { fingerprintOf } from "../../ledger/fingerprint";
import type { DayReading } from "../../providers/registry";
import { scheduleOf } from "../connections/service";
import { isLeased, needsLookUp, type Move, type PendingEntry, type Totals } from "../days/service";
import { ask, CALLS_TO_READ_DAY, nameOf, tillOf, type Asked } from "./ask";
import { titleOf } from "./circumstances";
import { FINISHED, OVERTAKEN, type Job, type Outcome, type ShopDay } from "./job";
import { loadShopDay } from "./load";
import type { PostWish } from "./messages";
import { draftOf, postDay } from "./post-day";
import { blockOf, decide, isStoppedBy } from "./rules";
import { handOn, isHandedOn } from "./send";
import { leave, moveOn, settle } from "./settle";

/** Handles one delivery. Any number of them, in any order and at once, end with at most one entry in the books. */
export async function syncDay(job: Job): Promise<Outcome> {
  const { locationId, date } = job.request;
  const shopDay = await loadShopDay(job.db, locationId, date);
  if (shopDay === null) {
    job.world.log.warn("day.no_such_location", { shopId: job.db.shopId, locationId, businessDate: date });
    return FINISHED;
  }
  const { day, location } = shopDay;
  const now = job.world.clock();
  // Before its close a day is not a day yet: whatever it came to would change.
  if (windowOf(scheduleOf(location), date).end > now) return FINISHED;
  if (isLeased(day, now)) return { kind: "again", afterSeconds: ((day.leaseUntil ?? now) - now) / SECOND + 1 };
  if (day.pending === null) return job.request.stage === "post" ? await decideOnSaved(job, shopDay) : await readAndDecide(job, shopDay);
  if (!isHandedOn(job, shopDay)) return await settlePending(job, shopDay, day.pending);
  await handOn(job, shopDay.books);
  return FINISHED;
}

/** Finds out what became of an entry that was written down, and brings it to its end: the same entry, nothing newer. */
async function settlePending(job: Job, shopDay: ShopDay, pending: PendingEntry): Promise<Outcome> {
  const { day, books } = shopDay;
  const note = needsLookUp(day) ? `Looking up ${pending.documentNumber}` : `Sending ${pending.documentNumber}`;
  const isThere = books !== null && books.id === pending.booksConnectionId && books.state === "connected";
  if (isThere) return await postDay(job, shopDay, books, { pending, note });
  if (!needsLookUp(day)) {
    const reason = blockOf(shopDay) ?? { kind: "not_connected" as const, role: "books" as const };
    return await settle(job, day, { to: "stopped", reason }, titleOf(shopDay, reason));
  }
  // The books that may hold it cannot be asked: nothing may be posted until they can.
  if (day.state === "posting") return await settle(job, day, { to: "uncertain" }, `${pending.documentNumber} is looked up when the books are connected again`);
  return await leave(job, day.state);
}

async function readAndDecide(job: Job, shopDay: ShopDay): Promise<Outcome> {
  const asked = await readTill(job, shopDay);
  if (asked.kind === "no_room") return { kind: "postponed", afterSeconds: asked.afterSeconds };
  if (!asked.result.ok) return await notRead(job, shopDay, asked.result.failure);
  const reading = asked.result.value;
  const read: Totals = { totals: reading.day, fingerprint: await fingerprintOf(reading.day) };
  return await carryOut(job, shopDay, read, [noteOf(shopDay, reading)]);
}

/** The second stage, on what the first has saved: a day that is neither ready nor changed by now was moved by somebody else. */
async function decideOnSaved(job: Job, shopDay: ShopDay): Promise<Outcome> {
  const { state, totals, fingerprint } = shopDay.day;
  const isWaiting = state === "ready" || state === "changed";
  if (!isWaiting || totals === null || fingerprint === null) return await leave(job, state);
  return await carryOut(job, shopDay, { totals, fingerprint }, []);
}

/** `said`: the first sentences of the day's history line. */
async function carryOut(job: Job, shopDay: ShopDay, read: Totals, said: readonly string[]): Promise<Outcome> {
  const { day, books } = shopDay;
  const decision = decide(shopDay, read, wishOf(job, shopDay));
  switch (decision.kind) {
    case "nothing":
      return await leave(job, day.state);
    case "save":
      return await settle(job, day, decision.move, [...said, ...afterthought(shopDay, decision.move)].join(". "));
    case "post": {
      if (isHandedOn(job, shopDay)) return await saveAndHandOn(job, shopDay, read, said);
      assert(books !== null, "nothing is posted without books");
      const pending = await draftOf(shopDay, books, decision.entry, read, job.request.by);
      return await postDay(job, shopDay, books, { pending, read, note: [...said, `Sending ${pending.documentNumber}`].join(". ") });
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
  const to = entries.length === 0 ? "ready" : "changed";
  const isSaved = day.state === to && day.fingerprint === read.fingerprint;
  if (!isSaved && !(await moveOn(job, day, { to, read }, [...said, `${nameOf(books, "The books")} is next`].join(". ")))) return OVERTAKEN;
  await handOn(job, books);
  return FINISHED;
}

async function readTill(job: Job, { till, location, day }: ShopDay): Promise<Asked<DayReading>> {
  if (till === null) return { kind: "answered", result: failed({ kind: "not_connected", role: "till" }) };
  if (till.state === "reconnect_needed") return { kind: "answered", result: failed({ kind: "reconnect_needed", provider: till.provider }) };
  const window = windowOf(scheduleOf(location), day.businessDate);
  return await ask(job, till, CALLS_TO_READ_DAY, async (access) => (
    await tillOf(till).readDay(access, { locationId: location.externalId, currency: location.currency, window })
  ));
}

/** Failures that pass by themselves: the message comes again, and nothing is written. */
const PASSING: ReadonlySet<FailureKind> = new Set<FailureKind>(["provider_busy", "provider_down", "provider_unreadable", "key_unavailable"]);

/** A day that could not be read. What is in the books already stays as it is: it was read before. */
async function notRead(job: Job, shopDay: ShopDay, failure: Failure): Promise<Outcome> {
  const { day, entries } = shopDay;
  if (failure.kind === "provider_busy" && failure.retryAfterSeconds !== null) return { kind: "again", afterSeconds: failure.retryAfterSeconds };
  if (PASSING.has(failure.kind)) return { kind: "away" };
  if (entries.length > 0 || isStoppedBy(day, failure)) return await leave(job, day.state);
  return await settle(job, day, { to: "stopped", reason: failure }, titleOf(shopDay, failure));
}

/** Gives a day up after as many deliveries as the queue allows: visibly, so that a person or tomorrow's planner takes it up. */
export async function giveUpDay(job: Job): Promise<void> {
  const shopDay = await loadShopDay(job.db, job.request.locationId, job.request.date);
  if (shopDay === null) return;
  const { day, entries } = shopDay;
  if (entries.length > 0 || day.state === "uncertain" || isLeased(day, job.world.clock())) {
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

function afterthought(shopDay: ShopDay, move: Move): string[] {
  switch (move.to) {
    case "stopped":
      return [titleOf(shopDay, move.reason)];
    case "changed":
      return ["The day has changed since it was posted"];
    case "posted":
      return ["The day is as it was posted"];
    case "ready":
    case "no_sales":
    case "posting":
    case "uncertain":
    case "recorded":
      return [];
  }
}
