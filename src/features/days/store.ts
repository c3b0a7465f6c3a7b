/** The SQL of days and of what was posted for them. Every write of a day is compared with the row it was decided on. */
import { and, asc, desc, eq, gt, gte, inArray, lte, or, sql, type AnyColumn, type SQL } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { BusinessDate } from "../../kernel/day";
import type { FailureKind } from "../../kernel/failure";
import type { ConnectionId, LocationId } from "../../kernel/ids";
import type { Query, ShopDb } from "../../platform/database";
import type { DayKey } from "./rules";
import { day, entry } from "./table";

export type DayRow = typeof day.$inferSelect;
export type EntryRow = typeof entry.$inferSelect;

/** A statement that is not run yet, for a batch in which all happens or nothing. */
export type Statement = BatchItem<"sqlite">;

/** What a calendar shows of a day, without its totals' details. */
export type DayGlance = Pick<DayRow, "locationId" | "businessDate" | "state" | "reason" | "totals">;

const glance = { locationId: day.locationId, businessDate: day.businessDate, state: day.state, reason: day.reason, totals: day.totals };

type Place = Pick<DayKey, "locationId" | "businessDate">;

/** The row of one day, if there is one. */
export function dayQuery(db: ShopDb, { locationId, businessDate }: Place): Query<DayRow> {
  return db.orm.select().from(day)
    .where(and(eq(day.shopId, db.shopId), eq(day.locationId, locationId), eq(day.businessDate, businessDate)));
}

/** What was posted for one day, oldest first. */
export function entriesQuery(db: ShopDb, { locationId, businessDate }: Place): Query<EntryRow> {
  return db.orm.select().from(entry)
    .where(and(eq(entry.shopId, db.shopId), eq(entry.locationId, locationId), eq(entry.businessDate, businessDate)))
    .orderBy(asc(entry.revision));
}

/** All days of the shop from one date to another, both included. */
export function glancesQuery(db: ShopDb, from: BusinessDate, to: BusinessDate): Query<DayGlance> {
  return db.orm.select(glance).from(day)
    .where(and(eq(day.shopId, db.shopId), gte(day.businessDate, from), lte(day.businessDate, to)));
}

/** Dates from one to another, both included, at some of the shop's locations: what a report reads at once. */
export type Stretch = { readonly locationIds: readonly LocationId[]; readonly from: BusinessDate; readonly to: BusinessDate };

/** What a report needs of a day. */
export type ReportedDay = Pick<DayRow, "locationId" | "businessDate" | "state" | "totals" | "changedAt">;

const reported = { locationId: day.locationId, businessDate: day.businessDate, state: day.state, totals: day.totals, changedAt: day.changedAt };

/** Days of a stretch, by date and location: found along the key, however long the shop's history is. */
export function daysOfStretch(db: ShopDb, { locationIds, from, to }: Stretch): Query<ReportedDay> {
  return db.orm.select(reported).from(day)
    .where(and(eq(day.shopId, db.shopId), inJson(day.locationId, locationIds), gte(day.businessDate, from), lte(day.businessDate, to)))
    .orderBy(asc(day.businessDate), asc(day.locationId));
}

/** Dates of which something changed after an instant (epoch milliseconds) at one of the locations, and when last: found along the key. */
export function changedDatesQuery(db: ShopDb, { locationIds, from, to }: Stretch, since: number): Query<{ date: BusinessDate; changedAt: number }> {
  return db.orm.select({ date: day.businessDate, changedAt: sql<number>`max(${day.changedAt})` }).from(day)
    .where(and(eq(day.shopId, db.shopId), inJson(day.locationId, locationIds), gte(day.businessDate, from), lte(day.businessDate, to), gt(day.changedAt, since)))
    .groupBy(day.businessDate);
}

