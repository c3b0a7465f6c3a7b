/**
 * The sales day: what one location sold and took on one business day, as totals. This is all that Daybook keeps of
 * a day at the till. Every amount is a non-negative integer of minor units unless it says "signed".
 */
import { assert } from "../kernel/assert";
import { sum, type Currency } from "../kernel/money";
import { createSalesDayFold } from "./sales-day-fold";
import { netTenders } from "./tender";

export { checkSalesDay, imbalanceOf } from "./sales-day-check";
export { createSalesDayFold, type SalesDayFold } from "./sales-day-fold";

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

/**
 * Cash that left the drawer for something other than change or refunds. `tips` settle the tips liability; `moved` is on its
 * way to the bank, the safe or another drawer, and still the shop's.
 */
export type PaidOut = { readonly id: string; readonly label: string; readonly purpose: "expense" | "moved" | "tips"; readonly minor: number };

export type SalesDay = {
  readonly currency: Currency;
  /** How many orders and returns were folded in; a count, no list. Bounds what may be called rounding. */
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

/** The day on which nothing happened: what `addSalesDays` leaves unchanged. */
export function emptySalesDay(currency: Currency): SalesDay {
  return createSalesDayFold(currency).finish();
}

/**
 * Merges two parts of one day. Associative and commutative, with `emptySalesDay` as its neutral element, so that
 * folding in parts equals folding everything. Two currencies in one day are a bug and throw.
 */
export function addSalesDays(one: SalesDay, other: SalesDay): SalesDay {
  assert(one.currency === other.currency, `a day has one currency, got ${one.currency} and ${other.currency}`);
  const fold = createSalesDayFold(one.currency);
  fold.add(one);
  fold.add(other);
  return fold.finish();
}

/**
 * Whether there is nothing to book: nothing sold, returned, given or paid out, and every tender nets to nothing.
 * Of a balanced day it says exactly that `buildEntry` would have no line. Orders for nothing do not count.
 */
export function hasNoSales(day: SalesDay): boolean {
  const flows = [day.discounts, day.comps, day.tips, day.giftCards, ...day.serviceCharges, ...day.taxes];
  return (
    day.categories.every((row) => row.grossMinor === 0 && row.returnedMinor === 0) &&
    flows.every((flow) => flow.inMinor === 0 && flow.outMinor === 0) &&
    [day.giftCards.promotionalMinor, day.houseAccountPaymentsMinor, day.cashOverShortMinor, day.roundingMinor].every((minor) => minor === 0) &&
    day.paidOuts.every((row) => row.minor === 0) &&
    netTenders(day).length === 0
  );
}

/** The figures of a day that people compare, in minor units of its currency. All but gross and takings are signed. */
export type DayTotals = {
  /** Goods sold, before discounts and returns and without tax. */
  readonly grossMinor: number;
  /** Gross less discounts, comps and returns. */
  readonly netMinor: number;
  /** Tax collected less tax refunded. */
  readonly taxMinor: number;
  /** Tips received less tips refunded; tips paid out in cash do not lessen them. */
  readonly tipsMinor: number;
  /** What came in by all tenders, gift cards included, less what was given back. */
  readonly collectedMinor: number;
  /**
   * Everything that the till says came from somewhere: one side of the day. Added up without the entry's lines, it
   * equals the total of the entry when the day balances; the tie-out strip calls it "Till".
   */
  readonly takingsMinor: number;
};

/** Adds up a checked day; throws past 2^53 rather than lose a cent. */
export function dayTotals(day: SalesDay): DayTotals {
  const grossMinor = sum(day.categories.map((row) => row.grossMinor));
  const returnedMinor = sum(day.categories.map((row) => row.returnedMinor));
  const sources = [
    ...[...day.serviceCharges, ...day.taxes, day.tips, day.giftCards].map((flow) => flow.inMinor),
    day.discounts.outMinor, day.comps.outMinor, day.giftCards.promotionalMinor, day.houseAccountPaymentsMinor,
    Math.max(day.roundingMinor, 0), Math.max(day.cashOverShortMinor, 0),
    ...netTenders(day).map((tender) => Math.max(-tender.minor, 0)),
  ];
  return {
    grossMinor,
    netMinor: sum([grossMinor, -returnedMinor, -netOf([day.discounts]), -netOf([day.comps])]),
    taxMinor: netOf(day.taxes),
    tipsMinor: netOf([day.tips]),
    collectedMinor: netOf(day.tenders),
    takingsMinor: sum([grossMinor, ...sources]),
  };
}

function netOf(flows: readonly InAndOut[]): number {
  return sum(flows.map((flow) => flow.inMinor - flow.outMinor));
}
