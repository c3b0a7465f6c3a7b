/** A mapping for everything that the café of the tests can sell, over the simulated company's own chart. */
import type { AccountRef } from "../../src/ledger/mapping";
import { TENDER_KINDS } from "../../src/ledger/sales-day";

const CATEGORIES = ["CAT_COFFEE", "CAT_TEA", "CAT_BAKERY", "CAT_FOOD", "CAT_BEANS", "CAT_MERCH", "CAT_OLD", "uncategorized", "unallocated"];

/** Which account of the café's chart a line goes to, by the start of its key. */
const PLACES: readonly (readonly [string, string])[] = [
  ["sales:CAT_COFFEE", "Coffee Sales"], ["sales:CAT_TEA", "Tea Sales"], ["sales:", "Food Sales"],
  ["return:", "Returns and Refunds"], ["discount", "Discounts Given"], ["comp", "Comps"], ["service_charge:", "Service Charges"],
  ["tax:", "Sales Tax Payable"], ["tip", "Tips Payable"], ["gift_card_promotion", "Promotions"], ["gift_card", "Gift Cards Outstanding"],
  ["tender:cash", "Undeposited Funds"], ["tender:house_account", "House Accounts"], ["tender:store_credit", "Gift Cards Outstanding"], ["tender:", "Square Clearing"],
  ["rounding", "Rounding Differences"], ["cash_over_short", "Cash Over and Short"],
];

const KEYS = [
  ...CATEGORIES.flatMap((id) => [`sales:${id}`, `return:${id}`]),
  ...TENDER_KINDS.map((kind) => `tender:${kind}`),
  "discount", "comp", "tax:TAX_CITY", "tip", "gift_card_sold", "gift_card_redeemed", "gift_card_promotion", "rounding", "cash_over_short",
];

/** What a shop maps that wants its payouts posted; the first of the names that its chart has. Xero's journals cannot touch a bank account. */
const PAYOUT_PLACES: Readonly<Record<string, readonly string[]>> = {
  "payout:bank": ["Checking", "Undeposited Funds"], "fee:square": ["Merchant Fees"], "chargeback": ["Returns and Refunds"], "adjustment:loan": ["Notes Payable", "Loan"],
};

/** The accounts of the lines of payouts, to be added to those of days. */
export function payoutMappingOver(accounts: readonly Account[]): Record<string, AccountRef> {
  return Object.fromEntries(Object.entries(PAYOUT_PLACES).map(([key, names]) => {
    const account = names.flatMap((name) => accounts.filter((one) => one.Name === name))[0];
    if (account === undefined) throw new Error(`the chart has no account for ${key}`);
    return [key, { id: account.Id, name: account.Name }];
  }));
}

type Account = { readonly Id: string; readonly Name: string };

/** Accounts by line key, as a mapping's row holds them; `without` are left out. */
export function mappingOver(accounts: readonly Account[], without: readonly string[]): Record<string, AccountRef> {
  const mapped: Record<string, AccountRef> = {};
  for (const key of KEYS.filter((key) => !without.includes(key))) {
    const name = PLACES.find(([start]) => key.startsWith(start))?.[1];
    const account = accounts.find((one) => one.Name === name);
    if (account === undefined) throw new Error(`the chart has no account for ${key}`);
    mapped[key] = { id: account.Id, name: account.Name };
  }
  return mapped;
}
