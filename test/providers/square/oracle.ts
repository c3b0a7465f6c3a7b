/**
 * A second, naive reading of a day: no streaming, no maps of variations, other fields where Square states a thing
 * twice. It shares no code with the client, so that the two can only agree by both being right.
 */
import type { SalesDay } from "../../../src/ledger/sales-day";
import type { CatalogObject, LineItem, Order, PaymentRefund, ReturnLine, Tender } from "../../../src/providers/square/simulator-wire";

type Known = { readonly objects: readonly CatalogObject[]; readonly orders: readonly Order[]; readonly refunds: readonly PaymentRefund[] };
type Flat = Readonly<Record<string, number>>;

/** Totals by name, zeros left out: what `flatten` makes of a reading. `orders` are those of the day, `all` of any day. */
export function expected(day: Known, all: readonly Order[]): Flat {
  const totals: Record<string, number> = {};
  const add = (name: string, minor: number): void => void (totals[name] = (totals[name] ?? 0) + minor);
  for (const order of day.orders.filter((one) => one.state === "COMPLETED")) {
    add("orders", 1);
    for (const line of order.line_items ?? []) addLine(add, day.objects, line, line.gross_sales_money.amount, order.taxes?.[0]?.type, "in");
    for (const tax of order.taxes ?? []) add(`tax:${tax.catalog_object_id ?? "?"}:in`, tax.applied_money.amount);
    for (const discount of order.discounts ?? []) add(`${discount.name === "Comp" ? "comp" : "discount"}:in`, discount.applied_money.amount);
    for (const charge of order.service_charges ?? []) add(`charge:${charge.name}:in`, charge.total_money.amount - charge.total_tax_money.amount);
    for (const tender of (order.tenders ?? []).filter((one) => one.card_details?.status !== "FAILED")) {
      add(`tender:${kindOf(tender.type)}:in`, tender.amount_money.amount);
      add("tip:in", tender.tip_money?.amount ?? 0);
    }
    add("rounding", order.rounding_adjustment?.amount_money.amount ?? 0);
    for (const back of order.returns ?? []) {
      for (const line of back.return_line_items ?? []) {
        addLine(add, day.objects, line, line.gross_return_money.amount, back.return_taxes?.[0]?.type, "out");
      }
      for (const tax of back.return_taxes ?? []) add(`tax:${tax.catalog_object_id ?? "?"}:out`, tax.applied_money.amount);
      for (const one of back.return_discounts ?? []) add(`${one.name === "Comp" ? "comp" : "discount"}:out`, one.applied_money.amount);
      for (const charge of back.return_service_charges ?? []) add(`charge:${charge.name}:out`, charge.applied_money.amount);
      for (const tip of back.return_tips ?? []) add("tip:out", tip.applied_money.amount);
    }
  }
  for (const refund of day.refunds.filter((one) => one.status === "COMPLETED" || one.status === "PENDING")) {
    const order = all.find((one) => one.id === refund.order_id);
    add(`tender:${refundKind(refund, all)}:out`, refund.amount_money.amount);
    if (order?.returns === undefined) add("category:unallocated:out", refund.amount_money.amount);
  }
  return Object.fromEntries(Object.entries(totals).filter(([, minor]) => minor !== 0));
}

type Add = (name: string, minor: number) => void;

function addLine(
  add: Add, objects: readonly CatalogObject[], line: LineItem | ReturnLine, gross: number, taxType: string | undefined, direction: "in" | "out",
): void {
  // Inside the gross if, and only if, what is paid is no more than the gross less its discount.
  const isInside = taxType === "INCLUSIVE" && line.total_money.amount === gross - line.total_discount_money.amount;
  const net = isInside ? gross - line.total_tax_money.amount : gross;
  if (line.item_type === "GIFT_CARD") add(`gift_card:${direction}`, net);
  else add(`category:${categoryOf(objects, line)}:${direction}`, net);
}

function categoryOf(objects: readonly CatalogObject[], line: LineItem | ReturnLine): string {
  const variation = objects.find((object) => object.id === line.catalog_object_id);
  const item = objects.find((object) => object.id === variation?.item_variation_data?.item_id)?.item_data;
  return item?.reporting_category?.id ?? item?.categories?.[0]?.id ?? item?.category_id ?? "uncategorized";
}

const KINDS: Readonly<Record<Tender["type"], string>> = {
  CARD: "card", CASH: "cash", SQUARE_GIFT_CARD: "gift_card", THIRD_PARTY_CARD: "third_party", BANK_ACCOUNT: "bank", WALLET: "wallet",
  BUY_NOW_PAY_LATER: "buy_now_pay_later", SQUARE_ACCOUNT: "house_account", OTHER: "other", NO_SALE: "none",
};

function kindOf(type: Tender["type"]): string {
  return KINDS[type];
}

function refundKind(refund: PaymentRefund, all: readonly Order[]): string {
  if (refund.destination_type === "CASH") return "cash";
  const tender = all.flatMap((order) => order.tenders ?? []).find((one) => one.id === refund.payment_id);
  return tender === undefined ? refund.destination_type.toLowerCase() : kindOf(tender.type);
}

/** A reading under the same names. */
export function flatten(day: SalesDay): Flat {
  const rows: (readonly [string, number])[] = [
    ["orders", day.orderCount], ["rounding", day.roundingMinor],
    ["discount:in", day.discounts.inMinor], ["discount:out", day.discounts.outMinor],
    ["comp:in", day.comps.inMinor], ["comp:out", day.comps.outMinor], ["tip:in", day.tips.inMinor], ["tip:out", day.tips.outMinor],
    ["gift_card:in", day.giftCards.inMinor], ["gift_card:out", day.giftCards.outMinor],
    ...day.categories.flatMap((row) => [[`category:${row.id}:in`, row.grossMinor], [`category:${row.id}:out`, row.returnedMinor]] as const),
    ...day.taxes.flatMap((row) => [[`tax:${row.id}:in`, row.inMinor], [`tax:${row.id}:out`, row.outMinor]] as const),
    ...day.serviceCharges.flatMap((row) => [[`charge:${row.label}:in`, row.inMinor], [`charge:${row.label}:out`, row.outMinor]] as const),
    ...day.tenders.flatMap((row) => [[`tender:${row.kind}:in`, row.inMinor], [`tender:${row.kind}:out`, row.outMinor]] as const),
  ];
  return Object.fromEntries(rows.filter(([, minor]) => minor !== 0));
}
