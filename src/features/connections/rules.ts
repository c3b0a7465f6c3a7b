/**
 * Decisions about connections and locations: when a day is due, how a choice changes a location, and which account a
 * shop may connect. A cut-off never changes the windows of days that have begun: their sales may be in the books.
 */
import { DAY, MINUTE } from "../../kernel/clock";
import { addDays, businessDateAt, isZone, parseBusinessDate, windowOf, type BusinessDate, type CutOff, type DaySchedule } from "../../kernel/day";
import { hashOf, type ConnectionId, type LocationId, type PersonId, type SessionId, type ShopId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { locationCodeFor } from "../../ledger/document-number";
import type { TillLocation } from "../../providers/registry";
import type { LocationChoice } from "./contract";
import type { ConnectionRow, FlowRow, Location, LocationRow } from "./store";

/** How long after its close a day is left to settle before it is read: late tips, payments still on their way. */
export const SETTLE_MINUTES = 90;

/** The earliest first day: before it there was no till of this kind to read. */
export const FIRST_DATE = "2009-01-01" as BusinessDate;

const LATEST_START_DAYS = 366;
const MIDNIGHT: CutOff = { from: FIRST_DATE, minutes: 0 };

/** The row as the rest of Daybook sees it: a schedule that is never empty, and whether it was ever chosen. */
export function toLocation(row: LocationRow): Location {
  const wasChosen = row.cutOffs.length > 0;
  return { ...row, cutOffs: wasChosen ? row.cutOffs : [MIDNIGHT], wasChosen };
}

/** The business days of a location. */
export function scheduleOf(location: Pick<LocationRow, "zone" | "cutOffs">): DaySchedule {
  return { zone: location.zone, cutOffs: location.cutOffs };
}

/** When the planner has work for a day: its close plus settling, in epoch milliseconds. */
export function dueAfter(location: Pick<LocationRow, "zone" | "cutOffs">, date: BusinessDate): number {
  return windowOf(scheduleOf(location), date).end + SETTLE_MINUTES * MINUTE;
}

/** The day that a due instant stands for: the inverse of `dueAfter`. */
export function dateDueAt(location: Pick<LocationRow, "zone" | "cutOffs">, dueAt: number): BusinessDate {
  return businessDateAt(scheduleOf(location), dueAt - SETTLE_MINUTES * MINUTE - 1);
}

export type LocationPlan = Pick<LocationRow, "startsOn" | "cutOffs" | "code" | "nextDueAt">;

/**
 * What a choice makes of a location. `invalid_input` for dates that do not exist or lie too far off, for a cut-off
 * that would cut days anew that have begun, and for another code once the first stands in document numbers.
 */
export function planChoice(location: Location, choice: LocationChoice, now: number): Result<LocationPlan> {
  const startsOn = planStart(location, choice, now);
  if (!startsOn.ok) return startsOn;
  const cutOffs = planCutOffs(location, choice, now);
  if (!cutOffs.ok) return cutOffs;
  const code = choice.code ?? location.code;
  if (location.wasChosen && code !== location.code) {
    return refusedField("code", `Entries in your books may carry ${location.code}, so it stays.`);
  }
  const planned = { ...location, cutOffs: cutOffs.value };
  const nextDueAt = startsOn.value === null ? null : dueAfter(planned, firstOpenDate(location, startsOn.value));
  return ok({ startsOn: startsOn.value, cutOffs: cutOffs.value, code, nextDueAt });
}

function planStart(location: Location, choice: LocationChoice, now: number): Result<BusinessDate | null> {
  if (choice.startsOn === null) return ok(null);
  const date = parseBusinessDate(choice.startsOn);
  if (date === null) return refusedField("startsOn", `${choice.startsOn} is no date of the calendar.`);
  if (date < FIRST_DATE) return refusedField("startsOn", `The first day cannot be before ${FIRST_DATE}.`);
  const latest = addDays(businessDateAt(scheduleOf(location), now), LATEST_START_DAYS);
  return date > latest ? refusedField("startsOn", "The first day cannot be more than a year ahead.") : ok(date);
}

function planCutOffs(location: Location, choice: LocationChoice, now: number): Result<readonly CutOff[]> {
  const minutes = choice.cutOffMinutes;
  if (choice.cutOffFrom === undefined && location.wasChosen && latestCutOff(location) === minutes) return ok(location.cutOffs);
  const next = addDays(businessDateAt(scheduleOf(location), now), 1);
  const from = choice.cutOffFrom === undefined ? (location.wasChosen ? next : FIRST_DATE) : parseBusinessDate(choice.cutOffFrom);
  if (from === null || from < FIRST_DATE) return refusedField("cutOffFrom", "That is no date that a cut-off can hold from.");
  if (from > addDays(next, LATEST_START_DAYS)) return refusedField("cutOffFrom", "A cut-off cannot be planned more than a year ahead.");
  if (location.wasChosen && from < next) {
    return refusedField("cutOffFrom", `Days before ${next} have begun with the earlier cut-off; a new one can hold from ${next}.`);
  }
  const earlier = location.cutOffs.filter((cutOff) => cutOff.from < from);
  return ok([...earlier, { from, minutes }]);
}

/** The cut-off that holds when all that is planned has come: what the shop set last. Minutes after midnight. */
export function latestCutOff(location: Pick<Location, "cutOffs">): number {
  return location.cutOffs.at(-1)?.minutes ?? MIDNIGHT.minutes;
}

/** The first day that the planner has not enqueued yet; an earlier start takes it back, a later one forward. */
function firstOpenDate(location: Location, startsOn: BusinessDate): BusinessDate {
  const { nextDueAt } = location;
  if (location.startsOn === null || nextDueAt === null || startsOn < location.startsOn) return startsOn;
  const position = dateDueAt(location, nextDueAt);
  return position > startsOn ? position : startsOn;
}

/**
 * Where a chosen location takes up again when its till is back: at the days that were open when it went, which
 * `connection.checked_at` tells, so that nothing is skipped. Days already read are read once more, to no effect.
 */
export function resumeAt(location: Location, stoppedAt: number): number | null {
  if (location.startsOn === null) return null;
  const position = businessDateAt(scheduleOf(location), stoppedAt - 2 * DAY);
  return dueAfter(location, position > location.startsOn ? position : location.startsOn);
}

/** Where locations belong. `resumeFrom`: when the till went away, if it is now back; else null. */
export type LocationHome = {
  readonly shopId: ShopId;
  readonly connectionId: ConnectionId;
  readonly zone: string;
  readonly resumeFrom: number | null;
  readonly newId: () => LocationId;
};

/**
 * The rows that a reading of a till's locations comes to: new active ones with a code of their own, known ones under
 * their name of now. One that is gone stays, with its days. Zone and currency stay as first read, for the windows and
 * amounts of days rest on them; a zone that the runtime does not know gives way to the shop's.
 */
export function mergeLocations(
  known: readonly Location[], found: readonly TillLocation[],
  { shopId, connectionId, zone, resumeFrom, newId }: LocationHome,
): LocationRow[] {
  const taken = new Set(known.map((location) => location.code));
  const own = new Map(known.filter((location) => location.connectionId === connectionId).map((location) => [location.externalId, location]));
  return found.flatMap((seen): LocationRow[] => {
    const name = seen.name.trim().slice(0, 200) || "Unnamed location";
    const before = own.get(seen.id);
    if (before !== undefined) return [{ ...before, name, tillCutOff: seen.cutOffMinutes, nextDueAt: resumeFrom === null ? null : resumeAt(before, resumeFrom) }];
    if (!seen.isActive) return [];
    const code = locationCodeFor(name, taken);
    taken.add(code);
    const place = { zone: isZone(seen.zone) ? seen.zone : zone, currency: seen.currency };
    return [{ shopId, id: newId(), connectionId, externalId: seen.id, name, code, ...place, cutOffs: [], startsOn: null, nextDueAt: null, tillCutOff: seen.cutOffMinutes }];
  });
}

export type Admission =
  | { readonly kind: "new" }
  /** The same account was connected to this shop before: its id, mapping and locations are kept. */
  | { readonly kind: "known"; readonly connection: ConnectionRow }
  | { readonly kind: "other_provider"; readonly connection: ConnectionRow }
  | { readonly kind: "other_account"; readonly connection: ConnectionRow };

/** Whether a shop that has these connections may connect the account. One till and one set of books at a time. */
export function admitAccount(
  connections: readonly ConnectionRow[], account: Pick<ConnectionRow, "role" | "provider" | "externalAccount">,
): Admission {
  const current = connections.find((row) => row.role === account.role && row.state !== "disconnected");
  if (current !== undefined && current.provider !== account.provider) return { kind: "other_provider", connection: current };
  if (current !== undefined && current.externalAccount !== account.externalAccount) return { kind: "other_account", connection: current };
  const known = connections.find((row) => row.provider === account.provider && row.externalAccount === account.externalAccount);
  return known === undefined ? { kind: "new" } : { kind: "known", connection: known };
}

/** Who came back from a provider, and with what. */
export type Comer = {
  readonly provider: string;
  readonly personId: PersonId;
  readonly sessionId: SessionId;
  /** The secret of the browser's cookie, or an empty text. */
  readonly verifier: string;
};

/** What is wrong with a return from a provider, before anything of it is used. */
export type FlowProblem = "unknown" | "other_provider" | "expired" | "other_browser" | "other_person";

/**
 * Checks a return against the flow it claims to end. Another provider's callback is a mix-up (COAT), another person
 * or session a planted consent (COSF), another browser a stolen link: draft-ietf-oauth-security-topics-update.
 */
export async function problemOf(flow: FlowRow | null, comer: Comer, now: number): Promise<FlowProblem | null> {
  if (flow === null || flow.challenge === null) return "unknown";
  if (flow.provider !== comer.provider) return "other_provider";
  if (flow.expiresAt <= now) return "expired";
  if ((await hashOf(comer.verifier)) !== flow.challenge) return "other_browser";
  if (flow.personId !== comer.personId || flow.sessionId !== comer.sessionId) return "other_person";
  return null;
}

/** `invalid_input` about one field, in words. */
export function refusedField(path: string, message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path, message }] });
}
