/** The SQL of the mapping: versions are added, never changed. */
import { desc, eq } from "drizzle-orm";
import type { ShopDb } from "../../platform/database";
import type { Statement } from "../../platform/once";
import { mapping } from "./table";

export type MappingRow = typeof mapping.$inferSelect;

/** The version that holds now, or undefined before the first was saved. */
export async function readLatest(db: ShopDb): Promise<MappingRow | undefined> {
  return await db.orm.select().from(mapping).where(eq(mapping.shopId, db.shopId)).orderBy(desc(mapping.version)).limit(1).get();
}

/** Adds a version. One that exists already breaks the primary key, and with it the batch. */
export function versionAdded(db: ShopDb, row: Omit<MappingRow, "shopId">): Statement {
  return db.orm.insert(mapping).values({ shopId: db.shopId, ...row });
}
