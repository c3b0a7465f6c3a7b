/** What comes back during a simulated day: goods, whole or exchanged, and money without goods. */
import { MINUTE, SECOND } from "../../kernel/clock";
import { sellableAt } from "./simulator-catalogue";
import { byClosing, orderIdOf, type DayRequest, type GeneratedDay } from "./simulator-day";
import { priceOrder } from "./simulator-pricing";
import { randomOf, type Random } from "./simulator-random";
import { orderRefundOf, refundOf, returnOf } from "./simulator-returns";
import type { Order, OrderReturn, PaymentRefund, Tender } from "./simulator-wire";

/** Adds returns and refunds of these and earlier sales to a day. */
export function addRefunds(request: DayRequest, sales: readonly Order[]): GeneratedDay {
  const random = randomOf(`${request.seed}|${request.locationId}|${request.date}|refunds`);
  const refunds: PaymentRefund[] = [];
  const returned: Order[] = [];
  const plain = new Map<string, PaymentRefund>();
  for (const sale of [...(request.earlierSales ?? []), ...sales]) {
    const tender = largestTender(sale);
    if (tender === null) continue;
    if (random.chance(request.profile.returnShare)) returnSale(request, random, sale, tender, returned, refunds);
    else if (random.chance(request.profile.plainRefundShare)) plain.set(sale.id, plainRefund(request, random, sale, tender));
  }
  const orders = sales.map((sale) => {
    const refund = plain.get(sale.id);
    return refund === undefined ? sale : { ...sale, refunds: [orderRefundOf(refund)], updated_at: refund.created_at };
  });
  return { orders: [...orders, ...returned].sort(byClosing), refunds: [...refunds, ...plain.values()] };
}

function largestTender(sale: Order): Tender | null {
  const paid = (sale.tenders ?? []).filter((tender) => tender.card_details?.status !== "FAILED");
  return paid.toSorted((a, b) => b.amount_money.amount - a.amount_money.amount)[0] ?? null;
}

/** Like an order's id, so that a source finds the refund's day rather than the sale's. */
function refundIdOf(request: DayRequest, random: Random): string {
  return `${orderIdOf(request, random)}-R`;
}

/** The latest moment of a sale's refund is the last instant of the day; the earliest a minute after the sale. */
function momentAfter(request: DayRequest, random: Random, sale: Order): number {
  const earliest = Math.max(Date.parse(sale.closed_at ?? "") + MINUTE, request.window.start + 5 * SECOND);
  const room = request.window.end - 1 - earliest;
  return room <= 0 ? request.window.end - 1 : earliest + random.below(room);
}

function plainRefund(request: DayRequest, random: Random, sale: Order, tender: Tender): PaymentRefund {
  const minor = 1 + random.below(tender.amount_money.amount);
  const status = random.pick(["COMPLETED", "COMPLETED", "COMPLETED", "PENDING", "FAILED", "REJECTED"] as const);
  const draft = { id: refundIdOf(request, random), minor, at: momentAfter(request, random, sale), reason: "Sorry", status };
  return refundOf(draft, sale.id, request.locationId, request.catalogue.currency, tender);
}

function returnSale(
  request: DayRequest, random: Random, sale: Order, tender: Tender, orders: Order[], refunds: PaymentRefund[],
): void {
  const lines = (sale.line_items ?? []).map((_, index) => index);
  const isWhole = random.chance(0.3);
  const choice = { lines: isWhole ? lines : [random.below(lines.length)], withExtras: isWhole, isUnlinked: random.chance(0.1) };
  const back = returnOf(sale, choice);
  // A split payment may be too small for the whole refund; such a customer keeps the goods.
  if (back.return_amounts.total_money.amount > tender.amount_money.amount) return;
  const at = momentAfter(request, random, sale);
  const order = returnOrder(request, random, back, at);
  const dueMinor = order.net_amounts.total_money.amount;
  if (dueMinor >= 0) {
    orders.push(order);
    return;
  }
  const draft = {
    id: refundIdOf(request, random), minor: -dueMinor, at: at - SECOND, reason: "Returned goods",
    ...(random.chance(0.1) ? { destination: "CASH" } : {}),
  };
  const refund = refundOf(draft, order.id, request.locationId, request.catalogue.currency, choice.isUnlinked ? null : tender);
  refunds.push(refund);
  orders.push({ ...order, refunds: [orderRefundOf(refund)] });
}

/** One return in six is an exchange: something else leaves the shop with the same order. */
function returnOrder(request: DayRequest, random: Random, back: OrderReturn, at: number): Order {
  const id = orderIdOf(request, random);
  const taken = random.chance(0.16) ? [sellableAt(request.catalogue, random.next())] : [];
  return priceOrder({
    id, locationId: request.locationId, currency: request.catalogue.currency, createdAt: at - MINUTE, closedAt: at,
    lines: taken.map((sellable) => ({
      name: sellable.itemName, variationName: sellable.variationName, variationId: sellable.variationId, unitMinor: sellable.unitMinor,
    })),
    taxes: taken.length === 0 ? [] : request.profile.taxes,
    ...(request.profile.grossHoldsTax === undefined ? {} : { grossHoldsTax: request.profile.grossHoldsTax }),
    returns: [back],
    tenders: (dueMinor) => (dueMinor > 0 ? [{ id: `${id}-P0`, type: "CARD", minor: dueMinor }] : []),
  });
}
