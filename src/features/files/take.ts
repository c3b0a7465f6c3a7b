/**
 * Taking a file: it is folded as it streams in, what it came to waits as totals, and it is taken when nothing about it
 * needs a person's word, or with that word. A crash at any point leaves it waiting, never half taken.
 */
import { businessDateAt, type BusinessDate } from "../../kernel/day";
import { newId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { fingerprintOf } from "../../ledger/fingerprint";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import { once } from "../../platform/once";
import type { World } from "../../platform/world";
import { fileTill, type Layout } from "../../providers/registry";
import { connectionsQuery, currentOf, FIRST_DATE, locationsQuery, toLocation, type Location } from "../connections/service";
import { CUSTOM_FIELDS, type CustomField, type DropSummary, type UploadAnswer, type UploadQuery } from "./contract";
import { headingsHash, needsAWord, placesOf, rangeAt, shortName, stagedDay, summaryOf, type Folded } from "./rules";
import {
  dropAdded, dropDecided, dropQuery, dropsQuery, fileDayGlancesQuery, layoutsQuery, placesQuery, stagedDaysAdded, stagedDaysCleared, stagedDaysTaken,
  type DropId, type DropRow, type LayoutRow, type PlaceRow, type StagedDay,
} from "./store";
import { toDropView } from "./view";

/** More files than this wait for nobody's word: whoever drops another one decides about these first. */
const MOST_WAITING = 20;
const MOST_LOOKED_AT = 50;

type Setting = { readonly locations: readonly Location[]; readonly layouts: readonly LayoutRow[]; readonly places: readonly PlaceRow[] };

/**
 * Receives a file. `not_connected` where the shop's till is no files; `not_found` for a location that is none of theirs;
 * `conflict` while too many files wait; `invalid_input` and `too_large` for what cannot be read. Whatever the answer, no
 * row of the file is kept.
 */
export async function receiveFile(world: World, visit: Visit, query: UploadQuery, body: ReadableStream<Uint8Array>): Promise<Result<UploadAnswer>> {
  const set = await settingOf(visit, query);
  if (!set.ok) return set;
  const { locations, layouts, places } = set.value;
  let sizeBytes = 0;
  const read = await fileTill.fold(body, {
    layoutOf: (headings) => layoutOf(layouts, headings), placeOf: placesOf(locations, places, query.location), currency: visit.shop.currency,
    dates: query.dates ?? null, range: rangeAt(FIRST_DATE, businessDateAt({ zone: "UTC", cutOffs: [{ from: FIRST_DATE, minutes: 0 }] }, world.clock())),
    progress: (bytes) => (sizeBytes = bytes),
  });
  if (!read.ok) return read;
  switch (read.value.kind) {
    case "unknown_layout":
      return ok({ kind: "unknown_layout", headings: [...read.value.headings], columns: guessed(read.value.headings) });
    case "unknown_places":
      return ok({ kind: "unknown_places", names: [...read.value.names] });
    case "folded":
      return await keep(world, visit, { folded: read.value, name: query.name, sizeBytes, locations });
  }
}

async function settingOf({ db }: Visit, { location }: UploadQuery): Promise<Result<Setting>> {
  const [connections, rows, layouts, places, drops] = await db.orm.batch([connectionsQuery(db), locationsQuery(db), layoutsQuery(db), placesQuery(db), dropsQuery(db, MOST_LOOKED_AT)]);
  const till = currentOf(connections, "till");
  if (till?.provider !== "file") return failed({ kind: "not_connected", role: "till" });
  const locations = rows.filter(({ connectionId }) => connectionId === till.id).map(toLocation);
  if (location !== undefined && !locations.some(({ id }) => id === location)) return failed({ kind: "not_found" });
  if (locations.length === 0) return failed({ kind: "conflict", message: "Add a location under Connections first: a file's days belong to one." });
  const waiting = drops.filter(({ state }) => state === "waiting").length;
  if (waiting >= MOST_WAITING) return failed({ kind: "conflict", message: `${waiting} files wait for your word. Take or dismiss them before you drop another one.` });
  return ok({ locations, layouts, places });
}

/** What the shop said of such headings goes before what Daybook knows of them. */
function layoutOf(layouts: readonly LayoutRow[], headings: readonly string[]): Layout | null {
  const hash = headingsHash(headings);
  return layouts.find((row) => row.headingsHash === hash)?.layout ?? fileTill.recognise(headings);
}

function guessed(headings: readonly string[]): Partial<Record<CustomField, string>> {
  const guess = fileTill.suggestColumns(headings);
  return Object.fromEntries(CUSTOM_FIELDS.flatMap((field) => (guess[field] === undefined ? [] : [[field, guess[field]]])));
}

type Coming = { readonly folded: Folded; readonly name: string; readonly sizeBytes: number; readonly locations: readonly Location[] };

async function keep(world: World, visit: Visit, { folded, name, sizeBytes, locations }: Coming): Promise<Result<UploadAnswer>> {
  const { db, shop } = visit;
  const now = world.clock();
  if (folded.rowCount === 0) return unusable("The file has headings and no line below them. Choose days with sales and export it again.");
  const { part } = folded.layout;
  const staged = (await Promise.all(folded.days.map(async (one) => stagedDay(one, await fingerprintOf(one.day), { part, locations, now })))).flat();
  const dates = staged.map(({ businessDate }) => businessDate).toSorted();
  const [first, last] = [dates[0], dates.at(-1)];
  const glances = first === undefined || last === undefined ? [] : await fileDayGlancesQuery(db, first, last);
  const summary = summaryOf(folded, staged, { locations, glances, currency: shop.currency, now });
  const row: DropRow = {
    shopId: shop.id, id: newId<DropId>(world.random), name: shortName(name), layoutName: folded.layout.name, part, state: staged.length === 0 ? "dismissed" : "waiting",
    sizeBytes, rowCount: folded.rowCount, dayCount: staged.length, summary, droppedBy: actorOf(visit).id, droppedAt: now,
  };
  await stage(world, visit, row, staged);
  if (row.state === "dismissed" || needsAWord(summary)) return ok({ kind: "dropped", drop: toDropView(row, visit.person.name) });
  const taken = await takeDrop(world, visit, row.id);
  return taken.ok ? ok({ kind: "dropped", drop: toDropView({ ...row, state: "taken" }, visit.person.name) }) : taken;
}

async function stage(world: World, visit: Visit, row: DropRow, staged: readonly StagedDay[]): Promise<void> {
  const { db } = visit;
  const audit = auditLine(db, world.random, {
    at: row.droppedAt, actor: actorOf(visit), action: "file.dropped", subject: `file:${row.id}`, after: { layout: row.layoutName, rows: row.rowCount, days: row.dayCount },
  });
  await db.orm.batch([dropAdded(db, row), ...stagedDaysAdded(db, row.id, staged), ...audit]);
}

/** Takes what a waiting file came to. `not_found`; `conflict` for one that was dismissed. Doing it again changes nothing. */
export async function takeDrop(world: World, visit: Visit, id: DropId): Promise<Result<object>> {
  return await decide(world, visit, id, "taken");
}

/** Lets a waiting file go: nothing of it is taken. `not_found`; `conflict` for one that was taken. */
export async function dismissDrop(world: World, visit: Visit, id: DropId): Promise<Result<object>> {
  return await decide(world, visit, id, "dismissed");
}

async function decide(world: World, visit: Visit, id: DropId, state: "taken" | "dismissed"): Promise<Result<object>> {
  const { db } = visit;
  const [row] = await dropQuery(db, id);
  if (row === undefined) return failed({ kind: "not_found" });
  if (row.state === state) return ok({});
  const at = world.clock();
  const actor = actorOf(visit);
  return await once(db, { key: `file:${id}`, input: { state }, actor, action: `file.${state}`, at, random: world.random }, async () => {
    const [now] = await dropQuery(db, id);
    if (now?.state !== "waiting") return failed({ kind: "conflict", message: `This file was ${now?.state ?? "removed"} already.` });
    const taken = state === "taken" ? [stagedDaysTaken(db, id, actor.id, at)] : [];
    return ok({
      statements: [dropDecided(db, id, state), ...taken, stagedDaysCleared(db, id)], answer: {},
      audit: { subject: `file:${id}`, after: { days: row.dayCount, ...spanOf(row.summary) } },
    });
  });
}

function spanOf({ firstDate, lastDate }: DropSummary): { readonly from: BusinessDate | string; readonly to: string } {
  return { from: firstDate ?? "", to: lastDate ?? "" };
}

function unusable(message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path: "file", message }] });
}
