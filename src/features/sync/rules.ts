/**
 * What becomes of a day that was read, decided without asking anybody: nothing, a better record, a look into the books,
 * or an entry to post. What is in the books is only ever added to: a later reading posts what is missing.
 */
import { HOUR } from "../../kernel/clock";
import { addDays, windowOf } from "../../kernel/day";
import type { Failure } from "../../kernel/failure";
import { checkSalesDay, hasNoSales } from "../../ledger/sales-day";
import { providerOf } from "../../providers/registry";
import { scheduleOf } from "../connections/service";
import { isKnown, isUndone, mayBeInBooks, stoppedStateOf, type Move, type Totals } from "../days/service";
import { titleOf } from "./circumstances";
import type { ShopDay } from "./job";
import type { PostWish } from "./messages";
import { nextOrder, type Next, type Order, type Seen } from "./target";

export type Decision =
  | { readonly kind: "nothing" }
  | { readonly kind: "save"; readonly move: Move; readonly note?: string }
  /** Only the books know how to go on: they are read, and it is decided again with what they hold. */
  | { readonly kind: "inspect" }
  | { readonly kind: "post"; readonly order: Order; readonly read: Totals };

/** A reading, and when it was made. */
export type Reading = Totals & { readonly now: number; readonly openChecks: { readonly count: number; readonly minor: number } };

/** The message's word on posting, and what the books hold where they were asked. */
export type Wish = { readonly post: PostWish; readonly seen: Seen | null };

const NOTHING: Decision = { kind: "nothing" };
const INSPECT: Decision = { kind: "inspect" };

/** Decides on a reading. The message's word on posting comes first; the shop's rule speaks where it leaves it open. */
export function decide(shopDay: ShopDay, reading: Reading, wish: Wish): Decision {
  const read = totalsOf(reading);
  if (mustLook(shopDay, wish)) return blockOf(shopDay) === null ? INSPECT : NOTHING;
  const checked = checkSalesDay(read.totals);
  if (!checked.ok) return stop(shopDay, checked.failure, read);
  const isPosted = shopDay.entries.length > 0;
  if (!isPosted && hasNoSales(read.totals)) return rest(shopDay, "no_sales", read);
  const next = nextOrder(shopDay, read, wish.seen);
  if (!next.ok) return stop(shopDay, next.failure, read);
  if (isUndone(shopDay.day)) return rest(shopDay, "ready", read);
  return isPosted ? decidePosted(shopDay, reading, wish, next.value) : decideFirst(shopDay, reading, wish, next.value);
}

/** Whether the day is to be posted, now that it can be. */
function wantsPosting({ rule }: Pick<ShopDay, "rule">, wish: Pick<Wish, "post">): boolean {
  return wish.post === "yes" || (wish.post === "as_set" && rule.mode === "automatic");
}

/** What stands between an entry and the books before they are called; null where nothing does. */
export function blockOf({ books, entries }: Pick<ShopDay, "books" | "entries">): Failure | null {
  if (books === null) return { kind: "not_connected", role: "books" };
  // What is posted in another company's books can be corrected there only.
  if (entries.some((row) => row.booksConnectionId !== books.id)) return { kind: "not_connected", role: "books" };
  return books.state === "reconnect_needed" ? { kind: "reconnect_needed", provider: books.provider } : null;
}

/** When the till can bring nothing more of the day by itself; epoch milliseconds. */
export function finalAfter({ location, day, till }: Pick<ShopDay, "location" | "day" | "till">): number {
  const provider = till === null ? null : providerOf(till.provider);
  const settlesAfterHours = provider !== null && "settlesAfterHours" in provider ? provider.settlesAfterHours : 0;
  return windowOf(scheduleOf(location), day.businessDate).end + settlesAfterHours * HOUR;
}

/** Whether a day already stands stopped for exactly this reason. */
export function isStoppedBy(day: ShopDay["day"], reason: Failure): boolean {
  return day.state === stoppedStateOf(reason) && JSON.stringify(day.reason) === JSON.stringify(reason);
}

/** Whether the books are to be read before anything is decided: the day waits for what a person made of its entries. */
function mustLook({ entries, day }: ShopDay, { seen }: Wish): boolean {
  return entries.length > 0 && seen === null && day.reason?.kind === "books_changed";
}

/** A day that is not in the books yet. */
function decideFirst(shopDay: ShopDay, reading: Reading, wish: Wish, next: Next): Decision {
  const { openChecks } = reading;
  const read = totalsOf(reading);
  if (next.kind === "nothing") return rest(shopDay, "no_sales", read);
  const { order } = next;
  const isWaived = shopDay.rule.openChecks === "post" || shopDay.day.decisions.some(({ kind }) => kind === "open_checks_waived");
  if (openChecks.count > 0 && !isWaived) {
    return stop(shopDay, { kind: "open_checks", count: openChecks.count, openMinor: openChecks.minor, currency: read.totals.currency }, read);
  }
  return closed(shopDay, order, read) ?? (wantsPosting(shopDay, wish) ? post(shopDay, order, read, wish) : rest(shopDay, "ready", read));
}

