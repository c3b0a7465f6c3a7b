/** The SQL of messages, conversations and what the team is told. A message's state is only ever changed from those that come before it. */
import { and, desc, eq, getTableColumns, gt, inArray, isNotNull, isNull, lt, lte, or, sql, type SQL } from "drizzle-orm";
import type { ContactId, MessageId, PersonId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import { statesBefore, type ToldState } from "./rules";
import { message, messageNotice, messageRule, thread } from "./table";

export type MessageRow = typeof message.$inferSelect;
/** Where a message stands. */
export type MessageKey = Pick<MessageRow, "contactId" | "at" | "id">;

const keyed = (db: ShopDb, { contactId, at, id }: MessageKey): SQL => (
  sql`${message.shopId} = ${db.shopId} AND ${message.contactId} = ${contactId} AND ${message.at} = ${at} AND ${message.id} = ${id}`
);

/** Adds a message. */
export function messageAdded(db: ShopDb, row: Omit<MessageRow, "shopId">): Statement {
  return db.orm.insert(message).values({ ...row, shopId: db.shopId });
}

/** Adds what came in, unless the same message of the provider's is there; answers a row for what was added. */
export function arrivedAdded(db: ShopDb, row: Omit<MessageRow, "shopId">): Query<{ readonly id: MessageId }> {
  return db.orm.insert(message).values({ ...row, shopId: db.shopId }).onConflictDoNothing().returning({ id: message.id });
}

/** One message, or none. */
export function messageQuery(db: ShopDb, key: MessageKey): Query<MessageRow> {
  return db.orm.select().from(message).where(keyed(db, key));
}

/** The message that the provider knows by a name, or none. */
export function messageOfProvider(db: ShopDb, providerSid: string): Query<MessageRow> {
  return db.orm.select().from(message).where(and(eq(message.shopId, db.shopId), eq(message.providerSid, providerSid)));
}

/** Which of these names of the provider's are messages of this shop's already. */
export function knownSidsQuery(db: ShopDb, sids: readonly string[]): Query<{ readonly providerSid: string | null }> {
  return db.orm.select({ providerSid: message.providerSid }).from(message)
    .where(and(eq(message.shopId, db.shopId), sql`${message.providerSid} IN (SELECT value FROM json_each(${JSON.stringify(sids)}))`));
}

/** Messages of a contact before one of them, newest first. */
export function messagesQuery(db: ShopDb, contactId: ContactId, before: { readonly at: number; readonly id: string } | null, most: number): Query<MessageRow> {
  const isBefore = before === null ? undefined : and(lte(message.at, before.at), or(lt(message.at, before.at), sql`${message.id} < ${before.id}`));
  return db.orm.select().from(message).where(and(eq(message.shopId, db.shopId), eq(message.contactId, contactId), isBefore))
    .orderBy(desc(message.at), desc(message.id)).limit(most);
}

/** Messages that wait or were interrupted and whose time has come, the longest overdue first. */
export function dueQuery(db: ShopDb, now: number, most: number): Query<MessageKey & Pick<MessageRow, "channel">> {
  return db.orm.select({ contactId: message.contactId, at: message.at, id: message.id, channel: message.channel }).from(message)
    .where(and(eq(message.shopId, db.shopId), isNotNull(message.dueAt), lte(message.dueAt, now))).orderBy(message.dueAt).limit(most);
}

/** Takes a waiting message whose turn has come: of many who try one gets it. Where its sending breaks off it is looked up at `lookedUpAt`. */
export async function claim(
  db: ShopDb, key: MessageKey, { now, lookedUpAt, sentTo }: { readonly now: number; readonly lookedUpAt: number; readonly sentTo: string },
): Promise<MessageRow | undefined> {
  const [row] = await db.orm.update(message).set({ state: "sending", dueAt: lookedUpAt, sentAt: now, sentTo, changedAt: now, attempts: sql`${message.attempts} + 1` })
    .where(and(keyed(db, key), eq(message.state, "queued"), lte(message.dueAt, now))).returning();
  return row;
}

/** What changes of a message once it was written. */
export type Change = Partial<Pick<MessageRow, "state" | "reason" | "errorCode" | "providerSid" | "segments" | "dueAt" | "attempts">> & { readonly changedAt: number };

/** What a claimed message becomes; it is left as it is where the claim is not the same any more. */
export function claimEnded(db: ShopDb, claimed: MessageRow, change: Change): Statement {
  return db.orm.update(message).set(change)
    .where(and(keyed(db, claimed), inArray(message.state, ["sending", "uncertain"]), eq(message.attempts, claimed.attempts), eq(message.sentAt, claimed.sentAt ?? -1)));
}

/** What a message becomes that nobody has taken; left as it is where somebody has. */
export function waitingEnded(db: ShopDb, key: MessageKey, change: Change): Statement {
  return db.orm.update(message).set(change).where(and(keyed(db, key), eq(message.state, "queued")));
}

/** Takes a message back that still waits; the batch breaks where it does not. */
export function cancelled(db: ShopDb, key: MessageKey, at: number): Statement {
  const state = sql<MessageRow["state"]>`CASE ${message.state} WHEN 'queued' THEN 'cancelled' ELSE NULL END`;
  return db.orm.update(message).set({ state, dueAt: null, changedAt: at }).where(keyed(db, key));
}

/** Puts off when a message is next looked at, whatever it is, unless it was moved on meanwhile. */
export function putOff(db: ShopDb, row: MessageRow, dueAt: number | null, reason = row.reason): Statement {
  return db.orm.update(message).set({ dueAt, reason })
    .where(and(keyed(db, row), eq(message.state, row.state), row.dueAt === null ? sql`${message.dueAt} IS NULL` : eq(message.dueAt, row.dueAt)));
}

/** Sets the state that the provider told of its message, if it comes after the one that stands; answers what was changed. */
export async function stateWritten(
  db: ShopDb, providerSid: string, told: { readonly state: ToldState; readonly errorCode: string | null; readonly at: number; readonly isOver: boolean },
): Promise<Pick<MessageRow, "contactId" | "at" | "id" | "channel"> | undefined> {
  const { state, errorCode, at, isOver } = told;
  const [row] = await db.orm.update(message).set({ state, changedAt: at, ...(errorCode === null ? {} : { errorCode }), ...(isOver ? { dueAt: null } : {}) })
    .where(and(eq(message.shopId, db.shopId), eq(message.providerSid, providerSid), eq(message.direction, "out"), inArray(message.state, [...statesBefore(state)])))
    .returning({ contactId: message.contactId, at: message.at, id: message.id, channel: message.channel });
  return row;
}

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
  return db.orm.select({ ...getTableColumns(thread), ...named }).from(thread)
    .innerJoin(sql`contact`, sql`contact.shop_id = ${thread.shopId} AND contact.id = ${thread.contactId}`)
    .where(and(eq(thread.shopId, db.shopId), filters[filter], isAfter, ...isFound))
    .orderBy(desc(thread.lastAt), desc(thread.contactId)).limit(most);
}

