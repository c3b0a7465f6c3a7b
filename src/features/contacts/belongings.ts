/**
 * What hangs on a contact at other features: conversations, messages, places in lists. Those features know contacts, and
 * contacts cannot know them; so what becomes of it, where a contact is merged or erased, is said here in SQL alone.
 */
import { sql } from "drizzle-orm";
import type { ContactId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { ShopDb } from "../../platform/database";

/** Gives what hangs on one contact to another: one conversation of both, and one place in a list. What waits to be sent waits on. */
export function belongingsMoved(db: ShopDb, from: ContactId, into: ContactId): readonly Statement[] {
  return [
    db.orm.run(sql`UPDATE message SET contact_id = ${into} WHERE message.shop_id = ${db.shopId} AND message.contact_id = ${from}`),
    ...threadsJoined(db, from, into),
    // Who had the message as one of the two does not get it as the other.
    db.orm.run(sql`
      INSERT INTO broadcast_recipient (shop_id, broadcast_id, contact_id, state, reason)
      SELECT had.shop_id, had.broadcast_id, ${into}, had.state, had.reason FROM broadcast_recipient AS had WHERE had.shop_id = ${db.shopId} AND had.contact_id = ${from}
      ON CONFLICT (shop_id, broadcast_id, contact_id) DO UPDATE SET
        state = CASE WHEN excluded.state = 'waiting' THEN state ELSE excluded.state END, reason = CASE WHEN excluded.state = 'waiting' THEN reason ELSE excluded.reason END`),
    db.orm.run(sql`DELETE FROM broadcast_recipient WHERE broadcast_recipient.shop_id = ${db.shopId} AND broadcast_recipient.contact_id = ${from}`),
  ];
}

/** The later word of the two is the last; what one of them has unread or open, both have. */
function threadsJoined(db: ShopDb, from: ContactId, into: ContactId): readonly Statement[] {
  return [
    db.orm.run(sql`
      INSERT INTO thread (shop_id, contact_id, last_at, last_words, last_direction, unread_count, last_in_at, assigned_to, done_at)
      SELECT had.shop_id, ${into}, had.last_at, had.last_words, had.last_direction, had.unread_count, had.last_in_at, had.assigned_to, had.done_at
      FROM thread AS had WHERE had.shop_id = ${db.shopId} AND had.contact_id = ${from}
      ON CONFLICT (shop_id, contact_id) DO UPDATE SET
        last_words = CASE WHEN excluded.last_at > last_at THEN excluded.last_words ELSE last_words END,
        last_direction = CASE WHEN excluded.last_at > last_at THEN excluded.last_direction ELSE last_direction END,
        last_at = max(last_at, excluded.last_at), unread_count = unread_count + excluded.unread_count,
        last_in_at = nullif(max(coalesce(last_in_at, 0), coalesce(excluded.last_in_at, 0)), 0),
        assigned_to = coalesce(assigned_to, excluded.assigned_to),
        done_at = CASE WHEN done_at IS NULL OR excluded.done_at IS NULL THEN NULL ELSE max(done_at, excluded.done_at) END`),
    db.orm.run(sql`DELETE FROM thread WHERE thread.shop_id = ${db.shopId} AND thread.contact_id = ${from}`),
  ];
}

/** Removes every word that was written to a contact or by them, with what waits to be sent. A list keeps its count of people. */
export function belongingsErased(db: ShopDb, id: ContactId): readonly Statement[] {
  return [
    db.orm.run(sql`DELETE FROM message WHERE message.shop_id = ${db.shopId} AND message.contact_id = ${id}`),
    db.orm.run(sql`DELETE FROM thread WHERE thread.shop_id = ${db.shopId} AND thread.contact_id = ${id}`),
  ];
}
