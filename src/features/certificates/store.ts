/** The SQL of certificates: numbers are given inside the batch that issues, so that a sequence has no gap and no number twice. */
import { and, asc, desc, eq, lte, ne, or, sql, type SQL } from "drizzle-orm";
import type { BusinessDate } from "../../kernel/day";
import type { DocumentId } from "../../kernel/ids";
import type { Query, ShopDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import { certificate, certificateTemplate, type TemplateId } from "./table";

export type { Draft, TemplateId } from "./table";
export type TemplateRow = typeof certificateTemplate.$inferSelect;
export type CertificateRow = typeof certificate.$inferSelect;

/** As many as a page shows to choose from. */
export const MOST_TEMPLATES = 50;

/** Templates by name, those in use first. */
export function templatesQuery(db: ShopDb): Query<TemplateRow> {
  return db.orm.select().from(certificateTemplate).where(eq(certificateTemplate.shopId, db.shopId))
    .orderBy(sql`${certificateTemplate.archivedAt} IS NOT NULL`, asc(certificateTemplate.name), asc(certificateTemplate.id)).limit(2 * MOST_TEMPLATES);
}

/** One template, if there is one. */
export function templateQuery(db: ShopDb, id: TemplateId): Query<TemplateRow> {
  return db.orm.select().from(certificateTemplate).where(and(eq(certificateTemplate.shopId, db.shopId), eq(certificateTemplate.id, id)));
}

/** Adds a template. One that exists already breaks the batch. */
export function templateAdded(db: ShopDb, row: Omit<TemplateRow, "shopId">): Statement {
  return db.orm.insert(certificateTemplate).values({ shopId: db.shopId, ...row });
}

/**
 * Changes a template that is still of the version that was seen, and breaks the batch otherwise. Its sequence never goes back:
 * under the same prefix it goes on with whatever is later, the number given or the one that is next by now.
 */
export function templateChanged(db: ShopDb, seen: number, row: Omit<TemplateRow, "shopId" | "version">): Statement {
  const { id, numberPrefix, nextNumber, ...rest } = row;
  return db.orm.update(certificateTemplate).set({
    ...rest, numberPrefix,
    nextNumber: sql`CASE ${certificateTemplate.numberPrefix} WHEN ${numberPrefix} THEN max(${certificateTemplate.nextNumber}, ${nextNumber}) ELSE ${nextNumber} END`,
    version: nextVersion(seen),
  }).where(and(eq(certificateTemplate.shopId, db.shopId), eq(certificateTemplate.id, id)));
}

/** Takes a template out of use (`archivedAt`) or back into it (null); breaks the batch where it is not of the version that was seen. */
export function templateTurned(db: ShopDb, { id, seen, archivedAt, at }: { readonly id: TemplateId; readonly seen: number; readonly archivedAt: number | null; readonly at: number }): Statement {
  return db.orm.update(certificateTemplate).set({ archivedAt, changedAt: at, version: nextVersion(seen) })
    .where(and(eq(certificateTemplate.shopId, db.shopId), eq(certificateTemplate.id, id)));
}

function nextVersion(seen: number): SQL {
  return sql`CASE ${certificateTemplate.version} WHEN ${seen} THEN ${seen + 1} ELSE NULL END`;
}

/** The latest number that was given under a prefix, or no row. */
export function latestNumberQuery(db: ShopDb, prefix: string): Query<Pick<CertificateRow, "number">> {
  return db.orm.select({ number: certificate.number }).from(certificate)
    .where(and(eq(certificate.shopId, db.shopId), sql`substr(${certificate.number}, 1, ${prefix.length}) = ${prefix}`, sql`substr(${certificate.number}, ${prefix.length + 1}) NOT GLOB '*[^0-9]*'`))
    .orderBy(sql`length(${certificate.number}) DESC`, desc(certificate.number)).limit(1);
}

/** What is known of a certificate before it has its number. */
export type Unnumbered = Omit<CertificateRow, "shopId" | "number" | "revokedAt" | "revokedBecause">;

/**
 * Gives the next number of a template to a certificate: two statements that belong into one batch. They break it where the
 * template is of another version than the one that was seen, or archived, and where that document has a certificate already.
 */
export function certificateIssued(db: ShopDb, seen: number, row: Unnumbered): readonly [Statement, Statement] {
  const counted = db.orm.run(sql`
    UPDATE certificate_template SET next_number = CASE WHEN version = ${seen} AND archived_at IS NULL THEN next_number + 1 ELSE NULL END
    WHERE certificate_template.shop_id = ${db.shopId} AND certificate_template.id = ${row.templateId}`);
  const inserted = db.orm.run(sql`
    INSERT INTO certificate (shop_id, number, document_id, template_id, title, issued_to, product, serial_number, issued_on, expires_on, issued_by, issued_at, draft, words)
    SELECT ${db.shopId}, template.number_prefix || printf('%05d', template.next_number - 1), ${row.documentId}, template.id, template.title, ${row.issuedTo}, ${row.product},
      ${row.serialNumber}, ${row.issuedOn}, ${row.expiresOn}, ${row.issuedBy}, ${row.issuedAt}, ${JSON.stringify(row.draft)},
      lower(template.number_prefix || printf('%05d', template.next_number - 1)) || ' ' || ${row.words}
    FROM certificate_template AS template WHERE template.shop_id = ${db.shopId} AND template.id = ${row.templateId}`);
  return [counted, inserted];
}

/** The certificate whose paper is that document, if there is one. */
export function certificateOfDocumentQuery(db: ShopDb, documentId: DocumentId): Query<CertificateRow> {
  return db.orm.select().from(certificate).where(and(eq(certificate.shopId, db.shopId), eq(certificate.documentId, documentId)));
}

/** The certificate of that number, if there is one. */
export function certificateQuery(db: ShopDb, number: string): Query<CertificateRow> {
  return db.orm.select().from(certificate).where(and(eq(certificate.shopId, db.shopId), eq(certificate.number, number)));
}

/** Where a page of certificates ended. */
export type Mark = { readonly issuedAt: number; readonly number: string };

/** Certificates, latest first, in which all words occur; those after a mark. */
export function certificatesQuery(db: ShopDb, wanted: { readonly words: readonly string[]; readonly after: Mark | null }, most: number): Query<CertificateRow> {
  const { words, after } = wanted;
  const conditions: readonly (SQL | undefined)[] = [
    eq(certificate.shopId, db.shopId),
    after === null ? undefined : and(lte(certificate.issuedAt, after.issuedAt), or(ne(certificate.issuedAt, after.issuedAt), sql`${certificate.number} < ${after.number}`)),
    ...words.map((word) => sql`instr(${certificate.words}, ${word}) > 0`),
  ];
  return db.orm.select().from(certificate).where(and(...conditions)).orderBy(desc(certificate.issuedAt), desc(certificate.number)).limit(most);
}

/** Marks a certificate's paper as filed: what it was printed from is not kept. */
export function certificateFiled(db: ShopDb, number: string): Statement {
  return db.orm.update(certificate).set({ draft: null }).where(and(eq(certificate.shopId, db.shopId), eq(certificate.number, number)));
}

/** Revokes a certificate. One that is revoked already breaks the batch: its first reason stays. */
export function certificateRevoked(db: ShopDb, number: string, { at, because }: { readonly at: number; readonly because: string }): Statement {
  return db.orm.update(certificate).set({
    revokedAt: at, revokedBecause: because, issuedAt: sql`CASE WHEN ${certificate.revokedAt} IS NULL THEN ${certificate.issuedAt} ELSE NULL END`,
  }).where(and(eq(certificate.shopId, db.shopId), eq(certificate.number, number)));
}

/** What expires in some stretches of dates: how many, and the ones that expire first. */
export type Expiring = { readonly count: number; readonly first: readonly { readonly title: string; readonly expiresOn: BusinessDate }[] };

/** Documents of every kind whose last day lies in one of the stretches, but for certificates that were revoked; `most` of them by title. */
export async function expiringBetween(db: ShopDb, stretches: readonly { readonly after: BusinessDate; readonly through: BusinessDate }[], most: number): Promise<Expiring> {
  const due = sql.join(stretches.map(({ after, through }) => sql`(document.expires_on > ${after} AND document.expires_on <= ${through})`), sql` OR `);
  const from = sql`
    FROM document LEFT JOIN certificate ON certificate.shop_id = document.shop_id AND certificate.document_id = document.id
    WHERE document.shop_id = ${db.shopId} AND certificate.revoked_at IS NULL AND (${due})`;
  const { count } = await db.orm.get<Pick<Expiring, "count">>(sql`SELECT count(*) AS count ${from}`);
  if (count === 0) return { count, first: [] };
  const first = await db.orm.all<Expiring["first"][number]>(sql`SELECT document.title AS title, document.expires_on AS "expiresOn" ${from} ORDER BY document.expires_on, document.title LIMIT ${most}`);
  return { count, first };
}
