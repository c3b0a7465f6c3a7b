/**
 * `X-Twilio-Signature`: HMAC-SHA1 in base64 by the account's auth token, over the address and, where a form came, its
 * fields. Source: twilio.com/docs/usage/webhooks/webhooks-security; the forms that are tried are those of the official
 * `validateRequest` and `validateRequestWithBody` (twilio-node 6.2).
 */
import { decodeBase64, encodeBase64, encodeHexLowerCase } from "@oslojs/encoding";
import { bytesOf } from "../signature";

/** Fields of a form by name, each with every value that came. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

/** Whether a form's fields were signed for the address, fields that nobody knows among them. */
export async function isFormSigned(url: string, fields: FormFields, signature: string | null, authToken: string): Promise<boolean> {
  const names = [...fields.keys()].toSorted();
  // Default order, which is that of UTF-16 units, as where it was signed.
  const text = names.flatMap((name) => [...new Set(fields.get(name))].toSorted().map((value) => name + value)).join("");
  return await isAnySigned(candidatesOf(url).map((candidate) => candidate + text), signature, authToken);
}

/**
 * Whether any other body was signed for the address: its SHA-256 stands in the query, and the query is signed. Twilio adds
 * it to the registered address by itself; an address without it is given it here.
 */
export async function isBodySigned(url: string, body: Uint8Array<ArrayBuffer>, signature: string | null, authToken: string): Promise<boolean> {
  const hash = encodeHexLowerCase(new Uint8Array(await crypto.subtle.digest("SHA-256", body)));
  const stated = new URL(url).searchParams.get("bodySHA256");
  // What is compared is no secret: whoever sent the body can compute its hash.
  if (stated !== null && stated !== hash) return false;
  const signed = stated === null ? `${url}${url.includes("?") ? "&" : "?"}bodySHA256=${hash}` : url;
  return await isAnySigned(candidatesOf(signed), signature, authToken);
}

async function isAnySigned(texts: readonly string[], signature: string | null, authToken: string): Promise<boolean> {
  const given = signature === null ? null : decoded(signature);
  if (given === null || authToken === "") return false;
  const key = await crypto.subtle.importKey("raw", bytesOf(authToken), { name: "HMAC", hash: "SHA-1" }, false, ["verify"]);
  const matches = await Promise.all([...new Set(texts)].map((text) => crypto.subtle.verify("HMAC", key, given, bytesOf(text))));
  return matches.includes(true);
}

/** The signature's bytes; null for what is not their one spelling in base64. */
function decoded(signature: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = new Uint8Array(decodeBase64(signature));
    return encodeBase64(bytes) === signature ? bytes : null;
  } catch {
    return null; // the decoder throws on what is not base64, and that is no signature
  }
}

/** The address as it is registered and as `URL` spells it, each with and without its port, and with its query spelt as Node once did. */
function candidatesOf(url: string): readonly string[] {
  const spelt = new URL(url).href;
  const ofSpelt = [withoutPort(spelt), withPort(spelt)];
  return [withoutPort(url), withPort(url), ...ofSpelt, ...ofSpelt.map(withLegacyQuery)];
}

/** `https://`, who asks, host, port, and the rest. */
const PARTS = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#@]*@)?(\[[^\]/?#]*\]|[^:/?#]*)(:[^/?#]*)?(.*)$/is;

function withoutPort(url: string): string {
  return url.replace(PARTS, "$1$2$3$5");
}

function withPort(url: string): string {
  return url.replace(PARTS, (_all, scheme: string, user = "", host: string, port = "", rest: string) => {
    const standard = scheme.toLowerCase() === "https://" ? ":443" : ":80";
    return `${scheme}${user}${host}${port === "" ? standard : port}${rest}`;
  });
}

/** The query read and written again as Node's `querystring` does: `'` is not escaped, values of one name stand together. */
function withLegacyQuery(url: string): string {
  const start = url.indexOf("?");
  if (start === -1 || start === url.length - 1) return url;
  const fields = Object.groupBy(new URLSearchParams(url.slice(start + 1)), ([name]) => name);
  const written = Object.values(fields).flatMap((same = []) => same.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`));
  return `${url.slice(0, start)}?${written.join("&")}`;
}
