/**
 * Seals texts for the one place that they belong to. Each table and column has a key of its own, derived from the
 * shop's; a value that is copied to another row, column, shop or key does not open. Format:
 * `v1.<key id>.<base64url of commitment | nonce | ciphertext | tag>`.
 */
import { decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from "@oslojs/encoding";
import type { RandomBytes } from "../kernel/clock";
import type { Brand, ShopId } from "../kernel/ids";
import { failed, ok, type Result } from "../kernel/result";
import { aesKey, decrypt, derive, encrypt, KEY_BYTES, NONCE_BYTES, TAG_BYTES, utf8, type Bytes } from "./aes-gcm";
import { canonicalJson } from "../kernel/canonical-json";
import { Secret } from "./secret";

/** Where a sealed value stands; it opens nowhere else. `shopId` is null for what is in the directory and no shop owns. */
export type Place = { readonly table: string; readonly column: string; readonly shopId: ShopId | null; readonly row: string };

/** A text that only its place and key can open. */
export type SealedText = Brand<string, "SealedText">;

/** Every way in which a value does not open, on purpose the same one. */
export type Unopened = Result<never, { readonly kind: "key_unavailable" }>;

export type Sealer = {
  /** The key that new values are sealed with. */
  readonly keyId: string;
  seal(place: Place, text: string): Promise<SealedText>;
  /** `key_unavailable` for a value that was altered, moved, or sealed with a key that is not here. */
  open(place: Place, sealed: string): Promise<Result<Secret, { readonly kind: "key_unavailable" }>>;
};

/** A shop's keys by id, each 32 bytes. */
export type KeyRing = { readonly current: string; readonly keys: ReadonlyMap<string, Bytes> };

const VERSION = "v1";
const SALT = "daybook/v1";
/** 256 bits, so that nobody can make two keys that one commitment fits, even when shops bring keys of their own. */
const COMMITMENT_BYTES = 32;

const UNOPENED: Unopened = failed({ kind: "key_unavailable" });

/** Seals and opens with the keys of one shop. Derived keys are kept for as long as the sealer is. */
export function createSealer(ring: KeyRing, random: RandomBytes): Sealer {
  const fieldKey = createFieldKeys(ring);
  return {
    keyId: ring.current,
    seal: async (place, text) => {
      const field = await fieldKey(ring.current, place);
      if (field === null) throw new Error(`the current key ${ring.current} is not on the ring`);
      const nonce = random(NONCE_BYTES);
      const sealed = await encrypt(field.key, nonce, associatedData(place, ring.current), utf8(text));
      return `${VERSION}.${ring.current}.${encodeBase64urlNoPadding(joinBytes(field.commitment, nonce, sealed))}` as SealedText;
    },
    open: async (place, sealed) => {
      const parts = partsOf(sealed);
      const field = parts === null ? null : await fieldKey(parts.keyId, place);
      // Another key that is on the ring is refused here, before GCM: GCM alone can be made to open under two keys.
      if (parts === null || field === null || !isEqual(parts.commitment, field.commitment)) return UNOPENED;
      const plain = await decrypt(field.key, parts.nonce, associatedData(place, parts.keyId), parts.sealed);
      return plain === null ? UNOPENED : ok(new Secret(new TextDecoder().decode(plain)));
    },
  };
}

type FieldKey = { readonly key: CryptoKey; readonly commitment: Bytes };

function createFieldKeys(ring: KeyRing): (keyId: string, place: Place) => Promise<FieldKey | null> {
  const derived = new Map<string, Promise<FieldKey>>();
  return async (keyId, place) => {
    const bytes = ring.keys.get(keyId);
    if (bytes === undefined) return null;
    const name = `${keyId}/${place.table}.${place.column}`;
    const known = derived.get(name) ?? deriveFieldKey(bytes, place);
    derived.set(name, known);
    return await known;
  };
}

async function deriveFieldKey(shopKey: Bytes, place: Place): Promise<FieldKey> {
  const purpose = `${place.table}.${place.column}`;
  const [key, commitment] = await Promise.all([
    derive(shopKey, SALT, `seal ${purpose}`, KEY_BYTES),
    derive(shopKey, SALT, `commit ${purpose}`, COMMITMENT_BYTES),
  ]);
  return { key: await aesKey(key), commitment };
}

function associatedData(place: Place, keyId: string): Bytes {
  return utf8(canonicalJson([VERSION, place.table, place.column, place.shopId, place.row, keyId]));
}

function partsOf(sealed: string): { keyId: string; commitment: Bytes; nonce: Bytes; sealed: Bytes } | null {
  const match = /^v1\.([a-z0-9]{1,32})\.([A-Za-z0-9_-]{80,})$/.exec(sealed);
  const bytes = bytesOf(match?.[2] ?? "");
  if (match === null || bytes === null || bytes.byteLength < COMMITMENT_BYTES + NONCE_BYTES + TAG_BYTES) return null;
  return {
    keyId: match[1] ?? "",
    commitment: bytes.slice(0, COMMITMENT_BYTES),
    nonce: bytes.slice(COMMITMENT_BYTES, COMMITMENT_BYTES + NONCE_BYTES),
    sealed: bytes.slice(COMMITMENT_BYTES + NONCE_BYTES),
  };
}

/** Null also where another spelling would decode to the same bytes: a value has one spelling. */
function bytesOf(text: string): Bytes | null {
  try {
    const bytes = new Uint8Array(decodeBase64urlIgnorePadding(text));
    return encodeBase64urlNoPadding(bytes) === text ? bytes : null;
  } catch {
    return null; // the decoder throws on what is not base64url; the caller treats it like every other altered value
  }
}

function isEqual(one: Bytes, other: Bytes): boolean {
  return one.byteLength === other.byteLength && crypto.subtle.timingSafeEqual(one, other);
}

function joinBytes(...parts: readonly Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
}
