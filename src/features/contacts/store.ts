/** The SQL of contacts, and of what their list shows beside each. */
import { and, asc, eq, getTableColumns, gt, lte, sql, type SQL } from "drizzle-orm";
import type { ContactId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import type { Subject } from "../../platform/register";
import type { ConsentSource } from "../consent/contract";
import type { Address } from "../consent/service";
import type { ConsentState } from "./contract";
import { contact, contactImport, contactImportPart } from "./table";

export type ContactRow = typeof contact.$inferSelect;
export type ImportTableRow = typeof contactImport.$inferSelect;
export type ImportPart = typeof contactImportPart.$inferSelect;

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

/** Changes a contact to its next version. Stands in a batch that demands it as it was seen. */
export function contactWritten(db: ShopDb, { id, version }: Seen, change: Partial<Omit<ContactRow, "shopId" | "id" | "version">>): Statement {
  return db.orm.update(contact).set({ ...change, version: version + 1 }).where(and(eq(contact.shopId, db.shopId), eq(contact.id, id)));
}

/** A contact as it was seen. */
export type Seen = { readonly id: ContactId; readonly version: number };

/** Breaks the batch unless each of these contacts is there as it was seen, so that no line tells of an act on nothing. */
export function contactsDemanded(db: ShopDb, seen: readonly Seen[]): Statement {
  return db.orm.run(sql`
    SELECT json(CASE count(*) WHEN ${seen.length} THEN '1' ELSE '' END) FROM contact JOIN json_each(${JSON.stringify(seen)}) AS seen ON contact.id = seen.value ->> 'id'
    WHERE contact.shop_id = ${db.shopId} AND contact.version = seen.value ->> 'version'`);
}

/** Removes a contact. */
export function contactRemoved(db: ShopDb, id: ContactId): Statement {
  return db.orm.delete(contact).where(and(eq(contact.shopId, db.shopId), eq(contact.id, id)));
}

/** Whose some numbers, and some email addresses, are: two questions, each answered from its index. */
export function contactsAtQueries(db: ShopDb, { phones, emails }: { readonly phones: readonly string[]; readonly emails: readonly string[] }): readonly [Query<ContactRow>, Query<ContactRow>] {
  const among = (column: typeof contact.phone | typeof contact.email, values: readonly string[]) => (
    db.orm.select().from(contact).where(and(eq(contact.shopId, db.shopId), sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`))
  );
  return [among(contact.phone, phones), among(contact.email, emails)];
}

/** Writes many contacts: new ones, and others to the state given. Breaks the batch where an address is somebody else's. */
export function contactsWritten(db: ShopDb, rows: readonly Omit<ContactRow, "shopId">[]): Statement {
  return db.orm.run(sql`
    INSERT INTO contact (shop_id, id, name, phone, phone_subject, email, email_subject, zone, note, tags, words, sort, former, version, created_by, created_at, changed_at)
    SELECT ${db.shopId}, one.value ->> 'id', one.value ->> 'name', one.value ->> 'phone', one.value ->> 'phoneSubject', one.value ->> 'email', one.value ->> 'emailSubject',
      one.value ->> 'zone', one.value ->> 'note', one.value -> 'tags', one.value ->> 'words', one.value ->> 'sort', one.value -> 'former', one.value ->> 'version',
      one.value ->> 'createdBy', one.value ->> 'createdAt', one.value ->> 'changedAt'
    FROM json_each(${JSON.stringify(rows)}) AS one WHERE one.value IS NOT NULL
    ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, phone = excluded.phone, phone_subject = excluded.phone_subject, email = excluded.email,
      email_subject = excluded.email_subject, zone = excluded.zone, note = excluded.note, tags = excluded.tags, words = excluded.words, sort = excluded.sort,
      former = excluded.former, version = excluded.version, changed_at = excluded.changed_at`);
}

/** The shop's file of contacts, if one is open. */
export function importsQuery(db: ShopDb): Query<ImportTableRow> {
  return db.orm.select().from(contactImport).where(eq(contactImport.shopId, db.shopId)).limit(10);
}

/** Opens a file; its parts are there already. */
export function importAdded(db: ShopDb, row: Omit<ImportTableRow, "shopId">): Statement {
  return db.orm.insert(contactImport).values({ ...row, shopId: db.shopId });
}

/** Puts a part of a file by. */
export function importPartAdded(db: ShopDb, part: Omit<ImportPart, "shopId">): Statement {
  return db.orm.insert(contactImportPart).values({ ...part, shopId: db.shopId });
}

/** One part of a file, if it was not taken. */
export function importPartQuery(db: ShopDb, importId: string, number: number): Query<ImportPart> {
  return db.orm.select().from(contactImportPart).where(and(eq(contactImportPart.shopId, db.shopId), eq(contactImportPart.importId, importId), eq(contactImportPart.number, number)));
}

/** Takes a part off a file, for the batch that takes its people. Breaks the batch where that was done, or the file is gone. */
export function importPartTaken(db: ShopDb, { importId, number, rows }: Pick<ImportPart, "importId" | "number" | "rows">): readonly Statement[] {
  return [
    db.orm.run(sql`SELECT json(CASE count(*) WHEN 1 THEN '1' ELSE '' END) FROM contact_import AS one WHERE one.shop_id = ${db.shopId} AND one.id = ${importId} AND one.next_part = ${number}`),
    db.orm.update(contactImport).set({ nextPart: number + 1, doneCount: sql`${contactImport.doneCount} + ${rows.length}` }).where(and(eq(contactImport.shopId, db.shopId), eq(contactImport.id, importId))),
    db.orm.delete(contactImportPart).where(and(eq(contactImportPart.shopId, db.shopId), eq(contactImportPart.importId, importId), eq(contactImportPart.number, number))),
  ];
}

/** Lets go of every file of the shop, but for one. */
export function importsDropped(db: ShopDb, but = ""): readonly [Statement, Statement] {
  return [
    db.orm.delete(contactImportPart).where(and(eq(contactImportPart.shopId, db.shopId), sql`${contactImportPart.importId} <> ${but}`)),
    db.orm.delete(contactImport).where(and(eq(contactImport.shopId, db.shopId), sql`${contactImport.id} <> ${but}`)),
  ];
}

/** Whom a list goes to: everybody with one of the tags, and single contacts. */
export type Audience = { readonly tags: readonly string[]; readonly contactIds: readonly ContactId[] };

/** The contacts of an audience in order of their ids, at most `most` after one. */
export function audienceQuery(db: ShopDb, { tags, contactIds }: Audience, after: ContactId | "", most: number): Query<ContactRow> {
  const isNamed = sql`${contact.id} IN (SELECT value FROM json_each(${JSON.stringify(contactIds)}))`;
  const isTagged = sql`EXISTS (SELECT 1 FROM json_each(${contact.tags}) AS own WHERE own.value IN (SELECT value FROM json_each(${JSON.stringify(tags)})))`;
  // Named ones alone are found by their key; with tags every contact is looked at.
  const isMeant = tags.length === 0 ? isNamed : sql`(${isNamed} OR ${isTagged})`;
  return db.orm.select().from(contact).where(and(eq(contact.shopId, db.shopId), after === "" ? undefined : gt(contact.id, after), isMeant)).orderBy(asc(contact.id)).limit(most);
}

/** Where one address stands, as lists know it; every field null where nothing is on record. */
type Stood<Name extends string> = {
  readonly [Key in `${Name}OutAt` | `${Name}InAt` | `${Name}HeldAt`]: number | null } & { readonly [Key in `${Name}Source`]: ConsentSource | null } & {
  /** The latest consent beforehand: `[when it was said, source]` as JSON. */
  readonly [Key in `${Name}Agreed`]: string | null };
export type ListedContact = ContactRow & Stood<"text"> & Stood<"email">;

const stood = {
  textOutAt: sql<number | null>`of_text.opted_out_at`.as("text_out_at"), textInAt: sql<number | null>`of_text.opted_in_at`.as("text_in_at"),
  textHeldAt: sql<number | null>`of_text.held_at`.as("text_held_at"), textSource: sql<ConsentSource | null>`of_text.source`.as("text_source"),
  emailOutAt: sql<number | null>`of_email.opted_out_at`.as("email_out_at"), emailInAt: sql<number | null>`of_email.opted_in_at`.as("email_in_at"),
  emailHeldAt: sql<number | null>`of_email.held_at`.as("email_held_at"), emailSource: sql<ConsentSource | null>`of_email.source`.as("email_source"),
};

/** The latest line of an address that says that its person agreed beforehand. */
function agreedAt(db: ShopDb, subject: SQL): SQL<string | null> {
  return sql<string | null>`(SELECT json_array(line.said_at, line.source) FROM consent AS line
    WHERE line.shop_id = ${db.shopId} AND line.subject = ${subject} AND line.act = 'agreed' ORDER BY line.at DESC LIMIT 1)`;
}

/** Contacts, each with where its addresses stand. */
function listed(db: ShopDb) {
  return db.orm.select({
    ...getTableColumns(contact), ...stood,
    textAgreed: agreedAt(db, sql`${contact.phoneSubject}`).as("text_agreed"), emailAgreed: agreedAt(db, sql`${contact.emailSubject}`).as("email_agreed"),
  }).from(contact)
    .leftJoin(sql`standing AS of_text`, sql`of_text.shop_id = ${contact.shopId} AND of_text.subject = ${contact.phoneSubject}`)
    .leftJoin(sql`standing AS of_email`, sql`of_email.shop_id = ${contact.shopId} AND of_email.subject = ${contact.emailSubject}`);
}

/** One contact as a list shows it, if there is one. */
export function listedContactQuery(db: ShopDb, id: ContactId): Query<ListedContact> {
  return listed(db).where(and(eq(contact.shopId, db.shopId), eq(contact.id, id)));
}

/** What a list shows: `words` all occur; `after` is the last contact of the page before. */
export type Wanted = {
  readonly words: readonly string[];
  readonly tag?: string | undefined;
  readonly consent?: ConsentState | undefined;
  readonly after: { readonly sort: string; readonly id: string } | null;
};

const IS_OUT = sql`(of_text.opted_out_at IS NOT NULL OR of_email.opted_out_at IS NOT NULL)`;
const IS_BARRED = sql`(${IS_OUT} OR of_text.held_at IS NOT NULL OR of_email.held_at IS NOT NULL)`;

function standsAs(db: ShopDb, state: ConsentState): SQL {
  if (state === "opted_out") return IS_OUT;
  if (state === "held") return sql`(${IS_BARRED} AND NOT ${IS_OUT})`;
  const hasAgreed = sql`(of_text.opted_in_at IS NOT NULL OR of_email.opted_in_at IS NOT NULL
    OR ${agreedAt(db, sql`${contact.phoneSubject}`)} IS NOT NULL OR ${agreedAt(db, sql`${contact.emailSubject}`)} IS NOT NULL)`;
  return state === "agreed" ? sql`(NOT ${IS_BARRED} AND ${hasAgreed})` : sql`(NOT ${IS_BARRED} AND NOT ${hasAgreed})`;
}

/** The contacts that are wanted, by name, at most `most`; without search or filter no more rows are read than are shown. */
export function contactsQuery(db: ShopDb, { words, tag, consent, after }: Wanted, most: number): Query<ListedContact> {
  const conditions: readonly (SQL | undefined)[] = [
    eq(contact.shopId, db.shopId),
    after === null ? undefined : sql`(${contact.sort} >= ${after.sort} AND (${contact.sort} > ${after.sort} OR ${contact.id} > ${after.id}))`,
    ...words.map((word) => sql`instr(${contact.words}, ${word}) > 0`),
    tag === undefined ? undefined : sql`EXISTS (SELECT 1 FROM json_each(${contact.tags}) AS own WHERE own.value = ${tag})`,
    consent === undefined ? undefined : standsAs(db, consent),
  ];
  return listed(db).where(and(...conditions)).orderBy(asc(contact.sort), asc(contact.id)).limit(most);
}

/** Lets go of files that nobody went on with, and of what is left of one whose reading was interrupted. */
export function importsExpired(db: ShopDb, now: number): readonly [Statement, Statement] {
  return [
    db.orm.delete(contactImportPart).where(and(eq(contactImportPart.shopId, db.shopId), lte(contactImportPart.expiresAt, now))),
    db.orm.delete(contactImport).where(and(eq(contactImport.shopId, db.shopId), lte(contactImport.expiresAt, now))),
  ];
}

/** Which of some addresses have a line of that kind on record, and by which references. */
export function onRecordQuery(db: ShopDb, act: "agreed" | "opted_out", subjects: readonly Subject[]): Query<{ readonly subject: string; readonly reference: string | null }> {
  return db.orm.select({ subject: sql<string>`line.subject`.as("subject"), reference: sql<string | null>`line.reference`.as("reference") }).from(sql`consent AS line`)
    .where(sql`line.shop_id = ${db.shopId} AND line.act = ${act} AND line.subject IN (SELECT value FROM json_each(${JSON.stringify(subjects)}))`);
}
