/** The SQL of morning letters. DIRECTORY. */
import { eq, sql } from "drizzle-orm";
import type { BusinessDate } from "../../kernel/day";
import type { ShopId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { dailyLetter } from "./table";

/** A shop whose letter is due, with what the directory says of where and when it is. */
export type DueLetter = { readonly shopId: ShopId; readonly dueAt: number; readonly zone: string; readonly shard: number };

/** Letters due by an instant, earliest first: an index, never all shops. */
export async function readDue(directory: DirectoryDb, now: number, limit: number): Promise<DueLetter[]> {
  return await directory.all<DueLetter>(sql`
    SELECT daily_letter.shop_id AS "shopId", daily_letter.due_at AS "dueAt", shop.zone AS zone, shop.shard AS shard
    FROM daily_letter INDEXED BY daily_letter_due JOIN shop ON shop.id = daily_letter.shop_id
    WHERE daily_letter.due_at <= ${now} ORDER BY daily_letter.due_at LIMIT ${limit}`);
}

/** Moves due instants on, but for those that another run has moved. */
export async function moveDue(directory: DirectoryDb, moves: readonly { readonly shop: ShopId; readonly was: number; readonly next: number }[]): Promise<void> {
  await directory.run(sql`
    UPDATE daily_letter SET due_at = moved.value ->> 'next' FROM json_each(${JSON.stringify(moves)}) AS moved
    WHERE daily_letter.shop_id = moved.value ->> 'shop' AND daily_letter.due_at = moved.value ->> 'was'`);
}

/** The date of the shop's last letter, or null. */
export async function readWrittenOn(directory: DirectoryDb, shopId: ShopId): Promise<BusinessDate | null> {
  const row = await directory.select({ on: dailyLetter.writtenOn }).from(dailyLetter).where(eq(dailyLetter.shopId, shopId)).get();
  return row?.on ?? null;
}

/** Marks a date's letter as written; fails its whole batch where that date's or a later one was. */
export function letterWritten(directory: DirectoryDb, shopId: ShopId, date: BusinessDate): Statement {
  return directory.update(dailyLetter).set({ writtenOn: date }).where(eq(dailyLetter.shopId, shopId));
}
