/** The SQL of conversations: one for each contact, as the inbox lists them. */
import { and, desc, eq, gt, isNotNull, isNull, lt, lte, or, sql, type SQL } from "drizzle-orm";
import type { ContactId, PersonId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import type { MessageKey, MessageRow } from "./store";
import { thread } from "./table";

export type ThreadRow = typeof thread.$inferSelect;

/** A conversation with what its contact is called. */
export type NamedThread = ThreadRow & { readonly name: string; readonly phone: string | null; readonly email: string | null };

/** Where a conversation stands. */
const of = (db: ShopDb, contactId: ContactId): SQL | undefined => and(eq(thread.shopId, db.shopId), eq(thread.contactId, contactId));

/** Counts a message that came in, if it is there: one that had arrived before was not added again and changes nothing. It brings back what was put away. */
export function arrivedCounted(db: ShopDb, { contactId, at, id }: MessageKey, words: string): Statement {
  return db.orm.run(sql`
    INSERT INTO thread (shop_id, contact_id, last_at, last_words, last_direction, unread_count, last_in_at, assigned_to, done_at)
    SELECT message.shop_id, message.contact_id, message.at, ${words}, 'in', 1, message.at, NULL, NULL FROM message
    WHERE message.shop_id = ${db.shopId} AND message.contact_id = ${contactId} AND message.at = ${at} AND message.id = ${id}
    ON CONFLICT (shop_id, contact_id) DO UPDATE SET
      last_words = CASE WHEN excluded.last_at >= last_at THEN excluded.last_words ELSE last_words END,
      last_direction = CASE WHEN excluded.last_at >= last_at THEN 'in' ELSE last_direction END,
      last_at = max(last_at, excluded.last_at), unread_count = unread_count + 1,
      last_in_at = max(coalesce(last_in_at, 0), excluded.last_in_at), done_at = NULL`);
}

/** Shows a message that was written here as the last of its conversation. */
export function writtenShown(db: ShopDb, { contactId, at }: Pick<MessageRow, "contactId" | "at">, words: string): Statement {
  const last = { lastAt: at, lastWords: words, lastDirection: "out" as const };
  return db.orm.insert(thread).values({ shopId: db.shopId, contactId, ...last, unreadCount: 0, lastInAt: null, assignedTo: null, doneAt: null })
    .onConflictDoUpdate({ target: [thread.shopId, thread.contactId], set: last, setWhere: lte(thread.lastAt, at) });
}

/** One conversation, or none. */
export function threadQuery(db: ShopDb, contactId: ContactId): Query<ThreadRow> {
  return db.orm.select().from(thread).where(of(db, contactId));
}

/** What a list shows; `after` is the last of the page before. */
export type Wanted = {
  readonly filter: "open" | "mine" | "unassigned" | "unread" | "done";
  readonly person: PersonId;
  readonly words: readonly string[];
  readonly after: { readonly at: number; readonly id: string } | null;
};

const named = { name: sql<string>`contact.name`.as("name"), phone: sql<string | null>`contact.phone`.as("phone"), email: sql<string | null>`contact.email`.as("email") };

function columns(): Record<keyof ThreadRow, (typeof thread)[keyof ThreadRow]> {
  const { shopId, contactId, lastAt, lastWords, lastDirection, unreadCount, lastInAt, assignedTo, doneAt } = thread;
  return { shopId, contactId, lastAt, lastWords, lastDirection, unreadCount, lastInAt, assignedTo, doneAt };
}

/** Conversations of the shop, newest first, with their contacts' names. */
export function threadsQuery(db: ShopDb, { filter, person, words, after }: Wanted, most: number): Query<NamedThread> {
  const filters: Readonly<Record<Wanted["filter"], SQL | undefined>> = {
    open: isNull(thread.doneAt),
    mine: and(isNull(thread.doneAt), eq(thread.assignedTo, person)),
    unassigned: and(isNull(thread.doneAt), isNull(thread.assignedTo)),
    unread: gt(thread.unreadCount, 0),
    done: isNotNull(thread.doneAt),
  };
  const isAfter = after === null ? undefined : and(lte(thread.lastAt, after.at), or(lt(thread.lastAt, after.at), sql`${thread.contactId} < ${after.id}`));
  const isFound = words.map((word) => sql`instr(contact.words, ${word}) > 0`);
  return db.orm.select({ ...columns(), ...named }).from(thread)
    .innerJoin(sql`contact`, sql`contact.shop_id = ${thread.shopId} AND contact.id = ${thread.contactId}`)
    .where(and(eq(thread.shopId, db.shopId), filters[filter], isAfter, ...isFound))
    .orderBy(desc(thread.lastAt), desc(thread.contactId)).limit(most) as unknown as Query<NamedThread>;
}

/** How many conversations hold something unread: read from an index that holds nothing else. */
export function unreadQuery(db: ShopDb): Query<{ readonly count: number }> {
  return db.orm.select({ count: sql<number>`count(*)` }).from(thread).where(and(eq(thread.shopId, db.shopId), gt(thread.unreadCount, 0)));
}

/** Conversations that hold something unread which came in after an instant, newest first. */
export function unreadSince(db: ShopDb, since: number, most: number): Query<NamedThread> {
  return db.orm.select({ ...columns(), ...named }).from(thread)
    .innerJoin(sql`contact`, sql`contact.shop_id = ${thread.shopId} AND contact.id = ${thread.contactId}`)
    .where(and(eq(thread.shopId, db.shopId), gt(thread.unreadCount, 0), gt(thread.lastInAt, since)))
    .orderBy(desc(thread.lastInAt)).limit(most) as unknown as Query<NamedThread>;
}

/** Marks as read what came in until an instant; what came after it stays unread. */
export function markedRead(db: ShopDb, contactId: ContactId, through: number): Statement {
  return db.orm.run(sql`
    UPDATE thread SET unread_count = (
      SELECT count(*) FROM message WHERE message.shop_id = ${db.shopId} AND message.contact_id = ${contactId} AND message.at > ${through} AND message.direction = 'in'
    ) WHERE thread.shop_id = ${db.shopId} AND thread.contact_id = ${contactId} AND thread.unread_count > 0`);
}

/** Gives a conversation to somebody, or to nobody. */
export function assigned(db: ShopDb, contactId: ContactId, person: PersonId | null): Statement {
  return db.orm.update(thread).set({ assignedTo: person }).where(of(db, contactId));
}

/** Puts a conversation away, or brings it back. */
export function doneWritten(db: ShopDb, contactId: ContactId, doneAt: number | null): Statement {
  return db.orm.update(thread).set({ doneAt }).where(of(db, contactId));
}

/** A conversation that nothing was said in yet, so that it can be given to somebody; one that is there stays. */
export function threadOpened(db: ShopDb, contactId: ContactId, at: number): Statement {
  return db.orm.insert(thread).values({ shopId: db.shopId, contactId, lastAt: at, lastWords: "", lastDirection: "out", unreadCount: 0, lastInAt: null, assignedTo: null, doneAt: null }).onConflictDoNothing();
}

