/** A day and a time on the shop's wall clock as an instant. */
import { instantAt, parseBusinessDate } from "../../../../src/kernel/day";

/**
 * Epoch milliseconds of `date` (`YYYY-MM-DD`) and `time` (`HH:MM`) in a zone, never later than `now`; null for what is no day
 * or no time. Without a time the day's noon is meant: all that is known is the day.
 */
export function instantOf(date: string, time: string | null, zone: string, now: number): number | null {
  const clock = /^(\d{2}):(\d{2})$/.exec(time ?? "12:00");
  const day = parseBusinessDate(date);
  if (day === null || clock === null) return null;
  return Math.min(now, instantAt(zone, day, Number(clock[1]) * 60 + Number(clock[2])));
}
