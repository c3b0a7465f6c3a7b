/** Two shops that write mails to people, and whoever says stop: the whole app in front, a clock and the post in the test's hand. */
import { env as runtime } from "cloudflare:workers";
import { createApp } from "../../../src/app";
import { barredAmong, type Address, type Ledger } from "../../../src/features/consent/service";
import { unsubscribeUrl } from "../../../src/features/consent/unsubscribe";
import type { ShopCard } from "../../../src/http/guard";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type MessageId } from "../../../src/kernel/ids";
import { openShopDb } from "../../../src/platform/database";
import { readConfig, shardsOf, type Bindings } from "../../../src/platform/env";
import { createTestWorld } from "../../support/app";
import { environmentOf } from "../../support/environment";
import { givenPerson, givenShop } from "../../support/people";

export type Mailbox = Awaited<ReturnType<typeof openMailbox>>;
export type Sender = { readonly shop: ShopCard; readonly desk: Ledger };
type Row = Readonly<Record<string, unknown>>;

export const ADA: Address = { channel: "email", value: "ada@example.com" };

/** Two shops on the two shards, an app before them, and nobody who said anything. */
export async function openMailbox(changes: Partial<Record<keyof Bindings, unknown>> = {}) {
  const world = createTestWorld();
  const env = environmentOf(changes);
  const config = readConfig(env);
  const app = createApp(world);
  const newShop = async (slug: string, shard: number): Promise<Sender> => {
    const made = await givenShop(world, `${slug}-${newId(systemRandom).slice(0, 8)}`, await givenPerson(world, `Owner ${newId(systemRandom)}`));
    await runtime.DIRECTORY.prepare("UPDATE shop SET shard = ?1 WHERE id = ?2").bind(shard, made.id).run();
    const shop = { ...made, shard };
    return { shop, desk: { world, env, db: openShopDb(env, shop.id, shard) } };
  };
  const ask = async (url: string, init: RequestInit = {}) => await app.fetch(new Request(url, init), env);
  return {
    world, env, config, ask, harbour: await newShop("harbour", 0), lantern: await newShop("lantern", 1),
    link: async ({ shop }: Sender, address: Address = ADA, messageId = newId<MessageId>(systemRandom)) => await unsubscribeUrl(config, { shopId: shop.id, address, messageId }),
    /** The button of a page: what a browser sends when it is pressed. */
    press: async (url: string, body = "", headers: Readonly<Record<string, string>> = {}) => (
      await ask(url, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded", ...headers } })
    ),
    isBarred: async ({ desk }: Sender, address: Address = ADA) => (await barredAmong(desk, [{ address, others: [] }]))[0] !== null,
  };
}

/** The lines of a shop's ledger of consent with their evidence, in the order in which they were written. */
export async function linesOf({ env }: Pick<Mailbox, "env">, { shop }: Sender): Promise<readonly Row[]> {
  const { results } = await shardOf(env, shop).prepare(
    "SELECT act, source, channel, reference, follows IS NOT NULL AS follows, address, words FROM consent LEFT JOIN consent_evidence ON consent_evidence.shop_id = consent.shop_id AND consent_id = id WHERE consent.shop_id = ?1 ORDER BY consent.at, follows IS NOT NULL",
  ).bind(shop.id).all();
  return results;
}

export function shardOf(env: Bindings, shop: Pick<ShopCard, "shard">): D1Database {
  const shard = shardsOf(env)[shop.shard];
  if (shard === undefined) throw new Error("there is no such shard");
  return shard;
}
