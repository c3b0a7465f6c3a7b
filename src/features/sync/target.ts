/**
 * What a day should come to in the books, what stands there of it, and the next entry that brings the two together:
 * target less the sum of everything posted (accounting reference §2.3). Decided without asking anybody.
 */
import { addDays, type BusinessDate } from "../../kernel/day";
import { sum } from "../../kernel/money";
import { failed, ok, type Result } from "../../kernel/result";
import { cancelOut, deltaBetween, mappingOfTarget, postedOfTill, reverse, withPostedTags } from "../../ledger/correction";
import { buildEntry, entryOf, type Entry, type EntryLine } from "../../ledger/entry";
import type { LineKey } from "../../ledger/mapping";
import { hasNoSales, type SalesDay } from "../../ledger/sales-day";
import { heldInBooks, isUndone, type EntryRow, type Follower, type PendingEntry, type Totals } from "../days/service";
import { causeOf } from "./cause";
import type { ShopDay } from "./job";

/** The line that a shop maps to say where lines without an account go. */
export const UNCATEGORIZED = "uncategorized" as LineKey;

/** A late tip, sale or void changes no more lines than this; such a change is posted as the difference in either style. */
const MOST_LINES_OF_A_SMALL_CHANGE = 5;

/** What reading the day's entries back brought. */
export type Seen = {
  /** The last closed date as the books say it now; null where they are open. */
  readonly closedThrough: BusinessDate | null;
  /** What people changed by hand and want put right, as the difference from what was posted. */
  readonly edits: readonly EntryLine[];
};

/** One entry to be written down and sent. */
export type Order = Pick<PendingEntry, "kind" | "entry" | "bookedOn" | "cause" | "reverses"> & { readonly follows: Follower | null };

/** `too_small`: less than the shop wants to have corrected; it stays part of what the next correction posts. */
export type Next = { readonly kind: "nothing" } | { readonly kind: "too_small"; readonly order: Order } | { readonly kind: "order"; readonly order: Order };

/** As much of a shop-day as a target needs. */
type Planned = Pick<ShopDay, "location" | "day" | "entries" | "books" | "mapping" | "rule">;

/**
 * What is to be posted next so that the books come to a reading, dated on the first open day where its own is closed.
 * Fails with what keeps the target from being built: `currency_mismatch`, and whatever `buildEntry` refuses.
 */
export function nextOrder(planned: Planned, read: Totals, seen: Seen | null): Result<Next> {
  const target = targetOf(planned, read.totals);
  if (!target.ok) return target;
  const remaining = remainingOf(planned.entries, target.value, seen);
  if (remaining.length === 0) return ok({ kind: "nothing" });
  const order = orderOf(planned, { read, target: target.value, remaining, seen });
  return ok({ kind: isTooSmall(planned, remaining, seen) ? "too_small" : "order", order });
}

/**
 * What takes back everything that stands for a day: one reversal an entry, or one entry where people changed some by hand.
 * Null where they left nothing of it on any account.
 */
export function takingBack(planned: Planned, seen: Seen): Order | null {
  const bookedOn = dateInBooks(planned, seen);
  const reversal = seen.edits.length === 0 ? reversalOf(planned.entries, { bookedOn, follows: null }) : null;
  if (reversal !== null) return reversal;
  const remaining = remainingOf(planned.entries, [], seen);
  if (cancelOut(remaining)) return null;
  return { kind: "correction", entry: entryOf(planned.location.currency, remaining), bookedOn, cause: "Taken back", reverses: null, follows: null };
}

/** The record that everything posted for a day is gone from the books: its opposite, under the date that it had there. Never sent. */
export function writingOff({ location, day, entries }: Planned): Order {
  const entry = entryOf(location.currency, deltaBetween([], postedLines(entries)));
  const bookedOn = entries.at(-1)?.bookedOn ?? day.businessDate;
  return { kind: "correction", entry, bookedOn, cause: "Deleted in the books by hand, so that nothing was left to take back there", reverses: null, follows: null };
}

/** What comes after a reversal was recorded: the next one, the entry in its place, or nothing. */
export function afterReversal(entries: readonly EntryRow[], { bookedOn, follows }: Pick<PendingEntry, "bookedOn" | "follows">): Order | null {
  const next = reversalOf(entries, { bookedOn, follows: follows ?? null });
  if (next !== null) return next;
  return follows ? { kind: "sales", entry: follows.entry, bookedOn, cause: follows.cause, reverses: null, follows: null } : null;
}

/** Whether anything of the day stands in the books that could be taken back. */
export function stands(entries: readonly EntryRow[]): boolean {
  return remainingOf(entries, [], null).length > 0;
}

