/** Two shops on one shard, with the same rows but for a canary that tells whose they are. */
import { env } from "cloudflare:workers";
import type { ShopId } from "../../src/kernel/ids";

export const OURS = "ourshopourshopourshopours2" as ShopId;
export const THEIRS = "theirshoptheirshoptheirsh3" as ShopId;

/** Stands in every text of the other shop and nowhere else. */
export const CANARY = "canary-of-theirs";

/** Fills SHARD_0 with a connection, two locations and two days for each shop. */
export async function plantTwoShops(): Promise<void> {
  for (const [shop, word] of [[OURS, "ours"], [THEIRS, CANARY]] as const) await plant(shop, word);
}

/** Everything that the other shop owns on SHARD_0, as one text to compare. */
export async function rowsOfTheirs(): Promise<string> {
  const tables = ["connection", "location", "day", "mapping", "once"];
  const results = await env.SHARD_0.batch(tables.map((table) => (
    env.SHARD_0.prepare(`SELECT * FROM ${table} WHERE shop_id = ?1 ORDER BY 1, 2, 3`).bind(THEIRS)
  )));
  return JSON.stringify(results.map((result) => result.results));
}

async function plant(shop: ShopId, word: string): Promise<void> {
  const shard = env.SHARD_0;
  await shard.batch([
    shard.prepare(`INSERT INTO connection (shop_id, id, provider, role, external_account, name, state, scopes, connected_by, connected_at, checked_at)
      VALUES (?1, 'till', 'square', 'till', ?2, ?2, 'connected', '[]', 'person', 1, 1)`).bind(shop, word),
    ...["one", "two"].map((id, index) => shard.prepare(
      `INSERT INTO location (shop_id, id, connection_id, external_id, name, code, zone, currency, cut_offs, next_due_at)
       VALUES (?1, ?2, 'till', ?2, ?3, ?4, 'UTC', 'USD', '[]', ?5)`,
    ).bind(shop, id, word, `L0${index}`, 100 + index)),
    ...["2026-07-01", "2026-07-02"].map((date) => shard.prepare(
      `INSERT INTO day (shop_id, location_id, business_date, state, fingerprint, revision, attempts, changed_at)
       VALUES (?1, 'one', ?2, 'ready', ?3, 0, '[]', 1)`,
    ).bind(shop, date, word)),
    shard.prepare("INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) VALUES (?1, 1, '{}', ?2, 1)").bind(shop, word),
    shard.prepare("INSERT INTO once (shop_id, key, input_hash, answer, created_at) VALUES (?1, 'key', ?2, '{}', 1)").bind(shop, word),
  ]);
}
