/**
 * Books what was paid for an order. Clover counts a sale when it is paid, so an order that is paid in parts is revenue in
 * parts: each payment takes its share of what is left, the last one all of it. Payments are taken in the order in which
 * they were made, also those of other days, so that every day books the same shares whenever it is read.
 *
 * Tax and service charge are those that each payment states. What the lines come to and what is left of a payment may
 * differ by a cent of rounding, or by a coin where cash is rounded; that is booked as rounding. A larger difference is
 * booked nowhere: the day then does not balance, and is held.
 */
import type { SalesDayFold } from "../../ledger/sales-day";
import type { Goods } from "./goods";
import type { Order } from "./order";
import { book, partsOf, taxPartsOf, type Part } from "./parts";
import { minorOf, type Payment } from "./payments";
import { sharesOf } from "./ratio";
import { CASH } from "./tenders";
import { soldLines, totalsOf } from "./totals";

/** The coin to which cash is rounded in most countries that round, in minor units. */
const LARGEST_COIN_MINOR = 5;

export type Sold = {
  /** What is still to be paid; nothing where the rest is rounding. */
  readonly openMinor: number;
  /** What payments came to beyond, or short of, the order's lines; nothing for one that adds up. */
  readonly strayMinor: number;
};

export type Sale = {
  readonly order: Order;
  /** Every payment of the order so far, of any day. */
  readonly payments: readonly Payment[];
  /** Those that belong to the day that is booked. */
  readonly isOfDay: (payment: Payment) => boolean;
};

/** What is to be paid for an order, without tips and surcharges. */
export function dueOf(order: Order): number {
  return totalsOf(order).totalMinor;
}

/** Books the payments of a day with their part of the order. */
export function bookSale(day: SalesDayFold, goods: Goods, { order, payments, isOfDay }: Sale): Sold {
  const dueMinor = dueOf(order);
  const areInside = chargesAreInside(dueMinor, payments);
  const inTurn = payments.toSorted((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  let tolerance = 0;
  let left = wholeOf(order, payments);
  let paidMinor = 0;
  let strayMinor = 0;
  day.order();
  for (const [index, payment] of inTurn.entries()) {
    tolerance = toleranceOf(inTurn.slice(0, index + 1));
    const chargesMinor = minorOf(payment.charges);
    const forOrderMinor = payment.amountMinor - (areInside ? chargesMinor : 0);
    paidMinor += forOrderMinor;
    const isLast = dueMinor - paidMinor <= tolerance;
    const stated = [...(payment.taxes ?? []), ...(payment.service === null ? [] : [payment.service])];
    const goodsMinor = forOrderMinor - minorOf(stated);
    const taken = isLast ? left : shareOf(left, goodsMinor);
    left = isLast ? [] : without(left, taken);
    if (!isOfDay(payment)) continue;
    for (const part of [...stated, ...payment.charges, ...taken]) book(day, goods, part, "in");
    bookTender(day, payment, areInside ? 0 : chargesMinor);
    const residue = goodsMinor - minorOf(taken);
    if (Math.abs(residue) <= tolerance) day.rounding(residue);
    else strayMinor += residue;
  }
  const openMinor = dueMinor - paidMinor;
  return { openMinor: openMinor > tolerance ? openMinor : 0, strayMinor };
}

/** A sale of which Clover keeps no order: everything but the tax is goods without a category. */
export function bookWithoutOrder(day: SalesDayFold, goods: Goods, payment: Payment): void {
  const stated = [...(payment.taxes ?? []), ...(payment.service === null ? [] : [payment.service]), ...payment.charges];
  for (const part of stated) book(day, goods, part, "in");
  goods.sold("", payment.amountMinor - minorOf(stated));
  bookTender(day, payment, 0);
  day.order();
}

/** An order that comes to nothing and needs no payment: all of it was a comp, or free. */
export function bookForNothing(day: SalesDayFold, goods: Goods, order: Order): void {
  for (const part of partsOf(order, soldLines(order))) book(day, goods, part, "in");
  day.order();
}

/** Everything that payments have to be spread over; tax and service charge only where no payment states them. */
function wholeOf(order: Order, payments: readonly Payment[]): readonly Part[] {
  const lines = soldLines(order);
  const totals = totalsOf(order, lines);
  const statesTax = payments.some(({ taxes }) => taxes !== null);
  const statesService = payments.some(({ service }) => service !== null);
  const service: Part = { what: { kind: "charge", ...order.service }, minor: totals.serviceMinor };
  return [
    ...partsOf(order, lines, totals), ...(statesTax ? [] : taxPartsOf(lines, totals)), ...(statesService || service.minor === 0 ? [] : [service]),
  ];
}

/** "Total amount paid" holds a surcharge (payments/Payment); where the amounts alone pay the order exactly, it does not. */
function chargesAreInside(dueMinor: number, payments: readonly Payment[]): boolean {
  return payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0) !== dueMinor;
}

/** One minor unit a payment; a coin where one of them was cash. */
function toleranceOf(payments: readonly Payment[]): number {
  return Math.max(payments.length, payments.some(({ tender }) => tender.kind === CASH.kind) ? LARGEST_COIN_MINOR : 1);
}

function shareOf(parts: readonly Part[], totalMinor: number): readonly Part[] {
  const shares = sharesOf(parts.map(({ minor }) => minor), totalMinor);
  return parts.map((part, index) => ({ ...part, minor: shares[index] ?? 0 }));
}

function without(parts: readonly Part[], taken: readonly Part[]): readonly Part[] {
  return parts.map((part, index) => ({ ...part, minor: part.minor - (taken[index]?.minor ?? 0) }));
}

function bookTender(day: SalesDayFold, payment: Payment, chargesOnTopMinor: number): void {
  const { tender, tipMinor, cashbackMinor } = payment;
  day.tender(tender.kind, tender.id, tender.label).in(payment.amountMinor + tipMinor + cashbackMinor + chargesOnTopMinor);
  if (tipMinor !== 0) day.tip.in(tipMinor);
  if (cashbackMinor !== 0) day.tender(CASH.kind, CASH.id, CASH.label).out(cashbackMinor);
}
