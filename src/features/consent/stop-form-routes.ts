/**
 * `https://<shop>.<domain>/stop`: anybody may say stop for a number or an email address, with no session and no proof that
 * it is theirs. Nor is the page that sends it held to be ours: a form of any origin can do nothing but stop messages to
 * what was typed, which anybody may, and whoever wants them back says START from that very phone. The answer is the same
 * whether the shop knows the address or not.
 */
import type { Context } from "hono";
import { readAtMost } from "../../http/body";
import { takeTurn } from "../../http/limit";
import { originOfRequest } from "../../http/origin";
import { router, type AppEnv } from "../../http/router";
import type { ShopCard } from "../../http/guard";
import { directoryDb } from "../../platform/database";
import { findShopBySlug } from "../shops/service";
import { stopAt, untilOptedIn, type Stopping } from "./stop-at";
import { readTyped, STOP_PATH } from "./stop-form";
import { LONGEST_TYPED, showForm, showStopped } from "./stop-form-page";
import type { Address } from "./subject";
import { showTooOften } from "./unsubscribe-page";

/** Far more than one field comes to, however it is written. */
const LARGEST_FORM_BYTES = 4_096;

/** On a shop's host, before whatever asks who is there; it sets and reads no cookie. */
export function stopFormRoutes(stopping: Stopping) {
  return router()
    .get(STOP_PATH, async (c) => {
      const shop = await shopOf(c);
      return shop === null ? await c.notFound() : await showForm(c, { name: shop.name, typed: "", problem: null });
    })
    .post(STOP_PATH, async (c) => {
      const shop = await shopOf(c);
      return shop === null ? await c.notFound() : await stop(c, stopping, shop);
    });
}

async function shopOf(c: Context<AppEnv>): Promise<ShopCard | null> {
  const site = c.get("site");
  return site.kind === "shop" ? await findShopBySlug(directoryDb(c.env), site.slug) : null;
}

async function stop(c: Context<AppEnv>, stopping: Stopping, shop: ShopCard): Promise<Response> {
  const typed = await typedIn(c);
  const address = readTyped(typed, shop, stopping.readPhone);
  const turn = await takeTurn(c, "stop_form", { shop: shop.id, ...(address.ok ? { account: `stop:${shop.id}:${address.value.value}` } : {}) });
  if (!turn.ok) return await showTooOften(c, turn.failure);
  if (!address.ok) return await showForm(c, { name: shop.name, typed, problem: address.failure.kind === "invalid_input" ? address.failure.message : "That is no number and no address." });
  await stopThere(c, stopping, shop, address.value);
  return await showStopped(c, shop.name);
}

/** What stands in the field; nothing of a body that is too large or no form. */
async function typedIn(c: Context<AppEnv>): Promise<string> {
  const form = await readAtMost(c.req.raw.body, LARGEST_FORM_BYTES);
  const typed = form === null ? "" : new URLSearchParams(new TextDecoder().decode(form)).get("address") ?? "";
  return typed.replace(/[\p{Cc}\p{Cs}]+/gu, " ").slice(0, LONGEST_TYPED).toWellFormed();
}

async function stopThere(c: Context<AppEnv>, { open, find }: Stopping, { id, shard }: ShopCard, address: Address): Promise<void> {
  const ledger = { world: c.get("world"), env: c.env, db: open(c.env, { shopId: id, shard }) };
  const actor = { id: "stranger", through: null, personal: { ...originOfRequest(c.req.raw) } };
  const reference = await untilOptedIn(ledger, address, "web_form");
  await stopAt(ledger, find, address, { source: "web_form", words: "Said on the shop's own page.", reference, actor });
}
