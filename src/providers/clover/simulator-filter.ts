/** The query grammar of Clover's lists: filters, paging, sorting, and what may be expanded. */
import { DAY } from "../../kernel/clock";
import type { Kind } from "./simulator-wire";

/** Fields that a list may be filtered by, as Clover names them in a header of every list. */
const FILTER_FIELDS = {
  orders: [
    "employee.id", "note", "modifiedTime", "orderType", "touched", "cardTransaction.last4", "manualTransaction", "title", "device.id", "externalReferenceId",
    "clientCreatedTime", "total", "payType", "testMode", "createdTime", "id", "state", "deletedTime",
  ],
  payments: [
    "modifiedTime", "device.id", "externalReferenceId", "result", "offline", "createdTime", "externalPaymentId", "voided", "id", "tender.id", "employee.id",
    "order.modifiedTime", "amount", "cardType", "clientCreatedTime",
  ],
  refunds: ["modifiedTime", "createdTime", "clientCreatedTime", "id", "employee.id", "device.id"],
  credits: ["modifiedTime", "createdTime", "clientCreatedTime", "id", "employee.id", "device.id"],
  credit_refunds: ["createdTime", "clientCreatedTime", "id"],
  items: ["modifiedTime", "id", "name", "price", "sku", "code", "deletedTime", "hidden", "category.id"],
} as const satisfies Record<Kind | "items", readonly string[]>;

const EXPANDABLE = {
  orders: [
    "employee", "payments", "refunds", "credits", "voids", "payments.tender", "payments.cardTransaction", "lineItems", "lineItems.discounts", "lineItems.modifications",
    "lineItems.taxRates", "customers", "serviceCharge", "discounts", "orderType",
  ],
  payments: ["tender", "order", "refunds", "cardTransaction", "lineItemPayments", "taxRates", "additionalCharges", "dccInfo", "transactionInfo"],
  refunds: ["payment", "lineItems", "taxableAmountRates", "additionalCharges", "overrideMerchantTender", "employee"],
  credits: ["tender", "taxRates", "creditRefunds", "employee", "cardTransaction"],
  credit_refunds: ["credit", "employee"],
  items: ["tags", "categories", "taxRates", "modifierGroups", "itemStock", "options"],
} as const satisfies Record<Kind | "items", readonly string[]>;

const MOST_EXPANDED = 3;
const DEFAULT_LIMIT = 100;
const MOST_ROWS = 1_000;
const WINDOW = 90 * DAY;

type Operator = "=" | "!=" | ">" | ">=" | "<" | "<=";
type Filter = { readonly field: string; readonly operator: Operator; readonly value: string };

export type ListQuery = {
  readonly filters: readonly Filter[]; readonly expand: readonly string[]; readonly limit: number; readonly offset: number; readonly isAscending: boolean;
  /** What the filters leave of time, both ends in milliseconds, the last left out. */
  readonly startMs: number; readonly endMs: number;
};

/** The header that says what may be filtered. */
export function allowedFields(kind: Kind | "items"): Readonly<Record<string, string>> {
  return { "x-clover-allowed-filter-fields": FILTER_FIELDS[kind].join(", ") };
}

/** Reads a list's query; a message for what Clover would refuse. */
export function listQueryOf(kind: Kind | "items", query: URLSearchParams, now: number): ListQuery | string {
  const filters = query.getAll("filter").map(filterOf);
  const wrong = filters.find((filter) => filter === null || !(FILTER_FIELDS[kind] as readonly string[]).includes(filter.field));
  if (wrong !== undefined) return "Invalid filter parameter";
  const expand = expandOf(kind, query);
  if (typeof expand === "string") return expand;
  const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
  const offset = Number(query.get("offset") ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || !Number.isInteger(offset) || offset < 0) return "Invalid limit or offset";
  const known = filters.filter((filter) => filter !== null);
  const { startMs, endMs } = rangeOf(known, kind, now);
  const isAscending = /^\w+ ASC$/i.test(query.get("orderBy") ?? "");
  return { filters: known, expand, limit: Math.min(limit, MOST_ROWS), offset, isAscending, startMs, endMs };
}

/** What may be expanded of one row or of a list; at most three things, each of them known. */
export function expandOf(kind: Kind | "items", query: URLSearchParams): readonly string[] | string {
  const expand = (query.get("expand") ?? "").split(",").filter((field) => field !== "");
  if (expand.length > MOST_EXPANDED) return "Too many expansions";
  return expand.every((field) => (EXPANDABLE[kind] as readonly string[]).includes(field)) ? expand : "Invalid expand parameter";
}

/** Whether a row passes every filter. */
export function passes(row: Readonly<Record<string, unknown>>, filters: readonly Filter[]): boolean {
  return filters.every(({ field, operator, value }) => {
    const found = field.split(".").reduce<unknown>((at, step) => (typeof at === "object" && at !== null ? (at as Readonly<Record<string, unknown>>)[step] : undefined), row);
    return compares(found, operator, value);
  });
}

function filterOf(text: string): Filter | null {
  const [, field = "", operator = "=", value = ""] = /^([\w.]+)(>=|<=|!=|=|>|<)(.+)$/.exec(text) ?? [];
  return field === "" ? null : { field, operator: operator as Operator, value };
}

function compares(found: unknown, operator: Operator, value: string): boolean {
  const difference = typeof found === "number" ? found - Number(value) : String(found) === value ? 0 : 1;
  switch (operator) {
    case "=": return difference === 0;
    case "!=": return difference !== 0;
    case ">": return difference > 0;
    case ">=": return difference >= 0;
    case "<": return difference < 0;
    case "<=": return difference <= 0;
  }
}

/** Orders and payments beyond 90 days before the end are left out without a word. */
function rangeOf(filters: readonly Filter[], kind: Kind | "items", now: number): { readonly startMs: number; readonly endMs: number } {
  let startMs = 0;
  let endMs = now + DAY;
  for (const { field, operator, value } of filters) {
    if (field !== "createdTime") continue;
    const at = Number(value);
    if (operator === ">=" || operator === ">") startMs = Math.max(startMs, at);
    if (operator === "<") endMs = Math.min(endMs, at);
    if (operator === "<=") endMs = Math.min(endMs, at + 1);
  }
  const isLimited = kind === "orders" || kind === "payments";
  return { startMs: isLimited ? Math.max(startMs, endMs - WINDOW) : startMs, endMs };
}
