/**
 * A shop's own key: 32 random bytes, wrapped by the versioned master key. Rotating the master key rewraps keys and
 * touches no sealed value; what an older master wrapped still opens for as long as that master is there.
 */
import { sql, type SQL, type SQLWrapper } from "drizzle-orm";
import type { Clock, RandomBytes } from "../kernel/clock";
import { newId, type Brand, type ShopId } from "../kernel/ids";
import { failed, ok, type Result } from "../kernel/result";
import { decodeBase64url, encodeBase64url } from "@oslojs/encoding";
import { aesKey, derive, KEY_BYTES, type Bytes } from "./aes-gcm";
import type { ShopDb } from "./database";
import type { MasterKeys } from "./env";
import { createSealer, type Place, type Sealer } from "./sealer";

/** A shop's key under a master key, safe to store. */
export type WrappedKey = { readonly keyId: string; readonly masterId: string; readonly wrapped: string };

type KeyUnavailable = { readonly kind: "key_unavailable" };

export type Keeper = { readonly masters: MasterKeys; readonly random: RandomBytes; readonly clock: Clock };

/** A new key for a shop, wrapped by the current master key. */
export async function createShopKey(keeper: Keeper, shopId: ShopId): Promise<WrappedKey> {
  const keyId = newId<Brand<string, "KeyId">>(keeper.random).slice(0, 10);
  return await wrap(keeper, shopId, keyId, encodeBase64url(keeper.random(KEY_BYTES)));
}

/** The sealer of one shop for a wrapped key. `key_unavailable` when its master key is not here or the key was altered. */
export async function sealerOf(keeper: Keeper, shopId: ShopId, key: WrappedKey): Promise<Result<Sealer, KeyUnavailable>> {
  const opened = await unwrap(keeper, shopId, key);
  if (!opened.ok) return opened;
  const bytes: Bytes = new Uint8Array(decodeBase64url(opened.value));
  return ok(createSealer({ current: key.keyId, keys: new Map([[key.keyId, bytes]]) }, keeper.random));
}

/**
 * The key of one object in the bucket, bound to the shop's key and to the object's name. Which key an object was sealed with
 * is known and never tried out, so that it needs no commitment of its own. `key_unavailable` as for `sealerOf`.
 */
export async function objectKeyOf(keeper: Keeper, shopId: ShopId, key: WrappedKey, name: string): Promise<Result<CryptoKey, KeyUnavailable>> {
  const opened = await unwrap(keeper, shopId, key);
  if (!opened.ok) return opened;
  const bytes: Bytes = new Uint8Array(decodeBase64url(opened.value));
  return ok(await aesKey(await derive(bytes, "daybook/v1", `object ${name}`, KEY_BYTES)));
}

/** For a query over rows that name a shop's key: how that key is joined, and what it is as stored; both null where a row names none. */
export const joinedKey = {
  table: sql`shop_key`,
  on: (shopId: SQLWrapper, keyId: SQLWrapper): SQL => sql`shop_key.shop_id = ${shopId} AND shop_key.key_id = ${keyId}`,
  columns: { keyMaster: sql<string | null>`shop_key.master_id`.as("key_master"), keyWrapped: sql<string | null>`shop_key.wrapped`.as("key_wrapped") },
} as const;

/** The same key under the current master key; the very same object when it already is. */
export async function rewrap(keeper: Keeper, shopId: ShopId, key: WrappedKey): Promise<Result<WrappedKey, KeyUnavailable>> {
  if (key.masterId === keeper.masters.current) return ok(key);
  const opened = await unwrap(keeper, shopId, key);
  return opened.ok ? ok(await wrap(keeper, shopId, key.keyId, opened.value)) : opened;
}

/** The shop's key as stored, made and stored at first use. Two first uses at once end with one key. */
export async function shopKeyOf(keeper: Keeper, db: ShopDb): Promise<WrappedKey> {
  const stored = await storedKey(db);
  if (stored !== null) return stored;
  const made = await createShopKey(keeper, db.shopId);
  await db.orm.run(sql`
    INSERT INTO shop_key (shop_id, key_id, master_id, wrapped, created_at)
    SELECT ${db.shopId}, ${made.keyId}, ${made.masterId}, ${made.wrapped}, ${keeper.clock()}
    WHERE NOT EXISTS (SELECT 1 FROM shop_key WHERE shop_key.shop_id = ${db.shopId})`);
  return (await storedKey(db)) ?? made;
}

/** Rewraps the shop's key under the current master key. Answers whether anything had to be written. */
export async function rewrapShopKey(keeper: Keeper, db: ShopDb): Promise<Result<boolean, KeyUnavailable>> {
  const stored = await storedKey(db);
  if (stored === null || stored.masterId === keeper.masters.current) return ok(false);
  const renewed = await rewrap(keeper, db.shopId, stored);
  if (!renewed.ok) return renewed;
  await db.orm.run(sql`
    UPDATE shop_key SET master_id = ${renewed.value.masterId}, wrapped = ${renewed.value.wrapped}
    WHERE shop_key.shop_id = ${db.shopId} AND shop_key.key_id = ${stored.keyId} AND shop_key.master_id = ${stored.masterId}`);
  return ok(true);
}

async function storedKey(db: ShopDb): Promise<WrappedKey | null> {
  const row = await db.orm.get<{ key_id: string; master_id: string; wrapped: string } | undefined>(sql`
    SELECT key_id, master_id, wrapped FROM shop_key
    WHERE shop_key.shop_id = ${db.shopId} ORDER BY created_at DESC, key_id LIMIT 1`);
  return row === undefined ? null : { keyId: row.key_id, masterId: row.master_id, wrapped: row.wrapped };
}

/** The master keys seal shop keys as a sealer seals texts: bound to the shop and to the key's own id. */
async function wrap(keeper: Keeper, shopId: ShopId, keyId: string, text: string): Promise<WrappedKey> {
  const wrapped = await createSealer(keeper.masters, keeper.random).seal(placeOf(shopId, keyId), text);
  return { keyId, masterId: keeper.masters.current, wrapped };
}

async function unwrap(keeper: Keeper, shopId: ShopId, key: WrappedKey): Promise<Result<string, KeyUnavailable>> {
  const opened = await createSealer(keeper.masters, keeper.random).open(placeOf(shopId, key.keyId), key.wrapped);
  if (!opened.ok) return opened;
  const isWhole = decodeBase64url(opened.value.reveal()).byteLength === KEY_BYTES;
  return isWhole ? ok(opened.value.reveal()) : failed({ kind: "key_unavailable" });
}

function placeOf(shopId: ShopId, keyId: string): Place {
  return { table: "shop_key", column: "wrapped", shopId, row: keyId };
}
