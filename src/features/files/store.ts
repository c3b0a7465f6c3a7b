/** The SQL of files: what was dropped, what waits, and what each day comes to. */
import { and, desc, eq, gte, lte, sql } from "drizzle-orm";
import type { BusinessDate } from "../../kernel/day";
import type { LocationId } from "../../kernel/ids";
import type { Query, ShopDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import { fileDay, fileDrop, fileLayout, filePlace, fileStagedDay, type DropId } from "./table";

export type { DropId } from "./table";
export type DropRow = typeof fileDrop.$inferSelect;
export type LayoutRow = typeof fileLayout.$inferSelect;
export type PlaceRow = typeof filePlace.$inferSelect;
export type FileDayRow = typeof fileDay.$inferSelect;
export type StagedDay = Omit<typeof fileStagedDay.$inferSelect, "shopId" | "dropId">;

/** D1 takes values of 2 MB; a day comes to a few kilobytes. */
const LONGEST_VALUE = 400_000;

/** Layouts that the shop made, the latest first; at most 100. */
export function layoutsQuery(db: ShopDb): Query<LayoutRow> {
  return db.orm.select().from(fileLayout).where(eq(fileLayout.shopId, db.shopId)).orderBy(desc(fileLayout.savedAt)).limit(100);
}

/** Sets how files with these headings are read. */
export function layoutWritten(db: ShopDb, { headingsHash, layout, savedBy, savedAt }: Omit<LayoutRow, "shopId">): Statement {
  const set = { layout, savedBy, savedAt };
  return db.orm.insert(fileLayout).values({ shopId: db.shopId, headingsHash, ...set })
    .onConflictDoUpdate({ target: [fileLayout.shopId, fileLayout.headingsHash], set, setWhere: eq(fileLayout.shopId, db.shopId) });
}

/** What the words for places in the shop's files mean; at most 500. */
export function placesQuery(db: ShopDb): Query<PlaceRow> {
  return db.orm.select().from(filePlace).where(eq(filePlace.shopId, db.shopId)).limit(500);
}

/** Sets what words for places mean, as one statement however many. */
export function placesWritten(db: ShopDb, places: readonly Omit<PlaceRow, "shopId">[]): Statement {
  return db.orm.run(sql`
    INSERT INTO file_place (shop_id, name, location_id) SELECT ${db.shopId}, value ->> 'name', value ->> 'locationId' FROM json_each(${JSON.stringify(places)}) WHERE true
    ON CONFLICT (shop_id, name) DO UPDATE SET location_id = excluded.location_id WHERE file_place.location_id <> excluded.location_id`);
}

/** The files that were dropped last, newest first. */
export function dropsQuery(db: ShopDb, limit: number): Query<DropRow> {
  return db.orm.select().from(fileDrop).where(eq(fileDrop.shopId, db.shopId)).orderBy(desc(fileDrop.droppedAt), desc(fileDrop.id)).limit(limit);
}

/** One dropped file, if there is one. */
export function dropQuery(db: ShopDb, id: DropId): Query<DropRow> {
  return db.orm.select().from(fileDrop).where(and(eq(fileDrop.shopId, db.shopId), eq(fileDrop.id, id)));
}

/** Adds a file that was dropped. */
export function dropAdded(db: ShopDb, row: DropRow): Statement {
  return db.orm.insert(fileDrop).values({ ...row, shopId: db.shopId });
}

/**
 * Moves a waiting file on. One that is not waiting any more breaks the statement, and with it the batch: of two people who
 * decide at once one does.
 */
export function dropDecided(db: ShopDb, id: DropId, state: Exclude<DropRow["state"], "waiting">): Statement {
  return db.orm.run(sql`
    UPDATE file_drop SET state = CASE state WHEN 'waiting' THEN ${state} ELSE NULL END WHERE file_drop.shop_id = ${db.shopId} AND file_drop.id = ${id}`);
}

/** Adds what a file came to, in as few statements as the size of a value allows. */
export function stagedDaysAdded(db: ShopDb, dropId: DropId, days: readonly StagedDay[]): Statement[] {
  return chunksOf(days).map((json) => db.orm.run(sql`
    INSERT INTO file_staged_day (shop_id, drop_id, location_id, business_date, part, totals, fingerprint, takings_minor, is_over)
    SELECT ${db.shopId}, ${dropId}, value ->> 'locationId', value ->> 'businessDate', value ->> 'part', json(value -> 'totals'), value ->> 'fingerprint',
      value ->> 'takingsMinor', value ->> 'isOver'
    FROM json_each(${json}) WHERE true`));
}

function chunksOf(days: readonly StagedDay[]): string[] {
  const chunks: string[][] = [];
  let length = 0;
  for (const day of days) {
    const json = JSON.stringify(day);
    const chunk = chunks.at(-1);
    if (chunk === undefined || length + json.length > LONGEST_VALUE) {
      chunks.push([json]);
      length = json.length;
    } else {
      chunk.push(json);
      length += json.length + 1;
    }
  }
  return chunks.map((chunk) => `[${chunk.join(",")}]`);
}

/** Takes a waiting file's days: each takes the place of what an older file said of the same part; equal ones write nothing. */
export function stagedDaysTaken(db: ShopDb, dropId: DropId, by: string, at: number): Statement {
  return db.orm.run(sql`
    INSERT INTO file_day (shop_id, location_id, business_date, part, drop_id, totals, fingerprint, takings_minor, is_over, taken_by, taken_at)
    SELECT ${db.shopId}, staged.location_id, staged.business_date, staged.part, staged.drop_id, staged.totals, staged.fingerprint, staged.takings_minor, staged.is_over, ${by}, ${at}
    FROM file_staged_day AS staged WHERE staged.shop_id = ${db.shopId} AND staged.drop_id = ${dropId}
    ON CONFLICT (shop_id, location_id, business_date, part) DO UPDATE SET drop_id = excluded.drop_id, totals = excluded.totals, fingerprint = excluded.fingerprint,
      takings_minor = excluded.takings_minor, is_over = excluded.is_over, taken_by = excluded.taken_by, taken_at = excluded.taken_at
    WHERE file_day.fingerprint <> excluded.fingerprint OR file_day.is_over < excluded.is_over`);
}

/** Clears away what a file waited with. */
export function stagedDaysCleared(db: ShopDb, dropId: DropId): Statement {
  return db.orm.delete(fileStagedDay).where(and(eq(fileStagedDay.shopId, db.shopId), eq(fileStagedDay.dropId, dropId)));
}

/** What files say of one day: at most one row a part. */
export function fileDayQuery(db: ShopDb, locationId: LocationId, businessDate: BusinessDate): Query<FileDayRow> {
  return db.orm.select().from(fileDay).where(and(eq(fileDay.shopId, db.shopId), eq(fileDay.locationId, locationId), eq(fileDay.businessDate, businessDate)));
}

export type FileDayGlance = Pick<FileDayRow, "locationId" | "businessDate" | "part" | "fingerprint" | "takingsMinor" | "isOver">;

/** The days of all locations in a range of dates without their totals, newest first. */
export function fileDayGlancesQuery(db: ShopDb, from: BusinessDate, to: BusinessDate): Query<FileDayGlance> {
  const { locationId, businessDate, part, fingerprint, takingsMinor, isOver } = fileDay;
  return db.orm.select({ locationId, businessDate, part, fingerprint, takingsMinor, isOver }).from(fileDay)
    .where(and(eq(fileDay.shopId, db.shopId), gte(businessDate, from), lte(businessDate, to))).orderBy(desc(businessDate)).limit(20_000);
}

/** The days whose word a file is, oldest first. */
export function fileDaysOfDropQuery(db: ShopDb, dropId: DropId): Query<Pick<FileDayRow, "locationId" | "businessDate">> {
  return db.orm.select({ locationId: fileDay.locationId, businessDate: fileDay.businessDate }).from(fileDay)
    .where(and(eq(fileDay.shopId, db.shopId), eq(fileDay.dropId, dropId))).orderBy(fileDay.businessDate).limit(5_000);
}
