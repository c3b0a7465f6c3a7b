/** The SQL of a shop's number, and of what the directory holds of it. */
import { and, eq, lt, ne, sql } from "drizzle-orm";
import type { ShopId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb, Query, ShopDb } from "../../platform/database";
import { textHook, textLine, textNumber } from "./table";

export type LineRow = typeof textLine.$inferSelect;

/** The shop's line, set up or removed; no row where there never was one. */
export function lineQuery(db: ShopDb): Query<LineRow> {
  return db.orm.select().from(textLine).where(eq(textLine.shopId, db.shopId)).limit(1);
}

/** Writes the shop's first line (`seen` 0), or changes the one that was seen; breaks the batch where it is of another version by now. */
export function lineWritten(db: ShopDb, seen: number, row: Omit<LineRow, "shopId" | "version">): Statement {
  if (seen === 0) return db.orm.insert(textLine).values({ ...row, shopId: db.shopId, version: 1 });
  return db.orm.update(textLine).set({ ...row, version: nextVersion(seen) }).where(eq(textLine.shopId, db.shopId));
}

/** What Twilio said of the line that was seen; breaks the batch as above. */
export function lineChecked(db: ShopDb, seen: number, found: Pick<LineRow, "state" | "registration" | "changedAt">): Statement {
  return db.orm.update(textLine).set({ ...found, version: nextVersion(seen) }).where(eq(textLine.shopId, db.shopId));
}

/** Destroys the credentials of the line that was seen; breaks the batch as above. */
export function lineRemoved(db: ShopDb, seen: number, at: number): Statement {
  return db.orm.update(textLine).set({ state: "removed", sealedCredentials: "", changedAt: at, version: nextVersion(seen) }).where(eq(textLine.shopId, db.shopId));
}

/** NULL where the version is another one: the column takes none, and so the whole batch fails. */
function nextVersion(seen: number) {
  return sql`CASE ${textLine.version} WHEN ${seen} THEN ${seen + 1} ELSE NULL END`;
}

/** The shop that an address was made for, or null. */
export async function shopOfHook(directory: DirectoryDb, hookId: string): Promise<ShopId | null> {
  const row = await directory.select({ shopId: textHook.shopId }).from(textHook).where(eq(textHook.hookId, hookId)).get();
  return row?.shopId ?? null;
}

/** What a shop is about to write as its line of version `lineVersion`. */
export type Claim = { readonly shopId: ShopId; readonly hookId: string; readonly number: string; readonly lineVersion: number };

/** Takes the address and the number for the shop. Answers whose the number is: another shop's where that had it. */
export async function claim(directory: DirectoryDb, { shopId, hookId, number, lineVersion }: Claim): Promise<ShopId> {
  const [, , [holder]] = await directory.batch([
    directory.insert(textHook).values({ hookId, shopId, lineVersion }).onConflictDoNothing(),
    directory.insert(textNumber).values({ number, shopId, lineVersion })
      .onConflictDoUpdate({ target: textNumber.number, set: { lineVersion }, setWhere: eq(textNumber.shopId, shopId) }),
    directory.select({ shopId: textNumber.shopId }).from(textNumber).where(eq(textNumber.number, number)),
  ]);
  return holder?.shopId ?? shopId;
}

/** Gives back what the shop's earlier lines had and the one of now has not. What a set-up beside this one has just taken stays. */
export async function releaseOlder(directory: DirectoryDb, { shopId, hookId, number, lineVersion }: Claim): Promise<void> {
  await directory.batch([
    directory.delete(textHook).where(and(eq(textHook.shopId, shopId), lt(textHook.lineVersion, lineVersion), ne(textHook.hookId, hookId))),
    directory.delete(textNumber).where(and(eq(textNumber.shopId, shopId), lt(textNumber.lineVersion, lineVersion), ne(textNumber.number, number))),
  ]);
}

/** Gives back everything that the shop had before its line of version `lineVersion`. */
export async function releaseAll(directory: DirectoryDb, shopId: ShopId, lineVersion: number): Promise<void> {
  await directory.batch([
    directory.delete(textHook).where(and(eq(textHook.shopId, shopId), lt(textHook.lineVersion, lineVersion))),
    directory.delete(textNumber).where(and(eq(textNumber.shopId, shopId), lt(textNumber.lineVersion, lineVersion))),
  ]);
}
