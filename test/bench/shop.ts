/** The bench's one shop: rows as they are after a merchant connected, chose locations, mapped and switched posting on. */
import { addDays, businessDateAt } from "../../src/kernel/day";
import { systemClock, systemRandom } from "../../src/kernel/clock";
import { newId, type ConnectionId, type LocationId, type PersonId, type ShopId } from "../../src/kernel/ids";
import type { Bindings } from "../../src/platform/env";
import { laneOf } from "../../src/platform/lane-client";
import { mappingOver } from "../support/mapping";
import { SCHEDULE, type Arrival } from "./providers-object";

export type BenchShop = { readonly shopId: ShopId; readonly locationIds: readonly LocationId[] };

/** Makes the shop on shard 0. Its locations start yesterday; only the first one is due to the planner, at once. */
export async function makeShop(env: Bindings, { merchant, tokens, accounts }: Arrival): Promise<BenchShop> {
  const ids = { shopId: newId<ShopId>(systemRandom), personId: newId<PersonId>(systemRandom), tillId: newId<ConnectionId>(systemRandom), booksId: newId<ConnectionId>(systemRandom) };
  const { shopId, personId, tillId, booksId } = ids;
  const locationIds = merchant.locations.map(() => newId<LocationId>(systemRandom));
  const now = systemClock();
  const yesterday = addDays(businessDateAt(SCHEDULE, now), -1);
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare("INSERT INTO person (id, email, name, created_at) VALUES (?1, 'bench@example.com', 'Bench', 1)").bind(personId),
    env.DIRECTORY.prepare("INSERT INTO shop (id, slug, name, shard, zone, currency, state, created_at) VALUES (?1, 'bench', 'Bench', 0, ?2, 'USD', 'open', 1)").bind(shopId, SCHEDULE.zone),
  ]);
  const connect = (id: ConnectionId, provider: string, role: string, account: string) => env.SHARD_0.prepare(
    `INSERT INTO connection (shop_id, id, provider, role, external_account, name, currency, closed_through, state, scopes, connected_by, connected_at, checked_at)
     VALUES (?1, ?2, ?3, ?4, ?5, 'Bench', ?6, NULL, 'connected', '[]', ?7, ?8, ?8)`,
  ).bind(shopId, id, provider, role, account, role === "books" ? "USD" : null, personId, now);
  await env.SHARD_0.batch([
    connect(tillId, "square", "till", merchant.merchantId),
    connect(booksId, "quickbooks", "books", merchant.realm),
    ...merchant.locations.map((location, index) => env.SHARD_0.prepare(
      `INSERT INTO location (shop_id, id, connection_id, external_id, name, code, zone, currency, cut_offs, starts_on, next_due_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'USD', ?8, ?9, ?10)`,
    ).bind(shopId, locationIds[index], tillId, location.id, location.name, `L0${index}`, SCHEDULE.zone, JSON.stringify(SCHEDULE.cutOffs), yesterday, index === 0 ? now : null)),
    env.SHARD_0.prepare("INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) VALUES (?1, 1, ?2, ?3, 1)").bind(shopId, JSON.stringify(mappingOver(accounts, [])), personId),
    env.SHARD_0.prepare("INSERT INTO posting_rule (shop_id, mode, changed_by, changed_at) VALUES (?1, 'automatic', ?2, 1)").bind(shopId, personId),
  ]);
  for (const [provider, id] of [["square", tillId], ["quickbooks", booksId]] as const) {
    const installed = await laneOf(env, shopId, id).install({ provider, tokens: tokens[provider] });
    if (!installed.ok) throw new Error(`the lane of ${provider} took no tokens: ${installed.failure.kind}`);
  }
  return { shopId, locationIds };
}
