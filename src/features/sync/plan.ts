/**
 * Which days of a location the planner enqueues, decided without asking anybody. Firing twice, six hours late or not
 * at all changes nothing but when: a day stays due until it was enqueued.
 */
import { MINUTE } from "../../kernel/clock";
import { addDays, businessDateAt, datesBetween, type BusinessDate, type CutOff } from "../../kernel/day";
import { dateDueAt, dueAfter, scheduleOf, SETTLE_MINUTES } from "../connections/service";

/** How far back missing days are looked for. */
export const GAP_DAYS = 35;

/**
 * How many days before a closed one are read again with it: sales rung up without a network arrive for up to 72 hours,
 * tips settle after 36, and people mend the past for weeks.
 */
export const REREAD_DAYS = [1, 3, 7, 14, 35] as const;

/** The most closed days that one run enqueues for one location; the rest stays due for the next run. */
const MOST_CLOSED_DAYS = 62;

/** What the planner knows of a location that is due. */
export type DueLocation = {
  readonly zone: string;
  readonly cutOffs: readonly CutOff[];
  readonly startsOn: BusinessDate;
  readonly nextDueAt: number;
};

export type LocationPlan = {
  /** Days that have closed and settled since the planner was last here. */
  readonly closed: readonly BusinessDate[];
  /** Earlier days that are enqueued only where nothing is known of them. */
  readonly gaps: readonly BusinessDate[];
  /** Earlier days whose turn it is in the trailing window. */
  readonly rereads: readonly BusinessDate[];
  readonly nextDueAt: number;
};

/** The days of a due location at `now`. */
export function planLocation(location: DueLocation, now: number): LocationPlan {
  const first = dateDueAt(location, location.nextDueAt);
  const open = businessDateAt(scheduleOf(location), now - SETTLE_MINUTES * MINUTE);
  const settled = addDays(open, -1);
  const last = earlier(settled, addDays(first, MOST_CLOSED_DAYS - 1));
  const closed = datesBetween(first, last);
  const gapsFrom = later(location.startsOn, addDays(settled, 1 - GAP_DAYS));
  return {
    closed,
    gaps: datesBetween(gapsFrom, earlier(settled, addDays(first, -1))),
    rereads: rereadsOf(closed, location.startsOn),
    nextDueAt: dueAfter(location, later(first, addDays(last, 1))),
  };
}

function rereadsOf(closed: readonly BusinessDate[], startsOn: BusinessDate): BusinessDate[] {
  const back = closed.flatMap((date) => REREAD_DAYS.map((days) => addDays(date, -days)));
  return [...new Set(back)].filter((date) => date >= startsOn && !closed.includes(date)).toSorted();
}

/** A delay in seconds, below `windowSeconds`, that is the same for a location every night: FNV-1a of its name. */
export function spreadSeconds(shopId: string, locationId: string, windowSeconds: number): number {
  if (windowSeconds === 0) return 0;
  let hash = 0x811c9dc5;
  for (const character of `${shopId}/${locationId}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash % windowSeconds;
}

function earlier(one: BusinessDate, other: BusinessDate): BusinessDate {
  return one < other ? one : other;
}

function later(one: BusinessDate, other: BusinessDate): BusinessDate {
  return one > other ? one : other;
}
