/**
 * Whether a webhook comes from Xero: `x-xero-signature` is the base64 of HMAC-SHA256 over the body's bytes as they came
 * (Xero, "Configuring your server"). Xero tells of no manual journal, so what must be answered is its trial of the
 * address alone ("intent to receive"): 200 with an empty body where this holds, and 401 where it does not.
 */
import { decodeBase64 } from "@oslojs/encoding";
import type { HookReader } from "../contract";

/** Whatever Xero tells, it is of nothing that Daybook posts: the answer alone counts. */
export const readXeroHook: HookReader = async ({ headers, body }, key) => (await isSignedByXero(key, body, headers.get("x-xero-signature")) ? [] : null);

/** Compares in constant time. A missing or malformed signature is a wrong one. */
export async function isSignedByXero(signingKey: string, body: Uint8Array<ArrayBuffer>, signature: string | null): Promise<boolean> {
  const claimed = bytesOf(signature ?? "");
  if (claimed === null) return false;
  const secret = new TextEncoder().encode(signingKey);
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  return await crypto.subtle.verify("HMAC", key, claimed, body);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return new Uint8Array(decodeBase64(text));
  } catch {
    return null; // not base64: as wrong as a wrong signature
  }
}
