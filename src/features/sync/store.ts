/** The SQL of posting rules and back-fills. */
import { and, desc, eq, sql } from "drizzle-orm";
import type { Query, ShopDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import type { DayState } from "../days/contract";
import type { SyncDay } from "./messages";
import { backfill, backfillDay, postingRule } from "./table";

export type PostingRuleRow = typeof postingRule.$inferSelect;
export type BackfillRow = typeof backfill.$inferSelect;
export type BackfillDayRow = typeof backfillDay.$inferSelect;

/** How the shop posts; no row before it chose. */
export function postingRuleQuery(db: ShopDb): Query<PostingRuleRow> {
  return db.orm.select().from(postingRule).where(eq(postingRule.shopId, db.shopId));
}

/** Sets how the shop posts. */
export function postingRuleWritten(db: ShopDb, set: Omit<PostingRuleRow, "shopId">): Statement {
  return db.orm.insert(postingRule).values({ shopId: db.shopId, ...set })
    .onConflictDoUpdate({ target: postingRule.shopId, set, setWhere: eq(postingRule.shopId, db.shopId) });
}

/** Adds a back-fill. One that exists already breaks the primary key, and with it the batch. */
export function backfillAdded(db: ShopDb, row: BackfillRow): Statement {
  return db.orm.insert(backfill).values({ ...row, shopId: db.shopId });
}

/** The latest back-fills, newest first. */
export function backfillsQuery(db: ShopDb, limit: number): Query<BackfillRow> {
  return db.orm.select().from(backfill).where(eq(backfill.shopId, db.shopId))
    .orderBy(desc(backfill.requestedAt), desc(backfill.id)).limit(limit);
}

/** One back-fill, if there is one. */
export function backfillQuery(db: ShopDb, id: string): Query<BackfillRow> {
  return db.orm.select().from(backfill).where(and(eq(backfill.shopId, db.shopId), eq(backfill.id, id)));
}

/** The finished days of a back-fill, at most as many as a back-fill may have. */
export function backfillDaysQuery(db: ShopDb, id: string): Query<BackfillDayRow> {
  return db.orm.select().from(backfillDay).where(and(eq(backfillDay.shopId, db.shopId), eq(backfillDay.backfillId, id)))
    .orderBy(desc(backfillDay.businessDate)).limit(5_000);
}

/** Marks a back-fill's day as finished; again only where it ended otherwise this time. */
export function backfillDayWritten(db: ShopDb, request: SyncDay & { readonly backfillId: string }, state: DayState, at: number): Statement {
  const row = { backfillId: request.backfillId, locationId: request.locationId, businessDate: request.date, state, finishedAt: at };
  return db.orm.insert(backfillDay).values({ shopId: db.shopId, ...row }).onConflictDoUpdate({
    target: [backfillDay.shopId, backfillDay.backfillId, backfillDay.locationId, backfillDay.businessDate],
    set: { state, finishedAt: at },
    setWhere: and(eq(backfillDay.shopId, db.shopId), sql`${backfillDay.state} <> ${state}`),
  });
}
