/** Documents as the web app sees them. */
import type { Visit } from "../../http/guard";
import { LINK_LIVES_MS, signLink } from "../../http/signed-link";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import type { DocumentItem } from "./contract";
import type { DocumentRow } from "./store";

/** For whom a document is shown. */
export type Seeing = { readonly world: World; readonly env: Bindings; readonly visit: Pick<Visit, "shop" | "person"> };

/** One document; `createdBy` is the name of whoever filed it. */
export async function toDocumentItem(seeing: Seeing, row: DocumentRow, createdBy: string): Promise<DocumentItem> {
  const { id, version, kind, subjectKind, subject, title, fileName, mediaType, sizeBytes, width, height, issuedOn, expiresOn, createdAt, changedAt } = row;
  return {
    id, version, kind, subjectKind, subject, title, tags: [...row.tags], fileName, mediaType, sizeBytes, width, height, issuedOn, expiresOn,
    isSealed: row.sealedWith !== null, createdAt, changedAt, createdBy, thumbnailUrl: await thumbnailUrlOf(seeing, row),
  };
}

/** Where this person's browser finds the small picture for some minutes; null where there is none. */
async function thumbnailUrlOf({ world, env, visit: { shop, person } }: Seeing, { id, version, thumbnailKey }: DocumentRow): Promise<string | null> {
  if (thumbnailKey === null) return null;
  const expiresAt = world.clock() + LINK_LIVES_MS;
  return await signLink(readConfig(env), { kind: "content", shard: shop.shard, shopId: shop.id, documentId: id, version, disposition: "inline", expiresAt, purpose: "thumbnail", to: person.id });
}
