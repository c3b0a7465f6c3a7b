/** AES-256-GCM with the choices that security rests on made here once: 256-bit keys, 96-bit nonces, 128-bit tags. */
import { assert } from "../kernel/assert";

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

export type Bytes = Uint8Array<ArrayBuffer>;

/** A key for `encrypt` and `decrypt`. Throws for any length but 32 bytes. */
export async function aesKey(bytes: Bytes): Promise<CryptoKey> {
  assert(bytes.byteLength === KEY_BYTES, "a key has 32 bytes");
  return await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Ciphertext followed by its tag. The nonce must never come twice with one key. */
export async function encrypt(key: CryptoKey, nonce: Bytes, associated: Bytes, plain: Bytes): Promise<Bytes> {
  assert(nonce.byteLength === NONCE_BYTES, "a nonce has 12 bytes");
  return new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, associated), key, plain));
}

/** The plain text, or null when ciphertext, tag, nonce, key or associated data is not what it was: never which. */
export async function decrypt(key: CryptoKey, nonce: Bytes, associated: Bytes, sealed: Bytes): Promise<Bytes | null> {
  if (nonce.byteLength !== NONCE_BYTES || sealed.byteLength < TAG_BYTES) return null;
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, associated), key, sealed));
  } catch {
    return null; // WebCrypto throws OperationError for a wrong tag and for nothing else that can happen here
  }
}

/** The tag's length is stated: the runtime would accept 32 bits if it were asked to. */
function parameters(nonce: Bytes, associated: Bytes): AesGcmParameters {
  return { name: "AES-GCM", iv: nonce, additionalData: associated, tagLength: TAG_BYTES * 8 };
}

type AesGcmParameters = { readonly name: "AES-GCM"; readonly iv: Bytes; readonly additionalData: Bytes; readonly tagLength: number };

/** HKDF-SHA-256 (RFC 5869): `length` bytes for one purpose from a key that serves several. */
export async function derive(key: Bytes, salt: string, purpose: string, length: number): Promise<Bytes> {
  const base = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: utf8(salt), info: utf8(purpose) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, base, length * 8));
}

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}
