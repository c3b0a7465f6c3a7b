/** The SQL of contacts. */
import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { ContactId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import type { Address } from "../consent/service";
import { contact } from "./table";

export type ContactRow = typeof contact.$inferSelect;

/** One contact, if there is one. */
export function contactQuery(db: ShopDb, id: ContactId): Query<ContactRow> {
  return db.orm.select().from(contact).where(and(eq(contact.shopId, db.shopId), eq(contact.id, id)));
}

/** Whose address it is, if it is anybody's. */
export function contactAtQuery(db: ShopDb, { channel, value }: Address): Query<ContactRow> {
  const at = channel === "text" ? contact.phone : contact.email;
  return db.orm.select().from(contact).where(and(eq(contact.shopId, db.shopId), eq(at, value)));
}

/** Adds a contact; the batch breaks where somebody else has one of its addresses. */
export function contactAdded(db: ShopDb, row: Omit<ContactRow, "shopId">): Statement {
  return db.orm.insert(contact).values({ ...row, shopId: db.shopId });
}

/** Adds a contact where nobody has its address yet. */
export async function addContactUnlessKnown(db: ShopDb, row: Omit<ContactRow, "shopId">): Promise<void> {
  await db.orm.insert(contact).values({ ...row, shopId: db.shopId }).onConflictDoNothing();
}

/** Whom a list goes to: everybody with one of the tags, and single contacts. */
export type Audience = { readonly tags: readonly string[]; readonly contactIds: readonly ContactId[] };

/** The contacts of an audience in order of their ids, at most `most` after one. */
export function audienceQuery(db: ShopDb, { tags, contactIds }: Audience, after: ContactId | "", most: number): Query<ContactRow> {
  const isMeant = sql`(${contact.id} IN (SELECT value FROM json_each(${JSON.stringify(contactIds)}))
    OR EXISTS (SELECT 1 FROM json_each(${contact.tags}) AS own WHERE own.value IN (SELECT value FROM json_each(${JSON.stringify(tags)}))))`;
  return db.orm.select().from(contact).where(and(eq(contact.shopId, db.shopId), gt(contact.id, after as ContactId), isMeant)).orderBy(asc(contact.id)).limit(most);
}
