/** The SQL of filing reports. DIRECTORY. */
import { and, eq } from "drizzle-orm";
import type { ShopId } from "../../kernel/ids";
import type { DirectoryDb } from "../../platform/database";
import { sendDue, type DueRun, type DueShop } from "../../platform/due";
import { reportFiling } from "./table";

/** Sends the shops whose reports are due on their way, as `sendDue` does. */
export async function sendDueFilings(directory: DirectoryDb, run: DueRun, send: (due: readonly DueShop[]) => Promise<void>): Promise<number> {
  return await sendDue(directory, reportFiling, run, send);
}

/** Through which instant a shop's changes are filed (epoch milliseconds, 0 for none yet); null for a shop that is gone. */
export async function readFiledThrough(directory: DirectoryDb, shopId: ShopId): Promise<number | null> {
  const row = await directory.select({ through: reportFiling.filedThrough }).from(reportFiling).where(eq(reportFiling.shopId, shopId)).get();
  return row?.through ?? null;
}

/** Moves a shop on, unless somebody else did meanwhile: what they filed is at least as much. */
export async function moveFiledThrough(directory: DirectoryDb, shopId: ShopId, { was, next }: { readonly was: number; readonly next: number }): Promise<void> {
  await directory.update(reportFiling).set({ filedThrough: next }).where(and(eq(reportFiling.shopId, shopId), eq(reportFiling.filedThrough, was)));
}
