/** Sales as a person describes them, turned into Clover's rows: totals by Clover's own arithmetic, payments with their tax. */
import { orderOf, type Order as ReadOrder } from "./order";
import { partOf, sharesOf } from "./ratio";
import { keptLines, soldLines, totalsOf } from "./totals";
import { WireReader } from "./wire";
import type { Batch, Charge, Discount, LineItem, Order, Payment, PaymentResult, PaymentState, StatedTax, TaxRate, Tender } from "./simulator-wire";
import { EMPTY_BATCH } from "./simulator-wire";

const DEVICE = { id: "0f011c55-ad89-9be3-a60d-073d7aca0ce4" };
const EMPLOYEE = { id: "DFLTEMPKQYEE1" };

/** The tenders that every merchant has. */
export const TENDERS = {
  cash: { id: "TENDERCASH001", label: "Cash", labelKey: "com.clover.tender.cash", opensCashDrawer: true, enabled: true },
  credit: { id: "TENDERCREDT01", label: "Credit Card", labelKey: "com.clover.tender.credit_card", enabled: true },
  debit: { id: "TENDERDEB1T01", label: "Debit Card", labelKey: "com.clover.tender.debit_card", enabled: true },
  check: { id: "TENDERCHECK01", label: "Check", labelKey: "com.clover.tender.check", enabled: true },
  giftCard: { id: "TENDERG1FT001", label: "Gift Card", labelKey: "com.clover.tender.external_gift_card", enabled: true },
  external: { id: "TENDEREXT0001", label: "External Payment", labelKey: "com.clover.tender.external_payment", enabled: true },
  vouchers: { id: "TENDERV0CHR01", label: "Meal vouchers", enabled: true },
} as const satisfies Record<string, Tender>;

export type DraftLine = {
  readonly name: string; readonly priceMinor: number; readonly itemId?: string; readonly unitQty?: number; readonly modifiersMinor?: readonly number[];
  readonly discounts?: readonly Omit<Discount, "id">[]; readonly taxRates?: readonly TaxRate[];
  readonly isRevenue?: boolean; readonly isOrderFee?: boolean; readonly isRefunded?: boolean; readonly isExchanged?: boolean;
};

export type DraftPayment = {
  /** The rest of what is due when left out. */
  readonly amountMinor?: number;
  readonly tender?: Tender; readonly tipMinor?: number; readonly cashbackMinor?: number; readonly at?: number; readonly result?: PaymentResult;
  readonly isOffline?: boolean; readonly charges?: readonly Omit<Charge, "id">[];
  /** False for a payment that says nothing of tax and service charge. */
  readonly statesTax?: boolean;
};

export type SaleDraft = {
  /** 13 characters of Clover's; payments and lines get ids from it. */
  readonly id: string; readonly at: number; readonly currency?: string; readonly lines: readonly DraftLine[]; readonly discounts?: readonly Omit<Discount, "id">[];
  /** 180000 is 18 %. */
  readonly servicePercentage?: number; readonly isVat?: boolean; readonly isTaxRemoved?: boolean; readonly isTest?: boolean; readonly state?: string | null;
  /** One card payment of everything when left out; none for a check that nobody has paid. */
  readonly payments?: readonly DraftPayment[];
};

/** An order with its payments. */
export function draftSale(draft: SaleDraft): Batch {
  const bare = bareOrder(draft);
  const read = readOrder(bare);
  const totals = totalsOf(read);
  const payments = draftPayments(draft, read);
  const paidMinor = payments.filter(({ result }) => result === "SUCCESS").reduce((sum, { amount }) => sum + amount, 0);
  const unpaidBalance = Math.max(0, totals.totalMinor - paidMinor);
  const paymentState: PaymentState = unpaidBalance === 0 ? "PAID" : paidMinor === 0 ? "OPEN" : "PARTIALLY_PAID";
  const state = draft.state === undefined ? (unpaidBalance === 0 ? "locked" : "open") : draft.state;
  return { ...EMPTY_BATCH, orders: [{ ...bare, state, paymentState, unpaidBalance, total: totalsOf(read, keptLines(read)).totalMinor }], payments };
}

/** The order's arithmetic, read by the door that a client would read it by. */
export function readOrder(order: Order): ReadOrder {
  return orderOf({ ...order }, { discounts: order.discounts, serviceCharge: order.serviceCharge }, new WireReader(order.currency));
}

function bareOrder(draft: SaleDraft): Order {
  return {
    id: draft.id, currency: draft.currency ?? "USD", employee: EMPLOYEE, total: 0, unpaidBalance: 0, paymentState: "OPEN", taxRemoved: draft.isTaxRemoved ?? false,
    isVat: draft.isVat ?? false, state: "open", manualTransaction: false, groupLineItems: true, testMode: draft.isTest ?? false,
    createdTime: draft.at, clientCreatedTime: draft.at - 1_000, modifiedTime: draft.at, device: DEVICE,
    ...(draft.servicePercentage === undefined ? {} : { serviceCharge: { id: "SERV1CECHARGE", name: "Service Charge", enabled: true, percentageDecimal: draft.servicePercentage } }),
    ...(draft.discounts === undefined ? {} : { discounts: discountsOf(draft.id, draft.discounts) }),
    lineItems: { elements: draft.lines.map((line, index) => lineOf(draft, line, index)) },
  };
}

