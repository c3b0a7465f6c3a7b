/** Over which dates the report goes, kept in the address so that back, reload and a sent link show the same. */
import { addDays, parseBusinessDate, type BusinessDate } from "../../../../src/kernel/day";

export type Range = { readonly from: string; readonly to: string };

const LONGEST_DAYS = 400;
const DAY_MS = 86_400_000;
/** Three months, unless something else is asked. */
const USUAL_DAYS = 91;

/** What the address asks for; what makes no sense is as if it were not there. */
export function readRange(query: Readonly<Record<string, string | readonly string[] | undefined>>, today: BusinessDate): Range {
  const [from, to] = [query["from"], query["to"]];
  const asked = typeof from === "string" && typeof to === "string" && isRange(from, to);
  return asked ? { from, to } : { from: addDays(today, -USUAL_DAYS), to: today };
}

/** Two dates in order, as far apart as the server takes. */
export function isRange(from: string, to: string): boolean {
  const [first, last] = [parseBusinessDate(from), parseBusinessDate(to)];
  return first !== null && last !== null && first <= last && Date.parse(last) - Date.parse(first) <= LONGEST_DAYS * DAY_MS;
}
