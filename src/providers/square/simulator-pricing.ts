/**
 * Prices a draft as Square does: order-scoped discounts and taxes are computed once on the order, rounded half up,
 * and spread over the lines so that the lines add up (developer.squareup.com/docs/orders-api/how-it-works).
 */
import type { DraftCharge, DraftLine, OrderDraft } from "./simulator-draft";
import { apportion, percentOf, sumOf, taxInside } from "./simulator-arithmetic";
import { tenderOf } from "./simulator-tenders";
import {
  money, type Discount, type LineItem, type Money, type MoneyAmounts, type Order, type OrderReturn, type Rounding,
  type ServiceCharge, type Tax,
} from "./simulator-wire";

/** The complete, closed and paid order. Its totals add up to the minor unit. */
export function priceOrder(draft: OrderDraft): Order {
  const lines = discounted(draft);
  const charges = (draft.charges ?? []).map((charge, index) => chargeOf(charge, index, lines.netMinor));
  const taxed = taxesOn(draft, lines.nets, charges);
  const items = draft.lines.map((line, index) => lineItem(draft, line, index, lines, taxed));
  const serviceCharges = charges.map((charge, index) =>
    withTax(charge, draft.currency, taxed.onCharges[index] ?? 0, taxed.isInclusive));
  const saleMinor = sumOf([...items, ...serviceCharges].map((one) => one.total_money.amount));
  const returnedMinor = sumOf((draft.returns ?? []).map((one) => one.return_amounts.total_money.amount));
  const rounding = roundingOf(saleMinor - returnedMinor, draft.roundToMinor ?? 1);
  const tenders = (draft.tenders?.(saleMinor - returnedMinor + rounding) ?? []).map((tender) => tenderOf(draft, tender));
  const tipMinor = sumOf(tenders.filter(hasPaid).map((tender) => tender.tip_money?.amount ?? 0));
  const amounts = amountsOf(draft.currency, {
    total: saleMinor + rounding + tipMinor, tax: sumOf(taxed.taxes.map((tax) => tax.applied_money.amount)),
    discount: sumOf(lines.discounts.map((discount) => discount.applied_money.amount)), tip: tipMinor,
    charge: sumOf(charges.map((charge) => charge.minor)),
  });
  return {
    ...header(draft),
    ...(items.length > 0 ? { line_items: items } : {}),
    ...(taxed.taxes.length > 0 ? { taxes: taxed.taxes } : {}),
    ...(lines.discounts.length > 0 ? { discounts: lines.discounts } : {}),
    ...(serviceCharges.length > 0 ? { service_charges: serviceCharges } : {}),
    ...(tenders.length > 0 ? { tenders } : {}),
    ...(rounding === 0 ? {} : { rounding_adjustment: roundingBy(rounding, draft.currency) }),
    ...totalsOf(draft, amounts),
  };
}

function hasPaid(tender: { readonly card_details?: { readonly status: string } }): boolean {
  return tender.card_details?.status !== "FAILED" && tender.card_details?.status !== "VOIDED";
}

type Header = Pick<Order, "id" | "location_id" | "state" | "created_at" | "updated_at" | "closed_at" | "source">;

function header(draft: OrderDraft): Header {
  const closedAt = new Date(draft.closedAt).toISOString();
  return {
    id: draft.id, location_id: draft.locationId, state: "COMPLETED",
    created_at: new Date(draft.createdAt).toISOString(), updated_at: closedAt, closed_at: closedAt,
    source: { name: draft.sourceName ?? "Square Point of Sale" },
    ...(draft.customerId === undefined ? {} : { customer_id: draft.customerId }),
    ...(draft.ticketName === undefined ? {} : { ticket_name: draft.ticketName }),
  };
}

type Discounted = {
  readonly grosses: readonly number[]; readonly nets: readonly number[]; readonly netMinor: number;
  readonly discounts: readonly Discount[]; readonly byLine: readonly (readonly number[])[];
};

