/**
 * One line of an audit log as a leaf of its Merkle tree (RFC 6962 section 2.1): canonical JSON, hashed with a leading
 * zero byte. Personal fields stand in it as salted hashes, so that they can be erased and every proof still holds.
 */
import { sha256 } from "@oslojs/crypto/sha2";
import { encodeBase64urlNoPadding } from "@oslojs/encoding";
import { canonicalJson, type Json } from "./canonical-json";
import { leafHashOf } from "./merkle";

/** A personal value with the salt (16 bytes, base64url) that its commitment was made with. */
export type Salted = { readonly salt: string; readonly value: string };

/** What of a leaf is hashed; `log` is `shop:<id>` or `organisation:<id>`. */
export type Leaf = {
  readonly v: 1;
  readonly log: string;
  readonly at: number;
  readonly actor: string;
  readonly through: string | null;
  readonly action: string;
  readonly subject: string;
  readonly before: Json;
  readonly after: Json;
  readonly commitments: Readonly<Record<string, string>>;
};

/** SHA-256(0x00 || canonical JSON), base64url. */
export function leafHash(leaf: Leaf): string {
  return encodeBase64urlNoPadding(leafHashOf(new TextEncoder().encode(canonicalJson(leaf))));
}

/** SHA-256(salt as written || ":" || value), base64url: what stands in the leaf for a personal value. */
export function commitmentOf({ salt, value }: Salted): string {
  return encodeBase64urlNoPadding(sha256(new TextEncoder().encode(`${salt}:${value}`)));
}
