/**
 * The link by which whoever was written to says stop: it stands in the mail's header, for mail programs (RFC 2369 section
 * 3.2, RFC 8058), and in its footer, for people. What it names is sealed with the master key: nobody learns from it who was
 * written to by whom, and nobody can make one for somebody else. It works for as long as that key is on the ring.
 */
import { z } from "zod";
import type { MessageId, ShopId } from "../../kernel/ids";
import { derive, KEY_BYTES, utf8 } from "../../platform/aes-gcm";
import type { Config } from "../../platform/env";
import { createSealer, type Place } from "../../platform/sealer";
import type { MailHeaders } from "../../providers/registry";
import { CHANNELS } from "./contract";
import type { Address } from "./subject";

/** Who would be written to no more: the address that a message went to, and the shop that sent it. */
export type Unsubscribing = { readonly shopId: ShopId; readonly address: Address; readonly messageId: MessageId };

type Sealing = Pick<Config, "domain" | "scheme" | "masterKeys">;

const PATH = "/unsubscribe/";
const PLACE: Place = { table: "unsubscribe", column: "link", shopId: null, row: "" };

const id = z.string().regex(/^[a-z2-7]{26}$/);
const sealedWords = z.tuple([id.transform((text) => text as ShopId), z.enum(CHANNELS), z.string().min(1).max(254), id.transform((text) => text as MessageId)]);

/** The link in a message. The same message has the same link for as long as the master key is the same, so that a second attempt is the same mail. */
export async function unsubscribeUrl(config: Sealing, { shopId, address, messageId }: Unsubscribing): Promise<string> {
  const words = JSON.stringify([shopId, address.channel, address.value, messageId]);
  const nonce = await nonceOf(config, words);
  const token = await createSealer(config.masterKeys, (length) => nonce.slice(0, length)).seal(PLACE, words);
  return `${config.scheme}://${config.domain}${PATH}${token}`;
}

/**
 * What a whole address names, or null where it is none of ours. A token has one spelling and is read as it came, whatever
 * a router made of it; a query that a mail gateway put behind it says nothing.
 */
export async function readUnsubscribeUrl(config: Sealing, url: string): Promise<Unsubscribing | null> {
  const start = `${config.scheme}://${config.domain}${PATH}`;
  const [address = ""] = url.split("?");
  const opened = await createSealer(config.masterKeys, unused).open(PLACE, address.startsWith(start) ? address.slice(start.length) : "");
  if (!opened.ok) return null;
  const [shopId, channel, value, messageId] = sealedWords.parse(JSON.parse(opened.value.reveal()));
  return { shopId, address: { channel, value }, messageId };
}

/** What tells a mail program that one request, which nobody has to confirm, unsubscribes: RFC 8058 section 3.1. */
export function unsubscribeHeaders(url: string): MailHeaders {
  return { "List-Unsubscribe": `<${url}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

/** Depends on all that is sealed and on a key of its own (as in RFC 8452): two messages have two, and what is sealed stays hidden. */
async function nonceOf({ masterKeys }: Sealing, words: string): Promise<Uint8Array<ArrayBuffer>> {
  const master = masterKeys.keys.get(masterKeys.current);
  if (master === undefined) throw new Error("the current master key is on the ring");
  const bytes = await derive(master, "daybook/v1", "nonces of unsubscribe links", KEY_BYTES);
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(words)));
}

function unused(): never {
  throw new Error("opening takes no randomness");
}
