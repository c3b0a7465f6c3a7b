/** The SQL of when each shop's register is held against its database. DIRECTORY. */
import { sql } from "drizzle-orm";
import type { OrganisationId, ShopId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";

/** From now on the shop is looked after; nothing for one that is already, or that the directory does not know. */
export async function keepChecked(directory: DirectoryDb, shopId: ShopId): Promise<void> {
  await directory.run(sql`INSERT INTO consent_check (shop_id, due_at, shared_with) SELECT id, 0, '' FROM shop WHERE id = ${shopId} ON CONFLICT (shop_id) DO NOTHING`);
}

/** With which shops a shop's stops are shared by now; null for a shop that is not looked after. */
export async function readSharedWith(directory: DirectoryDb, shopId: ShopId): Promise<string | null> {
  const row = await directory.get<{ readonly sharedWith: string } | undefined>(sql`SELECT shared_with AS "sharedWith" FROM consent_check WHERE shop_id = ${shopId}`);
  return row?.sharedWith ?? null;
}

/** Writes with which they are; empty where all are to be told anew. */
export function sharedWithWritten(directory: DirectoryDb, shopId: ShopId, sharedWith: string): Statement {
  return directory.run(sql`UPDATE consent_check SET shared_with = ${sharedWith} WHERE shop_id = ${shopId}`);
}

/** The same for every shop of an organisation. */
export function sharingForgotten(directory: DirectoryDb, id: OrganisationId): Statement {
  return directory.run(sql`UPDATE consent_check SET shared_with = '' WHERE shop_id IN (SELECT id FROM shop WHERE organisation_id = ${id})`);
}

/** The shops of an organisation that are looked after, with where their rows are. */
export async function checkedShopsOf(directory: DirectoryDb, id: OrganisationId): Promise<readonly { readonly shopId: ShopId; readonly shard: number }[]> {
  return await directory.all(sql`
    SELECT shop.id AS "shopId", shop.shard AS shard FROM shop JOIN consent_check ON consent_check.shop_id = shop.id
    WHERE shop.organisation_id = ${id} ORDER BY shop.id LIMIT 1000`);
}
