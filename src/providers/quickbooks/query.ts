/** Intuit's query language, as much of it as is spoken here (Intuit, "Data queries"). */
import type { BusinessDate } from "../../kernel/day";

/** `Field = 'value'` with quotes and backslashes escaped, so that no value can end its own literal. */
export function equals(field: "DocNumber" | "TxnDate", value: string): string {
  return `${field} = '${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** The transactions of some dates, both included; dates of ours are digits and dashes. */
export function datedBetween(from: BusinessDate, to: BusinessDate): string {
  return `TxnDate >= '${from}' and TxnDate <= '${to}'`;
}
