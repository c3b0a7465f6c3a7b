/** The month as a grid of weeks that begin on Monday, and how keys move through it. */
import { addDays, type BusinessDate } from "../../../../src/kernel/day";

/** `2026-07`. */
export type Month = string;

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** The month that a date is in. */
export const monthOf = (date: string): Month => date.slice(0, 7);

/** The first date of a month. */
export const firstOf = (month: Month): BusinessDate => `${month}-01` as BusinessDate;

/** The last date of a month. */
export const lastOf = (month: Month): BusinessDate => addDays(firstOf(addMonths(month, 1)), -1);

/** The month `many` months later, or earlier. */
export function addMonths(month: Month, many: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + many;
  return `${Math.floor(index / 12).toString().padStart(4, "0")}-${((index % 12) + 1).toString().padStart(2, "0")}`;
}

/** Rows of seven; null stands for a place outside of the month. */
export function weeksOf(month: Month): (BusinessDate | null)[][] {
  const last = lastOf(month);
  const weeks: (BusinessDate | null)[][] = [];
  let date = addDays(firstOf(month), -weekdayOf(firstOf(month)));
  while (date <= last) {
    weeks.push(Array.from({ length: 7 }, (_, day) => within(addDays(date, day), month)));
    date = addDays(date, 7);
  }
  return weeks;
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Where a key leads from a date, or null for a key that means nothing here; may lead into another month. */
export function moveBy(key: string, date: BusinessDate): BusinessDate | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -weekdayOf(date), End: 6 - weekdayOf(date) };
  if (key === "PageUp") return sameDayIn(addMonths(monthOf(date), -1), date);
  if (key === "PageDown") return sameDayIn(addMonths(monthOf(date), 1), date);
  const step = steps[key];
  return step === undefined ? null : addDays(date, step);
}

/** Months to choose from, latest first: from the earlier of two years ago and the first start, to this one. */
export function monthsToChoose(today: string, starts: readonly string[]): Month[] {
  const latest = monthOf(today);
  const twoYears = addMonths(latest, -23);
  const earliest = starts.map(monthOf).reduce((first, month) => (month < first ? month : first), twoYears);
  const months: Month[] = [];
  for (let month = latest; month >= earliest && months.length < 120; month = addMonths(month, -1)) months.push(month);
  return months;
}

function sameDayIn(month: Month, date: BusinessDate): BusinessDate {
  const wished = `${month}-${date.slice(8)}` as BusinessDate;
  return wished > lastOf(month) ? lastOf(month) : wished;
}

function within(date: BusinessDate, month: Month): BusinessDate | null {
  return monthOf(date) === month ? date : null;
}
