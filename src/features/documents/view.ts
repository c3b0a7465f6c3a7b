/** Documents as the web app sees them. */
import { lifeFrom, signLink } from "../../http/signed-link";
import type { Visit } from "../../http/guard";
import type { Config } from "../../platform/env";
import type { DocumentItem } from "./contract";
import type { DocumentRow } from "./store";

/** Who looks, and when: the small pictures are for their eyes, for some minutes. */
export type Looking = { readonly config: Config; readonly visit: Pick<Visit, "person" | "shop">; readonly now: number };

/** One document; `createdBy` is the name of whoever filed it. */
export async function toDocumentItem(row: DocumentRow, createdBy: string, looking: Looking): Promise<DocumentItem> {
  const { id, version, kind, subjectKind, subject, title, fileName, mediaType, sizeBytes, width, height, issuedOn, expiresOn, createdAt, changedAt } = row;
  return {
    id, version, kind, subjectKind, subject, title, tags: [...row.tags], fileName, mediaType, sizeBytes, width, height, issuedOn, expiresOn,
    isSealed: row.sealedWith !== null, createdAt, changedAt, createdBy, thumbnailUrl: row.thumbnailKey === null ? null : await thumbnailUrlOf(row, looking),
  };
}

async function thumbnailUrlOf({ shopId, id, version }: DocumentRow, { config, visit, now }: Looking): Promise<string> {
  return await signLink(config, {
    kind: "content", shard: visit.shop.shard, shopId, documentId: id, version, purpose: "thumbnail", to: visit.person.id, disposition: "inline", ...lifeFrom(now),
  });
}
