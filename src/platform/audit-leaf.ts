/**
 * One line of an audit log as a leaf of its Merkle tree (RFC 6962 section 2.1): canonical JSON, hashed with a leading
 * zero byte. Personal fields stand in it as salted hashes, so that they can be erased and every proof still holds.
 */
import { sha256 } from "@oslojs/crypto/sha2";
import { encodeBase64urlNoPadding } from "@oslojs/encoding";
import type { RandomBytes } from "../kernel/clock";
import { canonicalJson, type Json } from "./canonical-json";

/** Who acts, as an audit log says it. */
export type Actor = {
  /** `person:<id>`, `daybook`, or `stranger` where nobody is signed in. */
  readonly id: string;
  /** What they came through: `organisation:<id>`; null for a member. */
  readonly through: string | null;
  /** Who and where it was in words, each erasable. */
  readonly personal: Personal;
};

/** Values that say who somebody is; empty ones are left out. Names are ours: `name`, `email`, `address`, `place`, `device`. */
export type Personal = Readonly<Record<string, string>>;

/** An actor of whom only the id is known, as a message on a queue says it. */
export function actorNamed(id: string): Actor {
  return { id, through: null, personal: {} };
}

/** Daybook itself, when it acts by its own clock. */
export const DAYBOOK: Actor = { id: "daybook", through: null, personal: {} };

/** Who did what to what, and when (epoch milliseconds). `before` and `after` hold ids and words, never a secret, never a person's data. */
export type AuditLine = {
  readonly at: number;
  readonly actor: Actor;
  /** A thing of ours and what became of it, such as `mapping.saved`. */
  readonly action: string;
  readonly subject: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Personal data of the subject, such as the address that was invited: erasable as the actor's is. */
  readonly personal?: Personal;
};

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

const SALT_BYTES = 16;

/** A line as it is stored: the leaf, its hash (base64url), and the personal values beside it. */
export function leafOf(log: string, line: AuditLine, random: RandomBytes): { readonly leaf: Leaf; readonly hash: string; readonly fields: Readonly<Record<string, Salted>> } {
  const named = { ...prefixed("subject_", line.personal ?? {}), ...line.actor.personal };
  const fields = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== "")
    .map(([name, value]) => [name, { salt: encodeBase64urlNoPadding(random(SALT_BYTES)), value }]));
  const leaf: Leaf = {
    v: 1, log, at: line.at, actor: line.actor.id, through: line.actor.through, action: line.action, subject: line.subject,
    before: line.before ?? null, after: line.after ?? null,
    commitments: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, commitmentOf(field)])),
  };
  return { leaf, hash: leafHash(leaf), fields };
}

/** SHA-256(0x00 || canonical JSON), base64url. */
export function leafHash(leaf: Leaf): string {
  return hashed(new Uint8Array([0]), canonicalJson(leaf));
}

/** SHA-256(salt as written || ":" || value), base64url: what stands in the leaf for a personal value. */
export function commitmentOf({ salt, value }: Salted): string {
  return hashed(new TextEncoder().encode(`${salt}:`), value);
}

function hashed(prefix: Uint8Array, text: string): string {
  const bytes = new TextEncoder().encode(text);
  const all = new Uint8Array(prefix.byteLength + bytes.byteLength);
  all.set(prefix);
  all.set(bytes, prefix.byteLength);
  return encodeBase64urlNoPadding(sha256(all));
}

function prefixed(prefix: string, personal: Personal): Personal {
  return Object.fromEntries(Object.entries(personal).map(([name, value]) => [`${prefix}${name}`, value]));
}
