/**
 * The exports that are known by their headings. Square's "Items detail" and "Transactions" files as they stood in 2018,
 * 2022, 2024, 2025 and 2026: columns were added at the end and some renamed ("Tender Note"), so only those that are
 * needed are asked for, by name. Files of 2024 and after may say "Product Sales" for what was "Gross Sales" before; there
 * "Gross Sales" holds the tax. Clover's "Payments" and "Line items" files as downloaded from its dashboard in 2026.
 * Sources: squareup.com/help articles 5200 and 5530 (what each figure means); headings as printed in public files of
 * github.com/socrtwo/Schola, rwslippey/square_transaction_parser and vfcorp's square tools; for Clover, its payments
 * and line item exports beside the API's own fields (docs.clover.com, "payments", "line items").
 */
import { headingOf, PLAIN, type DateOrder, type Layout } from "./layout";

const SQUARE_ITEMS: Layout = {
  ...PLAIN, id: "square-items", name: "Square items", part: "goods",
  columns: {
    date: "date", time: "time", zone: "time zone", place: "location", order: "transaction id", category: "category",
    gross: "gross sales", discount: "discounts", tax: "tax", refund: "event type", kind: "itemization type",
  },
};

const SQUARE_TRANSACTIONS: Layout = {
  ...PLAIN, id: "square-transactions", name: "Square transactions", part: "money",
  columns: {
    date: "date", time: "time", zone: "time zone", place: "location", order: "transaction id", gross: "gross sales", discount: "discounts",
    service: "service charges", gift_sold: "gift card sales", tax: "tax", tip: "tip", refund_amount: "partial refunds",
    refund: "event type", state: "transaction status",
  },
  tenderColumns: [
    { column: "card", kind: "card", label: "Card" },
    { column: "cash", kind: "cash", label: "Cash" },
    { column: "square gift card", kind: "gift_card", label: "Gift card" },
    { column: "other tender", kind: "other", label: "Other tender", named: "other tender type" },
    { column: "cash app", kind: "wallet", label: "Cash App" },
  ],
  total: "total collected", counted: ["", "complete", "completed"],
};

const CLOVER_PAYMENTS: Layout = {
  ...PLAIN, id: "clover-payments", name: "Clover payments", part: "money",
  columns: {
    date: "payment date", order: "order id", tender: "tender", amount: "amount", tax: "tax amount", tip: "tip amount",
    service: "service charge amount", refund_amount: "refund amount", state: "result",
  },
  tipInAmount: false, counted: ["success", "offline_retrying", "auth_completed"],
};

const CLOVER_ITEMS: Layout = {
  ...PLAIN, id: "clover-items", name: "Clover line items", part: "goods",
  columns: {
    date: "line item date", order: "order id", category: "category", gross: "total revenue", net: "item total", tax: "tax amount",
    refund: "refunded", state: "order payment state", is_service: "service charge",
  },
  counted: ["paid"], refundMeans: "came_back",
};

/** A known layout and the headings without which a file is not one of it. */
type Known = { readonly layout: Layout; readonly needs: readonly string[] };

const KNOWN: readonly Known[] = [
  {
    layout: { ...SQUARE_ITEMS, columns: { ...SQUARE_ITEMS.columns, gross: "product sales" } },
    needs: ["date", "category", "item", "qty", "product sales", "discounts", "net sales", "tax"],
  },
  { layout: SQUARE_ITEMS, needs: ["date", "category", "item", "qty", "gross sales", "discounts", "net sales", "tax", "event type"] },
  {
    layout: SQUARE_TRANSACTIONS,
    needs: ["date", "gross sales", "discounts", "net sales", "tax", "tip", "partial refunds", "total collected", "card", "cash", "other tender", "event type"],
  },
  { layout: CLOVER_PAYMENTS, needs: ["payment date", "payment id", "tender", "amount", "tax amount", "tip amount", "result", "order id"] },
  { layout: CLOVER_ITEMS, needs: ["line item date", "order id", "item name", "total revenue", "item total", "tax amount", "order payment state"] },
];

/** The known layout of these headings with the columns that this file has, or null. */
export function recognise(headings: readonly string[]): Layout | null {
  const given = new Set(headings.map(headingOf));
  const known = KNOWN.find(({ needs }) => needs.every((heading) => given.has(heading)));
  return known === undefined ? null : narrowed(known.layout, given);
}

/** A layout without the columns that a version of it does not have. */
function narrowed(layout: Layout, given: ReadonlySet<string>): Layout {
  return {
    ...layout,
    columns: Object.fromEntries(Object.entries(layout.columns).filter(([, heading]) => given.has(heading))),
    tenderColumns: layout.tenderColumns.filter(({ column }) => given.has(column)),
  };
}

/** The order of day and month where nothing else says it: month first where sums are in US dollars. */
export function usualDates(currency: string): DateOrder {
  return currency === "USD" ? "mdy" : "dmy";
}
