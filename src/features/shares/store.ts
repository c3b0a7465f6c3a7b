/** The SQL of shares, and of what came of links. What a link opens, the documents' store reads. */
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { DocumentId, ShareId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import { documentUse, share } from "./table";

export type ShareRow = typeof share.$inferSelect;
export type UseRow = typeof documentUse.$inferSelect;

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
