/** The SQL of messages: what is written, claimed and told. A state is only ever changed from those that come before it. */
import { and, desc, eq, inArray, isNotNull, lt, lte, or, sql, type SQL } from "drizzle-orm";
import type { ContactId, MessageId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import { statesBefore, type ToldState } from "./rules";
import { message } from "./table";

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
export function putOff(db: ShopDb, row: MessageRow, dueAt: number | null): Statement {
  return db.orm.update(message).set({ dueAt })
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
