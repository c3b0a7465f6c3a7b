/** The journal entry of a day: debits and credits that are equal, none of them negative. */
import type { Currency } from "../kernel/money";
import type { AccountRef, LineKey } from "./mapping";

export type Side = "debit" | "credit";

export type EntryLine = {
  readonly key: LineKey;
  /** What the line says in the books: "Sales, Food". */
  readonly description: string;
  readonly account: AccountRef;
  readonly side: Side;
  /** Positive minor units of the entry's currency. */
  readonly minor: number;
};

/** Balanced and non-empty by construction: `buildEntry` is the only maker. */
export type Entry = { readonly currency: Currency; readonly lines: readonly EntryLine[]; readonly totalMinor: number };
