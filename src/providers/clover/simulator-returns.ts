/** Refunds of simulated sales, credits without one, and reversals of credits. */
import { readOrder, partId, statedTax } from "./simulator-draft";
import { keptLines, soldLines, totalsOf } from "./totals";
import type { Batch, Credit, CreditRefund, Order, Refund, StatedTax, Tender } from "./simulator-wire";

const DEVICE = { id: "0f011c55-ad89-9be3-a60d-073d7aca0ce4" };
const EMPLOYEE = { id: "DFLTEMPKQYEE1" };

export type RefundDraft = {
  readonly id: string; readonly at: number;
  /** The lines that come back, by their number from 0; all of them when left out. */
  readonly lines?: readonly number[];
  /** Only an amount, without naming lines; tax is not said. */
  readonly amountMinor?: number;
  readonly tipMinor?: number; readonly tender?: Tender; readonly status?: Refund["status"];
};

/** A refund of a sale's first payment. */
export function draftRefund(sale: Batch, draft: RefundDraft): Batch {
  const [order] = sale.orders;
  const [payment] = sale.payments;
  if (order === undefined || payment === undefined) throw new Error("only what was paid is refunded");
  const { lines, amountMinor, taxes, serviceMinor } = worthOf(order, draft);
  const tipMinor = draft.tipMinor ?? 0;
  const isByLine = draft.amountMinor === undefined;
  const refund: Refund = {
    id: draft.id, orderRef: { id: order.id }, device: DEVICE, amount: amountMinor + tipMinor, createdTime: draft.at, clientCreatedTime: draft.at,
    payment: { id: payment.id }, employee: EMPLOYEE, status: draft.status ?? "SUCCESS", voided: false,
    ...(tipMinor === 0 ? {} : { tipAmount: tipMinor }),
    ...(draft.tender === undefined ? {} : { overrideMerchantTender: draft.tender }),
    ...(isByLine ? { taxAmount: taxes.reduce((sum, { taxAmount }) => sum + taxAmount, 0), taxableAmountRates: { elements: taxes } } : {}),
    ...(isByLine && draft.lines !== undefined ? { lineItems: { elements: lines.map((id) => ({ id })) } } : {}),
    ...(isByLine && serviceMinor !== 0 ? { serviceChargeAmount: { id: "SERV1CECHARGE", name: "Service Charge", amount: serviceMinor } } : {}),
  };
  return { ...sale, orders: [withLinesBack(order, isByLine ? lines : [])], payments: [], refunds: [refund] };
}

function worthOf(order: Order, draft: RefundDraft) {
  const read = readOrder(order);
  const sold = soldLines(read);
  const back = draft.lines === undefined ? sold : read.lines.filter((_, index) => draft.lines?.includes(index));
  const totals = totalsOf(read, back);
  const taxes: StatedTax[] = [...totals.taxes].map(([id, minor]) => statedTax(read, id, minor));
  return { lines: back.map(({ id }) => id), amountMinor: draft.amountMinor ?? totals.totalMinor, taxes, serviceMinor: totals.serviceMinor };
}

/** The order afterwards: lines marked, less to pay in total. */
function withLinesBack(order: Order, lineIds: readonly string[]): Order {
  const elements = order.lineItems.elements.map((line) => (lineIds.includes(line.id) ? { ...line, refunded: true } : line));
  const read = readOrder({ ...order, lineItems: { elements } });
  const total = totalsOf(read, keptLines(read)).totalMinor;
  return { ...order, lineItems: { elements }, total, paymentState: total === 0 ? "REFUNDED" : "PARTIALLY_REFUNDED" };
}

export type CreditDraft = {
  readonly id: string; readonly at: number; readonly amountMinor: number; readonly tender: Tender; readonly taxes?: readonly StatedTax[]; readonly isVoided?: boolean;
};

/** Money given back without a sale. */
export function draftCredit({ id, at, amountMinor, tender, taxes = [], isVoided = false }: CreditDraft): Credit {
  const taxAmount = taxes.reduce((sum, tax) => sum + tax.taxAmount, 0);
  return {
    id, device: DEVICE, tender, employee: EMPLOYEE, amount: amountMinor, taxAmount, taxRates: { elements: taxes }, createdTime: at, clientCreatedTime: at,
    voided: isVoided, result: "SUCCESS",
  };
}

/** A credit that is taken back again, and its reversal. */
export function draftReversal(credit: Credit, at: number): { readonly credit: Credit; readonly reversal: CreditRefund } {
  const reversal: CreditRefund = { id: partId(credit.id, "R", 0), device: DEVICE, createdTime: at, clientCreatedTime: at, credit: { id: credit.id }, employee: EMPLOYEE };
  return { credit: { ...credit, voided: true, creditRefunds: { elements: [{ id: reversal.id }] } }, reversal };
}
