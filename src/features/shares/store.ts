/** The SQL of links: what one opens, shares, and what came of them. */
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { DocumentId, ShareId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import type { DocumentKind, MediaType, SubjectKind } from "../documents/contract";
import { documentUse, share } from "./table";

export type ShareRow = typeof share.$inferSelect;
export type UseRow = typeof documentUse.$inferSelect;

/** What is asked for by a link: a document, and the share that it came from. */
export type Asked = { readonly documentId: DocumentId; readonly share: ShareId | null };

/** A document as links need it, with what may have ended them. Instants are epoch milliseconds. */
export type LinkedDocument = {
  readonly id: DocumentId;
  readonly version: number;
  readonly objectKey: string;
  readonly thumbnailKey: string | null;
  readonly kind: DocumentKind;
  readonly subjectKind: SubjectKind;
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: MediaType;
  readonly sizeBytes: number;
  readonly checksum: string;
  readonly sealedWith: string | null;
  /** Links that were signed at this instant or before it open nothing, by the document or by the shop. */
  readonly voidThrough: number;
  /** The shop's key that the content is sealed with, where it is. */
  readonly keyMaster: string | null;
  readonly keyWrapped: string | null;
  /** Of the share, all null where none was asked for or there is none. */
  readonly shareVersion: number | null;
  readonly shareRecipient: string | null;
  readonly shareDisposition: "inline" | "attachment" | null;
  readonly shareIsOnce: number | null;
  readonly sharePassphraseHash: string | null;
  readonly shareCreatedAt: number | null;
  readonly shareExpiresAt: number | null;
  readonly shareRevokedAt: number | null;
  readonly shareTakenCount: number | null;
};

/** All that decides about a link, in one statement. */
export async function readLinked(db: ShopDb, { documentId, share: shareId }: Asked): Promise<LinkedDocument | undefined> {
  return await db.orm.get<LinkedDocument | undefined>(sql`
    SELECT document.id AS id, document.version AS version, document.object_key AS objectKey, document.thumbnail_key AS thumbnailKey, document.kind AS kind,
      document.subject_kind AS subjectKind, document.title AS title, document.file_name AS fileName, document.media_type AS mediaType,
      document.size_bytes AS sizeBytes, document.checksum AS checksum, document.sealed_with AS sealedWith,
      max(document.links_void_through, coalesce(document_rule.links_void_through, 0)) AS voidThrough,
      shop_key.master_id AS keyMaster, shop_key.wrapped AS keyWrapped,
      share.version AS shareVersion, share.recipient AS shareRecipient, share.disposition AS shareDisposition, share.is_once AS shareIsOnce,
      share.passphrase_hash AS sharePassphraseHash, share.created_at AS shareCreatedAt, share.expires_at AS shareExpiresAt,
      share.revoked_at AS shareRevokedAt, share.taken_count AS shareTakenCount
    FROM document
    LEFT JOIN document_rule ON document_rule.shop_id = document.shop_id
    LEFT JOIN shop_key ON shop_key.shop_id = document.shop_id AND shop_key.key_id = document.sealed_with
    LEFT JOIN share ON share.shop_id = document.shop_id AND share.document_id = document.id AND share.id = ${shareId ?? ""}
    WHERE document.shop_id = ${db.shopId} AND document.id = ${documentId}`);
}

/** Writes a new share. */
export function shareInserted(db: ShopDb, row: Omit<ShareRow, "shopId">): Statement {
  return db.orm.insert(share).values({ ...row, shopId: db.shopId });
}

/** One share, or none. */
export function shareQuery(db: ShopDb, documentId: DocumentId, id: ShareId): Query<ShareRow> {
  return db.orm.select().from(share).where(and(eq(share.shopId, db.shopId), eq(share.documentId, documentId), eq(share.id, id)));
}

/** The latest shares of a document, newest first. */
export function sharesQuery(db: ShopDb, documentId: DocumentId, most: number): Query<ShareRow> {
  return db.orm.select().from(share).where(and(eq(share.shopId, db.shopId), eq(share.documentId, documentId))).orderBy(desc(share.createdAt), desc(share.id)).limit(most);
}

/** Takes a share back; one that was taken back already stays as it is. */
export function shareRevoked(db: ShopDb, documentId: DocumentId, id: ShareId, at: number): Statement {
  return db.orm.update(share).set({ revokedAt: at }).where(and(eq(share.shopId, db.shopId), eq(share.documentId, documentId), eq(share.id, id), isNull(share.revokedAt)));
}

/** Takes what was shared, as often as the share allows: of many at once with a once-only share, one is told that it has it. */
export async function takeShare(db: ShopDb, { documentId, share: id }: { readonly documentId: DocumentId; readonly share: ShareId }, now: number): Promise<boolean> {
  const taken = await db.orm.update(share).set({ takenCount: sql`${share.takenCount} + 1`, takenAt: now }).where(and(
    eq(share.shopId, db.shopId), eq(share.documentId, documentId), eq(share.id, id), isNull(share.revokedAt), sql`${share.expiresAt} > ${now}`,
    sql`(${share.isOnce} = 0 OR ${share.takenCount} = 0)`,
  )).returning({ id: share.id });
  return taken.length === 1;
}

/** Puts a share back that was taken by nobody after all. */
export async function putBack(db: ShopDb, { documentId, share: id }: { readonly documentId: DocumentId; readonly share: ShareId }): Promise<void> {
  await db.orm.update(share).set({ takenCount: sql`${share.takenCount} - 1` })
    .where(and(eq(share.shopId, db.shopId), eq(share.documentId, documentId), eq(share.id, id), sql`${share.takenCount} > 0`));
}

/** Ends every link of a document that was signed until now. */
export function documentLinksVoided(db: ShopDb, documentId: DocumentId, at: number): Statement {
  return db.orm.run(sql`
    UPDATE document SET links_void_through = max(links_void_through, ${at}) WHERE document.shop_id = ${db.shopId} AND document.id = ${documentId}`);
}

/** Ends every link of the shop that was signed until now. */
export function shopLinksVoided(db: ShopDb, at: number): Statement {
  return db.orm.run(sql`
    INSERT INTO document_rule (shop_id, seals, links_void_through) VALUES (${db.shopId}, 0, ${at})
    ON CONFLICT (shop_id) DO UPDATE SET links_void_through = max(document_rule.links_void_through, excluded.links_void_through)`);
}

/** The latest uses of a document, newest first. */
export function usesQuery(db: ShopDb, documentId: DocumentId, most: number): Query<UseRow> {
  return db.orm.select().from(documentUse).where(and(eq(documentUse.shopId, db.shopId), eq(documentUse.documentId, documentId)))
    .orderBy(desc(documentUse.at), desc(documentUse.id)).limit(most);
}

/** Writes a use down and lets the oldest go: at most `most` of a document are kept, the audit log keeps all. */
export function useWritten(db: ShopDb, row: Omit<UseRow, "shopId">, most: number): readonly [Statement, Statement] {
  return [
    db.orm.insert(documentUse).values({ ...row, shopId: db.shopId }).onConflictDoNothing(),
    db.orm.run(sql`
      DELETE FROM document_use WHERE document_use.shop_id = ${db.shopId} AND document_use.document_id = ${row.documentId} AND document_use.at < (
        SELECT kept.at FROM document_use AS kept WHERE kept.shop_id = ${db.shopId} AND kept.document_id = ${row.documentId} ORDER BY kept.at DESC LIMIT 1 OFFSET ${most - 1})`),
  ];
}
