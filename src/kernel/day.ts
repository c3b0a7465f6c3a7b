/**
 * A business day is a date that a shop means, not an instant: it runs from the cut-off hour on the wall clock of
 * the location's zone to the same hour of the next date. Windows tile: one day's end is the next day's start,
 * whether the day lasts 23, 24 or 25 hours.
 */
import { CalendarDateTime, fromAbsolute, parseDate, toZoned, type CalendarDate } from "@internationalized/date";
import { assert } from "./assert";
import type { Brand } from "./ids";

/** `YYYY-MM-DD`, a date of the proleptic Gregorian calendar. */
export type BusinessDate = Brand<string, "BusinessDate">;

/** Minutes after midnight on the wall clock at which a business day begins and ends, from `from` on. */
export type CutOff = { readonly from: BusinessDate; readonly minutes: number };

/** An IANA zone and its cut-offs, ascending by `from`; dates before the first use the first. Never empty. */
export type DaySchedule = { readonly zone: string; readonly cutOffs: readonly CutOff[] };

/** Half-open: `start <= instant < end`, in epoch milliseconds. */
export type Window = { readonly start: number; readonly end: number };

/** The latest cut-off that still counts as "the night before": noon. */
export const LATEST_CUT_OFF_MINUTES = 12 * 60;

/** A date written `YYYY-MM-DD` that exists, or null. */
export function parseBusinessDate(text: string): BusinessDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    const date = parseDate(text).toString();
    return date === text ? (date as BusinessDate) : null; // it reads year 0 as year 1
  } catch {
    return null; // `parseDate` throws on 31 February; there is no other reason to throw here
  }
}

/** Whether the runtime knows the zone by its IANA name. A mere offset is none: no daylight saving follows it. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false; // newer runtimes take "+05:30" for a zone
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The date `days` after (or, negative, before) another. */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  return parseDate(date).add({ days }).toString() as BusinessDate;
}

/** All dates from `first` to `last`, both included; empty when `last` is earlier. At most 4,000. */
export function datesBetween(first: BusinessDate, last: BusinessDate): BusinessDate[] {
  const dates: BusinessDate[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    assert(dates.length < 4_000, "a range of dates is bounded");
    dates.push(date);
  }
  return dates;
}

/** The cut-off that holds on a date, in minutes after midnight. */
export function cutOffOn(schedule: DaySchedule, date: BusinessDate): number {
  const holding = schedule.cutOffs.findLast((cutOff) => cutOff.from <= date) ?? schedule.cutOffs[0];
  assert(holding !== undefined, "a schedule has at least one cut-off");
  return holding.minutes;
}

/**
 * The instants of a business day. A day whose cut-off differs from the next day's is longer or shorter by the
 * difference, so that nothing falls between. A wall time that daylight saving skips is read as far behind the jump
 * as it stood behind the old time (02:30 is 03:30 on that night); one that occurs twice, as its first occurrence
 * (Temporal's "compatible"). A date that a zone never lived (Samoa, 30 December 2011) is an empty window.
 */
export function windowOf(schedule: DaySchedule, date: BusinessDate): Window {
  return { start: startOf(schedule, date), end: startOf(schedule, addDays(date, 1)) };
}

/** The business date on which an instant falls. */
export function businessDateAt(schedule: DaySchedule, instant: number): BusinessDate {
  const local = fromAbsolute(instant, schedule.zone);
  const today = `${pad(local.year, 4)}-${pad(local.month, 2)}-${pad(local.day, 2)}` as BusinessDate;
  for (const date of [addDays(today, 1), today, addDays(today, -1), addDays(today, -2)]) {
    if (startOf(schedule, date) <= instant) return date;
  }
  throw new Error(`no business day holds ${instant} in ${schedule.zone}`);
}

/** What the clocks of a zone show at an instant: the date, and whole minutes after midnight. */
export function wallClockAt(zone: string, instant: number): { readonly date: BusinessDate; readonly minutes: number } {
  const local = fromAbsolute(instant, zone);
  return { date: `${pad(local.year, 4)}-${pad(local.month, 2)}-${pad(local.day, 2)}` as BusinessDate, minutes: local.hour * 60 + local.minute };
}

/** The instant at which the clocks of a zone show a time; skipped and doubled times are read as in `windowOf`. */
export function instantAt(zone: string, date: BusinessDate, minutes: number): number {
  const day: CalendarDate = parseDate(date);
  const wall = new CalendarDateTime(day.year, day.month, day.day, Math.floor(minutes / 60), minutes % 60);
  return toZoned(wall, zone, "compatible").toDate().getTime();
}

/** The next instant after `now` at which the clocks of a zone show a time, in minutes after midnight; skipped and doubled times as in `windowOf`. */
export function nextTimeOfDay(zone: string, minutes: number, now: number): number {
  const { date } = wallClockAt(zone, now);
  // A date that its zone never lived has no such time: then it is the day after.
  const found = [date, addDays(date, 1), addDays(date, 2)].map((one) => instantAt(zone, one, minutes)).find((instant) => instant > now);
  assert(found !== undefined, "a clock shows every time within two days");
  return found;
}

function startOf(schedule: DaySchedule, date: BusinessDate): number {
  return instantAt(schedule.zone, date, cutOffOn(schedule, date));
}

function pad(value: number, width: number): string {
  return value.toString().padStart(width, "0");
}
