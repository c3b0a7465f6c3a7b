/** What many days say together: a date over all its locations, and a month in one line. */
import type { DayCell, ShownState } from "../../../../src/features/days/contract";
import { stateWords, type StateWord } from "../../words";

/** What needs a person first, and what is settled last. */
const URGENCY: readonly ShownState[] = [
  "failed", "held", "changed", "uncertain", "missing", "ready", "posting", "collecting", "open", "corrected", "posted", "final", "no_sales",
];

/** States that a moment from now may be others. */
const MOVING: ReadonlySet<ShownState> = new Set<ShownState>(["posting", "uncertain", "collecting"]);

/** One date in the calendar, over the locations shown. */
export type DaySummary = {
  readonly state: ShownState;
  /** "Held", or "1 of 3 held" where the locations differ. */
  readonly word: string;
  readonly look: StateWord;
  /** Minor units; null where nothing was read anywhere. */
  readonly takingsMinor: number | null;
  /** Whom a click leads to: the location that needs it most. */
  readonly locationId: string;
};

/** Sums up the cells of one date; null when there are none. */
export function summarise(cells: readonly DayCell[]): DaySummary | null {
  const first = [...cells].sort((one, other) => URGENCY.indexOf(one.state) - URGENCY.indexOf(other.state))[0];
  if (first === undefined) return null;
  const look = stateWords[first.state];
  const alike = cells.filter((cell) => stateWords[cell.state].word === look.word).length;
  const word = alike === cells.length ? look.word : `${alike} of ${cells.length} ${look.word.toLowerCase()}`;
  return { state: first.state, word, look, takingsMinor: takingsOf(cells), locationId: first.locationId };
}

/** Whether anything shown is about to change by itself. */
export function isMoving(cells: readonly DayCell[]): boolean {
  return cells.some((cell) => MOVING.has(cell.state));
}

/** Minor units over all cells that were read; null when none was. */
export function takingsOf(cells: readonly DayCell[]): number | null {
  const read = cells.filter((cell) => cell.takingsMinor !== null);
  return read.length === 0 ? null : read.reduce((sum, cell) => sum + (cell.takingsMinor ?? 0), 0);
}

export const TALLY = ["posted", "ready", "held", "failed", "changed", "missing", "no_sales", "working"] as const;
export type TallyName = (typeof TALLY)[number];

const TALLIED: Record<ShownState, TallyName | null> = {
  posted: "posted", final: "posted", corrected: "posted", ready: "ready", held: "held", failed: "failed", changed: "changed",
  missing: "missing", no_sales: "no_sales", posting: "working", collecting: "working", uncertain: "working", open: null,
};

/** Which part of the tally a state counts in; null for a day that has not closed. */
export const tallyOf = (state: ShownState): TallyName | null => TALLIED[state];

/** How many days of each kind, in a fixed order, without the kinds that do not occur. */
export function tally(cells: readonly DayCell[]): { readonly name: TallyName; readonly days: number }[] {
  return TALLY.map((name) => ({ name, days: cells.filter((cell) => tallyOf(cell.state) === name).length })).filter((part) => part.days > 0);
}
