/**
 * A log's state, signed: a checkpoint (c2sp.org/tlog-checkpoint) in a signed note (c2sp.org/signed-note) with one
 * Ed25519 signature. Whoever keeps one can tell later whether the log still begins with what it was then.
 */
import { sha256 } from "@oslojs/crypto/sha2";
import { decodeBase64, encodeBase64 } from "@oslojs/encoding";
import { HASH_BYTES, isSame, type Hash } from "./merkle";

export type Checkpoint = {
  /** `daybook/shop:<id>` or `daybook/organisation:<id>`. */
  readonly origin: string;
  /** How many lines the log had. */
  readonly size: number;
  readonly root: Hash;
};

/** Who signs, as everybody may know it. */
export type VerifierKey = { readonly name: string; readonly publicKey: Uint8Array<ArrayBuffer> };

type Bytes = Uint8Array<ArrayBuffer>;

const ED25519 = 1;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const KEY_ID_BYTES = 4;

/** A log's name in its checkpoints. */
export function originOfLog(log: string): string {
  return `daybook/${log}`;
}

/** The text that is signed: origin, size, root, a line each. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${encodeBase64(root)}\n`;
}

/** The whole note, from the text and the signature of its bytes. */
export function noteOf(checkpoint: Checkpoint, key: VerifierKey, signature: Uint8Array): string {
  return `${checkpointText(checkpoint)}\n— ${key.name} ${encodeBase64(joined(keyIdOf(key), signature))}\n`;
}

/** `<name>+<key id>+<base64 of 0x01 and the public key>`, as c2sp.org/signed-note writes a verifier key. */
export function writeVerifierKey(key: VerifierKey): string {
  const id = Array.from(keyIdOf(key), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${key.name}+${id}+${encodeBase64(joined(Uint8Array.of(ED25519), key.publicKey))}`;
}

/** The key that was written so, or null. */
export function readVerifierKey(text: string): VerifierKey | null {
  const [, name, , encoded] = /^([^\s+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? [];
  const bytes = bytesOf(encoded ?? "");
  if (name === undefined || bytes?.length !== 1 + PUBLIC_KEY_BYTES || bytes[0] !== ED25519) return null;
  const key = { name, publicKey: bytes.slice(1) };
  return writeVerifierKey(key) === text ? key : null;
}

/** What a note says, unproved; null for what is no checkpoint. */
export function readCheckpoint(note: string): Checkpoint | null {
  return partsOf(note)?.checkpoint ?? null;
}

/** What a note says, where the key's holder signed it; null otherwise. Throws where the browser knows no Ed25519. */
export async function verifiedCheckpoint(note: string, key: VerifierKey): Promise<Checkpoint | null> {
  const parts = partsOf(note);
  if (parts === null || parts.name !== key.name || !isSame(parts.keyId, keyIdOf(key))) return null;
  const imported = await crypto.subtle.importKey("raw", key.publicKey, "Ed25519", false, ["verify"]);
  const text = new TextEncoder().encode(checkpointText(parts.checkpoint));
  return (await crypto.subtle.verify("Ed25519", imported, parts.signature, new Uint8Array(text))) ? parts.checkpoint : null;
}

type Parts = { readonly checkpoint: Checkpoint; readonly name: string; readonly keyId: Bytes; readonly signature: Bytes };

/** Only the one spelling that `noteOf` writes is read: a letter may have changed the line ends, and nothing else. */
function partsOf(note: string): Parts | null {
  const pattern = /^(\S{1,200})\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n\n— (\S{1,200}) ([A-Za-z0-9+/]{91}=)\n*$/;
  const [, origin, size, root, name, signed] = pattern.exec(note.replaceAll("\r\n", "\n").trimStart()) ?? [];
  const [rootBytes, signedBytes] = [bytesOf(root ?? ""), bytesOf(signed ?? "")];
  if (origin === undefined || name === undefined || rootBytes?.length !== HASH_BYTES) return null;
  if (signedBytes?.length !== KEY_ID_BYTES + SIGNATURE_BYTES) return null;
  return {
    checkpoint: { origin, size: Number(size), root: rootBytes }, name,
    keyId: signedBytes.slice(0, KEY_ID_BYTES), signature: signedBytes.slice(KEY_ID_BYTES),
  };
}

/** The first four bytes of SHA-256(name || 0x0A || 0x01 || public key): which key it was, before it is tried. */
function keyIdOf({ name, publicKey }: VerifierKey): Uint8Array {
  return sha256(joined(new TextEncoder().encode(`${name}\n`), Uint8Array.of(ED25519), publicKey)).slice(0, KEY_ID_BYTES);
}

function bytesOf(base64: string): Bytes | null {
  try {
    return new Uint8Array(decodeBase64(base64));
  } catch {
    return null; // the decoder throws on what is not base64 and on nothing else
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
