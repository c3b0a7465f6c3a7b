/** How a document's objects stand in the bucket: in the clear, or sealed with the shop's key; and how they come out again. */
import { failed, ok, type Result } from "../../kernel/result";
import { readConfig, type Bindings } from "../../platform/env";
import type { ShopDb } from "../../platform/database";
import { objectsOf, type Sized, type Stretch } from "../../platform/objects";
import { openedSizeOfOne, openStream, sealedSize, sealedStretch, sealStream } from "../../platform/sealed-stream";
import { objectKeyOf, shopKeyOf, type Keeper } from "../../platform/vault";
import type { World } from "../../platform/world";
import type { DocumentRow, StoredDocument } from "./store";

/** What an object is sealed with: the id of the shop's key and the object's own; null for one in the clear. */
export type Seal = { readonly keyId: string; readonly key: CryptoKey } | null;

/** Who keeps the shops' keys in this world. */
export function keeperOf(world: Pick<World, "random" | "clock">, env: Bindings): Keeper {
  return { masters: readConfig(env).masterKeys, random: world.random, clock: world.clock };
}

/** The seal of a new object, where the shop's are sealed. `key_unavailable` where its key cannot be opened. */
export async function newSeal(keeper: Keeper, db: ShopDb, objectKey: string, seals: boolean): Promise<Result<Seal>> {
  if (!seals) return ok(null);
  const shopKey = await shopKeyOf(keeper, db);
  const key = await objectKeyOf(keeper, db.shopId, shopKey, objectKey);
  return key.ok ? ok({ keyId: shopKey.keyId, key: key.value }) : key;
}

/** What says which key an object is sealed with, and holds it as it is stored. */
export type SealedWith = { readonly sealedWith: string | null; readonly keyMaster: string | null; readonly keyWrapped: string | null };

/** The seal of an object of a document that is there. `key_unavailable` where its key is gone or cannot be opened. */
export async function sealOf(keeper: Keeper, db: ShopDb, { sealedWith, keyMaster, keyWrapped }: SealedWith, objectKey: string): Promise<Result<Seal>> {
  if (sealedWith === null) return ok(null);
  if (keyMaster === null || keyWrapped === null) return failed({ kind: "key_unavailable" });
  const key = await objectKeyOf(keeper, db.shopId, { keyId: sealedWith, masterId: keyMaster, wrapped: keyWrapped }, objectKey);
  return key.ok ? ok({ keyId: sealedWith, key: key.value }) : key;
}

/** Where in its object a stretch of content stands. */
type Whole = { readonly plainBytes: number; readonly offset: number };

/** Content as it goes into the bucket: `content` is what stands from `offset` on in a whole of `plainBytes`. */
export function sealed(keeper: Pick<Keeper, "random">, seal: Seal, content: Sized, { plainBytes, offset }: Whole): Sized {
  if (seal === null) return content;
  const body = content.body.pipeThrough(sealStream({ key: seal.key, random: keeper.random, plainBytes, offset }));
  return { body, sizeBytes: sealedSize(content.sizeBytes) };
}

/**
 * A document's content, or a stretch of it, as people get it, and its length. `not_found` where the document was removed or
 * replaced meanwhile; `key_unavailable`. A sealed object that was tampered with breaks off before any byte of the chunk.
 */
export async function openContent(env: Bindings, keeper: Keeper, db: ShopDb, row: StoredDocument, stretch: Stretch | null): Promise<Result<Sized>> {
  const seal = await sealOf(keeper, db, row, row.objectKey);
  if (!seal.ok) return seal;
  const wanted = stretch ?? { offset: 0, length: row.sizeBytes };
  const plainBytes = row.sizeBytes;
  const object = await objectsOf(env, db).get(row.objectKey, seal.value === null ? stretch : sealedStretch(wanted, plainBytes));
  if (object === null) return failed({ kind: "not_found" });
  return ok(seal.value === null ? object : { body: object.body.pipeThrough(openStream({ key: seal.value.key, plainBytes, stretch: wanted })), sizeBytes: wanted.length });
}

/** A document's small picture. `not_found` where it has none; `key_unavailable`. */
export async function openThumbnail(env: Bindings, keeper: Keeper, db: ShopDb, row: StoredDocument): Promise<Result<Sized>> {
  const key = row.thumbnailKey;
  const object = key === null ? null : await objectsOf(env, db).get(key, null);
  if (key === null || object === null) return failed({ kind: "not_found" });
  const seal = await sealOf(keeper, db, row, key);
  if (!seal.ok || seal.value === null) return seal.ok ? ok(object) : seal;
  const plainBytes = openedSizeOfOne(object.sizeBytes);
  if (plainBytes === null) return failed({ kind: "not_found" });
  const stretch = { offset: 0, length: plainBytes };
  return ok({ body: object.body.pipeThrough(openStream({ key: seal.value.key, plainBytes, stretch })), sizeBytes: plainBytes });
}

/** Where a new object of a document goes. Never twice the same, so that what stands under a key never changes. */
export function newObjectKey({ shopId }: Pick<ShopDb, "shopId">, id: DocumentRow["id"], random: string, thumbnail = false): string {
  return `${shopId}/${id}/${random}${thumbnail ? ".thumb" : ""}`;
}
