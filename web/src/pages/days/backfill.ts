/** What a back-fill would read, and why it cannot start. */
import type { BackfillRequest, BackfillView } from "../../../../src/features/sync/contract";
import { addDays, datesBetween, parseBusinessDate, type BusinessDate } from "../../../../src/kernel/day";
import { timeLeft } from "../../ui/dates";
import { backfillWords as words } from "./words";

/** The queue takes this many days at once; more is asked for in parts. */
export const MOST_DAYS = 2_000;
const MOST_DATES = 800;

/** How many days of all chosen locations; 0 while it makes no sense. */
export function dayCount(request: BackfillRequest): number {
  const from = parseBusinessDate(request.from);
  const to = parseBusinessDate(request.to);
  if (from === null || to === null || from > to || to > addDays(from, MOST_DATES + 1)) return 0;
  return datesBetween(from, to).length * request.locations.length;
}

/** Which field is wrong and why, or null when it can start. */
export function problemOf(request: BackfillRequest, today: BusinessDate): { readonly field: "locations" | "from" | "to"; readonly text: string } | null {
  const from = parseBusinessDate(request.from);
  const to = parseBusinessDate(request.to);
  if (from === null) return { field: "from", text: "Enter the first day." };
  if (to === null) return { field: "to", text: "Enter the last day." };
  if (to >= today) return { field: "to", text: words.future };
  if (from > to) return { field: "from", text: words.backwards };
  if (request.locations.length === 0) return { field: "locations", text: words.noLocation };
  if (to > addDays(from, MOST_DATES - 1) || dayCount(request) > MOST_DAYS) return { field: "from", text: words.tooMany };
  return null;
}

/** "42 of 181 days, about 2 minutes". */
export function progressText(backfill: BackfillView, now: number): string {
  return words.running(backfill.doneCount, backfill.dayCount, timeLeft(backfill.doneCount, backfill.dayCount, now - backfill.requestedAt));
}

/** The ones to show: those that run, or else the latest unless it was put away. */
export function shownBackfills(all: readonly BackfillView[], putAway: ReadonlySet<string>): BackfillView[] {
  const latestFirst = [...all].sort((one, other) => other.requestedAt - one.requestedAt);
  const running = latestFirst.filter((one) => !one.isFinished);
  return running.length > 0 ? running : latestFirst.slice(0, 1).filter((one) => !putAway.has(one.id));
}
