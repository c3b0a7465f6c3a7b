/**
 * Business days of the United States: Monday to Friday without the legal public holidays of 5 U.S.C. 6103(a). One that falls
 * on a Saturday is kept on the Friday before (6103(b)), one on a Sunday on the Monday after (Executive Order 11582, section
 * 3). Inauguration Day (6103(c)) is one for those who work for the government in the District of Columbia alone.
 */
import { addDays, type BusinessDate } from "../../kernel/day";

const [MONDAY, THURSDAY] = [1, 4];

/** The day of the week, 0 for Sunday. */
function weekdayOf(date: BusinessDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

function dateOf(year: number, month: number, day: number): BusinessDate {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10) as BusinessDate;
}

/** The nth such weekday of a month, counted from 1. */
function nthOf(year: number, month: number, weekday: number, nth: number): BusinessDate {
  const first = weekdayOf(dateOf(year, month, 1));
  return dateOf(year, month, 1 + ((weekday - first + 7) % 7) + (nth - 1) * 7);
}

function lastOf(year: number, month: number, weekday: number): BusinessDate {
  const last = dateOf(year, month + 1, 0);
  return addDays(last, -((weekdayOf(last) - weekday + 7) % 7));
}

/** The day on which one of a fixed date is kept. */
function observed(date: BusinessDate): BusinessDate {
  const weekday = weekdayOf(date);
  return weekday === 6 ? addDays(date, -1) : weekday === 0 ? addDays(date, 1) : date;
}

/** The holidays of a year in the order of the law, each on the day on which it is kept: the first may be in the year before. */
export function federalHolidays(year: number): readonly BusinessDate[] {
  return [
    observed(dateOf(year, 1, 1)), // New Year's Day
    nthOf(year, 1, MONDAY, 3), // Birthday of Martin Luther King, Jr.
    nthOf(year, 2, MONDAY, 3), // Washington's Birthday
    lastOf(year, 5, MONDAY), // Memorial Day
    ...(year >= 2021 ? [observed(dateOf(year, 6, 19))] : []), // Juneteenth, Public Law 117-17
    observed(dateOf(year, 7, 4)), // Independence Day
    nthOf(year, 9, MONDAY, 1), // Labor Day
    nthOf(year, 10, MONDAY, 2), // Columbus Day
    observed(dateOf(year, 11, 11)), // Veterans Day
    nthOf(year, 11, THURSDAY, 4), // Thanksgiving Day
    observed(dateOf(year, 12, 25)), // Christmas Day
  ];
}

/** Whether a date is a business day. New Year's Day of the next year may be kept on 31 December. */
export function isBusinessDay(date: BusinessDate): boolean {
  const weekday = weekdayOf(date);
  const year = Number(date.slice(0, 4));
  return weekday !== 0 && weekday !== 6 && !federalHolidays(year).includes(date) && !federalHolidays(year + 1).includes(date);
}

/** The last day on which a revocation that was received on a date may be honoured: the tenth business day after it (47 CFR 64.1200(a)(10)). */
export function lastDayAllowed(received: BusinessDate): BusinessDate {
  let date = received;
  for (let days = 0; days < 10; ) {
    date = addDays(date, 1);
    if (isBusinessDay(date)) days += 1;
  }
  return date;
}
