/**
 * `https://<domain>/unsubscribe/<token>`: GET shows a page with one button, POST unsubscribes. A mail program sends that POST
 * by itself, from nowhere, with no cookie, as a form or in parts (RFC 8058 section 3.1), and the button sends the same:
 * what stands in its body says nothing that the address does not say, and is not read. There is no redirect on the way.
 */
import type { Context } from "hono";
import { takeTurn } from "../../http/limit";
import { originOfRequest } from "../../http/origin";
import { router, type AppEnv } from "../../http/router";
import { directoryDb, shardOfShop, type ShopDb } from "../../platform/database";
import { findShop } from "../shops/service";
import { stopAt, untilOptedIn, type Stopping } from "./stop-at";
import { stopFormUrl } from "./stop-form";
import { readUnsubscribeUrl, type Unsubscribing } from "./unsubscribe";
import { refuseUnsubscribe, showAsk, showDone, showTooOften, type Sender } from "./unsubscribe-page";

/** On the public host, before anything that asks for a page of ours or for JSON. */
export function unsubscribeRoutes(stopping: Stopping) {
  return router()
    .get("/unsubscribe/*", async (c) => await ask(c))
    .post("/unsubscribe/*", async (c) => await unsubscribe(c, stopping));
}

async function ask(c: Context<AppEnv>): Promise<Response> {
  const turn = await takeTurn(c, "unsubscribe_page", {});
  if (!turn.ok) return await showTooOften(c, turn.failure);
  const named = await readUnsubscribeUrl(c.get("config"), c.req.raw.url);
  return named === null ? await refuseUnsubscribe(c) : await showAsk(c, await senderOf(c, named));
}

async function unsubscribe(c: Context<AppEnv>, stopping: Stopping): Promise<Response> {
  const named = await readUnsubscribeUrl(c.get("config"), c.req.raw.url);
  const turn = named === null ? await takeTurn(c, "unsubscribe_page", {}) : await takeTurn(c, "unsubscribe", { account: `unsubscribe:${named.messageId}` });
  if (!turn.ok) return await showTooOften(c, turn.failure);
  const shard = named === null ? null : await shardOfShop(c.env, named.shopId);
  if (named === null || shard === null) return await refuseUnsubscribe(c);
  await stop(c, stopping, stopping.open(c.env, { shopId: named.shopId, shard }), named);
  return await showDone(c, await senderOf(c, named));
}

async function stop(c: Context<AppEnv>, { find }: Stopping, db: ShopDb, { address, messageId }: Unsubscribing): Promise<void> {
  const ledger = { world: c.get("world"), env: c.env, db };
  const actor = { id: "stranger", through: null, personal: { ...originOfRequest(c.req.raw) } };
  const reference = await untilOptedIn(ledger, address, `link:${messageId}`);
  await stopAt(ledger, find, address, { source: "email_link", words: `Unsubscribed by the link in message ${messageId}.`, reference, actor });
}

async function senderOf(c: Context<AppEnv>, { shopId }: Unsubscribing): Promise<Sender> {
  const shop = await findShop(directoryDb(c.env), shopId);
  return shop === null ? null : { name: shop.name, formUrl: stopFormUrl(c.get("config"), shop.slug) };
}

