/** The SQL of lists. A step is taken by moving the instant at which it was due: of two who try one does. */
import { and, asc, desc, eq, gt, lt, lte, or, sql } from "drizzle-orm";
import type { BroadcastId, ContactId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import type { BroadcastState, RecipientState } from "./contract";
import { broadcast, broadcastRecipient } from "./table";

export type { Audience } from "./table";
export type BroadcastRow = typeof broadcast.$inferSelect;
export type RecipientRow = typeof broadcastRecipient.$inferSelect;
/** A recipient as they are written down. */
export type Recipient = Omit<RecipientRow, "shopId" | "broadcastId">;

/** Recipients that one statement writes: some ninety kilobytes. */
const MOST_IN_A_STATEMENT = 1_000;

/** Adds a list. */
export function broadcastAdded(db: ShopDb, row: Omit<BroadcastRow, "shopId">): Statement {
  return db.orm.insert(broadcast).values({ ...row, shopId: db.shopId });
}

/** Adds everybody on a list, a thousand in each statement. */
export function recipientsAdded(db: ShopDb, id: BroadcastId, recipients: readonly Recipient[]): Statement[] {
  const count = Math.ceil(recipients.length / MOST_IN_A_STATEMENT);
  return Array.from({ length: count }, (_, index) => {
    const chunk = JSON.stringify(recipients.slice(index * MOST_IN_A_STATEMENT, (index + 1) * MOST_IN_A_STATEMENT));
    return db.orm.run(sql`
      INSERT INTO broadcast_recipient (shop_id, broadcast_id, contact_id, state, reason, due_at)
      SELECT ${db.shopId}, ${id}, value ->> 'contactId', value ->> 'state', value ->> 'reason', value ->> 'dueAt' FROM json_each(${chunk}) WHERE true`);
  });
}

/** One list, if there is one. */
export function broadcastQuery(db: ShopDb, id: BroadcastId): Query<BroadcastRow> {
  return db.orm.select().from(broadcast).where(and(eq(broadcast.shopId, db.shopId), eq(broadcast.id, id)));
}

/** Lists before a mark, latest first. */
export function broadcastsQuery(db: ShopDb, after: { readonly createdAt: number; readonly id: BroadcastId } | null, most: number): Query<BroadcastRow> {
  const isAfter = after === null ? undefined : and(lte(broadcast.createdAt, after.createdAt), or(lt(broadcast.createdAt, after.createdAt), lt(broadcast.id, after.id)));
  return db.orm.select().from(broadcast).where(and(eq(broadcast.shopId, db.shopId), isAfter)).orderBy(desc(broadcast.createdAt), desc(broadcast.id)).limit(most);
}

/** Every list that runs. */
export function runningQuery(db: ShopDb): Query<BroadcastRow> {
  return db.orm.select().from(broadcast).where(and(eq(broadcast.shopId, db.shopId), eq(broadcast.state, "running")));
}

/** Written out, not bound: only so does SQLite know that the index of those who wait holds them. */
const waits = sql`${broadcastRecipient.state} = 'waiting'`;

/** Whose turn has come, longest ago first. */
export function dueRecipientsQuery(db: ShopDb, id: BroadcastId, now: number, most: number): Query<Pick<RecipientRow, "contactId">> {
  return db.orm.select({ contactId: broadcastRecipient.contactId }).from(broadcastRecipient)
    .where(and(eq(broadcastRecipient.shopId, db.shopId), eq(broadcastRecipient.broadcastId, id), waits, lte(broadcastRecipient.dueAt, now)))
    .orderBy(broadcastRecipient.dueAt, broadcastRecipient.contactId).limit(most);
}

/** When the next of those who wait has their turn; null where nobody waits. */
export function nextTurnQuery(db: ShopDb, id: BroadcastId): Query<{ readonly dueAt: number | null }> {
  return db.orm.select({ dueAt: sql<number | null>`min(${broadcastRecipient.dueAt})` }).from(broadcastRecipient)
    .where(and(eq(broadcastRecipient.shopId, db.shopId), eq(broadcastRecipient.broadcastId, id), waits));
}

/** Recipients in order of their ids, after one. */
export function recipientsQuery(db: ShopDb, id: BroadcastId, { state, after }: { readonly state: RecipientState | null; readonly after: ContactId | "" }, most: number): Query<RecipientRow> {
  return db.orm.select().from(broadcastRecipient).where(and(
    eq(broadcastRecipient.shopId, db.shopId), eq(broadcastRecipient.broadcastId, id), gt(broadcastRecipient.contactId, after as ContactId),
    state === null ? undefined : eq(broadcastRecipient.state, state),
  )).orderBy(asc(broadcastRecipient.contactId)).limit(most);
}

/** How many recipients of some lists are in which state, and why. */
export function countsQuery(db: ShopDb, ids: readonly BroadcastId[]): Query<Pick<RecipientRow, "broadcastId" | "state" | "reason"> & { readonly count: number }> {
  return db.orm.select({ broadcastId: broadcastRecipient.broadcastId, state: broadcastRecipient.state, reason: broadcastRecipient.reason, count: sql<number>`count(*)` }).from(broadcastRecipient)
    .where(and(eq(broadcastRecipient.shopId, db.shopId), sql`${broadcastRecipient.broadcastId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`))
    .groupBy(broadcastRecipient.broadcastId, broadcastRecipient.state, broadcastRecipient.reason);
}

/** Takes the step that was due at `seen`, until `leaseEnds`; false where somebody else has, or the list does not run any more. */
export async function takeStep(db: ShopDb, { id, dueAt }: Pick<BroadcastRow, "id" | "dueAt">, leaseEnds: number): Promise<boolean> {
  const taken = await db.orm.update(broadcast).set({ dueAt: leaseEnds })
    .where(and(eq(broadcast.shopId, db.shopId), eq(broadcast.id, id), eq(broadcast.state, "running"), eq(broadcast.dueAt, dueAt ?? -1))).returning({ id: broadcast.id });
  return taken.length > 0;
}

/** What became of some who waited: a message, a reason why there is none, or a later turn. Those who do not wait any more are left as they are. */
export function recipientsSettled(db: ShopDb, id: BroadcastId, outcomes: readonly Recipient[]): Statement {
  // Each is found by its key: joined to the list by UPDATE FROM, SQLite would read everybody on it.
  return db.orm.run(sql`
    INSERT INTO broadcast_recipient (shop_id, broadcast_id, contact_id, state, reason, due_at)
    SELECT ${db.shopId}, ${id}, value ->> 'contactId', value ->> 'state', value ->> 'reason', value ->> 'dueAt' FROM json_each(${JSON.stringify(outcomes)}) WHERE true
    ON CONFLICT (shop_id, broadcast_id, contact_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, due_at = excluded.due_at
    WHERE broadcast_recipient.state = 'waiting'`);
}

/** Ends the step that was taken until `leaseEnds`; false where the list was paused or cancelled meanwhile. */
export async function stepEnded(
  db: ShopDb, id: BroadcastId, leaseEnds: number, change: Pick<BroadcastRow, "state" | "dueAt" | "problem" | "changedAt">,
): Promise<boolean> {
  const ended = await db.orm.update(broadcast).set(change)
    .where(and(eq(broadcast.shopId, db.shopId), eq(broadcast.id, id), eq(broadcast.state, "running"), eq(broadcast.dueAt, leaseEnds))).returning({ id: broadcast.id });
  return ended.length > 0;
}

/** Where a list is brought from and to; `problem` where Daybook itself does. */
export type Turn = Pick<BroadcastRow, "dueAt" | "problem"> & { readonly from: readonly BroadcastState[]; readonly to: BroadcastState; readonly at: number };

/** Brings a list into another state; breaks the batch where it is in none of those that it may be brought from. */
export function turned(db: ShopDb, id: BroadcastId, { from, to, dueAt, problem, at }: Turn): Statement {
  return db.orm.run(sql`
    UPDATE broadcast SET state = CASE WHEN broadcast.state IN (SELECT value FROM json_each(${JSON.stringify(from)})) THEN ${to} ELSE NULL END,
      due_at = ${dueAt}, problem = ${problem}, changed_at = ${at}
    WHERE broadcast.shop_id = ${db.shopId} AND broadcast.id = ${id}`);
}
