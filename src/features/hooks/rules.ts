/** Which hints are worth a look, and when. */
import { DAY, MINUTE, SECOND } from "../../kernel/clock";
import { businessDateAt, type BusinessDate } from "../../kernel/day";
import type { LocationId } from "../../kernel/ids";
import type { WebhookHint } from "../../providers/registry";
import { dueAfter, scheduleOf, SETTLE_MINUTES, type Location } from "../connections/service";

/** Providers send an event again for up to three days (Square: 24 hours, 72 in an older page). */
export const REMEMBERED_MS = 3 * DAY;

/** Changes of a day are gathered for so long before it is read again, once for all of them. */
const SLOT_MS = 10 * MINUTE;

/**
 * Whether a hint can matter at all. What was rung up less than the settling time ago belongs to a day that is still to be
 * read: a busy evening costs nothing. What does not say when is found by the trailing window.
 */
export function isWorthALook({ kind, at }: Pick<WebhookHint, "kind" | "at">, now: number): boolean {
  return kind !== "till_changed" || (at !== null && now - at >= SETTLE_MINUTES * MINUTE);
}

/** A day that is to be read again. */
export type Found = { readonly locationId: LocationId; readonly date: BusinessDate };

/** The day of a location in which something was rung up; null while it is still to be read anyway, and before the shop's first day. */
export function dayToRead(location: Location, at: number, now: number): Found | null {
  const date = businessDateAt(scheduleOf(location), at);
  if (location.startsOn === null || date < location.startsOn || dueAfter(location, date) > now) return null;
  return { locationId: location.id, date };
}

/** When a day that changed now is looked at: at the end of its slot, together with all else that changes in it. */
export function slotOf(now: number): { readonly number: number; readonly delaySeconds: number; readonly until: number } {
  const number = Math.floor(now / SLOT_MS);
  const until = (number + 1) * SLOT_MS;
  return { number, until, delaySeconds: Math.ceil((until - now) / SECOND) };
}
