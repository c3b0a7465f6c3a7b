/** The days and the day as the web app shows them: what is stored, what would be posted now, and what it all means. */
import { HOUR } from "../../kernel/clock";
import { addDays, businessDateAt, cutOffOn, datesBetween, parseBusinessDate, windowOf, type BusinessDate } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import type { LocationId } from "../../kernel/ids";
import { fingerprintOfEntry } from "../../ledger/fingerprint";
import type { Visit } from "../../http/guard";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { connectionsQuery, currentOf, dueAfter, locationsQuery, scheduleOf, toLocation, type ConnectionRow, type Location } from "../connections/service";
import type { DayCell, DaysView, DayView, ShownState } from "../days/contract";
import {
  explain, glancesInQuery, glancesQuery, headlineOf, isUndone, NEVER_SENT, toCell, toEntryView, toProposal, toTieOut, toTotalsView,
  type Circumstances, type DayGlance, type DayRow, type EntryRow,
} from "../days/service";
import { latestQuery, toMapping } from "../mapping/service";
import { namesOfActors } from "../people/service";
import { booksOf, nameOf } from "./ask";
import { circumstancesOf, type Explained } from "./circumstances";
import type { ShopDay } from "./job";
import { loadShopDay, ruleOf } from "./load";
import { faceOf, proposedOrder } from "./proposal";
import { finalAfter } from "./rules";
import { postingRuleQuery } from "./store";
import { stands, type Order } from "./target";

/** The widest range of a calendar. */
const MOST_DAYS = 62;
const MOST_NEEDING_WORK = 100;

/** A day that is due is shown as being read for this long, and only then as missing. */
const READING_MS = HOUR;

/** Everything of one day's page. `not_found` for a location of nobody or of another shop, and for a date that does not exist. */
export async function viewDay(world: World, env: Bindings, visit: Visit, locationId: LocationId, text: string): Promise<Result<DayView>> {
  const date = parseBusinessDate(text);
  const shopDay = date === null ? null : await loadShopDay(visit.db, locationId, date);
  return date === null || shopDay === null ? failed({ kind: "not_found" }) : ok(await toDayView(world, env, shopDay, date));
}

async function toDayView(world: World, env: Bindings, shopDay: ShopDay, date: BusinessDate): Promise<DayView> {
  const { location, day, entries, books, rule: { mode } } = shopDay;
  const state = shownStateOf(location, day, date, world.clock());
  const proposed = proposalOf(shopDay);
  const names = await namesOfActors(directoryDb(env), entries.map(({ postedBy }) => postedBy));
  return {
    locationId: location.id, locationName: location.name, zone: location.zone, date, window: windowOf(scheduleOf(location), date), state,
    booksName: books === null ? null : nameOf(books, ""),
    totals: day.totals === null ? null : toTotalsView(day.totals),
    proposal: proposed === null ? null : toProposal(proposed, faceOf(proposed), await fingerprintOfEntry(faceOf(proposed))),
    provisionalUntil: state === "posted" || state === "corrected" ? finalAfter(shopDay) : null,
    isFinal: state === "final",
    canUndo: day.pending === null && !isUndone(day) && stands(entries),
    entries: entries.map((row) => toEntryView(row, entryUrlOf(shopDay.connections, row), (actor) => names.get(actor) ?? (actor.startsWith("person:") ? "Someone who has left" : "Daybook"))),
    tieOut: toTieOut(location.currency, day, entries, proposed === null ? null : faceOf(proposed)),
    explanation: explain(circumstancesOf(shopDay, state, { booksUrl: booksUrlOf(shopDay), correction: correctionOf(shopDay, proposed) })),
    attempts: [...day.attempts],
    mode,
  };
}

/** What is on its way to the books, or what would be posted now; null where nothing remains or it cannot be built. */
function proposalOf(shopDay: ShopDay): Order | null {
  const { pending } = shopDay.day;
  if (pending !== null) return { ...pending, follows: pending.follows ?? null };
  const proposed = proposedOrder(shopDay);
  return proposed.ok ? proposed.value : null;
}


/** What would be added to a day that is in the books. */
function correctionOf({ day, entries }: ShopDay, proposed: Order | null): Circumstances["correction"] {
  if (proposed === null || entries.length === 0 || isUndone(day)) return null;
  const { follows, bookedOn } = proposed;
  return { cause: follows?.cause ?? proposed.cause, bookedOn, isMoved: bookedOn !== day.businessDate, replaces: follows !== null };
}

/** What a day is shown as: the state of its row, or what the lack of one means at `now`. */
export function shownStateOf(location: Location, day: Pick<DayRow, "state" | "changedAt">, date: BusinessDate, now: number): ShownState {
  return day.changedAt > 0 ? day.state : absentStateOf(location, date, now);
}

