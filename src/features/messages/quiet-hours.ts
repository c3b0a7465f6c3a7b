/**
 * When a person may be written to: from 8:00 until 21:00 where they are (47 CFR § 64.1200(c)(1)). Where somebody is, is
 * known by their number at best, and some area codes lie in two zones: then it must be day in all of them.
 */
import { addDays, instantAt, wallClockAt } from "../../kernel/day";

/** Minutes after midnight: the first at which a message may leave, and the first at which it may not any more. */
export const DAY_BEGINS_MINUTES = 8 * 60;
export const DAY_ENDS_MINUTES = 21 * 60;

/** Two zones agree after two looks; the many of one country after a few more. */
const MOST_LOOKS = 100;

/**
 * The next instant, from `now` on, at which it is between 8:00 and 21:00 in every one of the zones: `now` itself where it is
 * already. Epoch milliseconds. Zones that never share an hour (further than 13 hours apart: no country's are) are answered
 * for by the first.
 */
export function nextAllowedAt(now: number, zones: string | readonly [string, ...string[]]): number {
  const all: readonly [string, ...string[]] = typeof zones === "string" ? [zones] : zones;
  let at = now;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const latest = Math.max(...all.map((zone) => nextIn(zone, at)));
    if (latest === at) return at;
    at = latest;
  }
  return nextIn(all[0], now);
}

/** A time that daylight saving skips or doubles is read as `instantAt` reads it; none falls between 8:00 and 21:00 today. */
function nextIn(zone: string, now: number): number {
  const { date, minutes } = wallClockAt(zone, now);
  if (minutes < DAY_BEGINS_MINUTES) return instantAt(zone, date, DAY_BEGINS_MINUTES);
  return minutes < DAY_ENDS_MINUTES ? now : instantAt(zone, addDays(date, 1), DAY_BEGINS_MINUTES);
}