/** What was posted for the days of a stretch, by date, location and revision. */
export function entriesOfStretch(db: ShopDb, { locationIds, from, to }: Stretch): Query<EntryRow> {
  return db.orm.select().from(entry)
    .where(and(eq(entry.shopId, db.shopId), inJson(entry.locationId, locationIds), gte(entry.businessDate, from), lte(entry.businessDate, to)))
    .orderBy(asc(entry.businessDate), asc(entry.locationId), asc(entry.revision));
}

/** The first day of a location for which something was posted. */
export function firstEntryQuery(db: ShopDb, locationId: LocationId): Query<Pick<EntryRow, "businessDate">> {
  return db.orm.select({ businessDate: entry.businessDate }).from(entry)
    .where(and(eq(entry.shopId, db.shopId), eq(entry.locationId, locationId))).orderBy(asc(entry.businessDate)).limit(1);
}

/** As one bound value, however many there are: D1 binds a hundred at most. */
function inJson(column: AnyColumn, values: readonly string[]): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

/** Days in certain states, newest first, at most `limit`. */
export function glancesInQuery(db: ShopDb, states: readonly DayRow["state"][], limit: number): Query<DayGlance> {
  return db.orm.select(glance).from(day)
    .where(and(eq(day.shopId, db.shopId), inArray(day.state, [...states])))
    .orderBy(desc(day.businessDate), asc(day.locationId)).limit(limit);
}

/** Days that one of these failures has stopped, newest first, at most `limit`. */
export async function stoppedDays(db: ShopDb, kinds: readonly FailureKind[], limit: number): Promise<Place[]> {
  return await db.orm.select({ locationId: day.locationId, businessDate: day.businessDate }).from(day)
    .where(and(
      eq(day.shopId, db.shopId), inArray(day.state, ["held", "failed"]),
      inArray(sql<string>`json_extract(${day.reason}, '$.kind')`, [...kinds]),
    ))
    .orderBy(desc(day.businessDate), asc(day.locationId)).limit(limit);
}

/**
 * Days of which an entry carries one of these keys and one of its lines this account, newest first, at most `limit`. Texts
 * are compared, so a day too many may be found, and none too few: what it comes to is decided by its lines.
 */
export async function daysPostedTo(db: ShopDb, { accountId, keys }: { readonly accountId: string; readonly keys: readonly string[] }, limit: number): Promise<Place[]> {
  const carriesKey = or(...keys.map((key) => sql`instr(${entry.lines}, ${`"key":${JSON.stringify(key)}`}) > 0`));
  return await db.orm.selectDistinct({ locationId: entry.locationId, businessDate: entry.businessDate }).from(entry)
    .where(and(eq(entry.shopId, db.shopId), sql`instr(${entry.lines}, ${`"id":${JSON.stringify(accountId)}`}) > 0`, carriesKey))
    .orderBy(desc(entry.businessDate), asc(entry.locationId)).limit(limit);
}

/** The shop's first entries, as many as `limit`. */
export function firstEntriesQuery(db: ShopDb, limit: number): Query<Pick<EntryRow, "businessDate">> {
  return db.orm.select({ businessDate: entry.businessDate }).from(entry).where(eq(entry.shopId, db.shopId)).limit(limit);
}

/** Totals of all days that were read from a date on, newest first; at most 2,000. */
export async function totalsSince(db: ShopDb, from: BusinessDate): Promise<Pick<DayRow, "locationId" | "businessDate" | "totals">[]> {
  return await db.orm.select({ locationId: day.locationId, businessDate: day.businessDate, totals: day.totals }).from(day)
    .where(and(eq(day.shopId, db.shopId), gte(day.businessDate, from)))
    .orderBy(desc(day.businessDate)).limit(2_000);
}

/** The latest business date on which anything was read, or null. */
export async function latestDate(db: ShopDb): Promise<BusinessDate | null> {
  const row = await db.orm.select({ latest: sql<BusinessDate | null>`max(${day.businessDate})` }).from(day)
    .where(eq(day.shopId, db.shopId)).get();
  return row?.latest ?? null;
}

