/** Documents as the web app sees them. */
import type { DocumentItem } from "./contract";
import type { DocumentRow } from "./store";

/** One document; `createdBy` is the name of whoever filed it. */
export function toDocumentItem(row: DocumentRow, createdBy: string): DocumentItem {
  const { id, version, kind, subjectKind, subject, title, fileName, mediaType, sizeBytes, width, height, issuedOn, expiresOn, createdAt, changedAt } = row;
  return {
    id, version, kind, subjectKind, subject, title, tags: [...row.tags], fileName, mediaType, sizeBytes, width, height, issuedOn, expiresOn,
    isSealed: row.sealedWith !== null, createdAt, changedAt, createdBy, thumbnailUrl: thumbnailUrlOf(row),
  };
}

/** Where a browser finds the small picture for some minutes; null where there is none. */
function thumbnailUrlOf(_row: DocumentRow): string | null {
  return null;
}