/** The date that an entry of the day carries: its own, or the first open one after the closed period. */
function dateInBooks({ day: { businessDate }, books }: Pick<Planned, "day" | "books">, seen: Seen | null): BusinessDate {
  const closedThrough = seen === null ? (books?.closedThrough ?? null) : seen.closedThrough;
  return closedThrough !== null && businessDate <= closedThrough ? addDays(closedThrough, 1) : businessDate;
}

/** Everything posted for a day, oldest first. */
function postedLines(entries: readonly EntryRow[]): readonly EntryLine[] {
  return entries.flatMap((row) => row.lines);
}

/** The lines that the books should hold for a reading; none for a day without sales. */
function targetOf({ books, mapping, location, entries, rule }: Planned, totals: SalesDay): Result<readonly EntryLine[]> {
  if (totals.currency !== location.currency) return failed({ kind: "currency_mismatch", expected: location.currency, found: totals.currency });
  const booksCurrency = books?.currency ?? totals.currency;
  if (booksCurrency !== totals.currency) return failed({ kind: "currency_mismatch", expected: booksCurrency, found: totals.currency });
  if (hasNoSales(totals)) return ok([]);
  const posted = postedLines(entries);
  const standing = { posted, uncategorized: mapping.accounts[UNCATEGORIZED] ?? null, takesUnknown: rule.unknownLines === "uncategorized" };
  const entry = buildEntry(totals, mappingOfTarget(totals, mapping, standing), { locationId: location.id });
  return entry.ok ? ok(withPostedTags(entry.value.lines, posted)) : entry;
}

/** Without a look into the books, changes by hand and what put them right are taken to cancel out. */
function remainingOf(entries: readonly EntryRow[], target: readonly EntryLine[], seen: Seen | null): readonly EntryLine[] {
  const posted = postedLines(entries);
  return deltaBetween(target, seen === null ? postedOfTill(posted) : [...posted, ...seen.edits]);
}

type Remaining = { readonly read: Totals; readonly target: readonly EntryLine[]; readonly remaining: readonly EntryLine[]; readonly seen: Seen | null };

function orderOf(planned: Planned, { read, target, remaining, seen }: Remaining): Order {
  const { entries, location, day } = planned;
  const bookedOn = dateInBooks(planned, seen);
  const entry = entryOf(location.currency, remaining);
  if (entries.length === 0) return { kind: "sales", entry, bookedOn, cause: "", reverses: null, follows: null };
  const cause = isUndone(day) ? "" : causeOf(planned, read, remaining);
  if (!stands(entries)) return { kind: "sales", entry, bookedOn, cause, reverses: null, follows: null };
  const replaces = bookedOn === day.businessDate && target.length > 0 && isReplaced(planned, remaining, seen);
  const reversal = replaces ? reversalOf(entries, { bookedOn, follows: { entry: entryOf(location.currency, target), cause } }) : null;
  return reversal ?? { kind: "correction", entry, bookedOn, cause, reverses: null, follows: null };
}

/** Only a change of what stands can be too small to post: a whole entry, or what people want put right, never is. */
function isTooSmall({ rule, entries }: Planned, remaining: readonly EntryLine[], seen: Seen | null): boolean {
  const minor = sum(remaining.filter(({ side }) => side === "debit").map((line) => line.minor));
  return minor < rule.leastCorrectionMinor && stands(entries) && (seen?.edits ?? []).length === 0;
}

/** Whether a change takes the shop's way of taking back and posting anew. What people changed by hand is only ever added to. */
function isReplaced({ rule, day }: Planned, remaining: readonly EntryLine[], seen: Seen | null): boolean {
  const lost = day.reason !== null && "documentNumber" in day.reason ? day.reason.documentNumber : "";
  // An earlier attempt may stand in the books under its number: the same kind is built again, so that it is looked up.
  if (/-C\d+$/.test(lost)) return false;
  if (/-R\d+$/.test(lost)) return true;
  const wasEdited = day.decisions.some(({ kind }) => kind === "edit_accepted" || kind === "edit_corrected");
  return rule.corrections === "reverse" && remaining.length > MOST_LINES_OF_A_SMALL_CHANGE && !wasEdited && (seen?.edits ?? []).length === 0;
}

/** The reversal of the oldest entry that was not taken back yet, or null. */
function reversalOf(entries: readonly EntryRow[], { bookedOn, follows }: { readonly bookedOn: BusinessDate; readonly follows: Follower | null }): Order | null {
  const taken = new Set(entries.map((row) => row.reverses));
  const row = heldInBooks(entries).find(({ kind, revision }) => kind !== "reversal" && !taken.has(revision));
  if (row === undefined) return null;
  const entry: Entry = reverse({ currency: row.currency, lines: row.lines, totalMinor: row.totalMinor });
  const cause = `Takes back ${row.documentNumber}${follows === null ? "" : `: ${follows.cause}`}`;
  return { kind: "reversal", entry, bookedOn, cause, reverses: row.revision, follows };
}