/** A day that is in the books: as it was posted, or changed since. */
function decidePosted(shopDay: ShopDay, reading: Reading, wish: Wish, next: Next): Decision {
  const read = totalsOf(reading);
  // A change by hand that somebody wants put right is put right, whatever was decided about another one.
  const putsRight = (wish.seen?.edits ?? []).length > 0;
  const kept = putsRight ? [] : shopDay.day.decisions.filter(({ kind }) => kind === "edit_accepted");
  if (next.kind === "nothing" || kept.some((decision) => decision.reading === read.fingerprint)) return asPosted(shopDay, reading);
  if (next.kind === "too_small") return asPosted(shopDay, reading, "The change is smaller than the shop wants corrected: it is written down and not posted");
  // Somebody keeps this day by hand in the books: what changed since is theirs to approve.
  if (!wantsPosting(shopDay, wish) || kept.length > 0) return changed(shopDay, read, next.order);
  return closed(shopDay, next.order, read) ?? post(shopDay, next.order, read, wish);
}

function post(shopDay: ShopDay, order: Order, read: Totals, wish: Wish): Decision {
  const blocked = blockOf(shopDay);
  if (blocked !== null) return stop(shopDay, blocked, read);
  // What stands in the books is looked at before anything is added to it, and the closing date before it is gone around.
  const { day, entries } = shopDay;
  const asksForDate = order.bookedOn !== day.businessDate || day.reason?.kind === "period_closed" || isDatedLater(day, read);
  const needsLook = entries.length > 0 || asksForDate;
  return needsLook && wish.seen === null ? INSPECT : { kind: "post", order, read };
}

/** Holds what would be dated after a closed period until somebody who may decides that; null where nothing keeps it. */
function closed(shopDay: ShopDay, { bookedOn }: Order, read: Totals): Decision | null {
  const { day } = shopDay;
  if (bookedOn === day.businessDate) return null;
  return isDatedLater(day, read) ? null : stop(shopDay, { kind: "period_closed", closedThrough: addDays(bookedOn, -1) }, read);
}

/** Whether somebody who may has decided to post this very reading on the first open day. */
export function isDatedLater({ decisions }: ShopDay["day"], { fingerprint }: Pick<Totals, "fingerprint">): boolean {
  return decisions.some(({ kind, reading }) => kind === "first_open_day" && reading === fingerprint);
}

/** What is posted is what the till says: provisional while the till may bring more, final at the first unchanged reading after. */
function asPosted(shopDay: ShopDay, reading: Reading, note?: string): Decision {
  const { day, entries } = shopDay;
  const read = totalsOf(reading);
  const isSame = day.fingerprint === reading.fingerprint;
  if (isSame && day.state === "final") return NOTHING;
  const isAtRest = day.state === "posted" || day.state === "corrected";
  if (isSame && isAtRest) {
    const isFinal = reading.now >= finalAfter(shopDay) && reading.openChecks.count === 0;
    return isFinal ? { kind: "save", move: { to: "final", read } } : NOTHING;
  }
  const move: Move = { to: restingState(entries), read };
  return { kind: "save", move, ...(note === undefined ? {} : { note }) };
}

/** What a day with entries is called at rest. */
export function restingState(entries: ShopDay["entries"]): "posted" | "corrected" {
  return entries.at(-1)?.cause === "" ? "posted" : "corrected";
}

function totalsOf({ totals, fingerprint }: Reading): Totals {
  return { totals, fingerprint };
}

function changed({ day }: ShopDay, read: Totals, { cause, follows }: Order): Decision {
  const note = `The day has changed since it was posted: ${follows?.cause ?? cause}`;
  if (mayBeInBooks(day.reason)) return keepReason(day, read, note);
  return day.state === "changed" && day.fingerprint === read.fingerprint ? NOTHING : { kind: "save", move: { to: "changed", read }, note };
}

function rest({ day }: ShopDay, to: "ready" | "no_sales", read: Totals): Decision {
  if (mayBeInBooks(day.reason)) return keepReason(day, read, null);
  const isSame = isKnown(day) && day.state === to && day.fingerprint === read.fingerprint;
  return isSame ? NOTHING : { kind: "save", move: { to, read } };
}

function stop(shopDay: ShopDay, reason: Failure, read: Totals): Decision {
  const { day } = shopDay;
  if (mayBeInBooks(day.reason)) return keepReason(day, read, titleOf(shopDay, reason));
  return isStoppedBy(day, reason) && day.fingerprint === read.fingerprint ? NOTHING : { kind: "save", move: { to: "stopped", reason, read } };
}

/**
 * While something of the day may stand in the books, only a look-up may say that it does not, and the reason is what has
 * it looked up: it stays whatever else is the matter, which is told in the day's history.
 */
function keepReason({ reason, fingerprint, attempts }: ShopDay["day"], read: Totals, note: string | null): Decision {
  const isTold = note === null || attempts.at(-1)?.text.includes(note) === true;
  if (reason === null || (isTold && fingerprint === read.fingerprint)) return NOTHING;
  return { kind: "save", move: { to: "stopped", reason, read }, ...(note === null ? {} : { note }) };
}
