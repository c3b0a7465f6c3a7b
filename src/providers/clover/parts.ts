/** What lines of an order come to by kind of thing, so that a payment or a refund can be spread over them. */
import type { SalesDayFold } from "../../ledger/sales-day";
import type { Goods } from "./goods";
import type { Named } from "./names";
import { sharesOf, partOf } from "./ratio";
import type { Discount, Line, Order } from "./order";
import { lineValue, totalsOf, WHOLE_PERCENTAGE, type OrderTotals } from "./totals";

/** One amount of a sale in minor units; what was taken off is negative, everything else is not. */
export type Part = { readonly minor: number; readonly what: Line["what"] | { readonly kind: "discount" | "comp" } | ({ readonly kind: "tax" } & Named) };

/**
 * Goods, gift cards, fees and discounts of some lines of an order, without the tax that is inside prices. They add up to
 * `discountedMinor` of those lines, less that tax.
 */
export function partsOf(order: Order, lines: readonly Line[], totals: OrderTotals = totalsOf(order, lines)): readonly Part[] {
  const inside = taxInside(order, lines, totals);
  const parts: Part[] = lines.map((line, index) => ({ what: line.what, minor: line.grossMinor - (inside[index] ?? 0) }));
  const taken = { discount: 0, comp: 0 };
  for (const line of lines) takeOff(taken, line.discounts, line.grossMinor, line.grossMinor - lineValue(line));
  takeOff(taken, order.discounts, totals.linesMinor, totals.linesMinor - totals.discountedMinor);
  parts.push({ what: { kind: "discount" }, minor: -taken.discount }, { what: { kind: "comp" }, minor: -taken.comp });
  return parts.filter((part) => part.minor !== 0);
}

/** The taxes of some lines, each by its rate. */
export function taxPartsOf(lines: readonly Line[], totals: OrderTotals): readonly Part[] {
  const names = new Map(lines.flatMap((line) => line.taxRates.map((rate) => [rate.id, rate.label] as const)));
  return [...totals.taxes].map(([id, minor]) => ({ what: { kind: "tax", id, label: names.get(id) ?? id }, minor }));
}

/** Books a part of a sale, or, the other way round, of something that came back. */
export function book(day: SalesDayFold, goods: Goods, { what, minor }: Part, direction: "in" | "out"): void {
  switch (what.kind) {
    case "goods":
      if (direction === "in") goods.sold(what.itemId, minor);
      else goods.cameBack(what.itemId, minor);
      return;
    case "gift_card":
      day.giftCard[direction](minor);
      return;
    case "charge":
      day.serviceCharge(what.id, what.label)[direction](minor);
      return;
    case "tax":
      day.tax(what.id, what.label)[direction](minor);
      return;
    case "discount":
    case "comp":
      day[what.kind][direction](-minor);
  }
}

/** Per line, the taxes that its price holds; nothing where taxes come on top. */
function taxInside(order: Order, lines: readonly Line[], totals: OrderTotals): number[] {
  const inside = lines.map(() => 0);
  if (!order.isVat) return inside;
  for (const [id, minor] of totals.taxes) {
    const values = lines.map((line) => (line.taxRates.some((rate) => rate.id === id) ? lineValue(line) : 0));
    for (const [index, share] of sharesOf(values, minor).entries()) inside[index] = (inside[index] ?? 0) + share;
  }
  return inside;
}

/** Says of what was taken off a value which discount took it: percentages one after the other, then amounts. */
function takeOff(taken: { discount: number; comp: number }, discounts: readonly Discount[], valueMinor: number, takenMinor: number): void {
  let left = valueMinor;
  let rest = takenMinor;
  const add = (discount: Discount, minor: number) => {
    taken[discount.isComp ? "comp" : "discount"] += minor;
    rest -= minor;
  };
  for (const discount of discounts) {
    const minor = Math.min(partOf(left, discount.percentage, WHOLE_PERCENTAGE), rest);
    add(discount, minor);
    left -= minor;
  }
  const shares = sharesOf(discounts.map(({ minor }) => minor), rest);
  discounts.forEach((discount, index) => add(discount, shares[index] ?? 0));
}
