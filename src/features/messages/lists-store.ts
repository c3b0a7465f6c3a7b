/** The SQL of messages that belong to a list of recipients: only those that wait are ever touched. */
import { sql } from "drizzle-orm";
import type { BroadcastId, ContactId, MessageId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { ShopDb } from "../../platform/database";
import type { MessageState } from "./contract";

/** How many messages of a list are in a state, and their segments. */
export type ListCount = { readonly state: MessageState; readonly count: number; readonly segments: number };

/** A message of a list that waits. */
export type Waiting = { readonly contactId: ContactId; readonly at: number; readonly id: MessageId; readonly channel: "text" | "email"; readonly dueAt: number };

/** What became of the messages of a list. */
export async function listCounts(db: ShopDb, id: BroadcastId): Promise<readonly ListCount[]> {
  return await db.orm.all<ListCount>(sql`
    SELECT message.state AS "state", count(*) AS "count", sum(message.segments) AS "segments" FROM message
    WHERE message.shop_id = ${db.shopId} AND message.broadcast_id = ${id} GROUP BY message.state ORDER BY message.state`);
}

/** For whom among some contacts a list has its message already. */
export async function listWrittenTo(db: ShopDb, id: BroadcastId, contactIds: readonly ContactId[]): Promise<ReadonlySet<ContactId>> {
  const rows = await db.orm.all<{ readonly contactId: ContactId }>(sql`
    SELECT DISTINCT message.contact_id AS "contactId" FROM message
    WHERE message.shop_id = ${db.shopId} AND message.contact_id IN (SELECT value FROM json_each(${JSON.stringify(contactIds)})) AND message.broadcast_id = ${id}`);
  return new Set(rows.map(({ contactId }) => contactId));
}

/** Nothing of a list is sent any more that was not handed over yet. */
export function listCancelled(db: ShopDb, id: BroadcastId, at: number): Statement {
  return db.orm.run(sql`
    UPDATE message SET state = 'cancelled', due_at = NULL, changed_at = ${at}
    WHERE message.shop_id = ${db.shopId} AND message.broadcast_id = ${id} AND message.state = 'queued'`);
}

/** What of a list was not handed over yet has no turn until it gets one again. */
export function listHeld(db: ShopDb, id: BroadcastId, at: number): Statement {
  return db.orm.run(sql`
    UPDATE message SET due_at = NULL, changed_at = ${at}
    WHERE message.shop_id = ${db.shopId} AND message.broadcast_id = ${id} AND message.state = 'queued'`);
}

/** A message that comes back from its hand-over to wait again does as its list was told meanwhile: nothing where it goes on, or there is none. */
export function listObeyed(db: ShopDb, { contactId, at, id, broadcastId }: { readonly contactId: ContactId; readonly at: number; readonly id: MessageId; readonly broadcastId: BroadcastId | null }): readonly Statement[] {
  if (broadcastId === null) return [];
  const told = (state: "paused" | "cancelled") => sql`
    WHERE message.shop_id = ${db.shopId} AND message.contact_id = ${contactId} AND message.at = ${at} AND message.id = ${id} AND message.state = 'queued'
      AND EXISTS (SELECT 1 FROM broadcast WHERE broadcast.shop_id = ${db.shopId} AND broadcast.id = ${broadcastId} AND broadcast.state = ${state})`;
  return [
    db.orm.run(sql`UPDATE message SET state = 'cancelled', due_at = NULL ${told("cancelled")}`),
    db.orm.run(sql`UPDATE message SET due_at = NULL ${told("paused")}`),
  ];
}

/** Gives those a turn again that were held, at `from`, and so long to live from then. */
export function listReleased(db: ShopDb, id: BroadcastId, { from, livesMs, at }: { readonly from: number; readonly livesMs: number; readonly at: number }): Statement {
  return db.orm.run(sql`
    UPDATE message SET due_at = ${from}, expires_at = ${from + livesMs}, changed_at = ${at}
    WHERE message.shop_id = ${db.shopId} AND message.broadcast_id = ${id} AND message.state = 'queued' AND message.due_at IS NULL`);
}

/** The messages of a list that wait for their turn, at most so many. */
export async function listWaiting(db: ShopDb, id: BroadcastId, most: number): Promise<readonly Waiting[]> {
  return await db.orm.all<Waiting>(sql`
    SELECT message.contact_id AS "contactId", message.at AS "at", message.id AS "id", message.channel AS "channel", message.due_at AS "dueAt" FROM message
    WHERE message.shop_id = ${db.shopId} AND message.broadcast_id = ${id} AND message.state = 'queued' AND message.due_at IS NOT NULL LIMIT ${most}`);
}
