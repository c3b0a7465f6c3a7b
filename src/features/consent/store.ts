/** The SQL of the ledger of consent. Lines are added and never changed; what was said with them goes with its person. */
import { and, desc, eq, sql } from "drizzle-orm";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import type { Subject } from "../../platform/register";
import type { Standing } from "../../platform/register-store";
import type { ConsentAct, ConsentSource } from "./contract";
import { consent, consentEvidence, standing } from "./table";

export type ConsentRow = typeof consent.$inferSelect;
export type StandingRow = typeof standing.$inferSelect;

/** Adds lines; breaks the batch where the same word stands there already. */
export function linesAdded(db: ShopDb, rows: readonly Omit<ConsentRow, "shopId">[]): Statement[] {
  return rows.map((row) => db.orm.insert(consent).values({ ...row, shopId: db.shopId }));
}

/** The line of a word that arrived before, by what it is found by at its source. */
export function lineOfWord(db: ShopDb, subject: Subject, act: ConsentAct, reference: string): Query<Pick<ConsentRow, "id">> {
  return db.orm.select({ id: consent.id }).from(consent)
    .where(and(eq(consent.shopId, db.shopId), eq(consent.subject, subject), eq(consent.act, act), eq(consent.reference, reference))).limit(1);
}

/** Keeps what was said and from which address, beside a line that is there: none for a word that had arrived before. */
export function evidenceAdded(db: ShopDb, { consentId, address, words }: Omit<typeof consentEvidence.$inferSelect, "shopId">): Statement {
  return db.orm.run(sql`
    INSERT INTO consent_evidence (shop_id, consent_id, address, words)
    SELECT consent.shop_id, consent.id, ${address}, ${words} FROM consent WHERE consent.shop_id = ${db.shopId} AND consent.id = ${consentId}
    ON CONFLICT DO NOTHING`);
}

/** What the register said last of a subject. */
export function standingWritten(db: ShopDb, subject: Subject, { outAt, inAt, heldAt }: Pick<Standing, "outAt" | "inAt" | "heldAt">, source: ConsentSource | null): Statement {
  const values = { optedOutAt: outAt, optedInAt: inAt, heldAt, source };
  return db.orm.insert(standing).values({ shopId: db.shopId, subject, ...values }).onConflictDoUpdate({ target: [standing.shopId, standing.subject], set: values });
}

/** Where some subjects stand; those of whom nothing is known are left out. */
export function standingsQuery(db: ShopDb, subjects: readonly Subject[]): Query<StandingRow> {
  return db.orm.select().from(standing)
    .where(and(eq(standing.shopId, db.shopId), sql`${standing.subject} IN (SELECT value FROM json_each(${JSON.stringify(subjects)}))`));
}

/** The lines of a subject, newest first. */
export function linesQuery(db: ShopDb, subject: Subject, most: number): Query<ConsentRow> {
  return db.orm.select().from(consent).where(and(eq(consent.shopId, db.shopId), eq(consent.subject, subject))).orderBy(desc(consent.at), desc(consent.id)).limit(most);
}

/** A line by which somebody agreed to be written to at an address, or opted in again; none where they never did. */
export function givenQuery(db: ShopDb, subject: Subject): Query<Pick<ConsentRow, "id">> {
  return db.orm.select({ id: consent.id }).from(consent)
    .where(and(eq(consent.shopId, db.shopId), eq(consent.subject, subject), sql`${consent.act} IN ('agreed', 'opted_in')`)).limit(1);
}

/** Those among some subjects with such a line. */
export function givenAmongQuery(db: ShopDb, subjects: readonly Subject[]): Query<Pick<ConsentRow, "subject">> {
  return db.orm.selectDistinct({ subject: consent.subject }).from(consent)
    .where(and(eq(consent.shopId, db.shopId), sql`${consent.subject} IN (SELECT value FROM json_each(${JSON.stringify(subjects)}))`, sql`${consent.act} IN ('agreed', 'opted_in')`));
}

/** The line of a stop by what it refers to; none where it has not been heard. */
export function outReferredQuery(db: ShopDb, subject: Subject, reference: string): Query<Pick<ConsentRow, "id">> {
  return db.orm.select({ id: consent.id }).from(consent)
    .where(and(eq(consent.shopId, db.shopId), eq(consent.subject, subject), eq(consent.act, "opted_out"), eq(consent.reference, reference))).limit(1);
}
