/** Returns: whole lines of an earlier sale come back as part of a new order, with what was charged for them. */
import { amountsOf } from "./simulator-pricing";
import { sumOf } from "./simulator-arithmetic";
import type { LineItem, Order, OrderReturn, OrderRefund, PaymentRefund, ReturnLine, Tender } from "./simulator-wire";
import { money } from "./simulator-wire";

export type ReturnChoice = {
  /** Indexes of the sale's lines that come back. */
  readonly lines: readonly number[];
  /** Whether tips and service charges are given back too. */
  readonly withExtras: boolean;
  /** A return that the cashier did not tie to a sale. */
  readonly isUnlinked?: boolean;
};

/** What of a sale comes back. The amounts are those that the sale's lines state, so they add up to the cent. */
export function returnOf(sale: Order, choice: ReturnChoice): OrderReturn {
  const currency = sale.total_money.currency;
  const chosen = choice.lines.flatMap((index) => sale.line_items?.[index] ?? []);
  const lines = chosen.map((line, index) => returnLine(line, index, choice.isUnlinked === true));
  const taxes = (sale.taxes ?? []).map((tax, index) => ({
    ...tax, uid: `return-tax-${index}`, source_tax_uid: tax.uid, applied_money: money(appliedTax(chosen, tax.uid), currency),
  }));
  const discounts = (sale.discounts ?? []).map((discount, index) => ({
    ...discount, uid: `return-discount-${index}`, source_discount_uid: discount.uid,
    applied_money: money(appliedDiscount(chosen, discount.uid), currency),
  }));
  const charges = choice.withExtras ? untaxedCharges(sale) : [];
  const tips = choice.withExtras ? tipsOf(sale) : [];
  const amounts = amountsOf(currency, {
    total: sumOf([...lines, ...charges].map((one) => one.total_money.amount)) + sumOf(tips.map((tip) => tip.applied_money.amount)),
    tax: sumOf(taxes.map((tax) => tax.applied_money.amount)), discount: sumOf(discounts.map((one) => one.applied_money.amount)),
    tip: sumOf(tips.map((tip) => tip.applied_money.amount)), charge: sumOf(charges.map((charge) => charge.applied_money.amount)),
  });
  return {
    uid: "return-0", return_line_items: lines, return_amounts: amounts,
    ...(choice.isUnlinked === true ? {} : { source_order_id: sale.id }),
    ...(taxes.length > 0 ? { return_taxes: taxes } : {}),
    ...(discounts.length > 0 ? { return_discounts: discounts } : {}),
    ...(charges.length > 0 ? { return_service_charges: charges } : {}),
    ...(tips.length > 0 ? { return_tips: tips } : {}),
  };
}

/** A taxed charge would need its share of the tax; the simulated shops give back untaxed ones only. */
function untaxedCharges(sale: Order): NonNullable<OrderReturn["return_service_charges"]> {
  return (sale.service_charges ?? []).filter((charge) => charge.total_tax_money.amount === 0).map((charge) => {
    const { type: _, ...kept } = charge; // a returned charge does not say which type it was
    return kept;
  });
}

function tipsOf(sale: Order): NonNullable<OrderReturn["return_tips"]> {
  return (sale.tenders ?? []).flatMap((tender, index) =>
    tender.tip_money === undefined
      ? []
      : [{ uid: `return-tip-${index}`, applied_money: tender.tip_money, source_tender_id: tender.id }]);
}

function appliedTax(lines: readonly LineItem[], uid: string): number {
  return sumOf(lines.flatMap((line) =>
    (line.applied_taxes ?? []).filter((tax) => tax.tax_uid === uid).map((tax) => tax.applied_money.amount)));
}

function appliedDiscount(lines: readonly LineItem[], uid: string): number {
  return sumOf(lines.flatMap((line) =>
    (line.applied_discounts ?? []).filter((one) => one.discount_uid === uid).map((one) => one.applied_money.amount)));
}

function returnLine(line: LineItem, index: number, isUnlinked: boolean): ReturnLine {
  const { modifiers: _, gross_sales_money, ...kept } = line;
  return {
    ...kept, uid: `return-line-${index}`, gross_return_money: gross_sales_money,
    ...(isUnlinked ? {} : { source_line_item_uid: line.uid }),
  };
}

export type RefundDraft = {
  readonly id: string; readonly minor: number; readonly at: number; readonly reason: string;
  readonly status?: PaymentRefund["status"]; readonly destination?: string;
};

/** The money side of a return, or a plain refund, through the tender that paid. `orderId` is the order it belongs to. */
export function refundOf(
  draft: RefundDraft, orderId: string, locationId: string, currency: string, tender: Tender | null,
): PaymentRefund {
  const at = new Date(draft.at).toISOString();
  return {
    id: draft.id, status: draft.status ?? "COMPLETED", location_id: locationId, order_id: orderId, reason: draft.reason,
    destination_type: draft.destination ?? (tender === null ? "CASH" : DESTINATIONS[tender.type]),
    amount_money: money(draft.minor, currency), created_at: at, updated_at: at,
    ...(tender === null ? { unlinked: true } : { payment_id: tender.id, unlinked: false }),
  };
}

/** The refund as the order that it belongs to repeats it. */
export function orderRefundOf(refund: PaymentRefund): OrderRefund {
  return {
    id: refund.id, location_id: refund.location_id, created_at: refund.created_at,
    ...(refund.order_id === undefined ? {} : { transaction_id: refund.order_id }),
    ...(refund.payment_id === undefined ? {} : { tender_id: refund.payment_id }),
    reason: refund.reason, amount_money: refund.amount_money,
    status: refund.status === "COMPLETED" ? "APPROVED" : refund.status,
  };
}

/** Gift cards are card payments to Square's Payments API; only the brand tells them apart. */
const DESTINATIONS: Readonly<Record<Tender["type"], string>> = {
  CARD: "CARD", SQUARE_GIFT_CARD: "CARD", CASH: "CASH", BANK_ACCOUNT: "BANK_ACCOUNT", WALLET: "WALLET",
  BUY_NOW_PAY_LATER: "BUY_NOW_PAY_LATER", SQUARE_ACCOUNT: "SQUARE_ACCOUNT", THIRD_PARTY_CARD: "EXTERNAL", NO_SALE: "EXTERNAL",
  OTHER: "EXTERNAL",
};