function discounted(draft: OrderDraft): Discounted {
  const grosses = draft.lines.map(({ unitMinor, modifiers = [], quantity = 1 }) =>
    (unitMinor + sumOf(modifiers.map((one) => one.minor))) * quantity);
  let nets = grosses;
  const byLine: number[][] = [];
  const discounts = (draft.discounts ?? []).map((discount, index): Discount => {
    const base = sumOf(nets);
    const wanted = discount.percentage === undefined ? (discount.minor ?? 0) : percentOf(base, discount.percentage);
    const parts = apportion(Math.min(wanted, base), nets);
    byLine.push(parts);
    nets = nets.map((net, line) => net - (parts[line] ?? 0));
    return {
      uid: `discount-${index}`, name: discount.name, scope: "ORDER", applied_money: money(sumOf(parts), draft.currency),
      ...(discount.id === undefined ? {} : { catalog_object_id: discount.id }),
      ...(discount.percentage === undefined
        ? { type: "FIXED_AMOUNT", amount_money: money(wanted, draft.currency) }
        : { type: "FIXED_PERCENTAGE", percentage: discount.percentage }),
    };
  });
  return { grosses, nets, netMinor: sumOf(nets), discounts, byLine };
}

type Charge = DraftCharge & { readonly index: number; readonly minor: number };

function chargeOf(charge: DraftCharge, index: number, netMinor: number): Charge {
  return { ...charge, index, minor: charge.percentage === undefined ? (charge.minor ?? 0) : percentOf(netMinor, charge.percentage) };
}

type Taxed = {
  readonly taxes: readonly Tax[]; readonly byLine: readonly (readonly number[])[]; readonly onCharges: readonly number[];
  readonly isInclusive: boolean;
};

/** Every tax falls on every taxable line and charge. Inclusive and additive taxes are not mixed within one order. */
function taxesOn(draft: OrderDraft, nets: readonly number[], charges: readonly Charge[]): Taxed {
  const isTaxed = (line: DraftLine): boolean => line.isTaxable !== false && line.itemType !== "GIFT_CARD";
  const bases = [
    ...draft.lines.map((line, index) => (isTaxed(line) ? (nets[index] ?? 0) : 0)),
    ...charges.map((charge) => (charge.isTaxable === true ? charge.minor : 0)),
  ];
  const byLine: number[][] = [];
  const taxes = (draft.taxes ?? []).map((tax, index): Tax => {
    const type = tax.type ?? "ADDITIVE";
    const applied = type === "INCLUSIVE" ? taxInside(sumOf(bases), tax.percentage) : percentOf(sumOf(bases), tax.percentage);
    byLine.push(apportion(applied, bases));
    return {
      uid: `tax-${index}`, name: tax.name, percentage: tax.percentage, type, scope: "ORDER",
      applied_money: money(applied, draft.currency), ...(tax.id === undefined ? {} : { catalog_object_id: tax.id }),
    };
  });
  const onCharges = charges.map((_, index) => sumOf(byLine.map((parts) => parts[draft.lines.length + index] ?? 0)));
  return { taxes, byLine, onCharges, isInclusive: taxes.some((tax) => tax.type === "INCLUSIVE") };
}

function lineItem(draft: OrderDraft, line: DraftLine, index: number, lines: Discounted, taxed: Taxed): LineItem {
  const cash = (amount: number): Money => money(amount, draft.currency);
  const quantity = line.quantity ?? 1;
  const full = lines.grosses[index] ?? 0;
  const discount = sumOf(lines.byLine.map((parts) => parts[index] ?? 0));
  const tax = sumOf(taxed.byLine.map((parts) => parts[index] ?? 0));
  const gross = taxed.isInclusive && draft.grossHoldsTax !== true ? full - tax : full;
  return {
    uid: `line-${index}`, quantity: String(quantity), item_type: line.itemType ?? "ITEM",
    ...(line.name === undefined ? {} : { name: line.name }),
    ...(line.variationName === undefined ? {} : { variation_name: line.variationName }),
    ...(line.variationId === undefined ? {} : { catalog_object_id: line.variationId, catalog_version: 1_700_000_000_000 }),
    ...modifiersOf(line, quantity, cash),
    ...applied(index, lines, taxed, cash),
    base_price_money: cash(line.unitMinor), variation_total_price_money: cash(line.unitMinor * quantity),
    gross_sales_money: cash(gross), total_tax_money: cash(tax), total_discount_money: cash(discount),
    total_money: cash(full - discount + (taxed.isInclusive ? 0 : tax)), total_service_charge_money: cash(0),
  };
}

