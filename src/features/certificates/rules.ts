/** What a certificate says and may be. Pure. */
import { parseDate } from "@internationalized/date";
import type { BusinessDate } from "../../kernel/day";

/** "14 July 2026": a date that nobody on either side of an ocean reads the other way round. */
export function dateInWords(date: BusinessDate): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(parseDate(date).toDate("UTC"));
}
