/** What a list comes to, decided: who gets it and who not and why, how fast it goes, and when it would be through. Pure. */
import { MINUTE } from "../../kernel/clock";
import type { ContactId } from "../../kernel/ids";
import type { Barred } from "../consent/service";
import { nextAllowedAt, segmentsOf, type Zones } from "../messages/service";
import type { LeftOutReason } from "./contract";

/** Emails a minute: Resend takes two calls a second of one account (its "Rate limit"), and letters to the shop's own people go there too. */
export const EMAILS_PER_MINUTE = 100;
/** Messages that one step writes: with what is asked around them they stay below the fifty statements that D1 takes of one invocation. */
export const MOST_IN_A_STEP = 3;
/** Recipients that one step looks at: those for whom it has become night are put off together. */
export const MOST_LOOKED_AT = 50;
/** A message of a list leaves no earlier than this after it was written: whoever pauses or cancels meanwhile still catches it. */
export const GRACE_MS = 5_000;
/** A step that has died is done again after so long. */
export const LEASE_MS = MINUTE;
/** What was missed while nothing moved is not made up for in a rush. */
const MOST_BEHIND_MS = 10_000;

/** What one recipient gets, or why they get nothing. */
export type Decided = { readonly contactId: ContactId; readonly name: string } & (
  | { readonly leftOut: LeftOutReason }
  | { readonly leftOut: null; readonly subject: string; readonly body: string; readonly zones: Zones }
);

/** Why somebody with an address gets nothing; null where nothing speaks against it. A stop comes before everything else. */
export function objectionOf(barred: Barred | null, isGiven: boolean): LeftOutReason | null {
  if (barred !== null) return barred.kind;
  return isGiven ? null : "no_consent";
}

/** Messages a minute of one list among those that share a line: the line's pace is shared evenly, and none exceeds its own. */
export function paceOf(ownPerMinute: number, linePerMinute: number, sharing: number): number {
  return Math.max(1, Math.min(ownPerMinute, Math.floor(linePerMinute / Math.max(1, sharing))));
}

/** When a list goes on that was due at `dueAt` and has written `written` messages now. */
export function nextStepAt(dueAt: number, now: number, written: number, perMinute: number): number {
  return Math.max(dueAt, now - MOST_BEHIND_MS) + Math.ceil((written * MINUTE) / perMinute);
}

/** How many messages a step writes: as many as a quarter of a minute takes, so that who pauses waits no longer. */
export function stepSize(perMinute: number): number {
  return Math.min(MOST_IN_A_STEP, Math.max(1, Math.floor(perMinute / 4)));
}

const TICK_MS = 15 * MINUTE;
const MOST_TICKS = 30 * 96;

/** Recipients of the same zones. */
type Group = { readonly zones: Zones; left: number };

/**
 * When a list of texts would begin and be through, at a pace and with everybody's quiet hours kept to; to about a quarter of an
 * hour where a night lies in between. `finishesAt` is null for later than a month from now. Emails know no quiet hours.
 */
export function durationOf(all: readonly Zones[], perMinute: number, now: number): { readonly startsAt: number; readonly finishesAt: number | null; readonly asleepCount: number } {
  const groups: Group[] = [...Map.groupBy(all, (zones) => zones.join(" ")).values()].map((same) => ({ zones: same[0] ?? ["UTC"], left: same.length }));
  const opening = groups.map(({ zones }) => nextAllowedAt(now, zones));
  const asleepCount = groups.reduce((sum, { left }, index) => sum + ((opening[index] ?? now) > now ? left : 0), 0);
  const startsAt = Math.min(...opening);
  let at = startsAt;
  for (let tick = 0; tick < MOST_TICKS; tick += 1) {
    const open = groups.filter(({ left, zones }) => left > 0 && nextAllowedAt(at, zones) === at);
    const sent = serve(open, Math.floor((perMinute * TICK_MS) / MINUTE));
    if (groups.every(({ left }) => left === 0)) return { startsAt, finishesAt: at + Math.ceil((sent * MINUTE) / perMinute), asleepCount };
    const next = Math.min(...groups.filter(({ left }) => left > 0).map(({ zones }) => nextAllowedAt(at + TICK_MS, zones)));
    at = Math.max(at + TICK_MS, next);
  }
  return { startsAt, finishesAt: null, asleepCount };
}

/** Takes at most `room` of the groups; answers how many. */
function serve(groups: readonly Group[], room: number): number {
  let sent = 0;
  for (const group of groups) {
    const taken = Math.min(group.left, room - sent);
    group.left -= taken;
    sent += taken;
  }
  return sent;
}

/** The segments of all texts together. */
export function segmentsOfAll(bodies: readonly string[]): number {
  return bodies.reduce((sum, body) => sum + segmentsOf(body).segments, 0);
}