/** How many conversations hold something unread: read from an index that holds nothing else. */
export function unreadQuery(db: ShopDb): Query<{ readonly count: number }> {
  return db.orm.select({ count: sql<number>`count(*)` }).from(thread).where(and(eq(thread.shopId, db.shopId), gt(thread.unreadCount, 0)));
}

/** Conversations that hold something unread which came in after an instant, newest first. */
export function unreadSince(db: ShopDb, since: number, most: number): Query<NamedThread> {
  return db.orm.select({ ...getTableColumns(thread), ...named }).from(thread)
    .innerJoin(sql`contact`, sql`contact.shop_id = ${thread.shopId} AND contact.id = ${thread.contactId}`)
    .where(and(eq(thread.shopId, db.shopId), gt(thread.unreadCount, 0), gt(thread.lastInAt, since)))
    .orderBy(desc(thread.lastInAt)).limit(most);
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

export type NoticeRow = typeof messageNotice.$inferSelect;

/** Whether the team is told; no row: it is. */
export function ruleQuery(db: ShopDb): Query<{ readonly notifies: boolean }> {
  return db.orm.select({ notifies: messageRule.notifies }).from(messageRule).where(eq(messageRule.shopId, db.shopId));
}

/** Sets whether the team is told. */
export function ruleWritten(db: ShopDb, notifies: boolean): Statement {
  return db.orm.insert(messageRule).values({ shopId: db.shopId, notifies })
    .onConflictDoUpdate({ target: messageRule.shopId, set: { notifies }, setWhere: eq(messageRule.shopId, db.shopId) });
}

/** When each of the team was last told. */
export function noticesQuery(db: ShopDb): Query<NoticeRow> {
  return db.orm.select().from(messageNotice).where(eq(messageNotice.shopId, db.shopId));
}

/** Takes somebody's turn to be told, unless they were told after `notSince`: of many who try at once one gets it. */
export async function takeNotice(db: ShopDb, personId: PersonId, told: Pick<NoticeRow, "toldAt" | "toldThrough">, notSince: number): Promise<boolean> {
  const taken = await db.orm.insert(messageNotice).values({ shopId: db.shopId, personId, ...told })
    .onConflictDoUpdate({ target: [messageNotice.shopId, messageNotice.personId], set: told, setWhere: lte(messageNotice.toldAt, notSince) })
    .returning({ personId: messageNotice.personId });
  return taken.length > 0;
}

/** Gives a turn back that came to nothing. */
export function noticeGivenBack(db: ShopDb, personId: PersonId, before: NoticeRow | undefined): Statement {
  const own = and(eq(messageNotice.shopId, db.shopId), eq(messageNotice.personId, personId));
  if (before === undefined) return db.orm.delete(messageNotice).where(own);
  return db.orm.update(messageNotice).set({ toldAt: before.toldAt, toldThrough: before.toldThrough }).where(own);
}
