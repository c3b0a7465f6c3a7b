/**
 * What each part of a payout is, by Square's `ActivityType` (API 2025-08-20). Fees are what is gone for taking cards;
 * what Square only holds back or pays out ahead is on its way still; everything else has an account of its own.
 */
import type { AccountNature } from "../../ledger/mapping";

export type Part =
  | { readonly kind: "charge" | "refund" | "fee" | "dispute" | "withheld" }
  | { readonly kind: "adjustment"; readonly id: string; readonly label: string; readonly nature: AccountNature };

const CHARGE: Part = { kind: "charge" };
const REFUND: Part = { kind: "refund" };
const FEE: Part = { kind: "fee" };
const DISPUTE: Part = { kind: "dispute" };
const WITHHELD: Part = { kind: "withheld" };
const LOAN = adjustment("loan", "Loan repayments", "liability");
const CREDIT_CARD = adjustment("credit_card", "Credit card repayments", "liability");
const SAVINGS = adjustment("savings", "Transfers to savings", "asset");
const FOLDERS = adjustment("folders", "Transfers to banking folders", "asset");
const GIFT_CARD_POOL = adjustment("gift_card_pool", "Gift cards, transfers to the pool", "liability");
const BITCOIN = adjustment("bitcoin", "Converted to bitcoin", "asset");
const PAYROLL = adjustment("payroll", "Payroll transfers", "expense");
const SUBSCRIPTION = adjustment("subscription", "Square subscriptions", "expense");
const OFFERS = adjustment("offers", "Local offers", "expense");
const NEGATIVE_BALANCE = adjustment("negative_balance", "Repayments of a negative balance", "liability");
const OTHER = adjustment("other", "Other adjustments", "expense");

const PARTS: ReadonlyMap<unknown, Part> = new Map([
  ["CHARGE", CHARGE],
  ["REFUND", REFUND],
  ["FEE", FEE], ["DEPOSIT_FEE", FEE], ["DEPOSIT_FEE_REVERSED", FEE], ["TAX_ON_FEE", FEE], ["FREE_PROCESSING", FEE],
  ["PROCESSING_FEE", FEE], ["PROCESSING_FEE_REFUND", FEE], ["UNDO_PROCESSING_FEE_REFUND", FEE],
  ["THIRD_PARTY_FEE", FEE], ["THIRD_PARTY_FEE_REFUND", FEE], ["PAID_SERVICE_FEE", FEE], ["PAID_SERVICE_FEE_REFUND", FEE],
  ["GIFT_CARD_LOAD_FEE", FEE], ["GIFT_CARD_LOAD_FEE_REFUND", FEE], ["UNDO_GIFT_CARD_LOAD_FEE_REFUND", FEE],
  ["DISPUTE", DISPUTE], ["OPEN_DISPUTE", DISPUTE],
  ["HOLD_ADJUSTMENT", WITHHELD], ["RELEASE_ADJUSTMENT", WITHHELD], ["RESERVE_HOLD", WITHHELD], ["RESERVE_RELEASE", WITHHELD],
  // A payout that failed, and one that went out alone, are made up for in a later one.
  ["RETURNED_PAYOUT", WITHHELD], ["MONEY_TRANSFER", WITHHELD], ["MONEY_TRANSFER_REVERSAL", WITHHELD],
  ["SQUARE_CAPITAL_PAYMENT", LOAN], ["SQUARE_CAPITAL_REVERSED_PAYMENT", LOAN],
  ["CREDIT_CARD_REPAYMENT", CREDIT_CARD], ["CREDIT_CARD_REPAYMENT_REVERSED", CREDIT_CARD],
  ["AUTOMATIC_SAVINGS", SAVINGS], ["AUTOMATIC_SAVINGS_REVERSED", SAVINGS],
  ["BALANCE_FOLDERS_TRANSFER", FOLDERS], ["BALANCE_FOLDERS_TRANSFER_REVERSED", FOLDERS],
  ["GIFT_CARD_POOL_TRANSFER", GIFT_CARD_POOL], ["GIFT_CARD_POOL_TRANSFER_REVERSED", GIFT_CARD_POOL],
  ["AUTOMATIC_BITCOIN_CONVERSIONS", BITCOIN], ["AUTOMATIC_BITCOIN_CONVERSIONS_REVERSED", BITCOIN],
  ["SQUARE_PAYROLL_TRANSFER", PAYROLL], ["SQUARE_PAYROLL_TRANSFER_REVERSED", PAYROLL],
  ["SUBSCRIPTION_FEE", SUBSCRIPTION], ["SUBSCRIPTION_FEE_REFUND", SUBSCRIPTION], ["SUBSCRIPTION_FEE_PAID_REFUND", SUBSCRIPTION],
  ["LOCAL_OFFERS_CASHBACK", OFFERS], ["LOCAL_OFFERS_FEE", OFFERS],
  ["PERCENTAGE_PROCESSING_ENROLLMENT", NEGATIVE_BALANCE], ["PERCENTAGE_PROCESSING_DEACTIVATION", NEGATIVE_BALANCE],
  ["PERCENTAGE_PROCESSING_REPAYMENT", NEGATIVE_BALANCE], ["PERCENTAGE_PROCESSING_REPAYMENT_REVERSED", NEGATIVE_BALANCE],
]);

/** What a part is. A type that Square adds one day is an adjustment that somebody gives an account, never a sale or a fee. */
export function partOf(type: unknown): Part {
  return PARTS.get(type) ?? OTHER;
}

function adjustment(id: string, label: string, nature: AccountNature): Part {
  return { kind: "adjustment", id, label, nature };
}