function absentStateOf(location: Location, date: BusinessDate, now: number): ShownState {
  const dueAt = dueAfter(location, date);
  if (dueAt > now) return "open";
  return dueAt + READING_MS > now && location.nextDueAt !== null ? "collecting" : "missing";
}

function entryUrlOf(connections: readonly ConnectionRow[], row: EntryRow): string | null {
  const holder = connections.find((connection) => connection.id === row.booksConnectionId);
  return holder === undefined || row.externalId === NEVER_SENT ? null : (booksOf(holder).manifest.entryUrl?.(holder.externalAccount, row.externalId, row.method) ?? null);
}

/** The day's own entry where there is one, otherwise the accounts of the books: that is where most causes are mended. */
function booksUrlOf({ connections, entries, books }: ShopDay): string | null {
  const posted = entries.at(-1);
  if (posted !== undefined) return entryUrlOf(connections, posted);
  return books === null ? null : booksOf(books).accountsUrl(books.externalAccount);
}

/** The calendar of all locations. `invalid_input` for dates that do not exist and ranges of more than 62 days. */
export async function viewDays(world: World, { db }: Pick<Visit, "db">, query: { readonly from: string; readonly to: string }): Promise<Result<DaysView>> {
  const from = parseBusinessDate(query.from);
  const to = parseBusinessDate(query.to);
  if (from === null || to === null || from > to || addDays(from, MOST_DAYS - 1) < to) return failed(wrongRange());
  const [locations, connections, inRange, needing, mappings, rules] = await db.orm.batch([
    locationsQuery(db), connectionsQuery(db), glancesQuery(db, from, to),
    glancesInQuery(db, ["held", "failed", "changed"], MOST_NEEDING_WORK), latestQuery(db), postingRuleQuery(db),
  ]);
  const about = { connections, mapping: toMapping(mappings[0]), rule: ruleOf(rules[0]) };
  const all = locations.map(toLocation);
  const shown = all.flatMap((location) => withStart(location, inRange));
  const cell = (location: Location, glance: DayGlance) => toCell(glance, glance.state, headlineOf(explained(location, glance, about)));
  return ok({
    locations: shown.map(({ location, startsOn }) => toLocationView(location, startsOn, world.clock())),
    cells: shown.flatMap(({ location, startsOn }) => cellsOf({ location, startsOn, from, to, inRange, now: world.clock(), cell })),
    needsWork: needing.flatMap((glance) => all.filter(({ id }) => id === glance.locationId).map((location) => cell(location, glance))),
    mode: about.rule.mode,
    takesFiles: currentOf(connections, "till")?.provider === "file",
  });
}

/** A location that was chosen, or that was once and has days in the range. */
function withStart(location: Location, inRange: readonly DayGlance[]): { location: Location; startsOn: BusinessDate }[] {
  const read = inRange.filter((glance) => glance.locationId === location.id).map((glance) => glance.businessDate).toSorted();
  const startsOn = location.startsOn ?? read[0];
  return startsOn === undefined ? [] : [{ location, startsOn }];
}

function toLocationView(location: Location, startsOn: BusinessDate, now: number): DaysView["locations"][number] {
  const { id, name, code, zone, currency } = location;
  const today = businessDateAt(scheduleOf(location), now);
  return { id, name, code, zone, currency, cutOffMinutes: cutOffOn(scheduleOf(location), today), startsOn, today };
}

type Calendar = {
  readonly location: Location; readonly startsOn: BusinessDate; readonly from: BusinessDate; readonly to: BusinessDate;
  readonly inRange: readonly DayGlance[]; readonly now: number; readonly cell: (location: Location, glance: DayGlance) => DayCell;
};

function cellsOf({ location, startsOn, from, to, inRange, now, cell }: Calendar): DayCell[] {
  const rows = new Map(inRange.filter((row) => row.locationId === location.id).map((row) => [row.businessDate, row]));
  return datesBetween(from, to).flatMap((date) => {
    const row = rows.get(date);
    if (row !== undefined) return [cell(location, row)];
    // Before its first day a location has no days, and one that stopped has none to come.
    if (date < startsOn || location.startsOn === null) return [];
    return [toCell({ locationId: location.id, businessDate: date, totals: null }, absentStateOf(location, date, now), null)];
  });
}

function explained(
  location: Location, day: DayGlance, about: { connections: readonly ConnectionRow[] } & Pick<Explained, "mapping" | "rule">,
): ReturnType<typeof circumstancesOf> {
  const { connections, mapping, rule } = about;
  const till = connections.find((row) => row.id === location.connectionId) ?? null;
  return circumstancesOf({ location, day, entries: [], till, books: currentOf(connections, "books"), mapping, rule }, day.state);
}

function wrongRange() {
  const message = `A range of dates has a first and a last one, at most ${MOST_DAYS} days together.`;
  return { kind: "invalid_input", message, fields: [{ path: "from", message }] } as const;
}

