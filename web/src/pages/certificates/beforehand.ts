/** What a certificate will be before it is issued: its number and its last day. */
import { parseDate } from "@internationalized/date";
import type { TemplateView } from "../../../../src/features/certificates/contract";

/** "HC-00012", as the server will write it. */
export function numberOf({ numberPrefix, nextNumber }: Pick<TemplateView, "numberPrefix" | "nextNumber">): string {
  return `${numberPrefix}${String(nextNumber).padStart(5, "0")}`;
}

/** The last date on which it will hold, as the server counts it; null for what never expires and for a date that is none. */
export function expiryOf(issuedOn: string, validMonths: number | null): string | null {
  if (validMonths === null || !/^\d{4}-\d{2}-\d{2}$/.test(issuedOn)) return null;
  try {
    return parseDate(issuedOn).add({ months: validMonths }).toString();
  } catch {
    return null; // a date that does not exist is said to be wrong when it is sent
  }
}
