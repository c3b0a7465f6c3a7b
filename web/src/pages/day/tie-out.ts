/** The verdict of the tie-out strip: do till, entry and books say the same sum, and if not, why. */
import type { DayView } from "../../../../src/features/days/contract";
import { exactAmount } from "../../ui/format";

export type Verdict = {
  readonly tone: "ties" | "held" | "failed" | "quiet";
  readonly glyph: string;
  readonly text: string;
  /** Between till and entry, and between entry and books: null where one of the two is absent. */
  readonly tillIsEntry: boolean | null;
  readonly entryIsBooks: boolean | null;
};

type Input = Pick<DayView, "tieOut" | "state"> & { readonly explanation: { readonly lines: readonly unknown[] } | null };

/** Decides what the strip says. Amounts are minor units. */
export function verdictOf(day: Input): Verdict {
  const { tillMinor: till, entryMinor: entry, booksMinor: books, imbalanceMinor: imbalance, currency } = day.tieOut;
  const signs = {
    tillIsEntry: till === null || entry === null ? null : till === entry && imbalance === 0,
    entryIsBooks: entry === null ? null : entry === books,
  };
  if (day.state === "no_sales") return { ...signs, tone: "quiet", glyph: "–", text: "No sales, nothing to post" };
  if (till === null) return { ...signs, tone: "quiet", glyph: "○", text: "Not read yet" };
  if (imbalance !== 0) return { ...signs, tone: "held", glyph: "◐", text: imbalanceText(imbalance, currency) };
  if (entry === null) return { ...signs, tone: "held", glyph: "◐", text: withoutEntry(day.explanation?.lines.length ?? 0) };
  if (till !== entry) return { ...signs, tone: "held", glyph: "◐", text: difference(till, entry, currency, "till", "entry") };
  if (books === null) return { ...signs, ...notInBooks(day.state) };
  if (entry !== books) return { ...signs, tone: "failed", glyph: "!", text: difference(entry, books, currency, "entry", "books") };
  return { ...signs, tone: "ties", glyph: "✓", text: "Ties to the cent" };
}

function withoutEntry(unmapped: number): string {
  if (unmapped === 0) return "No entry can be built yet";
  return unmapped === 1 ? "One line needs an account" : `${unmapped} lines need an account`;
}

function notInBooks(state: DayView["state"]): Pick<Verdict, "tone" | "glyph" | "text"> {
  if (state === "posting") return { tone: "quiet", glyph: "…", text: "On its way to the books" };
  if (state === "uncertain") return { tone: "held", glyph: "…", text: "Being looked up in the books" };
  if (state === "ready") return { tone: "quiet", glyph: "◇", text: "Ready, not posted yet" };
  return { tone: "held", glyph: "◐", text: "Not in the books yet" };
}

/** Positive when the tenders are too small. */
function imbalanceText(minor: number, currency: string): string {
  const [more, less] = minor > 0 ? ["sales", "tenders"] : ["tenders", "sales"];
  return `${exactAmount(Math.abs(minor), currency)} more in the till's ${more} than in its ${less}`;
}

function difference(one: number, other: number, currency: string, first: string, second: string): string {
  const [more, less] = one > other ? [first, second] : [second, first];
  return `${exactAmount(Math.abs(one - other), currency)} more in the ${more} than in the ${less}`;
}
