/** What becomes of hints: a day that is read again, an entry that is looked up, a connection that needs its person. */
import type { ShopId } from "../../kernel/ids";
import { directoryDb, shardOfShop, type ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { DONE, handle, type Handler } from "../../platform/queue";
import type { World } from "../../platform/world";
import { connectionById, holderOf, locationsOf, markReconnectNeeded, type ConnectionRow } from "../connections/service";
import { daysInBooks } from "../days/service";
import { payoutsPostedUnder, sendLooks } from "../payouts/service";
import { sendDays, type DayToSend } from "../sync/service";
import { hintsMessage, type Hint, type Hints } from "./messages";
import { dayToRead, isWorthALook, REMEMBERED_MS, slotOf, type Found } from "./rules";
import { mark, markedAmong } from "./store";

/** Opens the rows of the shop that holds an account. */
export type OpenShop = (owner: { readonly shopId: ShopId; readonly shard: number }) => ShopDb;

type Post = { readonly world: World; readonly env: Bindings; readonly open: OpenShop };

/** The handler of what providers told. */
export function hookHandlers(post: Post): Handler[] {
  return [handle(
    hintsMessage,
    async (told) => {
      await lookInto(post, told);
      return DONE;
    },
    // What changed is found by the trailing window as well, only later.
    async ({ provider }) => post.world.log.warn("hook.given_up", { provider }),
  )];
}

type Shop = { readonly db: ShopDb; readonly shard: number; readonly connection: ConnectionRow };

/** Everything is sent before it is marked: a crash in between looks twice, to no effect, and never not at all. */
async function lookInto({ world, env, open }: Post, { provider, account, hints }: Hints): Promise<void> {
  const shop = await shopOf(env, open, { provider, account });
  // Nobody's account, or one that was disconnected: the provider may not know yet.
  if (shop === null) return;
  const directory = directoryDb(env);
  const now = world.clock();
  const eventKey = ({ eventId }: Hint) => (eventId === null ? [] : [`event:${provider}:${eventId}`]);
  const seen = await markedAmong(directory, hints.flatMap(eventKey), now);
  const fresh = hints.filter((hint) => isWorthALook(hint, now) && !eventKey(hint).some((key) => seen.has(key)));
  const hasEnded = await endGrants({ world, env }, shop, fresh);
  const slot = slotOf(now);
  const changed = changedEntries(shop, fresh);
  const days = keyed([...await daysOfTill(shop, fresh, now), ...await daysOfBooks(shop, changed)], slot.number, shop.db.shopId);
  const payouts = new Map((await payoutsPostedUnder(shop.db, shop.connection.id, changed)).map((id) => [`payout:${shop.db.shopId}:${id}:${slot.number}`, id]));
  const waiting = await markedAmong(directory, [...days.keys(), ...payouts.keys()], now);
  const news = [...days].filter(([key]) => !waiting.has(key));
  const payoutNews = [...payouts].filter(([key]) => !waiting.has(key));
  await sendDays(env, news.map(([, { found, why }]): DayToSend => ({
    provider, delaySeconds: slot.delaySeconds,
    request: { shopId: shop.db.shopId, shard: shop.shard, locationId: found.locationId, date: found.date, why, post: "as_set", by: "daybook", backfillId: null, postponed: 0, ...(why === "books_changed" ? { stage: "post" as const } : {}) },
  })));
  await sendLooks(env, shop.db, { shard: shop.shard, books: provider, delaySeconds: slot.delaySeconds }, payoutNews.map(([, id]) => id));
  // What came to nothing (a day that is still open) would come to nothing again.
  const events = days.size + payouts.size === 0 && !hasEnded ? [] : fresh.flatMap(eventKey).map((key) => ({ key, until: now + REMEMBERED_MS }));
  const marks = [...events, ...[...news, ...payoutNews].map(([key]) => ({ key, until: slot.until }))];
  if (marks.length > 0) await mark(directory, marks, now);
}

async function shopOf(env: Bindings, open: OpenShop, { provider, account }: Pick<Hints, "provider" | "account">): Promise<Shop | null> {
  const holder = await holderOf(directoryDb(env), { provider, externalAccount: account });
  const shard = holder === null ? null : await shardOfShop(env, holder.shopId);
  if (holder === null || shard === null) return null;
  const db = open({ shopId: holder.shopId, shard });
  const connection = await connectionById(db, holder.connectionId);
  return connection === null || connection.state === "disconnected" ? null : { db, shard, connection };
}

/** Whether a grant ended by the hints; an event that is older than the grant of now was about an earlier one. */
async function endGrants({ world, env }: Pick<Post, "world" | "env">, { db, connection }: Shop, hints: readonly Hint[]): Promise<boolean> {
  const ended = hints.some(({ kind, at }) => kind === "grant_ended" && (at === null || at >= connection.connectedAt));
  if (ended) await markReconnectNeeded(world, env, db, connection.id);
  return ended;
}

type Looked = { readonly found: Found; readonly why: "till_changed" | "books_changed" };

async function daysOfTill({ db, connection }: Shop, hints: readonly Hint[], now: number): Promise<Looked[]> {
  const changed = hints.filter(({ kind }) => kind === "till_changed");
  if (changed.length === 0 || connection.role !== "till") return [];
  const places = new Map((await locationsOf(db)).filter((place) => place.connectionId === connection.id).map((place) => [place.externalId, place]));
  return changed.flatMap(({ place, at }): Looked[] => {
    const location = places.get(place ?? "");
    const found = location === undefined || at === null ? null : dayToRead(location, at, now);
    return found === null ? [] : [{ found, why: "till_changed" }];
  });
}

/** The ids of what changed in the books, each once. */
function changedEntries({ connection }: Shop, hints: readonly Hint[]): readonly string[] {
  if (connection.role !== "books") return [];
  return [...new Set(hints.flatMap(({ kind, objectId }) => (kind === "entry_changed" && objectId !== null ? [objectId] : [])))];
}

async function daysOfBooks({ db, connection }: Shop, ids: readonly string[]): Promise<Looked[]> {
  if (ids.length === 0) return [];
  const entries = await daysInBooks(db, connection.id, ids);
  return entries.map(({ locationId, businessDate }) => ({ found: { locationId, date: businessDate }, why: "books_changed" }));
}

/** Each day once, under the name by which all hints of a slot find it. */
function keyed(looked: readonly Looked[], slot: number, shopId: ShopId): ReadonlyMap<string, Looked> {
  return new Map(looked.map((one) => [`day:${shopId}:${one.found.locationId}:${one.found.date}:${one.why}:${slot}`, one]));
}
