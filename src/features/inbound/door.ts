/**
 * The door for Twilio: the address names a line, the line's account has signed, and what it signed is for this account and
 * this number; then the shop's rows are open. Whatever else comes is refused in the same way and changes nothing. What was
 * signed is the address as it is configured: what proxies make of host, port, scheme or path is not looked at.
 */
import type { Context } from "hono";
import { readAtMost } from "../../http/body";
import type { AppEnv } from "../../http/router";
import { openShopDb, shardOfShop, type ShopDb } from "../../platform/database";
import { texting, type HookMessage, type TextHook } from "../../providers/registry";
import { hookUrlOf, listening, shopAtHook, type TextLine } from "../text-line/service";

/** What Twilio said, and to whom. */
export type Heard = { readonly db: ShopDb; readonly shard: number; readonly hook: TextHook };

/** Which of a line's addresses was called. */
export type Address = "arrived" | "status";

/** 1,600 characters of which each takes twelve, and ten pictures' addresses. */
const LARGEST_HOOK_BYTES = 65_536;

const HOOK_ID = /^[a-z2-7]{26}$/;

/** Hears a request, or answers null for what is to be refused. */
export async function hear(c: Context<AppEnv>, address: Address): Promise<Heard | null> {
  const { log } = c.get("world");
  const heard = await heardAt(c, c.req.param("hook") ?? "", address);
  if (typeof heard !== "string") return heard;
  log.warn("text.refused", { provider: "twilio", kind: heard, route: address });
  return null;
}

/** A word of ours for why nothing was heard. */
type Deaf = "no_such_line" | "too_large" | "not_signed" | "other_account" | "other_number";

async function heardAt(c: Context<AppEnv>, hookId: string, address: Address): Promise<Heard | Deaf> {
  const body = await readAtMost(c.req.raw.body, LARGEST_HOOK_BYTES);
  if (body === null) return "too_large";
  const shopId = HOOK_ID.test(hookId) ? await shopAtHook(c.env, hookId) : null;
  const shard = shopId === null ? null : await shardOfShop(c.env, shopId);
  if (shopId === null || shard === null) return "no_such_line";
  const db = openShopDb(c.env, shopId, shard);
  const found = await listening(c.get("world"), c.env, db, hookId);
  if (found === null) return "no_such_line";
  const message: HookMessage = { headers: c.req.raw.headers, body, url: signedUrl(c, found.line, address) };
  const hook = await texting.readHook(message, found.account.authToken);
  if (hook === null) return "not_signed";
  if (hook.kind !== "other" && hook.accountSid !== found.account.accountSid) return "other_account";
  return hook.kind === "arrived" && !isOurs(found.line, hook.to) ? "other_number" : { db, shard, hook };
}

/** The configured address. For JSON, Twilio adds the body's hash to it and signs that too; anything else that was added was not signed. */
function signedUrl(c: Context<AppEnv>, line: TextLine, address: Address): string {
  const hash = c.req.query("bodySHA256") ?? "";
  return `${hookUrlOf(c.get("config"), line, address)}${/^[0-9a-f]{64}$/i.test(hash) ? `?bodySHA256=${hash}` : ""}`;
}

/** Whether a number is one that the shop sends from, or did: people answer old messages too. A Messaging Service chooses from numbers of its own. */
function isOurs({ number, formerNumbers, serviceSid }: TextLine, to: string): boolean {
  return serviceSid !== null || to === number || formerNumbers.includes(to);
}
