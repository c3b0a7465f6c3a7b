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
    ...threadsJoined(db, from, into), ...placesJoined(db, from, into),
  ];
}

/** The later word of the two is the last; what one of them has unread or open, both have. */
function threadsJoined(db: ShopDb, from: ContactId, into: ContactId): readonly Statement[] {
  const had = (column: string) => sql`(SELECT had.${sql.raw(column)} FROM thread AS had WHERE had.shop_id = ${db.shopId} AND had.contact_id = ${from})`;
  const later = (column: string) => sql`CASE WHEN ${had("last_at")} > last_at THEN ${had(column)} ELSE ${sql.raw(column)} END`;
  return [
    db.orm.run(sql`
      UPDATE thread SET last_words = ${later("last_words")}, last_direction = ${later("last_direction")}, last_at = max(last_at, ${had("last_at")}),
        unread_count = unread_count + ${had("unread_count")}, last_in_at = nullif(max(coalesce(last_in_at, 0), coalesce(${had("last_in_at")}, 0)), 0),
        assigned_to = coalesce(assigned_to, ${had("assigned_to")}),
        done_at = CASE WHEN done_at IS NULL OR ${had("done_at")} IS NULL THEN NULL ELSE max(done_at, ${had("done_at")}) END
      WHERE thread.shop_id = ${db.shopId} AND thread.contact_id = ${into} AND ${had("contact_id")} IS NOT NULL`),
    db.orm.run(sql`
      DELETE FROM thread WHERE thread.shop_id = ${db.shopId} AND thread.contact_id = ${from}
        AND EXISTS (SELECT 1 FROM thread AS kept WHERE kept.shop_id = ${db.shopId} AND kept.contact_id = ${into})`),
    db.orm.run(sql`UPDATE thread SET contact_id = ${into} WHERE thread.shop_id = ${db.shopId} AND thread.contact_id = ${from}`),
  ];
}

/** Who had a list's message as one of the two, or was left out, does not get it as the other. */
function placesJoined(db: ShopDb, from: ContactId, into: ContactId): readonly Statement[] {
  const had = (column: string) => sql`(SELECT had.${sql.raw(column)} FROM broadcast_recipient AS had
    WHERE had.shop_id = ${db.shopId} AND had.broadcast_id = broadcast_recipient.broadcast_id AND had.contact_id = ${from} AND had.state <> 'waiting')`;
  return [
    db.orm.run(sql`
      UPDATE broadcast_recipient SET state = ${had("state")}, reason = ${had("reason")}
      WHERE broadcast_recipient.shop_id = ${db.shopId} AND broadcast_recipient.contact_id = ${into} AND broadcast_recipient.state = 'waiting' AND ${had("state")} IS NOT NULL`),
    db.orm.run(sql`
      DELETE FROM broadcast_recipient WHERE broadcast_recipient.shop_id = ${db.shopId} AND broadcast_recipient.contact_id = ${from} AND broadcast_recipient.broadcast_id IN (
        SELECT kept.broadcast_id FROM broadcast_recipient AS kept WHERE kept.shop_id = ${db.shopId} AND kept.contact_id = ${into})`),
    db.orm.run(sql`UPDATE broadcast_recipient SET contact_id = ${into} WHERE broadcast_recipient.shop_id = ${db.shopId} AND broadcast_recipient.contact_id = ${from}`),
  ];
}

/** Removes every word that was written to a contact or by them, with what waits to be sent. A list keeps its count of people. */
export function belongingsErased(db: ShopDb, id: ContactId): readonly Statement[] {
  return [
    db.orm.run(sql`DELETE FROM message WHERE message.shop_id = ${db.shopId} AND message.contact_id = ${id}`),
    db.orm.run(sql`DELETE FROM thread WHERE thread.shop_id = ${db.shopId} AND thread.contact_id = ${id}`),
  ];
}
