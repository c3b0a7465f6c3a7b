/** What lines are for, in words that a shopkeeper would use. The till's own names come from the ledger. */
import type { LineKey } from "../../ledger/mapping";
import type { MappingLine } from "./contract";

/** The part of a key before its id: what kind of line it is. */
export function kindOf(key: LineKey): string {
  return key.split(":", 1)[0] ?? "";
}

const GROUPS: Readonly<Record<string, MappingLine["group"]>> = {
  sales: "sales", return: "sales", discount: "sales", comp: "sales", service_charge: "sales",
  tender: "tenders", gift_card_redeemed: "tenders", house_account_payment: "tenders",
  tax: "tax_and_tips", tip: "tax_and_tips",
};

/** Under which heading a line stands. */
export function groupOf(key: LineKey): MappingLine["group"] {
  return GROUPS[kindOf(key)] ?? "other";
}

const ABOUT: Readonly<Record<string, string>> = {
  return: "What customers brought back. Goes where its sales go unless you choose another account.",
  discount: "Given on sales. Kept apart, so that you can see what discounts cost you.",
  comp: "Given for nothing. Kept apart from discounts.",
  service_charge: "Income, unless it is passed on to your staff: then it is owed to them.",
  tax: "Not income: owed to the tax office until you pay it over.",
  tip: "Not income: owed to your staff until it is paid out.",
  gift_card_sold: "Not income: a liability until the card is used.",
  gift_card_redeemed: "Paid with a gift card: settles what you owed on it.",
  gift_card_promotion: "What gift cards that you gave away cost you.",
  house_account_payment: "Customers paying off what they owed you.",
  paid_out: "Cash that left the drawer for something other than change or refunds.",
  cash_moved: "Cash that went from the drawer to the bank, the safe or another drawer. Choose the account on which it is now.",
  cash_over_short: "The difference between the cash counted and the cash expected.",
  uncategorized: "Where a line without an account goes, if you chose so in the settings. Move it on once you know what it is.",
  payout: "What your card processor pays out. Choose the account that it arrives on, so that it matches your bank statement.",
  fee: "What the processor keeps of your card takings.",
  chargeback: "Card payments that customers had taken back by their bank.",
  adjustment: "Taken from your payouts for something else than card fees.",
  rounding: "Pennies that the till rounded up or down.",
};

const ABOUT_TENDERS: Readonly<Record<string, string>> = {
  card: "Card takings on their way to your bank, before the processor's fees.",
  cash: "Cash taken less change and refunds, until you bring it to the bank.",
  check: "Checks taken, until you bring them to the bank.",
  house_account: "What customers owe you on account.",
  third_party: "What a delivery or ordering platform owes you.",
  store_credit: "Paid with store credit: settles what you owed on it.",
  bank: "Transfers on their way to your bank.",
  wallet: "Wallet payments on their way to your bank.",
  buy_now_pay_later: "What the lender owes you.",
  other: "Takings that your till calls by this name.",
};

/** One sentence on what the line is; empty where its label says it all. */
export function aboutOf(key: LineKey): string {
  if (key === "sales:uncategorized") return "Sales that have no category at the till.";
  if (key === "return:unallocated") return "Refunds of an amount, without saying what came back.";
  return kindOf(key) === "tender" ? (ABOUT_TENDERS[key.split(":", 2)[1] ?? ""] ?? "") : (ABOUT[kindOf(key)] ?? "");
}
