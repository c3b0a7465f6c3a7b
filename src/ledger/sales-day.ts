/**
 * The sales day: what one location sold and took on one business day, as totals. This is all that Daybook keeps of
 * a day at the till. Every amount is a non-negative integer of minor units unless it says "signed".
 */
import type { Currency } from "../kernel/money";

/** One category as the till knows it; `id` is the till's and survives renaming, `label` is its name when read. */
export type CategoryTotal = {
  readonly id: string;
  readonly label: string;
  /** Gross of discounts, net of nothing; excludes tax that is inside the price. */
  readonly grossMinor: number;
  /** Gross value of what came back on this day, whenever it was sold. */
  readonly returnedMinor: number;
};

/** An amount that goes one way and may come back: discounts given and reversed, tips received and refunded. */
export type InAndOut = { readonly inMinor: number; readonly outMinor: number };

/** A tax or a service charge by the till's id. `in` = collected or charged, `out` = refunded. */
export type NamedInAndOut = InAndOut & { readonly id: string; readonly label: string };

export const TENDER_KINDS = [
  "card", "cash", "check", "gift_card", "house_account", "third_party", "store_credit", "bank", "wallet", "buy_now_pay_later", "other",
] as const;
export type TenderKind = (typeof TENDER_KINDS)[number];

/** Takings by tender, gross of processing fees: `in` = taken (tips included, change excluded), `out` = given back. */
export type TenderTotal = InAndOut & {
  readonly kind: TenderKind;
  /** Tells custom tenders of one kind apart; empty for the plain one. */
  readonly id: string;
  readonly label: string;
};

/** Cash that left the drawer for something other than change or refunds. `tips` settle the tips liability. */
export type PaidOut = { readonly id: string; readonly label: string; readonly purpose: "expense" | "tips"; readonly minor: number };

export type SalesDay = {
  readonly currency: Currency;
  /** How many orders and returns were folded in; a count, no list. */
  readonly orderCount: number;
  readonly categories: readonly CategoryTotal[];
  /** `in` = given on sales, `out` = reversed on returns. */
  readonly discounts: InAndOut;
  readonly comps: InAndOut;
  readonly serviceCharges: readonly NamedInAndOut[];
  readonly taxes: readonly NamedInAndOut[];
  readonly tips: InAndOut;
  /** `in` = sold for money, `out` = refunded; `promotional` was issued for nothing. */
  readonly giftCards: InAndOut & { readonly promotionalMinor: number };
  /** Payments received on house accounts. */
  readonly houseAccountPaymentsMinor: number;
  readonly tenders: readonly TenderTotal[];
  readonly paidOuts: readonly PaidOut[];
  /** Signed: counted minus expected cash of a real drawer count; negative is short. Zero where nobody counted. */
  readonly cashOverShortMinor: number;
  /** Signed: what the till rounded in the shop's favour (positive) or the customer's (negative). */
  readonly roundingMinor: number;
};
