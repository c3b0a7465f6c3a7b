/** What the reports page shows, kept in the address so that back, reload and a sent link show the same. */
import { addDays, parseBusinessDate, type BusinessDate } from "../../../../src/kernel/day";
import type { JournalQuery, ReportFileQuery } from "../../../../src/features/reports/contract";
import { addMonths, firstOf, lastOf, monthOf, type Month } from "../days/month";
import { reportWords as words } from "./words";

export type ReportFilters = { readonly from: BusinessDate; readonly to: BusinessDate; readonly location: string | null };
type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The server's own bound. */
export const MOST_DAYS = 366;
const MONTHS_OFFERED = 6;

/** Reads the address; a range that is none is the month that is running. */
export function readReportFilters(query: Query, today: BusinessDate): ReportFilters {
  const [from, to] = [parseBusinessDate(text(query["from"])), parseBusinessDate(text(query["to"]))];
  const location = text(query["at"]);
  const range = from !== null && to !== null && problemOfRange(from, to) === null ? { from, to } : rangeOf(monthOf(today));
  return { ...range, location: /^[a-z2-7]{26}$/.test(location) ? location : null };
}

/** Why two dates are no range that can be shown, or null. */
export function problemOfRange(from: BusinessDate | null, to: BusinessDate | null): string | null {
  if (from === null || to === null) return words.noDate;
  if (from > to) return words.backwards;
  return addDays(from, MOST_DAYS - 1) < to ? words.tooMany(MOST_DAYS) : null;
}

/** The months to choose from at a press, this one last. */
export function monthsOffered(today: BusinessDate): Month[] {
  return Array.from({ length: MONTHS_OFFERED }, (_, index) => addMonths(monthOf(today), index + 1 - MONTHS_OFFERED));
}

/** A month from its first day to its last. */
export function rangeOf(month: Month): Pick<ReportFilters, "from" | "to"> {
  return { from: firstOf(month), to: lastOf(month) };
}

/** The address of the page with some of it changed. */
export function reportAddress(filters: ReportFilters, change: Partial<ReportFilters> = {}): string {
  const { from, to, location } = { ...filters, ...change };
  return `/reports?${new URLSearchParams({ from, to, ...(location === null ? {} : { at: location }) })}`;
}

/** Where the report is taken away as a file. */
export function fileAddress(filters: ReportFilters, format: ReportFileQuery["format"]): string {
  return `/api/reports/file?${new URLSearchParams({ format, ...queryOf(filters) })}`;
}

/** Where the journal is. */
export function journalAddress(filters: ReportFilters, format: JournalQuery["format"], by: JournalQuery["by"]): string {
  return `/api/reports/journal?${new URLSearchParams({ format, by, ...queryOf(filters) })}`;
}

/** What the server is asked. */
export function queryOf({ from, to, location }: ReportFilters): { readonly from: string; readonly to: string; readonly location?: string } {
  return { from, to, ...(location === null ? {} : { location }) };
}

function text(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : "";
}
