/** How many shops' days are put side by side: which state of a date speaks for it, and which shop stands first. */
import { sum } from "../../kernel/money";
import type { DayCell, ShownState } from "../days/contract";
import { NEEDS, type GridCell, type GridRow } from "./contract";

/** What needs a person most comes first; of a date's locations the first one's state is shown. */
const WORST_FIRST = {
  failed: 0, uncertain: 1, held: 2, missing: 3, changed: 4, ready: 5, posting: 6, collecting: 7, corrected: 8, posted: 9, final: 9, no_sales: 10, open: 11,
} as const satisfies Record<ShownState, number>;

/** One square for each date that has a day anywhere in the shop. */
export function foldCells(cells: readonly DayCell[]): GridCell[] {
  return [...Map.groupBy(cells, ({ date }) => date)].map(([date, days]) => {
    const rank = Math.min(...days.map(({ state }) => WORST_FIRST[state]));
    const worst = days.filter(({ state }) => WORST_FIRST[state] === rank);
    const read = days.flatMap(({ takingsMinor }) => takingsMinor ?? []);
    return { date, state: worst[0]?.state ?? "open", count: worst.length, of: days.length, takingsMinor: read.length === 0 ? null : sum(read) };
  }).toSorted((one, other) => (one.date < other.date ? -1 : 1));
}

/** How many location days need what. An answer of the books that was lost counts as failed until it is looked up. */
export function countNeeds(cells: readonly DayCell[]): GridRow["needs"] {
  const states = cells.map(({ state }) => (state === "uncertain" ? "failed" : state));
  const count = (need: (typeof NEEDS)[number]) => states.filter((state) => state === need).length;
  return { failed: count("failed"), held: count("held"), missing: count("missing"), changed: count("changed"), ready: count("ready") };
}

/** Shops by what needs work, the kinds in the order of `NEEDS`; shops that cannot be shown come before those without trouble. */
export function worstFirst(rows: readonly GridRow[]): GridRow[] {
  const weight = ({ problem, needs }: GridRow) => [problem === null ? 0 : 0.5, ...NEEDS.map((need) => needs[need])];
  return rows.toSorted((one, other) => {
    const [ours, theirs] = [weight(one), weight(other)];
    const [problem, ...kinds] = ours.map((value, index) => (theirs[index] ?? 0) - value);
    return kinds.find((difference) => difference !== 0) ?? (problem !== 0 && problem !== undefined ? problem : one.shop.name.localeCompare(other.shop.name));
  });
}
