/** Which reports are filed: every day's that has changed, and every month's that is over and has such a day. Pure. */
import { addDays, type BusinessDate } from "../../kernel/day";

/** A date on which something changed at one of the shop's locations, and when that was last: epoch milliseconds. */
export type ChangedDate = { readonly date: BusinessDate; readonly changedAt: number };

/** One report to file: a day or a month, both dates included. `name` is "2026-07-14" or "2026-07", `asOf` when a day of it last changed. */
export type Filing = {
  readonly span: "day" | "month"; readonly name: string; readonly from: BusinessDate; readonly to: BusinessDate; readonly asOf: number;
};

/** What one run files and through which instant the shop's changes are filed then; `isAll` when nothing is left. */
export type Filings = { readonly filings: readonly Filing[]; readonly through: number; readonly isAll: boolean };

/** How far back every morning looks: as far as the till's days are read again. */
export const DAYS_LOOKED_AT = 36;
/** On the second of a month it looks this far, for corrections of days that were older. */
const DAYS_LOOKED_AT_MONTHLY = 430;
const MONTHLY_ON = "02";

/** Older days are in their month's report; a history that was filled in at once makes no hundreds of single ones. */
export const SINGLE_DAYS = DAYS_LOOKED_AT;

/** A row may be written with a clock that lags behind: what changed this lately is looked at once more. */
const UNSETTLED_MS = 600_000;

/** The first date that a morning looks at. A shop's first one looks at everything. */
export function lookFrom(today: BusinessDate, filedThrough: number): BusinessDate {
  if (filedThrough === 0) return "1970-01-01" as BusinessDate;
  return addDays(today, -(today.endsWith(`-${MONTHLY_ON}`) ? DAYS_LOOKED_AT_MONTHLY : DAYS_LOOKED_AT));
}

/**
 * The reports that changed dates ask for, in the order of their changes and at most so many days at once. `today` is the
 * shop's own date: what is not over is filed by nobody.
 */
export function filingsOf(changed: readonly ChangedDate[], { today, at, most }: { readonly today: BusinessDate; readonly at: number; readonly most: number }): Filings {
  const inOrder = changed.filter(({ date }) => date < today).toSorted((one, other) => one.changedAt - other.changedAt || (one.date < other.date ? -1 : 1));
  const now = inOrder.slice(0, most);
  const last = now.at(-1);
  // Dates that changed in one instant are one step: half of it would be passed over the next time.
  const step = last === undefined ? [] : inOrder.filter(({ changedAt }) => changedAt <= last.changedAt);
  const days = step.filter(({ date }) => date >= addDays(today, -SINGLE_DAYS))
    .map(({ date, changedAt }): Filing => ({ span: "day", name: date, from: date, to: date, asOf: changedAt }));
  const months = [...Map.groupBy(step, ({ date }) => date.slice(0, 7))].filter(([month]) => month < today.slice(0, 7))
    .map(([month, dates]) => monthFiling(month, Math.max(...dates.map(({ changedAt }) => changedAt))));
  const isAll = step.length === inOrder.length;
  return { filings: [...days, ...months], through: Math.min(last?.changedAt ?? 0, isAll ? at - UNSETTLED_MS : Infinity), isAll };
}

function monthFiling(month: string, asOf: number): Filing {
  const from = `${month}-01` as BusinessDate;
  // Four days past the 28th are in the next month, whatever the month.
  const next = `${addDays(`${month}-28` as BusinessDate, 4).slice(0, 7)}-01` as BusinessDate;
  return { span: "month", name: month, from, to: addDays(next, -1), asOf };
}
