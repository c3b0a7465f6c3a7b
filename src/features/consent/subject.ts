/** The keyed hash by which the ledger and the register know an address: it stays when its person is erased, and tells nobody who that was. */
import { encodeBase64urlNoPadding } from "@oslojs/encoding";
import type { ShopId } from "../../kernel/ids";
import type { Config } from "../../platform/env";
import type { Subject } from "../../platform/register";
import type { Channel } from "./contract";

/** A number in E.164, or an email address in its stored form. */
export type Address = { readonly channel: Channel; readonly value: string };

/**
 * The subject of an address at one shop, a letter for its channel and 43 base64url characters: two shops cannot compare theirs. Keyed by the secret that passwords are keyed
 * with, which never changes: a hash under another key would be nobody's.
 */
export async function subjectOf({ passwordPepper }: Pick<Config, "passwordPepper">, shopId: ShopId, { channel, value }: Address): Promise<Subject> {
  const key = await crypto.subtle.importKey("raw", passwordPepper, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(JSON.stringify(["consent/v1", shopId, channel, value])));
  return `${LETTERS[channel]}${encodeBase64urlNoPadding(new Uint8Array(signature))}` as Subject;
}

/** Which channel an address is of, by its subject alone: it outlives the address. */
export function channelOf(subject: Subject): Channel {
  return subject.startsWith(LETTERS.text) ? "text" : "email";
}

/** The letter before the hash. */
const LETTERS = { text: "t", email: "e" } as const satisfies Record<Channel, string>;
