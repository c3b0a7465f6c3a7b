/**
 * Looks at every connected account in the evening, before the night needs it: a grant that has ended, a closing date, an
 * account or a class that went inactive are found while somebody can still mend them. Each trouble is told once.
 */
import { nextTimeOfDay } from "../../kernel/day";
import type { ShopId } from "../../kernel/ids";
import { ok, type Result } from "../../kernel/result";
import { originOf } from "../../http/site";
import { directoryDb, type ShopDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { enqueue, message, queueOf } from "../../platform/queue";
import type { World } from "../../platform/world";
import { isRemote, providerOf } from "../../providers/registry";
import { connectionById, connectionsQuery, refreshAccount } from "../connections/service";
import { postLetter } from "../mail/service";
import { mappingTroubles, type Trouble } from "../mapping/service";
import { addressesOf, findShop } from "../shops/service";
import { spreadSeconds } from "../sync/service";
import { lookForChanges } from "./changes";
import { checkConnectionMessage, checkShopMessage, type CheckConnection, type CheckShop } from "./messages";
import { readTold, sendDueChecks, toldWritten } from "./store";
import { wordsOfTroubles } from "./words";

/** Seven in the evening: most shops' days close hours later. */
const EVENING_MINUTES = 19 * 60;
/** A zone's evening is spread over two hours: nobody waits for it. */
const SPREAD_SECONDS = 7_200;
/** The most checks that one run plans; the others are as due a quarter of an hour later. */
const MOST_CHECKS = 500;
const MOST_ADDRESSES = 20;

/** The next seven o'clock in the evening after an instant on a zone's wall clock. */
export function nextEvening(zone: string, now: number): number {
  return nextTimeOfDay(zone, EVENING_MINUTES, now);
}

/** Enqueues the checks that are due and plans the next ones; answers how many were enqueued. A check that comes twice changes nothing more. */
export async function planChecks(world: World, env: Bindings, spread = SPREAD_SECONDS): Promise<number> {
  const now = world.clock();
  const run = { now, most: MOST_CHECKS, next: (zone: string) => nextEvening(zone, now) };
  return await sendDueChecks(directoryDb(env), run, async (due) => {
    await enqueue(env.SYNC_QUEUE, due.map(({ shopId, shard }) => message(checkShopMessage, { shopId, shard }, spreadSeconds(shopId, "", spread))));
  });
}

/** Sends each connection of a shop that is reached by consent, and still has one, to its provider's own queue. */
export async function checkShop(env: Bindings, db: ShopDb, { shopId, shard }: CheckShop): Promise<void> {
  const connections = await connectionsQuery(db);
  const live = connections.filter(({ state, provider }) => state === "connected" && isRemote(providerOf(provider)));
  for (const { id, provider } of live) await enqueue(queueOf(env, provider), [message(checkConnectionMessage, { shopId, shard, connectionId: id })]);
}

/** Reads an account again and tells what it means for the mapping. Fails as the provider does; a grant that has ended is marked by then. */
export async function checkConnection(world: World, env: Bindings, db: ShopDb, { shopId, shard, connectionId }: CheckConnection): Promise<Result<void>> {
  const [shop, connection] = await Promise.all([findShop(directoryDb(env), shopId), connectionById(db, connectionId)]);
  if (shop === null || connection?.state !== "connected") return ok(undefined);
  const read = await refreshAccount(world, env, { db, connection, zone: shop.zone });
  if (!read.ok || connection.role !== "books") return read;
  await tell(world, env, { shopId, name: shop.name, slug: shop.slug }, await mappingTroubles(db, shop.currency));
  return await lookForChanges(world, env, db, { connection, shard });
}

type Told = { readonly shopId: ShopId; readonly name: string; readonly slug: string };

/** Writes to owners and admins about what they were not told yet; what is over is forgotten, and told anew when it comes again. */
async function tell(world: World, env: Bindings, { shopId, name, slug }: Told, troubles: readonly Trouble[]): Promise<void> {
  const directory = directoryDb(env);
  const before = await readTold(directory, shopId);
  if (before === null) return;
  const known: unknown = JSON.parse(before);
  const isKnown = ({ key }: Trouble): boolean => Array.isArray(known) && known.includes(key);
  const after = JSON.stringify(troubles.map(({ key }) => key));
  if (after === before) return;
  const news = troubles.filter((trouble) => !isKnown(trouble));
  const addresses = news.length === 0 ? [] : await addressesOf(directory, shopId, { roles: ["owner", "admin"], most: MOST_ADDRESSES });
  const words = wordsOfTroubles({ name, url: originOf(slug, readConfig(env)) }, news);
  const letters = await Promise.all(addresses.map((to) => postLetter(world, env, directory, { ...words, to })));
  await directory.batch([toldWritten(directory, shopId, before, after), ...letters.map(({ statement }) => statement)]);
  for (const { send } of letters) await send();
}