function lineOf(draft: SaleDraft, line: DraftLine, index: number): LineItem {
  const id = partId(draft.id, "L", index);
  return {
    id, orderRef: { id: draft.id }, ...(line.itemId === undefined ? {} : { item: { id: line.itemId } }), name: line.name, price: line.priceMinor,
    ...(line.unitQty === undefined ? {} : { unitQty: line.unitQty }), printed: false, createdTime: draft.at, orderClientCreatedTime: draft.at,
    exchanged: line.isExchanged ?? false, refunded: line.isRefunded ?? false, isRevenue: line.isRevenue ?? true,
    ...(line.isOrderFee === true ? { isOrderFee: true } : {}),
    ...(line.discounts === undefined ? {} : { discounts: discountsOf(id, line.discounts) }),
    ...(line.modifiersMinor === undefined ? {} : { modifications: { elements: line.modifiersMinor.map((amount, at) => ({ id: partId(id, "M", at), name: `Modifier ${at + 1}`, amount })) } }),
    ...(line.taxRates === undefined ? {} : { taxRates: { elements: line.taxRates } }),
  };
}

function discountsOf(owner: string, discounts: readonly Omit<Discount, "id">[]): { readonly elements: readonly Discount[] } {
  return { elements: discounts.map((discount, index) => ({ id: partId(owner, "D", index), ...discount })) };
}

/** Tax and service charge are spread over several payments by their amounts; the last one gets the cents that are left. */
function draftPayments(draft: SaleDraft, read: ReadOrder): readonly Payment[] {
  const totals = totalsOf(read);
  const amounts: number[] = [];
  const drafts = draft.payments ?? [{}];
  for (const one of drafts) amounts.push(one.amountMinor ?? totals.totalMinor - amounts.reduce((sum, amount) => sum + amount, 0));
  const paidMinor = amounts.reduce((sum, amount) => sum + amount, 0);
  const ofWhole = (minor: number): readonly number[] => (
    paidMinor === totals.totalMinor ? sharesOf(amounts, minor) : amounts.map((amount) => partOf(minor, amount, Math.max(1, totals.totalMinor)))
  );
  const services = ofWhole(totals.serviceMinor);
  const taxes = [...totals.taxes].map(([id, minor]) => ({ id, shares: ofWhole(minor) }));
  return drafts.map((one, index) => {
    const rates = taxes.map(({ id, shares }) => statedTax(read, id, shares[index] ?? 0));
    return paymentOf(draft, one, { index, amountMinor: amounts[index] ?? 0, serviceMinor: services[index] ?? 0, rates });
  });
}

type Stated = { readonly index: number; readonly amountMinor: number; readonly serviceMinor: number; readonly rates: readonly StatedTax[] };

function paymentOf(draft: SaleDraft, one: DraftPayment, { index, amountMinor, serviceMinor, rates }: Stated): Payment {
  const at = one.at ?? draft.at;
  const id = partId(draft.id, "P", index);
  const tender = one.tender ?? TENDERS.credit;
  const chargesMinor = (one.charges ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return {
    id, order: { id: draft.id }, device: DEVICE, tender, amount: amountMinor + chargesMinor, employee: EMPLOYEE, createdTime: at, clientCreatedTime: at, modifiedTime: at,
    offline: one.isOffline ?? false, result: one.result ?? "SUCCESS",
    ...(one.tipMinor === undefined ? {} : { tipAmount: one.tipMinor }),
    ...(one.cashbackMinor === undefined ? {} : { cashbackAmount: one.cashbackMinor }),
    ...(one.statesTax === false ? {} : { taxAmount: rates.reduce((sum, { taxAmount }) => sum + taxAmount, 0), taxRates: { elements: rates } }),
    ...(one.statesTax === false || serviceMinor === 0 ? {} : { serviceCharge: { id: "SERV1CECHARGE", name: "Service Charge", amount: serviceMinor } }),
    ...(one.charges === undefined ? {} : { additionalCharges: { elements: one.charges.map((charge, at_) => ({ id: partId(id, "C", at_), ...charge })) } }),
    ...(tender.labelKey === TENDERS.cash.labelKey
      ? { cashTendered: Math.ceil((amountMinor + (one.cashbackMinor ?? 0)) / 500) * 500 }
      : { cardTransaction: { cardType: "VISA", entryType: "EMV_CONTACT", last4: "4242", type: "AUTH", state: "PENDING" } }),
  };
}

/** A tax as a payment or a refund states it. */
export function statedTax(order: ReadOrder, rateId: string, taxAmount: number): StatedTax {
  const rate = soldLines(order).flatMap((line) => line.taxRates).find(({ id }) => id === rateId);
  const name = rate?.label.replace(/ [\d.]+%$/, "") ?? "Tax";
  return { id: rateId, name, rate: rate?.rate ?? 0, taxableAmount: totalsOf(order).discountedMinor, taxAmount, ...(order.isVat ? { isVat: true } : {}) };
}

/** An id of 13 characters for a part of something: the end of its owner's, a letter and a number. */
export function partId(owner: string, letter: string, index: number): string {
  return `${letter}${String(index).padStart(2, "0")}${owner.slice(3)}`;
}
