/** The SQL of documents: what is kept, what is looked for, and which document a link may open. */
import { and, desc, eq, getTableColumns, gt, lte, ne, or, sql, type SQL } from "drizzle-orm";
import type { DocumentId, ShareId } from "../../kernel/ids";
import type { Query, ShopDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import { joinedKey } from "../../platform/vault";
import { document, documentRule, documentUsage, strayObject, upload, uploadPart, type UploadId } from "./table";

export type DocumentRow = typeof document.$inferSelect;
/** A document with the key that it is sealed with, as that is stored; both null where it stands in the clear. */
export type StoredDocument = DocumentRow & { readonly keyMaster: string | null; readonly keyWrapped: string | null };
export type { UploadId } from "./table";
export type UploadRow = typeof upload.$inferSelect;
export type PartRow = typeof uploadPart.$inferSelect;
export type StrayRow = typeof strayObject.$inferSelect;
export type RuleRow = typeof documentRule.$inferSelect;
export type UsageRow = typeof documentUsage.$inferSelect;

/** One document, if there is one. */
export function documentQuery(db: ShopDb, id: DocumentId): Query<StoredDocument> {
  return db.orm.select({ ...getTableColumns(document), ...joinedKey.columns }).from(document)
    .leftJoin(joinedKey.table, joinedKey.on(document.shopId, document.sealedWith)).where(and(eq(document.shopId, db.shopId), eq(document.id, id)));
}

/** What a share says of itself beside a document; every field null where there is no such share. */
export type SharedAs = {
  readonly shareVersion: number | null; readonly shareRecipient: string | null; readonly shareDisposition: "inline" | "attachment" | null;
  readonly shareIsOnce: number | null; readonly sharePassphraseHash: string | null; readonly shareCreatedAt: number | null;
  readonly shareExpiresAt: number | null; readonly shareRevokedAt: number | null; readonly shareTakenCount: number | null;
};
/** `voidThrough`: links that were signed then or before open nothing, of the document or of the whole shop. */
export type LinkedDocument = StoredDocument & SharedAs & { readonly voidThrough: number };

const sharedAs = {
  shareVersion: sql<number | null>`share.version`.as("share_version"), shareRecipient: sql<string | null>`share.recipient`.as("share_recipient"),
  shareDisposition: sql<"inline" | "attachment" | null>`share.disposition`.as("share_disposition"), shareIsOnce: sql<number | null>`share.is_once`.as("share_is_once"),
  sharePassphraseHash: sql<string | null>`share.passphrase_hash`.as("share_passphrase_hash"), shareCreatedAt: sql<number | null>`share.created_at`.as("share_created_at"),
  shareExpiresAt: sql<number | null>`share.expires_at`.as("share_expires_at"), shareRevokedAt: sql<number | null>`share.revoked_at`.as("share_revoked_at"),
  shareTakenCount: sql<number | null>`share.taken_count`.as("share_taken_count"),
};

/** Everything that decides about one link, in one statement: the document, the share that the link names, and what was voided. */
export function documentForLink(db: ShopDb, id: DocumentId, shareId: ShareId | null): Query<LinkedDocument> {
  const voidThrough = sql<number>`max(${document.linksVoidThrough}, coalesce(${documentRule.linksVoidThrough}, 0))`.as("void_through");
  return db.orm.select({ ...getTableColumns(document), ...joinedKey.columns, ...sharedAs, voidThrough }).from(document)
    .leftJoin(joinedKey.table, joinedKey.on(document.shopId, document.sealedWith))
    .leftJoin(documentRule, eq(documentRule.shopId, document.shopId))
    .leftJoin(sql`share`, sql`share.shop_id = ${document.shopId} AND share.document_id = ${document.id} AND share.id = ${shareId ?? ""}`)
    .where(and(eq(document.shopId, db.shopId), eq(document.id, id)));
}

/** What a list shows: `words` all occur; `after` is the last document of the page before. */
export type Wanted = {
  readonly words: readonly string[];
  readonly kind?: DocumentRow["kind"] | undefined;
  readonly subjectKind?: DocumentRow["subjectKind"] | undefined;
  readonly subject?: string | undefined;
  readonly expiresBy?: string | undefined;
  readonly after: { readonly createdAt: number; readonly id: string } | null;
  /** Whether what holds figures is among them. */
  readonly figures: boolean;
};

/** The newest documents that are wanted, at most `most`. A search reads the shop's documents until the page is full. */
export function documentsQuery(db: ShopDb, wanted: Wanted, most: number): Query<DocumentRow> {
  const { kind, subjectKind, subject, expiresBy, after, figures } = wanted;
  const conditions: readonly (SQL | undefined)[] = [
    eq(document.shopId, db.shopId),
    kind === undefined ? undefined : eq(document.kind, kind),
    // Every day brings a report: what people file would be lost among them.
    kind === undefined && subjectKind !== "day" ? ne(document.kind, "report") : undefined,
    subjectKind === undefined ? undefined : eq(document.subjectKind, subjectKind),
    subject === undefined ? undefined : eq(document.subject, subject),
    expiresBy === undefined ? undefined : sql`${document.expiresOn} <= ${expiresBy}`,
    figures ? undefined : and(ne(document.kind, "report"), ne(document.subjectKind, "day")),
    after === null ? undefined : and(lte(document.createdAt, after.createdAt), or(sql`${document.createdAt} < ${after.createdAt}`, sql`${document.id} < ${after.id}`)),
    ...wanted.words.map((word) => sql`instr(${document.words}, ${word}) > 0`),
  ];
  return db.orm.select().from(document).where(and(...conditions)).orderBy(desc(document.createdAt), desc(document.id)).limit(most);
}

/** How the shop keeps documents; no row where nobody said. */
export function ruleQuery(db: ShopDb): Query<RuleRow> {
  return db.orm.select().from(documentRule).where(eq(documentRule.shopId, db.shopId));
}

/** How much the shop keeps; no row where it never kept anything. */
export function usageQuery(db: ShopDb): Query<UsageRow> {
  return db.orm.select().from(documentUsage).where(eq(documentUsage.shopId, db.shopId));
}

/** Sets whether what comes from now on is sealed. */
export function ruleWritten(db: ShopDb, seals: boolean): Statement {
  return db.orm.insert(documentRule).values({ shopId: db.shopId, seals, linksVoidThrough: 0 })
    .onConflictDoUpdate({ target: documentRule.shopId, set: { seals }, setWhere: eq(documentRule.shopId, db.shopId) });
}

/** The key of an object that waits to become a document's; null, which no document takes, once it was given up. */
function waiting(db: ShopDb, key: string): SQL<string> {
  return sql<string>`(SELECT stray_object.object_key FROM stray_object WHERE stray_object.shop_id = ${db.shopId} AND stray_object.object_key = ${key} AND stray_object.sweep_at > 0)`;
}

/** Adds a document. Its object must be waiting: one that was given up breaks the batch. */
export function documentAdded(db: ShopDb, row: DocumentRow): Statement {
  return db.orm.insert(document).values({ ...row, shopId: db.shopId, objectKey: waiting(db, row.objectKey) });
}

/** What becomes of a document when it gets other content. */
export type NewContent = Pick<DocumentRow, "objectKey" | "fileName" | "mediaType" | "sizeBytes" | "checksum" | "sealedWith" | "width" | "height" | "words" | "changedAt">;

/** Gives a document other content as its next version. Breaks the batch where it is not at that version any more, or the object was given up. */
export function contentReplaced(db: ShopDb, id: DocumentId, version: number, content: NewContent, described: Partial<DocumentRow> = {}): Statement {
  const next = sql<number>`CASE ${document.version} WHEN ${version} THEN ${version + 1} ELSE NULL END`;
  return db.orm.update(document).set({ ...described, ...content, version: next, thumbnailKey: null, objectKey: waiting(db, content.objectKey) })
    .where(and(eq(document.shopId, db.shopId), eq(document.id, id)));
}

/** Gives a version of a document its small picture. Breaks the batch where the picture was given up; another version is left as it is. */
export function thumbnailWritten(db: ShopDb, { id, version }: Pick<DocumentRow, "id" | "version">, key: string): Statement {
  return db.orm.update(document).set({ thumbnailKey: sql`coalesce(${waiting(db, key)}, '')` })
    .where(and(eq(document.shopId, db.shopId), eq(document.id, id), eq(document.version, version)));
}

/** Says something else of a document, as it was seen at `seenAt`. Breaks the batch where it was changed since. */
export function descriptionWritten(db: ShopDb, id: DocumentId, seenAt: number, change: Partial<Omit<DocumentRow, "shopId" | "id">> & { readonly changedAt: number }): Statement {
  const changedAt = sql<number>`CASE ${document.changedAt} WHEN ${seenAt} THEN ${change.changedAt} ELSE NULL END`;
  return db.orm.update(document).set({ ...change, changedAt }).where(and(eq(document.shopId, db.shopId), eq(document.id, id)));
}

/** Removes a document, with its links and what came of them (`document_gone`). */
export function documentRemoved(db: ShopDb, id: DocumentId): Statement {
  return db.orm.delete(document).where(and(eq(document.shopId, db.shopId), eq(document.id, id)));
}

/** Breaks the batch where there is no such document any more, so that no line tells of an act on nothing. */
export function documentDemanded(db: ShopDb, id: DocumentId): Statement {
  return db.orm.run(sql`
    UPDATE document_usage SET document_count = CASE WHEN EXISTS (
      SELECT 1 FROM document WHERE document.shop_id = ${db.shopId} AND document.id = ${id}
    ) THEN document_count ELSE NULL END WHERE document_usage.shop_id = ${db.shopId}`);
}

/** Links of a document that were signed until now open nothing from now on. */
export function documentLinksVoided(db: ShopDb, id: DocumentId, at: number): Statement {
  return db.orm.update(document).set({ linksVoidThrough: at }).where(and(eq(document.shopId, db.shopId), eq(document.id, id)));
}

/** The same for every link of the shop. */
export function shopLinksVoided(db: ShopDb, at: number): Statement {
  return db.orm.insert(documentRule).values({ shopId: db.shopId, seals: false, linksVoidThrough: at })
    .onConflictDoUpdate({ target: documentRule.shopId, set: { linksVoidThrough: at }, setWhere: eq(documentRule.shopId, db.shopId) });
}

/** Writes an object down before anything is sent to the bucket: `sweepAt` is when it is given up if no document came of it. */
export function strayAdded(db: ShopDb, objectKey: string, sweepAt: number): Statement {
  return db.orm.insert(strayObject).values({ shopId: db.shopId, objectKey, multipartId: null, sweepAt });
}

/** Takes an object off the strays for a document that names it. Breaks the batch where that document does not. */
export function strayTaken(db: ShopDb, id: DocumentId, objectKey: string): readonly [Statement, Statement] {
  const own = and(eq(strayObject.shopId, db.shopId), eq(strayObject.objectKey, objectKey));
  const isNamed = sql`EXISTS (SELECT 1 FROM document WHERE document.shop_id = ${db.shopId} AND document.id = ${id} AND (document.object_key = ${objectKey} OR document.thumbnail_key = ${objectKey}))`;
  return [
    db.orm.update(strayObject).set({ sweepAt: sql`CASE WHEN ${isNamed} THEN 1 ELSE NULL END` }).where(own),
    db.orm.delete(strayObject).where(own),
  ];
}

/** Before a document lets go of its content or its small picture: writes down the object as one that is given up. */
export function letGo(db: ShopDb, id: DocumentId, which: "content" | "thumbnail"): Statement {
  const key = sql.raw(which === "content" ? "document.object_key" : "document.thumbnail_key");
  return db.orm.run(sql`
    INSERT INTO stray_object (shop_id, object_key, multipart_id, sweep_at) SELECT ${db.shopId}, ${key}, NULL, 0
    FROM document WHERE document.shop_id = ${db.shopId} AND document.id = ${id} AND ${key} IS NOT NULL`);
}

/** Gives an object up that no document names: one that is named is on record no more, and nothing happens to it. */
export function strayGivenUp(db: ShopDb, objectKey: string): Statement {
  return db.orm.update(strayObject).set({ sweepAt: 0 }).where(and(eq(strayObject.shopId, db.shopId), eq(strayObject.objectKey, objectKey)));
}

/** Gives up all objects whose time has come: from here on no document comes of them. */
export function straysGivenUp(db: ShopDb, now: number): Statement {
  return db.orm.update(strayObject).set({ sweepAt: 0 }).where(and(eq(strayObject.shopId, db.shopId), gt(strayObject.sweepAt, 0), lte(strayObject.sweepAt, now)));
}

/** Objects that were given up, at most `most`. */
export function givenUpQuery(db: ShopDb, most: number): Query<StrayRow> {
  return db.orm.select().from(strayObject).where(and(eq(strayObject.shopId, db.shopId), eq(strayObject.sweepAt, 0))).limit(most);
}

/** Objects are certainly gone: nothing needs to know of them any more, nor of the uploads that they would have become. */
export function straysForgotten(db: ShopDb, keys: readonly string[]): readonly Statement[] {
  const gone = sql`(SELECT value FROM json_each(${JSON.stringify(keys)}))`;
  return [
    db.orm.run(sql`DELETE FROM upload_part WHERE upload_part.shop_id = ${db.shopId} AND upload_part.upload_id IN (
      SELECT upload.id FROM upload WHERE upload.shop_id = ${db.shopId} AND upload.object_key IN ${gone})`),
    db.orm.run(sql`DELETE FROM upload WHERE upload.shop_id = ${db.shopId} AND upload.object_key IN ${gone}`),
    db.orm.run(sql`DELETE FROM stray_object WHERE stray_object.shop_id = ${db.shopId} AND stray_object.object_key IN ${gone}`),
  ];
}

/** An upload, and how much of it is there. */
export type UploadGlance = UploadRow & { readonly arrivedBytes: number };

/** Uploads that can be gone on with, newest first; at most 50. */
export function uploadsQuery(db: ShopDb, now: number): Query<UploadGlance> {
  return db.orm.select({ ...getTableColumns(upload), arrivedBytes: sql<number>`coalesce(sum(${uploadPart.sizeBytes}), 0)`.as("arrived_bytes") }).from(upload)
    .leftJoin(uploadPart, and(eq(uploadPart.shopId, upload.shopId), eq(uploadPart.uploadId, upload.id)))
    .where(and(eq(upload.shopId, db.shopId), gt(upload.expiresAt, now))).groupBy(upload.shopId, upload.id).orderBy(desc(upload.createdAt), desc(upload.id)).limit(50);
}

/** An upload with the key that it is sealed with, and R2's id of it where it is still waited for. */
export type StoredUpload = UploadRow & { readonly keyMaster: string | null; readonly keyWrapped: string | null; readonly multipartId: string | null; readonly sweepAt: number | null };

/** One upload, if there is one. */
export function uploadQuery(db: ShopDb, id: UploadId): Query<StoredUpload> {
  return db.orm.select({ ...getTableColumns(upload), ...joinedKey.columns, multipartId: strayObject.multipartId, sweepAt: strayObject.sweepAt }).from(upload)
    .leftJoin(joinedKey.table, joinedKey.on(upload.shopId, upload.sealedWith))
    .leftJoin(strayObject, and(eq(strayObject.shopId, upload.shopId), eq(strayObject.objectKey, upload.objectKey)))
    .where(and(eq(upload.shopId, db.shopId), eq(upload.id, id)));
}

/** The parts of an upload that arrived, in order. R2 takes no more than 10,000. */
export function partsQuery(db: ShopDb, id: UploadId): Query<PartRow> {
  return db.orm.select().from(uploadPart).where(and(eq(uploadPart.shopId, db.shopId), eq(uploadPart.uploadId, id))).orderBy(uploadPart.number).limit(10_000);
}

/** Begins an upload whose object is written down as waiting; its row holds R2's id from now on, for whoever gives it up. */
export function uploadAdded(db: ShopDb, row: UploadRow, multipartId: string): readonly [Statement, Statement] {
  return [
    db.orm.update(strayObject).set({ multipartId }).where(and(eq(strayObject.shopId, db.shopId), eq(strayObject.objectKey, row.objectKey))),
    db.orm.insert(upload).values({ ...row, shopId: db.shopId, objectKey: waiting(db, row.objectKey) }),
  ];
}

/** Keeps a part in place of an earlier one of its number, and what the first one showed the whole to be. Nothing where the upload is gone. */
export function partWritten(db: ShopDb, { uploadId, number, etag, checksum, sizeBytes }: Omit<PartRow, "shopId">, mediaType: UploadRow["mediaType"]): readonly [Statement, Statement] {
  return [
    db.orm.run(sql`
      INSERT INTO upload_part (shop_id, upload_id, number, etag, checksum, size_bytes)
      SELECT ${db.shopId}, upload.id, ${number}, ${etag}, ${checksum}, ${sizeBytes} FROM upload WHERE upload.shop_id = ${db.shopId} AND upload.id = ${uploadId}
      ON CONFLICT (shop_id, upload_id, number) DO UPDATE SET etag = excluded.etag, checksum = excluded.checksum, size_bytes = excluded.size_bytes`),
    db.orm.update(upload).set({ mediaType: sql`coalesce(${mediaType}, ${upload.mediaType})` }).where(and(eq(upload.shopId, db.shopId), eq(upload.id, uploadId))),
  ];
}

/** Before a part is sent that is another than the one which arrived: what is on record is always what the bucket has. */
export function partForgotten(db: ShopDb, uploadId: UploadId, number: number): Statement {
  return db.orm.delete(uploadPart).where(and(eq(uploadPart.shopId, db.shopId), eq(uploadPart.uploadId, uploadId), eq(uploadPart.number, number)));
}

/** An upload is over: a document came of it. */
export function uploadRemoved(db: ShopDb, id: UploadId): readonly [Statement, Statement] {
  return [
    db.orm.delete(uploadPart).where(and(eq(uploadPart.shopId, db.shopId), eq(uploadPart.uploadId, id))),
    db.orm.delete(upload).where(and(eq(upload.shopId, db.shopId), eq(upload.id, id))),
  ];
}
