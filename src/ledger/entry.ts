/** The journal entry of a day: debits and credits that are equal, none of them negative. */
import { assert } from "../kernel/assert";
import { assertMinor, sum, type Currency } from "../kernel/money";
import { failed, ok, type Result } from "../kernel/result";
import { linesOf, type Side } from "./lines";
import { accountFor, missingLines, tagsFor, type AccountRef, type LineKey, type Mapping } from "./mapping";
import { checkSalesDay, type SalesDay } from "./sales-day";
import type { Tag } from "./tag";

export type { Side } from "./lines";
export type { Tag } from "./tag";

export type EntryLine = {
  readonly key: LineKey;
  /** What the line says in the books: "Sales, Food". */
  readonly description: string;
  readonly account: AccountRef;
  readonly side: Side;
  /** Positive minor units of the entry's currency. */
  readonly minor: number;
  /** Class, location, tracking category; absent where the line carries none. */
  readonly tags?: readonly Tag[];
};

/** How an entry is written into the books. */
export type EntryMethod = "journal" | "receipt";

/** Balanced and non-empty by construction: `entryOf` is the only maker. */
export type Entry = { readonly currency: Currency; readonly lines: readonly EntryLine[]; readonly totalMinor: number };

/** What a shop may decide about its entries. */
export type EntryOptions = {
  /** The most that may be booked as rounding, in minor units; absent is `roundingLimitOf` the day. */
  readonly roundingLimitMinor?: number;
  /** Where the day was sold, by the shop's id of it: its lines carry that location's tags. */
  readonly locationId?: string;
};

/** Enough for one order's rounding to the smallest coin: 5 cents in most of the countries that round. */
const SMALL_ROUNDING_MINOR = 5;

/** The most that a day may round before it is held: one minor unit an order, and at least five. */
export function roundingLimitOf(day: SalesDay): number {
  return Math.max(day.orderCount, SMALL_ROUNDING_MINOR);
}

/**
 * The entry of a day, in the order of `linesOf`. Refuses what `checkSalesDay` refuses; `invalid_day` where nothing
 * is left to book (`hasNoSales`); `rounding_too_large` above the limit, for a large difference is an error to find and
 * not a penny to plug; `unmapped` with every line that has no account.
 */
export function buildEntry(day: SalesDay, mapping: Mapping, options: EntryOptions = {}): Result<Entry> {
  const checked = checkSalesDay(day);
  if (!checked.ok) return checked;
  const limitMinor = options.roundingLimitMinor ?? roundingLimitOf(day);
  if (Math.abs(day.roundingMinor) > limitMinor) {
    return failed({ kind: "rounding_too_large", roundingMinor: day.roundingMinor, limitMinor, currency: day.currency });
  }
  const missing = missingLines(day, mapping);
  if (missing.length > 0) return failed({ kind: "unmapped", lines: missing.map(({ key, label }) => ({ key, label })) });
  const lines = entryLines(day, mapping, options.locationId ?? null);
  if (lines.length === 0) return failed({ kind: "invalid_day", message: "There is nothing to book on this day" });
  return ok(entryOf(day.currency, lines));
}

/** Makes an entry of lines that balance; throws on an empty, negative or unbalanced one, which only a bug can bring. */
export function entryOf(currency: Currency, lines: readonly EntryLine[]): Entry {
  assert(lines.length > 0, "an entry has lines");
  for (const line of lines) assert(line.minor > 0, `a line is positive, ${line.key} is ${line.minor}`);
  const { debitMinor, creditMinor } = sidesOf(lines);
  assert(debitMinor === creditMinor, `debits of ${debitMinor} and credits of ${creditMinor} are unequal`);
  return { currency, lines, totalMinor: debitMinor };
}

/** Both sides of an entry, added up again from its lines in minor units. */
export function totals(entry: Entry): { readonly debitMinor: number; readonly creditMinor: number } {
  return sidesOf(entry.lines);
}

/** Whether debits equal credits exactly. Throws when a line is no safe integer. */
export function isBalanced(lines: readonly { readonly side: Side; readonly minor: number }[]): boolean {
  const { debitMinor, creditMinor } = sidesOf(lines);
  return debitMinor === creditMinor;
}

function sidesOf(lines: readonly { readonly side: Side; readonly minor: number }[]): { debitMinor: number; creditMinor: number } {
  for (const line of lines) assertMinor(line.minor);
  const of = (side: Side): number => sum(lines.filter((line) => line.side === side).map((line) => line.minor));
  return { debitMinor: of("debit"), creditMinor: of("credit") };
}

function entryLines(day: SalesDay, mapping: Mapping, locationId: string | null): EntryLine[] {
  return linesOf(day).map(({ key, description, side, minor }) => {
    const account = accountFor(mapping, key);
    assert(account !== null, `${key} was mapped a moment ago`);
    const tags = tagsFor(mapping, key, locationId);
    return { key, description, account, side, minor, ...(tags.length === 0 ? {} : { tags }) };
  });
}
