/**
 * Why a correction is posted, in words that a bookkeeper reads in the books: how many sales came or went, and the lines
 * that changed with their amounts. Lines and counts only: nothing of any sale.
 */
import { sum, toReadable } from "../../kernel/money";
import type { EntryLine } from "../../ledger/entry";
import { EDITED } from "../../ledger/correction";
import { linesOf } from "../../ledger/lines";
import type { DayRow, EntryRow, Totals } from "../days/service";

/** Lines that a cause names; the others are in the entry itself. */
const MOST_LINES_NAMED = 4;
/** The books' memo and the table of entries both hold more. */
const LONGEST_CAUSE = 400;

type Before = { readonly day: Pick<DayRow, "totals" | "fingerprint">; readonly entries: readonly EntryRow[] };

/** "2 later sales, 45.47 more by card, 21.65 less in cash"; never empty, at most 400 characters. */
export function causeOf(before: Before, read: Totals, remaining: readonly EntryLine[]): string {
  if (remaining.every(({ key }) => key === EDITED)) return "What was changed by hand is put right";
  const labels = new Map(linesOf(read.totals).map(({ key, label }) => [key, label]));
  const moved = movedLines(remaining);
  if (moved.length > 0) return `${moved.map((key) => `“${labels.get(key) ?? key}”`).join(", ")} ${moved.length === 1 ? "was" : "were"} mapped`.slice(0, LONGEST_CAUSE);
  const changes = changesOf(remaining, read.totals.currency, labels);
  const named = changes.length > MOST_LINES_NAMED ? [...changes.slice(0, MOST_LINES_NAMED), `${changes.length - MOST_LINES_NAMED} more lines`] : changes;
  return [...countOf(before, read), ...named].join(", ").slice(0, LONGEST_CAUSE);
}

/** Keys of which nothing but the account changes, where that is all that changes. */
function movedLines(remaining: readonly EntryLine[]): EntryLine["key"][] {
  const byKey = Map.groupBy(remaining, ({ key }) => key);
  const isMoved = [...byKey.values()].every((lines) => lines.length > 1 && sum(lines.map(debitOf)) === 0);
  return isMoved ? [...byKey.keys()] : [];
}

/** How many sales came or went since what was posted, where the day still knows. */
function countOf({ day, entries }: Before, read: Totals): string[] {
  const isPosted = day.totals !== null && day.fingerprint === entries.at(-1)?.dayFingerprint;
  const more = isPosted && day.totals !== null ? read.totals.orderCount - day.totals.orderCount : 0;
  const count = Math.abs(more);
  if (more > 0) return [count === 1 ? "1 later sale" : `${count} later sales`];
  return more < 0 ? [count === 1 ? "1 sale less" : `${count} sales less`] : [];
}

/** The tenders, for those a bookkeeper sees at the bank; other lines only where no tender changes. */
function changesOf(remaining: readonly EntryLine[], currency: string, labels: ReadonlyMap<string, string>): string[] {
  const tenders = remaining.filter(({ key }) => isTender(key));
  return (tenders.length > 0 ? tenders : remaining).map(({ key, side, minor, description }) => {
    const isMore = (side === "debit") === growsByDebit(key);
    const label = key === EDITED ? "what was changed by hand" : (labels.get(key) ?? description);
    const place = isTender(key) && key !== "tender:cash" ? `by ${label.toLowerCase()}` : `in ${isTender(key) ? label.toLowerCase() : label}`;
    return `${toReadable(minor, currency)} ${isMore ? "more" : "less"} ${place}`;
  });
}

function isTender(key: string): boolean {
  return key.startsWith("tender:") || key === "gift_card_redeemed";
}

/** What a day takes in, gives away or pays out grows on the debit side; what it sells, on the credit side. */
function growsByDebit(key: string): boolean {
  return isTender(key) || ["return:", "discount", "comp", "paid_out:", "cash_moved", "gift_card_promotion", EDITED].some((start) => key.startsWith(start));
}

function debitOf({ side, minor }: EntryLine): number {
  return side === "debit" ? minor : -minor;
}
