/** The SQL of morning letters. DIRECTORY. */
import { eq } from "drizzle-orm";
import type { BusinessDate } from "../../kernel/day";
import type { ShopId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { sendDue, type DueRun, type DueShop } from "../../platform/due";
import { dailyLetter } from "./table";

/** Sends the shops whose letter is due on their way, as `sendDue` does. */
export async function sendDueLetters(directory: DirectoryDb, run: DueRun, send: (due: readonly DueShop[]) => Promise<void>): Promise<number> {
  return await sendDue(directory, dailyLetter, run, send);
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
