/**
 * How Daybook's journals are told from others: Xero has no document number and takes any duplicate, so the number stands
 * first in the narration, where people see it, and in the link to the source, which nobody retypes.
 */
import type { WireJournal } from "./wire";

/** Daybook's own page; Xero shows the link as "Go to Daybook". */
const SOURCE = "https://daybook.example/";

/** "DB-PIR-260714-S1 Pier, 14 July 2026". */
export function narrationOf(documentNumber: string, memo: string): string {
  return `${documentNumber} ${memo}`.trim();
}

/** The link that carries a number. */
export function sourceUrl(documentNumber: string): string {
  const url = new URL(SOURCE);
  url.searchParams.set("entry", documentNumber);
  return url.href;
}

/** The number of a journal: the narration's first word where it is one of ours, else the link's; empty where neither is. */
export function numberOf(journal: Pick<WireJournal, "Narration" | "Url">): string {
  const [first = ""] = journal.Narration.trim().split(/\s/, 1);
  return /^DB-[A-Z0-9-]{1,18}$/.test(first) ? first : (linkedNumber(journal.Url) ?? "");
}

/** Whether either mark says exactly this number: a person may have changed one of them. */
export function isNumbered(journal: Pick<WireJournal, "Narration" | "Url">, documentNumber: string): boolean {
  return journal.Narration.trim().split(/\s/, 1)[0] === documentNumber || linkedNumber(journal.Url) === documentNumber;
}

/** Whether a journal is one of Daybook's. */
export function isOurs(journal: Pick<WireJournal, "Narration" | "Url">): boolean {
  return numberOf(journal) !== "";
}

function linkedNumber(link: string | null | undefined): string | null {
  const url = link?.startsWith(SOURCE) === true && URL.canParse(link) ? new URL(link) : null;
  return url?.searchParams.get("entry") ?? null;
}
