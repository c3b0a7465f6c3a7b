/**
 * An order as Clover sends it in two halves (it expands three things at a time), read once: its terms for the arithmetic,
 * and the names that its lines, discounts and charges have. Kept no longer than its page.
 */
import { isComp, feeNameOf, serviceNameOf, taxNameOf, type Named } from "./names";
import { extendedPrice, WHOLE_PERCENTAGE, type OrderLine, type OrderTerms, type Reduction, type TaxRate } from "./totals";
import { idIn, isWire, textOf, type Wire, type WireReader } from "./wire";

/** The two halves of an order, by what is expanded in them; a path of two expands its first step with it (docs.clover.com, "Expanding fields"). */
export const FIRST_HALF = "lineItems.discounts,lineItems.modifications,lineItems.taxRates";
export const SECOND_HALF = "discounts,serviceCharge,payments";

/** A discount's share of a whole, or an amount; Clover has both in one record, and counts both. */
export type Discount = { readonly percentage: number; readonly minor: number; readonly isComp: boolean };

export type Line = OrderLine & {
  readonly id: string;
  readonly discounts: readonly Discount[];
  /** What is sold: goods by their item's id (empty for an amount keyed in), value kept for somebody, or a fee. */
  readonly what: { readonly kind: "goods"; readonly itemId: string } | { readonly kind: "gift_card" } | ({ readonly kind: "charge" } & Named);
};

export type Order = OrderTerms<Line> & {
  readonly id: string;
  readonly discounts: readonly Discount[];
  readonly service: Named;
  readonly isTest: boolean;
  readonly isOpen: boolean;
  /** What Clover says is still to be paid; null where it does not say. */
  readonly unpaidMinor: number | null;
};

/** Reads an order from its halves; `reader` remembers what could not be read. */
export function orderOf(first: Wire, second: Wire, reader: WireReader): Order {
  reader.expectCurrency(first.currency);
  const discounts = discountsOf(second.discounts, reader);
  const service = isWire(second.serviceCharge) ? second.serviceCharge : {};
  return {
    id: textOf(first.id),
    lines: reader.list(first.lineItems, "lineItems").map((line) => lineOf(line, reader)),
    isVat: first.isVat === true,
    isTaxRemoved: first.taxRemoved === true,
    discounts,
    reduction: reductionOf(discounts),
    service: serviceNameOf(service),
    servicePercentage: percentageOf(service, reader),
    isTest: first.testMode === true,
    isOpen: isOpen(first),
    unpaidMinor: typeof first.unpaidBalance === "number" ? reader.integer(first.unpaidBalance, "unpaidBalance") : null,
  };
}

/** Whether somebody still has to pay it. Clover writes "open" and "OPEN"; an order without a state is hidden, and one that was deleted is nobody's to pay. */
export function isOpen(order: Wire): boolean {
  const isUnpaid = order.paymentState === undefined || order.paymentState === null || order.paymentState === "OPEN" || order.paymentState === "PARTIALLY_PAID";
  const wasDeleted = typeof order.deletedTimestamp === "number";
  return textOf(order.state).toLowerCase() === "open" && isUnpaid && !wasDeleted;
}

function lineOf(line: Wire, reader: WireReader): Line {
  const modifications = reader.list(line.modifications, "modifications").reduce((sum, one) => sum + reader.integer(one.amount, "amount"), 0);
  const unitQuantity = typeof line.unitQty === "number" ? reader.integer(line.unitQty, "unitQty") : null;
  const discounts = discountsOf(line.discounts, reader);
  return {
    id: textOf(line.id),
    // A line is never worth less than nothing at Clover, whatever its modifications take off.
    grossMinor: Math.max(0, extendedPrice(reader.integer(line.price, "price"), unitQuantity) + modifications),
    discounts,
    reduction: reductionOf(discounts),
    isRefunded: line.refunded === true,
    isExchanged: line.exchanged === true,
    taxRates: reader.list(line.taxRates, "taxRates").map((rate) => taxRateOf(rate, reader)),
    what: whatOf(line),
  };
}

/** `isRevenue` is false for gift cards, deposits and donations: money that is owed on, not earned. */
function whatOf(line: Wire): Line["what"] {
  if (line.isOrderFee === true) return { kind: "charge", ...feeNameOf(line) };
  return line.isRevenue === false ? { kind: "gift_card" } : { kind: "goods", itemId: idIn(line.item) };
}

function taxRateOf(rate: Wire, reader: WireReader): TaxRate {
  return { ...taxNameOf(rate), rate: reader.integer(rate.rate, "rate"), flatMinor: reader.integer(rate.taxAmount, "taxAmount") };
}

/** Clover's discounts are negative; here they are what is taken off. */
function discountsOf(list: unknown, reader: WireReader): readonly Discount[] {
  return reader.list(list, "discounts").map((discount) => ({
    percentage: percentageOf(discount, reader), minor: -reader.integer(discount.amount, "amount"), isComp: isComp(textOf(discount.name)),
  }));
}

function reductionOf(discounts: readonly Discount[]): Reduction {
  return {
    percentages: discounts.map(({ percentage }) => percentage).filter((percentage) => percentage !== 0),
    minor: discounts.reduce((sum, { minor }) => sum + minor, 0),
  };
}

/** The finer field counts where both are there. */
function percentageOf(from: Wire, reader: WireReader): number {
  const fine = reader.integer(from.percentageDecimal, "percentageDecimal");
  return fine === 0 ? reader.integer(from.percentage, "percentage") * (WHOLE_PERCENTAGE / 100) : fine;
}
