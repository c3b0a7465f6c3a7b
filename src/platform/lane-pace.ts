/**
 * Paces the calls of one connection by the provider's own limits: a bucket of calls that fills at a steady rate. It is
 * kept in memory; a lane that sleeps has made no calls meanwhile, and wakes with a bucket that would be full by then.
 */
import type { LanePace } from "./lane-types";

/** A caller who would have to wait longer is sent away instead, so that no job sleeps through its deadline. */
export const LONGEST_WAIT_MS = 60_000;

export type Bucket = {
  /**
   * Takes so many calls and answers how long to wait before making them. When that is longer than a minute nothing is
   * taken and `taken` is false.
   */
  take(calls: number, pace: LanePace, now: number): { readonly taken: boolean; readonly waitMs: number };
};

/** A full bucket. */
export function createBucket(): Bucket {
  let level: number | null = null;
  let filledAt = 0;
  return {
    take: (calls, pace, now) => {
      const perMs = pace.callsPerMinute / 60_000;
      // A clock that steps back fills nothing and takes nothing away.
      const filled = Math.min(pace.callsAtOnce, (level ?? pace.callsAtOnce) + Math.max(0, now - filledAt) * perMs);
      const left = filled - calls;
      const waitMs = left >= 0 ? 0 : Math.ceil(-left / perMs);
      const taken = waitMs <= LONGEST_WAIT_MS;
      level = taken ? left : filled;
      filledAt = now;
      return { taken, waitMs };
    },
  };
}