/** The days for which entries of these ids were posted to a connection's books, each once. */
export async function postedUnder(db: ShopDb, booksId: ConnectionId, externalIds: readonly string[]): Promise<Place[]> {
  return await db.orm.selectDistinct({ locationId: entry.locationId, businessDate: entry.businessDate }).from(entry)
    .where(and(eq(entry.shopId, db.shopId), eq(entry.booksConnectionId, booksId), inArray(entry.externalId, [...externalIds])));
}

/** Writes a day over the row it was decided on; brings no row when that is not what stands there any more. */
export function dayWritten(db: ShopDb, before: DayRow, after: DayRow): Query<{ changedAt: number }> {
  const { shopId: _shop, locationId: _location, businessDate: _date, ...columns } = after;
  return db.orm.insert(day).values({ ...after, shopId: db.shopId }).onConflictDoUpdate({
    target: [day.shopId, day.locationId, day.businessDate],
    set: columns,
    setWhere: and(eq(day.shopId, db.shopId), eq(day.changedAt, before.changedAt)),
  }).returning({ changedAt: day.changedAt });
}

/**
 * The same, for a batch that must not happen at all when something else stands there: the day would get a state that
 * the table refuses, and the whole batch is rolled back. For a day that has a row.
 */
export function dayWrittenOrAborted(db: ShopDb, before: DayRow, after: DayRow): Statement {
  return db.orm.update(day)
    .set({
      pending: after.pending, reason: after.reason, leaseToken: after.leaseToken, leaseUntil: after.leaseUntil,
      attempts: after.attempts, decisions: after.decisions, changedAt: after.changedAt,
      state: sql`CASE WHEN ${day.changedAt} = ${before.changedAt} THEN ${after.state} END`,
    })
    .where(and(eq(day.shopId, db.shopId), eq(day.locationId, before.locationId), eq(day.businessDate, before.businessDate)));
}

/** Records an entry, if the day is still held by this lease, or is the row that was seen. */
export function entryWritten(db: ShopDb, row: EntryRow, still: { readonly leaseToken: string } | { readonly changedAt: number }): Statement {
  const isStill = "leaseToken" in still ? sql`day.lease_token = ${still.leaseToken}` : sql`day.changed_at = ${still.changedAt}`;
  return db.orm.run(sql`
    INSERT INTO entry (shop_id, location_id, business_date, revision, kind, booked_on, method, cause, reverses, books_connection_id, external_id, document_number,
      request_id, currency, total_minor, lines, mapping_version, day_fingerprint, entry_fingerprint, posted_by, posted_at)
    SELECT ${db.shopId}, ${row.locationId}, ${row.businessDate}, ${row.revision}, ${row.kind}, ${row.bookedOn},
      ${row.method}, ${row.cause}, ${row.reverses}, ${row.booksConnectionId},
      ${row.externalId}, ${row.documentNumber}, ${row.requestId}, ${row.currency}, ${row.totalMinor}, ${JSON.stringify(row.lines)},
      ${row.mappingVersion}, ${row.dayFingerprint}, ${row.entryFingerprint}, ${row.postedBy}, ${row.postedAt}
    FROM day WHERE day.shop_id = ${db.shopId} AND day.location_id = ${row.locationId} AND day.business_date = ${row.businessDate} AND ${isStill}`);
}

/** What all entries about days leave on an account: debits less credits, in minor units of one currency. */
export async function balanceOn(db: ShopDb, accountId: string, currency: string): Promise<number> {
  const row = await db.orm.get<{ minor: number | null } | undefined>(sql`
    SELECT sum(CASE WHEN line.value ->> '$.side' = 'debit' THEN line.value ->> '$.minor' ELSE -(line.value ->> '$.minor') END) AS minor
    FROM entry, json_each(entry.lines) AS line
    WHERE entry.shop_id = ${db.shopId} AND entry.currency = ${currency} AND line.value ->> '$.account.id' = ${accountId}`);
  return row?.minor ?? 0;
}