function modifiersOf(line: DraftLine, quantity: number, cash: (amount: number) => Money): Pick<LineItem, "modifiers"> {
  if (line.modifiers === undefined || line.modifiers.length === 0) return {};
  return {
    modifiers: line.modifiers.map((one, index) => ({
      uid: `modifier-${index}`, name: one.name, quantity: "1", base_price_money: cash(one.minor),
      total_price_money: cash(one.minor * quantity), ...(one.id === undefined ? {} : { catalog_object_id: one.id }),
    })),
  };
}

function applied(
  index: number, lines: Discounted, taxed: Taxed, cash: (amount: number) => Money,
): Pick<LineItem, "applied_taxes" | "applied_discounts"> {
  const taxes = taxed.taxes.map((tax, at) => ({
    uid: `${tax.uid}-${index}`, tax_uid: tax.uid, applied_money: cash(taxed.byLine[at]?.[index] ?? 0),
  }));
  const discounts = lines.discounts.map((discount, at) => ({
    uid: `${discount.uid}-${index}`, discount_uid: discount.uid, applied_money: cash(lines.byLine[at]?.[index] ?? 0),
  }));
  return {
    ...(taxes.length > 0 ? { applied_taxes: taxes } : {}),
    ...(discounts.length > 0 ? { applied_discounts: discounts } : {}),
  };
}

/** `applied_money` holds an inclusive tax, `total_money` any tax. */
function withTax(charge: Charge, currency: string, taxMinor: number, isInclusive: boolean): ServiceCharge {
  return {
    uid: `charge-${charge.index}`, name: charge.name, calculation_phase: "SUBTOTAL_PHASE", taxable: charge.isTaxable === true,
    type: charge.type ?? "CUSTOM", treatment_type: "LINE_ITEM_TREATMENT",
    ...(charge.id === undefined ? {} : { catalog_object_id: charge.id }),
    ...(charge.percentage === undefined ? { amount_money: money(charge.minor, currency) } : { percentage: charge.percentage }),
    applied_money: money(charge.minor, currency), total_tax_money: money(taxMinor, currency),
    total_money: money(charge.minor + (isInclusive ? 0 : taxMinor), currency),
  };
}

function roundingBy(minor: number, currency: string): Rounding {
  return { uid: "rounding", name: "Cash rounding", amount_money: money(minor, currency) };
}

function roundingOf(dueMinor: number, coin: number): number {
  return Math.round(dueMinor / coin) * coin - dueMinor;
}

type Amounts = Readonly<Record<"total" | "tax" | "discount" | "tip" | "charge", number>>;

/** The five rollup amounts of a sale, a return, or their difference. */
export function amountsOf(currency: string, amounts: Amounts): MoneyAmounts {
  return {
    total_money: money(amounts.total, currency), tax_money: money(amounts.tax, currency),
    discount_money: money(amounts.discount, currency), tip_money: money(amounts.tip, currency),
    service_charge_money: money(amounts.charge, currency),
  };
}

type Totals = Pick<Order,
  "returns" | "return_amounts" | "total_money" | "total_tax_money" | "total_discount_money" | "total_tip_money"
  | "total_service_charge_money" | "net_amounts" | "net_amount_due_money">;

function totalsOf(draft: OrderDraft, sale: MoneyAmounts): Totals {
  const returns = draft.returns ?? [];
  const returned = (field: keyof MoneyAmounts): number => sumOf(returns.map((one: OrderReturn) => one.return_amounts[field].amount));
  const net = (field: keyof MoneyAmounts): Money => money(sale[field].amount - returned(field), draft.currency);
  const rolled = (pick: (field: keyof MoneyAmounts) => Money): MoneyAmounts => ({
    total_money: pick("total_money"), tax_money: pick("tax_money"), discount_money: pick("discount_money"),
    tip_money: pick("tip_money"), service_charge_money: pick("service_charge_money"),
  });
  return {
    ...(returns.length === 0 ? {} : { returns, return_amounts: rolled((field) => money(returned(field), draft.currency)) }),
    total_money: sale.total_money, total_tax_money: sale.tax_money, total_discount_money: sale.discount_money,
    total_tip_money: sale.tip_money, total_service_charge_money: sale.service_charge_money,
    net_amounts: rolled(net), net_amount_due_money: money(0, draft.currency),
  };
}
