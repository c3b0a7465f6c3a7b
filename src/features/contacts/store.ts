/** The SQL of contacts, and of what their list shows beside each. */
import { and, asc, eq, getTableColumns, gt, sql, type SQL } from "drizzle-orm";
import type { ContactId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import type { Subject } from "../../platform/register";
import type { ConsentSource } from "../consent/contract";
import type { Address } from "../consent/service";
import type { ConsentState } from "./contract";
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

/** Changes a contact as it was seen at a version. Breaks the batch where it is at another by now; one that is gone is not written. */
export function contactWritten(db: ShopDb, id: ContactId, version: number, change: Partial<Omit<ContactRow, "shopId" | "id" | "version">>): Statement {
  const next = sql<number>`CASE ${contact.version} WHEN ${version} THEN ${version + 1} ELSE NULL END`;
  return db.orm.update(contact).set({ ...change, version: next }).where(and(eq(contact.shopId, db.shopId), eq(contact.id, id)));
}

/** Whom a list goes to: everybody with one of the tags, and single contacts. */
export type Audience = { readonly tags: readonly string[]; readonly contactIds: readonly ContactId[] };

/** The contacts of an audience in order of their ids, at most `most` after one. */
export function audienceQuery(db: ShopDb, { tags, contactIds }: Audience, after: ContactId | "", most: number): Query<ContactRow> {
  const isMeant = sql`(${contact.id} IN (SELECT value FROM json_each(${JSON.stringify(contactIds)}))
    OR EXISTS (SELECT 1 FROM json_each(${contact.tags}) AS own WHERE own.value IN (SELECT value FROM json_each(${JSON.stringify(tags)}))))`;
  return db.orm.select().from(contact).where(and(eq(contact.shopId, db.shopId), gt(contact.id, after as ContactId), isMeant)).orderBy(asc(contact.id)).limit(most);
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

/** A line of the ledger of consent, and what was said with it, unless that was erased. */
export type SaidLine = {
  readonly id: string; readonly channel: "text" | "email"; readonly act: "agreed" | "opted_out" | "opted_in" | "held" | "released"; readonly source: ConsentSource;
  readonly saidAt: number; readonly at: number; readonly follows: string | null; readonly words: string | null; readonly address: string | null;
};

/** What is on record of some addresses, newest first. */
export function ledgerQuery(db: ShopDb, subjects: readonly Subject[], most: number): Query<SaidLine> {
  return db.orm.select({
    id: sql<string>`line.id`.as("line_id"), channel: sql<SaidLine["channel"]>`line.channel`.as("channel"), act: sql<SaidLine["act"]>`line.act`.as("act"),
    source: sql<ConsentSource>`line.source`.as("source"), saidAt: sql<number>`line.said_at`.as("said_at"), at: sql<number>`line.at`.as("at"),
    follows: sql<string | null>`line.follows`.as("follows"), words: sql<string | null>`said.words`.as("words"), address: sql<string | null>`said.address`.as("address"),
  }).from(sql`consent AS line`)
    .leftJoin(sql`consent_evidence AS said`, sql`said.shop_id = line.shop_id AND said.consent_id = line.id`)
    .where(sql`line.shop_id = ${db.shopId} AND line.subject IN (SELECT value FROM json_each(${JSON.stringify(subjects)}))`)
    .orderBy(sql`line.at DESC`, sql`line.id DESC`).limit(most);
}
