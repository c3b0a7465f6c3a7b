/** Which lines the mapping page shows, and what can be accepted at once. */
import type { MappingLine } from "../../../../src/features/mapping/contract";

export const SHOWS = ["unmapped", "sales", "tenders", "tax_and_tips", "other", "all"] as const;
export type Show = (typeof SHOWS)[number];

/** A line without an account, or with one that can no longer be posted to. */
export const isOpen = (line: MappingLine): boolean => line.account === null || line.problem !== null;

/** Such a line for which days wait; and one that carries what the books no longer take. */
export const needsAccount = (line: MappingLine): boolean => line.isNeeded && (isOpen(line) || line.tags.some((tag) => tag.problem !== null));

/** Whether a filter shows a line. */
export function isShown(line: MappingLine, show: Show): boolean {
  if (show === "all") return true;
  return show === "unmapped" ? needsAccount(line) : line.group === show;
}

/** What the address asks for; without a word, what needs an account where anything does. */
export function readShow(value: unknown, lines: readonly MappingLine[]): Show {
  return SHOWS.find((show) => show === value) ?? (lines.some(needsAccount) ? "unmapped" : "all");
}

/** The filters that have lines, with how many. `unmapped` and `all` are always there. */
export function counts(lines: readonly MappingLine[]): { readonly show: Show; readonly many: number }[] {
  return SHOWS.map((show) => ({ show, many: lines.filter((line) => isShown(line, show)).length })).filter((entry) => entry.many > 0 || entry.show === "unmapped" || entry.show === "all");
}

/** Line key to account id for every suggestion that is waiting. */
export function acceptable(lines: readonly MappingLine[]): Record<string, string> {
  const waiting = lines.filter((line) => line.isNeeded && isOpen(line) && line.suggestion !== null);
  return Object.fromEntries(waiting.map((line) => [line.key, line.suggestion?.account.id ?? ""]));
}
