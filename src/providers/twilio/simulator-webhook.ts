/** What Twilio sends by itself, signed with the account's token: over the address as it was given, and every field. */
import { encodeBase64 } from "@oslojs/encoding";
import { bytesOf } from "../signature";
import type { Callback } from "./simulator-state";

/** A signed form. */
export async function signedCallback({ url, fields }: Pick<Callback, "url" | "fields">, authToken: string): Promise<Request> {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
  return new Request(url, {
    method: "POST", body,
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8", "user-agent": "TwilioProxy/1.1", "accept": "*/*",
      "x-twilio-signature": await signatureOf(url, fields, authToken),
    },
  });
}

async function signatureOf(url: string, fields: Callback["fields"], authToken: string): Promise<string> {
  const sorted = fields.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const text = url + sorted.map(([name, value]) => name + value).join("");
  const key = await crypto.subtle.importKey("raw", bytesOf(authToken), { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  return encodeBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, bytesOf(text))));
}
