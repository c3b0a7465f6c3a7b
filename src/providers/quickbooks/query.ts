/** Intuit's query language, as much of it as is spoken here (Intuit, "Data queries"). */

/** `Field = 'value'` with quotes and backslashes escaped, so that no value can end its own literal. */
export function equals(field: "DocNumber" | "TxnDate", value: string): string {
  return `${field} = '${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
