/** What Daybook's own books begin with, what they call things, and what they refuse. */
import type { Currency } from "../../kernel/money";
import type { Side, Tag } from "../../ledger/entry";
import type { Books, BooksAccount, EntryOrder } from "../../providers/registry";
import type { OwnAccountRow } from "./store";

/** One line of an entry as it is kept. */
export type OwnLine = {
  readonly accountId: string;
  readonly side: Side;
  /** Positive minor units of the entry's currency. */
  readonly minor: number;
  readonly description: string;
  readonly tags: readonly Tag[];
};

type AccountClass = BooksAccount["class"];
/** An account of the starter chart; its id is the same in every shop, so that beginning twice gives one chart. */
export type NewAccount = { readonly id: string; readonly name: string; readonly type: string; readonly class: AccountClass };

/** What each class of account is called; there are no other types. */
const TYPES: Readonly<Record<AccountClass, string>> = { asset: "Asset", liability: "Liability", equity: "Equity", income: "Income", expense: "Expense" };

/** What a line's account is created as. */
export const newAccountTypes: Books["newAccountTypes"] = {
  income: { type: TYPES.income, subType: "" }, contra_income: { type: TYPES.income, subType: "" }, liability: { type: TYPES.liability, subType: "" },
  asset: { type: TYPES.asset, subType: "" }, expense: { type: TYPES.expense, subType: "" },
};

/** The class of a type's name, or null for a type that these books do not have. */
export function classOfType(type: string): AccountClass | null {
  const [found] = Object.entries(TYPES).find(([, name]) => name === type) ?? [];
  return (found as AccountClass | undefined) ?? null;
}

/** What a shop's days and payouts need (accounting reference §2.1), under names by which each line finds its account. */
export const STARTER_CHART: readonly NewAccount[] = [
  ...of("asset", ["Bank", "Cash on Hand", "Card Clearing", "Checks to Deposit", "Delivery Clearing", "House Accounts", "Other Payments Clearing"]),
  ...of("liability", ["Sales Tax Payable", "Tips Payable", "Gift Cards Outstanding", "Store Credit Outstanding"]),
  ...of("equity", ["Owner's Equity"]),
  ...of("income", ["Sales", "Uncategorized Sales", "Service Charges", "Returns and Refunds", "Discounts", "Comps"]),
  ...of("expense", ["Card Processing Fees", "Chargebacks", "Promotions", "Petty Cash Expenses", "Cash Over and Short", "Rounding"]),
];

function of(accountClass: AccountClass, names: readonly string[]): NewAccount[] {
  return names.map((name) => ({ id: name.toLowerCase().replace(/[^a-z]+/g, "-"), name, type: TYPES[accountClass], class: accountClass }));
}

/** The most characters of an account's name. A colon is kept for parents and children, as in any plain-text journal. */
export const LONGEST_NAME = 100;

/** A name as it is kept, or null for one that these books do not take. */
export function nameOfNew(name: string): string | null {
  const tidy = name.trim();
  return tidy === "" || tidy.length > LONGEST_NAME || !tidy.isWellFormed() || /\p{C}/u.test(tidy) ? null : tidy;
}

/** An account as every set of books tells of it. */
export function toAccount({ id, name, type, class: accountClass, currency, isActive }: OwnAccountRow): BooksAccount {
  return { id, name, type, class: accountClass, currency, isActive, isPostable: true };
}

/** The starter chart as accounts in the shop's currency. */
export function starterAccounts(currency: Currency): BooksAccount[] {
  return STARTER_CHART.map((account) => ({ ...account, currency, isActive: true, isPostable: true }));
}

/** The lines of an order as they are kept. */
export function toLines({ entry }: Pick<EntryOrder, "entry">): OwnLine[] {
  return entry.lines.map(({ account, side, minor, description, tags }) => ({ accountId: account.id, side, minor, description, tags: tags ?? [] }));
}
