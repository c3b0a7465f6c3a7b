/**
 * How the lines of an export are read, as data: which column holds what, and what its figures mean. The known layouts
 * and those that a shop made for its own till have one shape, and one reader reads them all.
 */
import type { TenderKind } from "../../ledger/sales-day";

/**
 * What a file tells of a day. `goods`: what was sold, by category. `money`: how it was paid, with tips. Two such files of
 * one day belong together. `whole`: both.
 */
export type FilePart = "goods" | "money" | "whole";

/** What a column can hold. */
export const FIELDS = [
  /** The date, with or without the time. */
  "date",
  "time",
  /** The zone in which date and time are meant, where the file says it. */
  "zone",
  "place",
  /** Whatever is equal on all lines of one sale: only counted, never kept. */
  "order",
  "category",
  "quantity",
  /** The price of one piece; times the quantity it is the gross. */
  "price",
  /** Value of goods before discounts and without tax; negative for what came back. */
  "gross",
  /** Value after discounts and without tax: the difference to the gross is the discount. */
  "net",
  "discount",
  "tax",
  "tip",
  "service",
  "gift_sold",
  /** Refunds of money that name no goods. */
  "refund_amount",
  /** What the line was paid with, in words. */
  "tender",
  /** What was paid by that tender. */
  "amount",
  /** Whether the line is a refund, or was refunded. */
  "refund",
  /** Whether the line counts at all. */
  "state",
  /** What kind of thing was sold: only gift cards are told apart. */
  "kind",
  /** Whether the line is a service charge and no goods. */
  "is_service",
] as const;
export type Field = (typeof FIELDS)[number];

/** A column that holds what was paid by one tender. `named`: the column that says which tender it is. */
export type TenderColumn = { readonly column: string; readonly kind: TenderKind; readonly label: string; readonly named?: string };

export type DateOrder = "mdy" | "dmy";
export type DecimalMark = "point" | "comma";

export type Layout = {
  /** `square-items`, … or `custom`. */
  readonly id: string;
  readonly name: string;
  readonly part: FilePart;
  /** The heading of each field's column, normalised by `headingOf`. */
  readonly columns: Partial<Readonly<Record<Field, string>>>;
  /** Whether 5/7 is the 5th of July or the 7th of May; null: as the shop's country writes it. */
  readonly dates: DateOrder | null;
  readonly decimals: DecimalMark;
  readonly tenderColumns: readonly TenderColumn[];
  /** The heading of what all tender columns of a line must come to. */
  readonly total: string | null;
  /** Whether a tip is inside the amount of a line's tender. */
  readonly tipInAmount: boolean;
  /** By what everything is paid where no column says so. */
  readonly tender: string | null;
  /** Words of the `state` column, in lower case, that let a line count; empty: every line counts. */
  readonly counted: readonly string[];
  /** A line that says "refund" is one; or it was sold and came back the same day. */
  readonly refundMeans: "is_refund" | "came_back";
};

/** Everything a layout says when it says nothing special. */
export const PLAIN: Omit<Layout, "id" | "name" | "part" | "columns"> = {
  dates: null, decimals: "point", tenderColumns: [], total: null, tipInAmount: true, tender: null, counted: [], refundMeans: "is_refund",
};

/** A heading as it is compared: lower case, one space between words, without a byte order mark or control characters. */
export function headingOf(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim().toLowerCase().slice(0, 120);
}

/** What tells the headings of one layout from those of another: equal for equal headings in whatever order. */
export function headingsKey(headings: readonly string[]): string {
  return headings.map(headingOf).filter((heading) => heading !== "").toSorted().join("\n");
}

/** The words that a layout needs and a file lacks, or an empty list: date and some amount are what a day needs. */
export function missingColumns(layout: Layout, headings: readonly string[]): readonly string[] {
  const known = new Set(headings.map(headingOf));
  const wanted = [...Object.values(layout.columns), ...layout.tenderColumns.map(({ column }) => column), ...(layout.total === null ? [] : [layout.total])];
  return wanted.filter((heading) => !known.has(heading));
}
