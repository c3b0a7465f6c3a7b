/** Rows as they are sent: what was not asked to be expanded is a reference, or is not there at all. */
import { rowsOfOrder } from "./simulator-rows";
import type { Simulation } from "./simulator-state";
import type { Credit, CreditRefund, Item, Kind, LineItem, Order, Payment, Refund, Rows } from "./simulator-wire";

type Sent = Readonly<Record<string, unknown>>;
type Asked = { readonly simulation: Simulation; readonly merchantId: string; readonly expand: ReadonlySet<string> };

/** One row of any kind, with what was asked for. */
export function sent<K extends Kind>(simulation: Simulation, merchantId: string, kind: K, row: Rows[K], expand: readonly string[]): Sent {
  const asked = { simulation, merchantId, expand: new Set(expand) };
  const senders: { readonly [Each in Kind]: (row: Rows[Each], asked: Asked) => Sent } = {
    orders: sentOrder, payments: sentPayment, refunds: sentRefund, credits: sentCredit, credit_refunds: sentCreditRefund,
  };
  return senders[kind](row, asked);
}

/** An item, with its categories where they were asked for. */
export function sentItem({ categories, ...item }: Item, expand: readonly string[]): Sent {
  return { ...item, ...(expand.includes("categories") ? { categories } : {}) };
}

/** A dotted path expands its first step with it. */
function sentOrder({ lineItems, discounts, serviceCharge, ...order }: Order, { simulation, merchantId, expand }: Asked): Sent {
  const hasLines = [...expand].some((field) => field === "lineItems" || field.startsWith("lineItems."));
  const payments = expand.has("payments") || expand.has("payments.tender");
  return {
    ...order,
    ...(hasLines ? { lineItems: { elements: lineItems.elements.map((line) => sentLine(line, expand)) } } : {}),
    ...(expand.has("discounts") && discounts !== undefined ? { discounts } : {}),
    ...(expand.has("serviceCharge") && serviceCharge !== undefined ? { serviceCharge } : {}),
    ...(payments ? { payments: { elements: rowsOfOrder(simulation, merchantId, "payments", order.id).map((one) => sentPayment(one, { simulation, merchantId, expand: new Set() })) } } : {}),
    ...(expand.has("refunds") ? { refunds: { elements: rowsOfOrder(simulation, merchantId, "refunds", order.id).map(({ id }) => ({ id })) } } : {}),
  };
}

function sentLine({ discounts, modifications, taxRates, ...line }: LineItem, expand: ReadonlySet<string>): Sent {
  return {
    ...line,
    ...(expand.has("lineItems.discounts") && discounts !== undefined ? { discounts } : {}),
    ...(expand.has("lineItems.modifications") && modifications !== undefined ? { modifications } : {}),
    ...(expand.has("lineItems.taxRates") && taxRates !== undefined ? { taxRates } : {}),
  };
}

function sentPayment({ tender, taxRates, additionalCharges, cardTransaction, ...payment }: Payment, { expand }: Asked): Sent {
  return {
    ...payment,
    tender: expand.has("tender") ? tender : { id: tender.id },
    ...(expand.has("taxRates") && taxRates !== undefined ? { taxRates } : {}),
    ...(expand.has("additionalCharges") && additionalCharges !== undefined ? { additionalCharges } : {}),
    ...(expand.has("cardTransaction") && cardTransaction !== undefined ? { cardTransaction } : {}),
  };
}

function sentRefund({ lineItems, taxableAmountRates, additionalCharges, ...refund }: Refund, { expand }: Asked): Sent {
  return {
    ...refund,
    ...(expand.has("lineItems") && lineItems !== undefined ? { lineItems } : {}),
    ...(expand.has("taxableAmountRates") && taxableAmountRates !== undefined ? { taxableAmountRates } : {}),
    ...(expand.has("additionalCharges") && additionalCharges !== undefined ? { additionalCharges } : {}),
  };
}

function sentCredit({ tender, taxRates, creditRefunds, ...credit }: Credit, { expand }: Asked): Sent {
  return {
    ...credit,
    tender: expand.has("tender") ? tender : { id: tender.id },
    ...(expand.has("taxRates") && taxRates !== undefined ? { taxRates } : {}),
    ...(expand.has("creditRefunds") && creditRefunds !== undefined ? { creditRefunds } : {}),
  };
}

function sentCreditRefund(row: CreditRefund): Sent {
  return { ...row };
}
