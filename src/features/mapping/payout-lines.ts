/** The lines of payouts as the mapping sees them: beside the lines of days, once payouts were read. */
import type { BusinessDate } from "../../kernel/day";
import type { LineKey } from "../../ledger/mapping";
import { payoutLines, type Payout } from "../../ledger/payout";
import type { OccurringLine } from "./rules";

const RECENT_PAYOUTS = 7;

/** The lines that occur in payouts, newest first, and not in `known`. `recentMinor`: over the last seven payouts on which it occurred. */
export function occurringPayoutLines(
  payouts: readonly { readonly date: BusinessDate; readonly payout: Payout }[], known: readonly OccurringLine[],
): OccurringLine[] {
  const found = new Map<LineKey, { line: OccurringLine; count: number }>();
  const knownKeys = new Set(known.map(({ key }) => key));
  for (const { key, label, nature, side, minor } of payouts.flatMap(({ payout }) => payoutLines(payout))) {
    if (knownKeys.has(key)) continue;
    const { line, count } = found.get(key) ?? { line: { key, label, nature, recentMinor: 0 }, count: 0 };
    const recentMinor = line.recentMinor + (count < RECENT_PAYOUTS ? (side === "debit" ? minor : -minor) : 0);
    found.set(key, { line: { ...line, recentMinor }, count: count + 1 });
  }
  return [...found.values()].map(({ line }) => line);
}
