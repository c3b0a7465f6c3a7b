/**
 * Links to what a shop keeps, served by `files.` to whoever holds them. The signature is an HMAC-SHA-256 (RFC 2104) over
 * method, host and the whole address, under a key derived from the master key that the address names: rotating master
 * keys rotates these, and taking one away ends its links. Whoever shows no genuine link gets one to nobody's document, so
 * that every handler does the same work for it and finds nothing.
 */
import { createMiddleware } from "hono/factory";
import { decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from "@oslojs/encoding";
import { MINUTE } from "../kernel/clock";
import type { DocumentId, PersonId, ShareId, ShopId } from "../kernel/ids";
import { derive, utf8, KEY_BYTES, type Bytes } from "../platform/aes-gcm";
import { openShopDb, type ShopDb } from "../platform/database";
import type { Bindings, Config, MasterKeys } from "../platform/env";
import { addressOf, readAddress, type Claimed, type Link, type LinkKind, type LinkOf } from "./link-address";
import type { AppEnv } from "./router";
import { originOf } from "./site";

export type { CertificateLink, ContentLink, Link, Place, SharePageLink } from "./link-address";

/** How long a link for somebody of the team lives, and what a share page hands out. */
export const LINK_LIVES_MS = 10 * MINUTE;

/** What a link lets somebody do. HEAD is a GET that brings no content, so a link for one is good for the other. */
export type LinkMethod = "GET" | "POST";

type Signing = Pick<Config, "domain" | "scheme" | "masterKeys">;

/** The link as a whole address. The same link is signed in the same way for as long as the master key is the same. */
export async function signLink(config: Signing, link: Link, method: LinkMethod = "GET"): Promise<string> {
  const keyId = config.masterKeys.current;
  const address = addressOf(link, keyId);
  const signature = await crypto.subtle.sign("HMAC", await keyOf(config.masterKeys, keyId), signedText(config, method, address));
  return `${originOf("files", config)}${address}&signature=${encodeBase64urlNoPadding(new Uint8Array(signature))}`;
}

export type LinkedEnv<Kind extends LinkKind> = {
  Bindings: Bindings;
  Variables: AppEnv["Variables"] & {
    /** What may be given out if its rows are there; to nobody's document where the address was not genuine. */
    link: LinkOf<Kind>;
    /** The rows of the link's shop. */
    db: ShopDb;
  };
};

/**
 * The guard of `files.`: reads the address exactly as it came, whatever the router made of it, and opens the rows of the
 * shop that a genuine and unexpired link names. Nobody is refused here: `link` then names a document that cannot exist.
 */
export function linked<Kind extends LinkKind>(kind: Kind) {
  return createMiddleware<LinkedEnv<Kind>>(async (c, next) => {
    const config = c.get("config");
    const { method, url } = c.req.raw;
    const origin = originOf("files", config);
    const claimed = url.startsWith(`${origin}/`) ? readAddress(kind, url.slice(origin.length)) : null;
    const isGenuine = await isSigned(config, method === "HEAD" ? "GET" : method, claimed);
    const isFresh = claimed !== null && !("expiresAt" in claimed.link && claimed.link.expiresAt <= c.get("world").clock());
    const shard = claimed !== null && claimed.link.shard < config.shardCount ? claimed.link.shard : 0;
    const isGood = claimed !== null && isGenuine && isFresh && claimed.link.shard === shard;
    const link = isGood ? claimed.link : { ...NOBODYS[kind], shard };
    c.set("link", link);
    c.set("db", openShopDb(c.env, link.shopId, link.shard));
    await next();
  });
}

/** An id that no random bytes become: base32 has no 0. */
const NOBODY = "0".repeat(26);
const NOWHERE = { shard: 0, shopId: NOBODY as ShopId, documentId: NOBODY as DocumentId };
const NOBODYS: { readonly [Kind in LinkKind]: LinkOf<Kind> } = {
  content: { kind: "content", ...NOWHERE, version: 1, disposition: "attachment", expiresAt: 0, purpose: "view", to: NOBODY as PersonId },
  share_page: { kind: "share_page", ...NOWHERE, version: 1, share: NOBODY as ShareId, expiresAt: 0 },
  certificate: { kind: "certificate", ...NOWHERE },
};

/** What is signed where there is nothing to check, so that nonsense takes as long as a forgery. */
const NOTHING: Claimed = { link: NOBODYS.content, keyId: "", signature: "A".repeat(43) };

/** One HMAC, whatever there is to check; `verify` compares in constant time. */
async function isSigned(config: Signing, method: string, claimed: Claimed | null): Promise<boolean> {
  const { link, keyId, signature } = claimed ?? NOTHING;
  const isKnown = config.masterKeys.keys.has(keyId);
  const key = await keyOf(config.masterKeys, isKnown ? keyId : config.masterKeys.current);
  const bytes = new Uint8Array(decodeBase64urlIgnorePadding(signature));
  const matches = await crypto.subtle.verify("HMAC", key, bytes, signedText(config, method, addressOf(link, keyId)));
  return matches && claimed !== null && isKnown;
}

/** No field can hold a line break, so no two links have one text. */
function signedText({ domain }: Signing, method: string, address: string): Bytes {
  return utf8(["daybook link 1", method, `files.${domain}`, address].join("\n"));
}

const keys = new WeakMap<MasterKeys, Map<string, Promise<CryptoKey>>>();

/** The key of links under one master key, derived once for as long as the environment is the same. */
async function keyOf(masters: MasterKeys, keyId: string): Promise<CryptoKey> {
  const known = keys.get(masters) ?? new Map<string, Promise<CryptoKey>>();
  keys.set(masters, known);
  const key = known.get(keyId) ?? deriveKey(masters.keys.get(keyId));
  known.set(keyId, key);
  return await key;
}

async function deriveKey(master: Bytes | undefined): Promise<CryptoKey> {
  if (master === undefined) throw new Error("the current master key is on the ring");
  const bytes = await derive(master, "daybook/v1", "sign links of files", KEY_BYTES);
  return await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}
