/** Thousands of shops as they are after their merchants set them up: rows in one statement a table, tokens in real lanes. */
import { addDays, businessDateAt } from "../../src/kernel/day";
import { systemClock, systemRandom } from "../../src/kernel/clock";
import { newId, type ConnectionId, type LocationId, type ShopId } from "../../src/kernel/ids";
import { dueAfter } from "../../src/features/connections/service";
import type { Bindings } from "../../src/platform/env";
import { laneOf } from "../../src/platform/lane-client";
import { mappingOver } from "../support/mapping";
import { SCHEDULE, type Arrival } from "./providers-object";

export type NightShop = { readonly shopId: ShopId; readonly tillId: ConnectionId; readonly booksId: ConnectionId; readonly locationId: LocationId };

/** `automatic` shops post to the books; `preview` ones are done when they are read. */
export type NightMode = "automatic" | "preview";

const AT_ONCE = 10;

/** Makes so many shops of one location each, all of them at the same merchant of the simulators; none is due yet. */
export async function makeShops(env: Bindings, count: number, mode: NightMode, arrival: Arrival): Promise<NightShop[]> {
  const shops = Array.from({ length: count }, (): NightShop => ({
    shopId: newId<ShopId>(systemRandom), tillId: newId<ConnectionId>(systemRandom), booksId: newId<ConnectionId>(systemRandom), locationId: newId<LocationId>(systemRandom),
  }));
  await plant(env, shops, mode, arrival);
  for (let next = 0; next < shops.length; next += AT_ONCE) {
    await Promise.all(shops.slice(next, next + AT_ONCE).map((shop) => giveTokens(env, shop, arrival)));
  }
  return shops;
}

async function giveTokens(env: Bindings, { shopId, tillId, booksId }: NightShop, { tokens }: Arrival): Promise<void> {
  for (const [provider, id] of [["square", tillId], ["quickbooks", booksId]] as const) {
    const installed = await laneOf(env, shopId, id).install({ provider, tokens: tokens[provider] });
    if (!installed.ok) throw new Error(`the lane of ${provider} took no tokens: ${installed.failure.kind}`);
  }
}

async function plant(env: Bindings, shops: readonly NightShop[], mode: NightMode, { merchant, accounts }: Arrival): Promise<void> {
  const json = JSON.stringify(shops);
  const now = systemClock();
  const [location] = merchant.locations;
  const connect = (id: string, provider: string, role: string, account: string) => env.SHARD_0.prepare(
    `INSERT INTO connection (shop_id, id, provider, role, external_account, name, currency, closed_through, state, scopes, connected_by, connected_at, checked_at)
     SELECT value ->> 'shopId', value ->> '${id}', ?2, ?3, ?4, 'Bench', ?5, NULL, 'connected', '[]', 'bench', ?6, ?6 FROM json_each(?1)`,
  ).bind(json, provider, role, account, role === "books" ? "USD" : null, now);
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare(`INSERT INTO shop (id, slug, name, shard, zone, currency, state, created_at)
      SELECT value ->> 'shopId', 'night-' || (value ->> 'shopId'), 'Bench', 0, ?2, 'USD', 'open', 1 FROM json_each(?1)`).bind(json, SCHEDULE.zone),
    // The morning letter is another job of another hour.
    env.DIRECTORY.prepare("UPDATE daily_letter SET due_at = 9e15"),
  ]);
  await env.SHARD_0.batch([
    connect("tillId", "square", "till", merchant.merchantId),
    connect("booksId", "quickbooks", "books", merchant.realm),
    env.SHARD_0.prepare(`INSERT INTO location (shop_id, id, connection_id, external_id, name, code, zone, currency, cut_offs, starts_on, next_due_at)
      SELECT value ->> 'shopId', value ->> 'locationId', value ->> 'tillId', ?2, 'Bench', 'L00', ?3, 'USD', ?4, ?5, NULL FROM json_each(?1)`)
      .bind(json, location?.id, SCHEDULE.zone, JSON.stringify(SCHEDULE.cutOffs), yesterday()),
    env.SHARD_0.prepare("INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) SELECT value ->> 'shopId', 1, ?2, 'bench', 1 FROM json_each(?1)").bind(json, JSON.stringify(mappingOver(accounts, []))),
    env.SHARD_0.prepare("INSERT INTO posting_rule (shop_id, mode, changed_by, changed_at) SELECT value ->> 'shopId', ?2, 'bench', 1 FROM json_each(?1)").bind(json, mode),
  ]);
}

/** The day that has closed. */
export function yesterday() {
  return addDays(businessDateAt(SCHEDULE, systemClock()), -1);
}

/** Makes every location due for yesterday, but for those that the planner has been at. */
export async function makeDue(env: Bindings): Promise<void> {
  await env.SHARD_0.prepare("UPDATE location SET next_due_at = ?1 WHERE next_due_at IS NULL").bind(dueAfter(SCHEDULE, yesterday())).run();
}
