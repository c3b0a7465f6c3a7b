/** Sales rung up by hand for tests that need to know every cent. */
import { priceOrder } from "../../../src/providers/square/simulator-pricing";
import type { DraftTender, OrderDraft } from "../../../src/providers/square/simulator-draft";
import { orderRefundOf, refundOf, returnOf, type ReturnChoice } from "../../../src/providers/square/simulator-returns";
import type { Order, PaymentRefund, Tender } from "../../../src/providers/square/simulator-wire";
import { noon } from "./given";

let made = 0;

/** One latte at 4.25 paid by card at noon at LA, unless the draft says otherwise. */
export function sale(draft: Partial<OrderDraft> = {}): Order {
  const id = draft.id ?? `ORDER${(made += 1)}`;
  return priceOrder({
    id, locationId: "LA", currency: "USD", createdAt: (draft.closedAt ?? noon) - 1_000, closedAt: noon,
    lines: [{ name: "Latte", variationId: "VAR_LATTE_S", unitMinor: 425 }],
    tenders: (dueMinor) => (dueMinor > 0 ? [pay(id, dueMinor)] : []),
    ...draft,
  });
}

/** A tender of an order; by card unless said otherwise. */
export function pay(orderId: string, minor: number, tender: Partial<DraftTender> = {}): DraftTender {
  return { id: `${orderId}-P`, type: "CARD", minor, ...tender };
}

export type Back = { readonly order: Order; readonly refund: PaymentRefund };

type BackOptions = Partial<ReturnChoice> & {
  readonly at?: number; readonly refundAt?: number; readonly locationId?: string; readonly destination?: string;
};

/** The return of an earlier sale, with the refund to the tender that paid. */
export function back(of: Order, options: BackOptions = {}): Back {
  const choice = { lines: [0], withExtras: false, ...options };
  const at = options.at ?? noon + 3_600_000;
  const id = `RETURN${(made += 1)}`;
  const order = priceOrder({
    id, locationId: options.locationId ?? "LA", currency: "USD", createdAt: at, closedAt: at, lines: [], returns: [returnOf(of, choice)],
  });
  const minor = -order.net_amounts.total_money.amount;
  const refund = refundTo(of.tenders?.[0] ?? null, id, minor, options.refundAt ?? at, options.destination);
  return { order: { ...order, refunds: [orderRefundOf(refund)] }, refund };
}

/** Money given back on a sale without any goods. */
export function plainRefund(of: Order, minor: number, changes: Partial<PaymentRefund> = {}): PaymentRefund {
  return { ...refundTo(of.tenders?.[0] ?? null, of.id, minor, noon + 60_000), ...changes };
}

function refundTo(tender: Tender | null, orderId: string, minor: number, at: number, destination?: string): PaymentRefund {
  const draft = { id: `REFUND${(made += 1)}`, minor, at, reason: "because", ...(destination === undefined ? {} : { destination }) };
  return refundOf(draft, orderId, "LA", "USD", tender);
}
