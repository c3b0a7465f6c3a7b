/** One shop-day, from its message to its rest: a pending entry is settled first, otherwise the till is read. */
import { assert } from "../../kernel/assert";
import { SECOND } from "../../kernel/clock";
import { windowOf } from "../../kernel/day";
import type { Failure, FailureKind } from "../../kernel/failure";
import { failed } from "../../kernel/result";
import { fingerprintOf } from "../../ledger/fingerprint";
import { isRemote, providerOf, type DayReading } from "../../providers/registry";
import { scheduleOf } from "../connections/service";
import { isLeased, needsLookUp, type Move, type PendingEntry, type Totals } from "../days/service";
import { readDropped } from "../files/service";
import { ask, CALLS_TO_READ_DAY, nameOf, tillOf, type Asked } from "./ask";
import { titleOf } from "./circumstances";
import { FINISHED, type Job, type Outcome, type ShopDay } from "./job";
import { loadShopDay } from "./load";
import { draftOf, postDay } from "./post-day";
import { blockOf, decide, isStoppedBy } from "./rules";
import { leave, settle } from "./settle";

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
  return day.pending === null ? await readAndDecide(job, shopDay) : await settlePending(job, shopDay, day.pending);
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
  // No file of this day yet, or one half of it: nothing has failed, and whoever drops it brings the day back.
  if (reading === null) return await leave(job, shopDay.day.state);
  const read: Totals = { totals: reading.day, fingerprint: await fingerprintOf(reading.day) };
  const decision = decide(shopDay, read, job.request.post);
  const note = noteOf(shopDay, reading);
  switch (decision.kind) {
    case "nothing":
      return await leave(job, shopDay.day.state);
    case "save":
      return await settle(job, shopDay.day, decision.move, `${note}${afterthought(shopDay, decision.move)}`);
    case "post": {
      const { books } = shopDay;
      assert(books !== null, "nothing is posted without books");
      const pending = await draftOf(shopDay, books, decision.entry, read, job.request.by);
      return await postDay(job, shopDay, books, { pending, read, note: `${note}. Sending ${pending.documentNumber}` });
    }
  }
}

async function readTill(job: Job, { till, location, day }: ShopDay): Promise<Asked<DayReading | null>> {
  if (till === null) return { kind: "answered", result: failed({ kind: "not_connected", role: "till" }) };
  if (till.state === "reconnect_needed") return { kind: "answered", result: failed({ kind: "reconnect_needed", provider: till.provider }) };
  if (!isRemote(providerOf(till.provider))) return { kind: "answered", result: await readDropped(job.db, location.id, day.businessDate) };
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

function afterthought(shopDay: ShopDay, move: Move): string {
  switch (move.to) {
    case "stopped":
      return `. ${titleOf(shopDay, move.reason)}`;
    case "changed":
      return ". The day has changed since it was posted";
    case "posted":
      return ". The day is as it was posted";
    case "ready":
    case "no_sales":
    case "posting":
    case "uncertain":
    case "recorded":
      return "";
  }
}
