/** What ties a return to the sales it undoes and to the refunds that pay for it. */
import { movedMoney } from "./tenders";
import { isWire, textOf, type Wire, type WireReader } from "./wire";

export type ReturnLinks = {
  /** Sales whose goods came back; none for an unlinked return. */
  readonly saleIds: readonly string[];
  /** Refunds that pay for what came back; null where the order lists none, and every refund of it counts. */
  readonly refundIds: readonly string[] | null;
};

/**
 * The links of an order that has `returns`. What was paid for the order less what it comes to is owed to the customer:
 * refunds up to that sum, the oldest first, belong to the return. A later one (say, on the dearer thing that was taken
 * in exchange) gives money back without goods.
 */
export function linksOf(order: Wire, returns: readonly Wire[], reader: WireReader): ReturnLinks {
  const saleIds = returns.map((one) => textOf(one.source_order_id)).filter((id) => id !== "");
  const refunds = reader.list(order.refunds, "refunds");
  const net = isWire(order.net_amounts) ? order.net_amounts.total_money : undefined;
  if (refunds.length === 0) return { saleIds, refundIds: null };
  let owedMinor = net === undefined ? Number.POSITIVE_INFINITY : -reader.minor(net);
  for (const tender of reader.list(order.tenders, "tenders")) if (movedMoney(tender)) owedMinor += reader.minor(tender.amount_money);
  const refundIds: string[] = [];
  for (const refund of refunds.toSorted(byCreation)) {
    const minor = reader.minor(refund.amount_money);
    if (refund.status !== "FAILED" && refund.status !== "REJECTED" && minor <= owedMinor) {
      refundIds.push(textOf(refund.id));
      owedMinor -= minor;
    }
  }
  return { saleIds, refundIds };
}

/** Whether a refund with the order's id pays for what came back with it. */
export function paysFor(links: ReturnLinks, refundId: string): boolean {
  return links.refundIds === null || links.refundIds.includes(refundId);
}

function byCreation(a: Wire, b: Wire): number {
  return Date.parse(textOf(a.created_at)) - Date.parse(textOf(b.created_at)) || (textOf(a.id) < textOf(b.id) ? -1 : 1);
}
