/** One entry as it leaves in a file, whatever it came from: a day's sales, its corrections, a payout. */
import { assert } from "../../kernel/assert";
import type { BusinessDate } from "../../kernel/day";
import type { Currency } from "../../kernel/money";
import type { LedgerAccount } from "../account";
import { isBalanced, type Side, type Tag } from "../entry";
import type { LineKey } from "../mapping";

export type RecordAccount = {
  /** Which books it is an account of: an id means nothing without them. */
  readonly books: string;
  readonly id: string;
  /** As the books call it now; a colon stands between parent and child, as QuickBooks and plain-text journals have it. */
  readonly name: string;
  readonly class: LedgerAccount["class"];
};

export type RecordLine = {
  readonly account: RecordAccount;
  readonly description: string;
  readonly side: Side;
  /** Positive minor units of the record's currency. */
  readonly minor: number;
  readonly tags: readonly Tag[];
};

/** Debits equal credits; a formatter may count on it. */
export type JournalRecord = {
  /** On which the entry stands in the books. */
  readonly date: BusinessDate;
  /** The day that it is about; another one than `date` where that day lay in a closed period. */
  readonly businessDate: BusinessDate;
  readonly documentNumber: string;
  /** "sales", "correction", "payout": what it is, in a word. */
  readonly kind: string;
  readonly revision: number;
  /** Why it was posted; empty where its kind says it. */
  readonly cause: string;
  readonly shop: string;
  readonly location: string;
  readonly currency: Currency;
  readonly lines: readonly RecordLine[];
};

/** Throws on a record that is empty or does not balance: a file that does not add up is never written. */
export function assertRecord(record: JournalRecord): void {
  assert(record.lines.length > 0 && isBalanced(record.lines), `${record.documentNumber} balances`);
}

/** What a record says of itself in one line. */
export function memoOf({ kind, location, businessDate, cause }: JournalRecord): string {
  const what = `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)} of ${location} on ${businessDate}`;
  return cause === "" ? what : `${what}: ${cause}`;
}

/** The class of accounts that a line usually goes to (accounting reference §2.1), for accounts that no chart knows any more. */
export function usualClassOf(key: LineKey): LedgerAccount["class"] {
  const [kind = "", tender] = key.split(":");
  if (kind === "tender") return tender === "store_credit" ? "liability" : "asset";
  return USUAL_CLASSES.get(kind) ?? "equity";
}

const USUAL_CLASSES: ReadonlyMap<string, LedgerAccount["class"]> = new Map([
  ["sales", "income"], ["return", "income"], ["discount", "income"], ["comp", "income"], ["service_charge", "income"], ["gift_card_promotion", "expense"],
  ["tax", "liability"], ["tip", "liability"], ["gift_card_sold", "liability"], ["gift_card_redeemed", "liability"],
  ["payout", "asset"], ["fee", "expense"], ["chargeback", "expense"],
  ["house_account_payment", "asset"], ["cash_moved", "asset"], ["paid_out", "expense"], ["cash_over_short", "expense"], ["rounding", "expense"],
]);
