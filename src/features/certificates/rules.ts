/** What a certificate says and may be. Pure. */
import { parseDate } from "@internationalized/date";
import { addDays, parseBusinessDate, type BusinessDate } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import type { CertificateView } from "./contract";
import type { Paper } from "./sheet";
import type { CertificateRow } from "./store";

/** Whoever sells a thing may print its certificate before it is handed over, and write one for what was sold long ago. */
const LATEST_ISSUE_DAYS = 366;
const EARLIEST_ISSUE = "1990-01-01";

/** At least so many figures: sequences line up, and five figures last a shop for years. */
const NUMBER_FIGURES = 5;

/** "14 July 2026": a date that nobody on either side of an ocean reads the other way round. */
export function dateInWords(date: BusinessDate): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(parseDate(date).toDate("UTC"));
}

/** The paper on which a shop prints: Letter where dollars and pesos of North America are counted, A4 everywhere else. */
export function paperOf(currency: string): Paper {
  return ["USD", "CAD", "MXN"].includes(currency) ? "letter" : "a4";
}

/** "HC-00012": what the next number of a sequence will look like. */
export function numberOf(prefix: string, next: number): string {
  return `${prefix}${String(next).padStart(NUMBER_FIGURES, "0")}`;
}

/**
 * The last date on which it holds: the date of issue, so many months later, or the last of that month where it has no such
 * date (Regulation (EEC, Euratom) 1182/71, article 3(2)(c)). Null for what never expires.
 */
export function expiryOf(issuedOn: BusinessDate, validMonths: number | null): BusinessDate | null {
  return validMonths === null ? null : (parseDate(issuedOn).add({ months: validMonths }).toString() as BusinessDate);
}

/** A date of issue that makes sense today. `invalid_input` for one that does not exist, or is centuries away. */
export function readIssueDate(text: string, today: BusinessDate): Result<BusinessDate> {
  const date = parseBusinessDate(text);
  if (date === null || date < EARLIEST_ISSUE || date > addDays(today, LATEST_ISSUE_DAYS)) return wrong("issuedOn", "Choose a date between 1990 and a year from now.");
  return ok(date);
}

/** How a certificate stands on a date of the shop's. */
export function stateOf({ revokedAt, expiresOn }: Pick<CertificateRow, "revokedAt" | "expiresOn">, today: BusinessDate): CertificateView["state"] {
  if (revokedAt !== null) return "revoked";
  return expiresOn !== null && expiresOn < today ? "expired" : "valid";
}

/** A holder's name as a stranger may see it: "J… D…". Whoever knows the name recognises it, and nobody learns it. */
export function masked(name: string): string {
  return name.normalize("NFC").split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).slice(0, 4).map((word) => `${/[\p{L}\p{N}]/u.exec(word)?.[0] ?? ""}…`).join(" ");
}

/** Refuses one field of an input, in words. */
export function wrong(path: string, message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path, message }] });
}
