/** The SQL of evening checks. DIRECTORY. */
import { eq, sql } from "drizzle-orm";
import type { ShopId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { shopCheck } from "./table";

/** A shop whose check is due, with what the directory says of where and when it is. */
export type DueCheck = { readonly shopId: ShopId; readonly dueAt: number; readonly zone: string; readonly shard: number };

/** Checks due by an instant, earliest first: an index, never all shops. */
export async function readDue(directory: DirectoryDb, now: number, limit: number): Promise<DueCheck[]> {
  return await directory.all<DueCheck>(sql`
    SELECT shop_check.shop_id AS "shopId", shop_check.due_at AS "dueAt", shop.zone AS zone, shop.shard AS shard
    FROM shop_check INDEXED BY shop_check_due JOIN shop ON shop.id = shop_check.shop_id
    WHERE shop_check.due_at <= ${now} ORDER BY shop_check.due_at LIMIT ${limit}`);
}

/** Moves due instants on, but for those that another run has moved. */
export async function moveDue(directory: DirectoryDb, moves: readonly { readonly shop: ShopId; readonly was: number; readonly next: number }[]): Promise<void> {
  await directory.run(sql`
    UPDATE shop_check SET due_at = moved.value ->> 'next' FROM json_each(${JSON.stringify(moves)}) AS moved
    WHERE shop_check.shop_id = moved.value ->> 'shop' AND shop_check.due_at = moved.value ->> 'was'`);
}

/** What was told and is not over, as it stands in the row; null for a shop that is gone. */
export async function readTold(directory: DirectoryDb, shopId: ShopId): Promise<string | null> {
  const row = await directory.select({ told: shopCheck.told }).from(shopCheck).where(eq(shopCheck.shopId, shopId)).get();
  return row?.told ?? null;
}

/** Writes what is told by now; fails its whole batch where somebody else has told something meanwhile. */
export function toldWritten(directory: DirectoryDb, shopId: ShopId, before: string, after: string): Statement {
  return directory.update(shopCheck).set({ told: sql`CASE WHEN ${shopCheck.told} = ${before} THEN ${after} END` }).where(eq(shopCheck.shopId, shopId));
}
