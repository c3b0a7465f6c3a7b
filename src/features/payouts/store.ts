/** The SQL of payouts and of what was posted for them. Every write of a payout is compared with the row it was decided on. */
import { and, asc, desc, eq, gte, inArray, lte, sql } from "drizzle-orm";
import type { BusinessDate } from "../../kernel/day";
import type { ConnectionId, LocationId, PayoutId } from "../../kernel/ids";
import type { Query, ShopDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import type { Stretch } from "../days/service";
import type { PayoutState } from "./contract";
import { payout, payoutEntry } from "./table";

export type PayoutRow = typeof payout.$inferSelect;
export type PayoutEntryRow = typeof payoutEntry.$inferSelect;

/** The row of one payout, if there is one. */
export function payoutQuery(db: ShopDb, id: PayoutId): Query<PayoutRow> {
  return db.orm.select().from(payout).where(and(eq(payout.shopId, db.shopId), eq(payout.id, id)));
}

/** What was posted for one payout, oldest first. */
export function payoutEntriesQuery(db: ShopDb, id: PayoutId): Query<PayoutEntryRow> {
  return db.orm.select().from(payoutEntry)
    .where(and(eq(payoutEntry.shopId, db.shopId), eq(payoutEntry.payoutId, id))).orderBy(asc(payoutEntry.revision));
}

/** The most payouts that are read at once: two months of eighty locations. */
export const MOST_PAYOUTS_AT_ONCE = 5_000;

/** Payouts that arrived from one date to another, both included, newest first; at most `MOST_PAYOUTS_AT_ONCE`. */
export function payoutsBetweenQuery(db: ShopDb, from: BusinessDate, to: BusinessDate): Query<PayoutRow> {
  return db.orm.select().from(payout)
    .where(and(eq(payout.shopId, db.shopId), gte(payout.arrivalDate, from), lte(payout.arrivalDate, to)))
    .orderBy(desc(payout.arrivalDate), asc(payout.id)).limit(MOST_PAYOUTS_AT_ONCE);
}

/** Payouts in certain states, newest first, at most `limit`. */
export function payoutsInQuery(db: ShopDb, states: readonly PayoutState[], limit: number): Query<PayoutRow> {
  return db.orm.select().from(payout).where(and(eq(payout.shopId, db.shopId), inArray(payout.state, [...states])))
    .orderBy(desc(payout.arrivalDate), asc(payout.id)).limit(limit);
}

/** A location's payouts that arrived on a date or later; at most 1,000. */
export async function payoutsOfLocation(db: ShopDb, locationId: LocationId, from: BusinessDate): Promise<PayoutRow[]> {
  return await db.orm.select().from(payout)
    .where(and(eq(payout.shopId, db.shopId), eq(payout.locationId, locationId), gte(payout.arrivalDate, from)))
    .orderBy(asc(payout.arrivalDate), asc(payout.id)).limit(1_000);
}

/** The latest payouts of the shop, newest first. */
export async function latestPayouts(db: ShopDb, limit: number): Promise<PayoutRow[]> {
  return await db.orm.select().from(payout).where(eq(payout.shopId, db.shopId)).orderBy(desc(payout.arrivalDate)).limit(limit);
}

/** What was posted for payouts that arrived from one date to another. */
export function entriesBetweenQuery(db: ShopDb, from: BusinessDate, to: BusinessDate): Query<Pick<PayoutEntryRow, "payoutId" | "revision" | "lines">> {
  return db.orm.select({ payoutId: payoutEntry.payoutId, revision: payoutEntry.revision, lines: payoutEntry.lines }).from(payoutEntry)
    .innerJoin(payout, and(eq(payout.shopId, payoutEntry.shopId), eq(payout.id, payoutEntry.payoutId)))
    .where(and(eq(payoutEntry.shopId, db.shopId), gte(payout.arrivalDate, from), lte(payout.arrivalDate, to)));
}

/** An entry about a payout, with where and when the payout arrived. */
export type ArrivedEntry = Pick<PayoutRow, "locationId" | "arrivalDate"> & { readonly entry: PayoutEntryRow };

/** Everything posted for payouts that arrived at some locations from one date to another, by date, payout and revision. */
export async function payoutEntriesOfStretch(db: ShopDb, { locationIds, from, to }: Stretch): Promise<ArrivedEntry[]> {
  return await db.orm.select({ locationId: payout.locationId, arrivalDate: payout.arrivalDate, entry: payoutEntry }).from(payoutEntry)
    .innerJoin(payout, and(eq(payout.shopId, payoutEntry.shopId), eq(payout.id, payoutEntry.payoutId)))
    .where(and(
      eq(payoutEntry.shopId, db.shopId), gte(payout.arrivalDate, from), lte(payout.arrivalDate, to),
      sql`${payout.locationId} IN (SELECT value FROM json_each(${JSON.stringify(locationIds)}))`,
    ))
    .orderBy(asc(payout.arrivalDate), asc(payout.locationId), asc(payout.nth), asc(payoutEntry.revision));
}

/** When the first payout of a location arrived; none where it has none. */
export async function firstPayoutOf(db: ShopDb, locationId: LocationId): Promise<Pick<PayoutRow, "arrivalDate">[]> {
  return await db.orm.select({ arrivalDate: payout.arrivalDate }).from(payout)
    .where(and(eq(payout.shopId, db.shopId), eq(payout.locationId, locationId))).orderBy(asc(payout.arrivalDate)).limit(1);
}

/** The payouts for which entries of these ids (at most 90) were posted to a connection's books, each once. */
export async function payoutsPostedUnder(db: ShopDb, booksId: ConnectionId, externalIds: readonly string[]): Promise<PayoutId[]> {
  if (externalIds.length === 0) return [];
  const rows = await db.orm.selectDistinct({ id: payoutEntry.payoutId }).from(payoutEntry)
    .where(and(eq(payoutEntry.shopId, db.shopId), eq(payoutEntry.booksConnectionId, booksId), inArray(payoutEntry.externalId, [...externalIds])));
  return rows.map(({ id }) => id);
}

/** Adds a payout that nobody has added yet, as the next one of its date; one that is there stays as it is. */
export async function payoutAdded(db: ShopDb, row: Omit<PayoutRow, "nth" | "shopId" | "decisions">): Promise<void> {
  await db.orm.run(sql`
    INSERT INTO payout (shop_id, id, connection_id, location_id, external_id, arrival_date, numbered_on, nth, state, totals, fingerprint, revision, attempts, changed_at)
    SELECT ${db.shopId}, ${row.id}, ${row.connectionId}, ${row.locationId}, ${row.externalId}, ${row.arrivalDate}, ${row.numberedOn}, coalesce(max(nth), 0) + 1,
      ${row.state}, ${JSON.stringify(row.totals)}, ${row.fingerprint}, ${row.revision}, ${JSON.stringify(row.attempts)}, ${row.changedAt}
    FROM payout WHERE payout.shop_id = ${db.shopId} AND payout.location_id = ${row.locationId} AND payout.numbered_on = ${row.numberedOn}
    ON CONFLICT (shop_id, id) DO NOTHING`);
}

/** Writes a payout over the row it was decided on; brings no row when that is not what stands there any more. */
export function payoutWritten(db: ShopDb, before: PayoutRow, after: PayoutRow): Query<{ changedAt: number }> {
  const { shopId: _shop, id: _id, ...columns } = after;
  return db.orm.update(payout).set(columns)
    .where(and(eq(payout.shopId, db.shopId), eq(payout.id, before.id), eq(payout.changedAt, before.changedAt)))
    .returning({ changedAt: payout.changedAt });
}

/**
 * The same, for a batch that must not happen at all when something else stands there: the payout would get a state that
 * the table refuses, and the whole batch is rolled back.
 */
export function payoutWrittenOrAborted(db: ShopDb, before: PayoutRow, after: PayoutRow): Statement {
  return db.orm.update(payout)
    .set({
      pending: after.pending, reason: after.reason, leaseToken: after.leaseToken, leaseUntil: after.leaseUntil,
      attempts: after.attempts, decisions: after.decisions, changedAt: after.changedAt,
      state: sql`CASE WHEN ${payout.changedAt} = ${before.changedAt} THEN ${after.state} END`,
    })
    .where(and(eq(payout.shopId, db.shopId), eq(payout.id, before.id)));
}

/** Records an entry, if the payout is still held by this lease. */
export function payoutEntryWritten(db: ShopDb, row: PayoutEntryRow, leaseToken: string): Statement {
  return db.orm.run(sql`
    INSERT INTO payout_entry (shop_id, payout_id, revision, kind, booked_on, cause, books_connection_id, external_id, document_number,
      request_id, currency, total_minor, lines, mapping_version, payout_fingerprint, entry_fingerprint, posted_by, posted_at)
    SELECT ${db.shopId}, ${row.payoutId}, ${row.revision}, ${row.kind}, ${row.bookedOn}, ${row.cause}, ${row.booksConnectionId}, ${row.externalId},
      ${row.documentNumber}, ${row.requestId}, ${row.currency}, ${row.totalMinor}, ${JSON.stringify(row.lines)}, ${row.mappingVersion},
      ${row.payoutFingerprint}, ${row.entryFingerprint}, ${row.postedBy}, ${row.postedAt}
    FROM payout WHERE payout.shop_id = ${db.shopId} AND payout.id = ${row.payoutId} AND payout.lease_token = ${leaseToken}`);
}

/** What all entries about payouts leave on an account: debits less credits, in minor units of one currency. */
export async function payoutBalanceOn(db: ShopDb, accountId: string, currency: string): Promise<number> {
  const row = await db.orm.get<{ minor: number | null } | undefined>(sql`
    SELECT sum(CASE WHEN line.value ->> '$.side' = 'debit' THEN line.value ->> '$.minor' ELSE -(line.value ->> '$.minor') END) AS minor
    FROM payout_entry, json_each(payout_entry.lines) AS line
    WHERE payout_entry.shop_id = ${db.shopId} AND payout_entry.currency = ${currency} AND line.value ->> '$.account.id' = ${accountId}`);
  return row?.minor ?? 0;
}

/** What the processor holds back of all payouts, or got back from the bank, in minor units of one currency. Signed. */
export async function withheldOf(db: ShopDb, currency: string): Promise<number> {
  const row = await db.orm.get<{ minor: number | null } | undefined>(sql`
    SELECT sum((totals ->> '$.withheldMinor') + CASE WHEN totals ->> '$.hasFailed' THEN totals ->> '$.netMinor' ELSE 0 END) AS minor
    FROM payout WHERE payout.shop_id = ${db.shopId} AND totals ->> '$.currency' = ${currency}`);
  return row?.minor ?? 0;
}
