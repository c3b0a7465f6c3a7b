/** The SQL of evening checks. DIRECTORY. */
import { eq, sql } from "drizzle-orm";
import type { ShopId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { sendDue, type DueRun, type DueShop } from "../../platform/due";
import { shopCheck } from "./table";

/** Sends the shops whose check is due on their way, as `sendDue` does. */
export async function sendDueChecks(directory: DirectoryDb, run: DueRun, send: (due: readonly DueShop[]) => Promise<void>): Promise<number> {
  return await sendDue(directory, shopCheck, run, send);
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
