/** The SQL of the ledger of consent. Lines are added and never changed; what was said with them goes with its person. */
import { and, desc, eq, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { ConsentId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb, Query, ShopDb } from "../../platform/database";
import { sendDue, type DueRun, type DueShop } from "../../platform/due";
import type { Subject } from "../../platform/register";
import type { Standing } from "../../platform/register-store";
import { CONSENT_SOURCES, type ConsentSource } from "./contract";
import { consent, consentCheck, consentEvidence, standing } from "./table";

export type ConsentRow = typeof consent.$inferSelect;
export type StandingRow = typeof standing.$inferSelect;

/** Adds lines; one that is there already breaks the key, and with it the batch. */
export function linesAdded(db: ShopDb, rows: readonly Omit<ConsentRow, "shopId">[]): Statement[] {
  return rows.map((row) => db.orm.insert(consent).values({ ...row, shopId: db.shopId }));
}

/** Keeps what was said and from which address, beside a line. */
export function evidenceAdded(db: ShopDb, row: Omit<typeof consentEvidence.$inferSelect, "shopId">): Statement {
  return db.orm.insert(consentEvidence).values({ ...row, shopId: db.shopId });
}

/** What the register said of a subject; nothing where something newer is written. */
export function standingWritten(db: ShopDb, subject: Subject, { outAt, inAt, heldAt, source, revision }: Standing): Statement {
  const values = { optedOutAt: outAt, optedInAt: inAt, heldAt, source: sourceOf(source), revision };
  return db.orm.insert(standing).values({ shopId: db.shopId, subject, ...values }).onConflictDoUpdate({
    target: [standing.shopId, standing.subject], set: values, setWhere: and(eq(standing.shopId, db.shopId), sql`${standing.revision} < ${revision}`),
  });
}

/** The register keeps sources as text. */
export function sourceOf(text: string | null): ConsentSource | null {
  return CONSENT_SOURCES.find((source) => source === text) ?? null;
}

function among(column: SQL | typeof consent.id | typeof consent.subject | typeof standing.subject, values: readonly string[]): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

/** Which of some lines are there. */
export function knownLinesQuery(db: ShopDb, ids: readonly ConsentId[]): Query<Pick<ConsentRow, "id">> {
  return db.orm.select({ id: consent.id }).from(consent).where(and(eq(consent.shopId, db.shopId), among(consent.id, ids)));
}

/** Where some subjects stand; those of whom nothing is known are left out. */
export function standingsQuery(db: ShopDb, subjects: readonly Subject[]): Query<StandingRow> {
  return db.orm.select().from(standing).where(and(eq(standing.shopId, db.shopId), among(standing.subject, subjects)));
}

/** The lines of a subject, newest first. */
export function linesQuery(db: ShopDb, subject: Subject, most: number): Query<ConsentRow> {
  return db.orm.select().from(consent).where(and(eq(consent.shopId, db.shopId), eq(consent.subject, subject))).orderBy(desc(consent.at), desc(consent.id)).limit(most);
}

/** Takes away what was said from some subjects, and from which address; their lines stay. */
export function evidenceErased(db: ShopDb, subjects: readonly Subject[]): Statement {
  return db.orm.run(sql`
    DELETE FROM consent_evidence WHERE consent_evidence.shop_id = ${db.shopId} AND consent_evidence.consent_id IN (
      SELECT consent.id FROM consent WHERE consent.shop_id = ${db.shopId} AND consent.subject IN (SELECT value FROM json_each(${JSON.stringify(subjects)})))`);
}

/** A line with what was said; both are null once its person was erased. */
export type ToldLine = ConsentRow & { readonly address: string | null; readonly words: string | null };

const TOLD = {
  shopId: consent.shopId, id: consent.id, subject: consent.subject, channel: consent.channel, act: consent.act, source: consent.source, saidAt: consent.saidAt, at: consent.at,
  reference: consent.reference, follows: consent.follows, byPerson: consent.byPerson, address: consentEvidence.address, words: consentEvidence.words,
};

function told(db: ShopDb) {
  return db.orm.select(TOLD).from(consent)
    .leftJoin(consentEvidence, and(eq(consentEvidence.shopId, db.shopId), eq(consentEvidence.consentId, consent.id)));
}

/** One line with what was said. */
export function toldLineQuery(db: ShopDb, id: ConsentId): Query<ToldLine> {
  return told(db).where(and(eq(consent.shopId, db.shopId), eq(consent.id, id))).limit(1);
}

/** The lines of some subjects with what was said, newest first. */
export function toldLinesQuery(db: ShopDb, subjects: readonly Subject[], most: number): Query<ToldLine> {
  return told(db).where(and(eq(consent.shopId, db.shopId), among(consent.subject, subjects))).orderBy(desc(consent.at), desc(consent.id)).limit(most);
}

/** Lines that follow another: the same person's other addresses. */
export function followersQuery(db: ShopDb, id: ConsentId): Query<ToldLine> {
  return told(db).where(and(eq(consent.shopId, db.shopId), eq(consent.follows, id))).limit(100);
}

/** Whoever is held, longest first. */
export function heldQuery(db: ShopDb, most: number): Query<StandingRow> {
  return db.orm.select().from(standing).where(and(eq(standing.shopId, db.shopId), sql`${standing.heldAt} IS NOT NULL`, sql`${standing.optedOutAt} IS NULL`))
    .orderBy(standing.heldAt, standing.subject).limit(most);
}

/** A stop as the report has it. `heldAt`: when it was held, where it was first read by a person: nothing was sent since. */
export type Revocation = ToldLine & { readonly heldAt: number | null };

/** Stops from one instant up to, not including, another, after a line, in their order; of each person the first line alone. */
export function revocationsAfter(db: ShopDb, { from, before, after, most }: { readonly from: number; readonly before: number; readonly after: ToldLine | null; readonly most: number }): Query<Revocation> {
  const origin = alias(consent, "origin");
  return db.orm.select({ ...TOLD, heldAt: sql<number | null>`${origin.at}`.as("held_at") }).from(consent)
    .leftJoin(consentEvidence, and(eq(consentEvidence.shopId, db.shopId), eq(consentEvidence.consentId, consent.id)))
    .leftJoin(origin, and(eq(origin.shopId, db.shopId), eq(origin.id, consent.follows)))
    .where(and(
      eq(consent.shopId, db.shopId), sql`${consent.at} >= ${after?.at ?? from}`, sql`${consent.at} < ${before}`, sql`${consent.act} = 'opted_out'`,
      sql`(${origin.act} IS NULL OR ${origin.act} = 'held')`, sql`(${consent.at} > ${after?.at ?? -1} OR ${consent.id} > ${after?.id ?? ""})`,
    )).orderBy(consent.at, consent.id).limit(most);
}

/** When each stop and hold of some subjects was written. */
export function barringLinesQuery(db: ShopDb, subjects: readonly Subject[]): Query<Pick<ConsentRow, "subject" | "act" | "at">> {
  return db.orm.select({ subject: consent.subject, act: consent.act, at: consent.at }).from(consent)
    .where(and(eq(consent.shopId, db.shopId), among(consent.subject, subjects), sql`${consent.act} IN ('opted_out', 'held')`));
}

/** Those who are out, after a subject, in the subjects' order; what another shop passed on is left out. */
export function outQuery(db: ShopDb, after: Subject | "", most: number): Query<Pick<StandingRow, "subject">> {
  return db.orm.select({ subject: standing.subject }).from(standing).where(and(
    eq(standing.shopId, db.shopId), sql`${standing.subject} > ${after}`, sql`${standing.optedOutAt} IS NOT NULL`, sql`${standing.source} IS NOT 'organisation'`,
  )).orderBy(standing.subject).limit(most);
}

/** Which of some subjects ever agreed to be written to, or opted in. */
export function agreedQuery(db: ShopDb, subjects: readonly Subject[]): Query<Pick<ConsentRow, "subject">> {
  return db.orm.selectDistinct({ subject: consent.subject }).from(consent)
    .where(and(eq(consent.shopId, db.shopId), among(consent.subject, subjects), sql`${consent.act} IN ('agreed', 'opted_in')`));
}

/** Sends the shops whose turn it is on their way, as `sendDue` does. DIRECTORY. */
export async function sendDueConsent(directory: DirectoryDb, run: DueRun, send: (due: readonly DueShop[]) => Promise<void>): Promise<number> {
  return await sendDue(directory, consentCheck, run, send);
}
