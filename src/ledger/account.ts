/** Accounts of the books as the ledger needs to know them, and which lines may go to which. */
import type { Currency } from "../kernel/money";
import type { AccountNature } from "./mapping";

/** Structural, so that a provider's own account fits without the ledger knowing any provider. */
export type LedgerAccount = {
  readonly id: string;
  readonly name: string;
  /** The provider's own type, in its words: "Other Current Liability". */
  readonly type: string;
  readonly class: "asset" | "liability" | "equity" | "income" | "expense";
  readonly isActive: boolean;
  /** False for accounts that cannot stand in a journal entry by themselves (receivables, payables). */
  readonly isPostable: boolean;
  readonly currency: Currency;
};

/** Discounts are often kept as an expense; over, short and rounding sometimes as other income. Both are sound. */
const CLASSES: Readonly<Record<AccountNature, readonly LedgerAccount["class"][]>> = {
  income: ["income"],
  contra_income: ["income", "expense"],
  liability: ["liability"],
  asset: ["asset"],
  expense: ["expense", "income"],
};

/**
 * Whether an entry in a currency can be posted to an account at all. Receivables and payables need a customer or
 * vendor on the line, which a day's totals do not have (accounting reference §2.1, "House account").
 */
export function isUsable(account: LedgerAccount, currency: Currency): boolean {
  if (/^accounts? ?(receivable|payable)$/i.test(account.type)) return false;
  return account.isActive && account.isPostable && account.currency === currency;
}

/** Whether an account is usable and of a class that makes accounting sense for the nature of a line. */
export function isFitting(account: LedgerAccount, nature: AccountNature, currency: Currency): boolean {
  return isUsable(account, currency) && CLASSES[nature].includes(account.class);
}
