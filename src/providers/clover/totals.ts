/**
 * Clover's own arithmetic for an order. Its API states prices, discounts and rates but no total of a line, so these steps
 * are part of what the till says; they meet the vendor's calculator on 300 random orders (`order_calc_vectors.json`).
 */
import { partOf } from "./ratio";

/** 100 % of a discount or a service charge: Clover counts them in hundredths of a per cent of a per cent (12.5 % is 125000). */
export const WHOLE_PERCENTAGE = 1_000_000;
/** 100 % of a tax rate (8.25 % is 825000). */
const WHOLE_RATE = 10_000_000;

/** Percentages by which something gets cheaper, one after the other, and then an amount. */
export type Reduction = { readonly percentages: readonly number[]; readonly minor: number };

export type TaxRate = {
  readonly id: string; readonly label: string; readonly rate: number;
  /** A tax of so much a line; counts where the rate is nothing. */
  readonly flatMinor: number;
};

export type OrderLine = {
  /** Price times quantity, modifications included. */
  readonly grossMinor: number;
  readonly reduction: Reduction;
  readonly isRefunded: boolean;
  readonly isExchanged: boolean;
  readonly taxRates: readonly TaxRate[];
};

export type OrderTerms<Line extends OrderLine = OrderLine> = {
  /** Prices hold the tax. */
  readonly isVat: boolean;
  readonly isTaxRemoved: boolean;
  /** On the order as a whole. */
  readonly reduction: Reduction;
  readonly servicePercentage: number;
  readonly lines: readonly Line[];
};

export type OrderTotals = {
  readonly linesMinor: number;
  /** Less what was taken off the whole order. */
  readonly discountedMinor: number;
  readonly serviceMinor: number;
  /** By the rate's id; each is rounded once, over all lines that carry it. */
  readonly taxes: ReadonlyMap<string, number>;
  readonly taxMinor: number;
  /** What is to be paid, without a tip. */
  readonly totalMinor: number;
};

/** `price × quantity`, the quantity in thousandths; null is one piece. */
export function extendedPrice(priceMinor: number, unitQuantity: number | null): number {
  return unitQuantity === null ? priceMinor : partOf(priceMinor, unitQuantity, 1_000);
}

/** A line less its own discounts; never below nothing. */
export function lineValue(line: Pick<OrderLine, "grossMinor" | "reduction">): number {
  return Math.max(0, afterPercentages(line.grossMinor, line.reduction.percentages) - line.reduction.minor);
}

/** Lines that were sold: an exchanged one was replaced by another, a refunded one was sold first. */
export function soldLines<Line extends OrderLine>(order: OrderTerms<Line>): readonly Line[] {
  return order.lines.filter((line) => !line.isExchanged);
}

/** Lines that are still sold. */
export function keptLines<Line extends OrderLine>(order: OrderTerms<Line>): readonly Line[] {
  return order.lines.filter((line) => !line.isExchanged && !line.isRefunded);
}

/** Some of an order's lines (those sold where nothing else is said), with their part in what is on the whole order. */
export function totalsOf(order: OrderTerms, lines: readonly OrderLine[] = soldLines(order)): OrderTotals {
  const linesMinor = valueOf(lines);
  const wholeMinor = valueOf(soldLines(order));
  const discountedMinor = discounted(order.reduction, linesMinor, wholeMinor);
  const serviceMinor = partOf(discountedMinor, order.servicePercentage, WHOLE_PERCENTAGE);
  const taxes = order.isTaxRemoved ? new Map<string, number>() : taxesOf(order, lines, wholeMinor);
  const taxMinor = [...taxes.values()].reduce((sum, minor) => sum + minor, 0);
  const totalMinor = discountedMinor + serviceMinor + (order.isVat ? 0 : taxMinor);
  return { linesMinor, discountedMinor, serviceMinor, taxes, taxMinor, totalMinor };
}

/** An amount off the order belongs to its lines by their values; a percentage is taken of whatever is looked at. */
function discounted(reduction: Reduction, linesMinor: number, wholeMinor: number): number {
  const share = wholeMinor === 0 ? 0 : partOf(reduction.minor, linesMinor, wholeMinor);
  return Math.max(0, afterPercentages(linesMinor, reduction.percentages) - share);
}

function taxesOf(order: OrderTerms, lines: readonly OrderLine[], wholeMinor: number): ReadonlyMap<string, number> {
  const groups = new Map<string, { readonly rate: number; minor: number; flatMinor: number }>();
  for (const line of lines) {
    for (const { id, rate, flatMinor } of line.taxRates) {
      const group = groups.get(id) ?? { rate, minor: 0, flatMinor: 0 };
      group.minor += lineValue(line);
      if (rate === 0) group.flatMinor += flatMinor;
      groups.set(id, group);
    }
  }
  return new Map([...groups].map(([id, { rate, minor, flatMinor }]) => {
    const base = discounted(order.reduction, minor, wholeMinor);
    return [id, flatMinor + partOf(base, rate, order.isVat ? WHOLE_RATE + rate : WHOLE_RATE)];
  }));
}

function valueOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, line) => sum + lineValue(line), 0);
}

function afterPercentages(minor: number, percentages: readonly number[]): number {
  return percentages.reduce((left, percentage) => left - partOf(left, percentage, WHOLE_PERCENTAGE), minor);
}
