/** What the rest of Daybook may ask of files, and what people do with them. */
import { addDays, businessDateAt, type BusinessDate } from "../../kernel/day";
import type { LocationId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import { directoryDb, type ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { fileTill, LARGEST_FILE_BYTES, type DayReading } from "../../providers/registry";
import { connectionsQuery, currentOf, locationsQuery, toLocation } from "../connections/service";
import { namesOfActors } from "../people/service";
import type { DropView, FilesView, LayoutChange, PlacesChange } from "./contract";
import { customLayout, halvesOf, headingsHash, partsOfDay, readingOf } from "./rules";
import {
  dropQuery, dropsQuery, fileDayGlancesQuery, fileDayQuery, fileDaysOfDropQuery, layoutsQuery, layoutWritten, placesWritten,
  type DropId,
} from "./store";
import { toDropView } from "./view";

export { dismissDrop, receiveFile, takeDrop } from "./take";
export type { DropId } from "./store";

const MOST_DROPS_SHOWN = 50;
/** How far back days are looked at that wait for their other half. */
const HALVES_DAYS = 63;

/**
 * What files say of one day, as a till would tell it. Null while nothing whole is there: no file, one half of two, or a
 * file that was made before the day was over. `out_of_balance` where the halves disagree.
 */
export async function readDropped(db: ShopDb, locationId: LocationId, date: BusinessDate): Promise<Result<DayReading | null>> {
  const parts = partsOfDay(await fileDayQuery(db, locationId, date));
  if (parts === null) return ok(null);
  const [first, second] = parts;
  if (first === undefined) return ok(null);
  if (second === undefined) return ok(readingOf(first.totals, 1));
  const whole = fileTill.combine(first.totals, second.totals);
  return whole.ok ? ok(readingOf(whole.value, 2)) : whole;
}

/** Everything of the files page. */
export async function viewFiles(world: World, env: Bindings, { db, shop }: Visit): Promise<FilesView> {
  const today = businessDateAt({ zone: shop.zone, cutOffs: [{ from: "2009-01-01" as BusinessDate, minutes: 0 }] }, world.clock());
  const [connections, rows, layouts, drops, glances] = await db.orm.batch([
    connectionsQuery(db), locationsQuery(db), layoutsQuery(db), dropsQuery(db, MOST_DROPS_SHOWN), fileDayGlancesQuery(db, addDays(today, -HALVES_DAYS), today),
  ]);
  const till = currentOf(connections, "till");
  const isConnected = till?.provider === "file";
  const names = await namesOfActors(directoryDb(env), drops.map(({ droppedBy }) => droppedBy));
  return {
    isConnected,
    locations: rows.filter(({ connectionId }) => isConnected && connectionId === till.id).map(toLocation).map(({ id, name, startsOn }) => ({ id, name, isChosen: startsOn !== null })),
    layouts: layouts.map(({ layout, savedAt }) => ({ name: layout.name, savedAt })),
    drops: drops.map((row) => toDropView(row, names.get(row.droppedBy) ?? "Somebody")),
    halves: halvesOf(glances),
    largestBytes: LARGEST_FILE_BYTES,
  };
}

/** One dropped file as it stands now. `not_found` for one of nobody or of another shop. */
export async function viewDrop(env: Bindings, { db }: Visit, id: DropId): Promise<Result<DropView>> {
  const [row] = await dropQuery(db, id);
  if (row === undefined) return failed({ kind: "not_found" });
  return ok(toDropView(row, (await namesOfActors(directoryDb(env), [row.droppedBy])).get(row.droppedBy) ?? "Somebody"));
}

/** The days whose word a file is: those that it changed when it was taken. */
export async function daysOfDrop(db: ShopDb, id: DropId): Promise<{ readonly locationId: LocationId; readonly businessDate: BusinessDate }[]> {
  return await fileDaysOfDropQuery(db, id);
}

/** Says once how files with these headings are read. `invalid_input` for what a day cannot be made of. */
export async function saveLayout(world: World, visit: Visit, change: LayoutChange): Promise<Result<{ readonly name: string }>> {
  const { db } = visit;
  const layout = customLayout(change);
  if (!layout.ok) return layout;
  const at = world.clock();
  const hash = headingsHash(change.headings);
  const audit = auditLine(db, world.random, { at, actor: actorOf(visit), action: "file_layout.saved", subject: `file_layout:${hash}`, after: { name: change.name, part: change.part } });
  await db.orm.batch([layoutWritten(db, { headingsHash: hash, layout: layout.value, savedBy: visit.person.id, savedAt: at }), ...audit]);
  return ok({ name: change.name });
}

/** Says which locations a file's words for places mean. `not_found` for a location that is none of the shop's. */
export async function savePlaces(world: World, visit: Visit, { places }: PlacesChange): Promise<Result<{ readonly saved: number }>> {
  const { db } = visit;
  const known = new Set((await locationsQuery(db)).map(({ id }) => id as string));
  if (!places.every(({ location }) => known.has(location))) return failed({ kind: "not_found" });
  const audit = auditLine(db, world.random, { at: world.clock(), actor: actorOf(visit), action: "file_places.saved", subject: `shop:${visit.shop.id}`, after: { places: places.length } });
  await db.orm.batch([placesWritten(db, places.map(({ name, location }) => ({ name, locationId: location as LocationId }))), ...audit]);
  return ok({ saved: places.length });
}
