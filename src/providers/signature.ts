/** Signatures of what providers send by themselves: HMAC-SHA256 in base64, over the very bytes that came. */
import { decodeBase64 } from "@oslojs/encoding";

/** The bytes of a text, in UTF-8. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

/** Whether `signature` (base64) is that of the parts, one after the other. Compared in constant time; false for what is no base64. */
export async function isSigned(parts: readonly Uint8Array<ArrayBuffer>[], signature: string | null, key: string | Uint8Array<ArrayBuffer>): Promise<boolean> {
  const given = signature === null ? null : decoded(signature);
  if (given === null || key.length === 0) return false;
  const imported = await crypto.subtle.importKey("raw", typeof key === "string" ? bytesOf(key) : key, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  return await crypto.subtle.verify("HMAC", imported, given, new Uint8Array(await new Blob([...parts]).arrayBuffer()));
}

/** The JSON of a body, or null where it is none. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body));
  } catch {
    return null; // a genuine message of a shape that nobody knows hints at nothing
  }
}

/** The bytes of base64, or null where it is none. */
export function decoded(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return new Uint8Array(decodeBase64(text));
  } catch {
    return null; // the decoder throws on what is not base64, and that is no signature
  }
}
