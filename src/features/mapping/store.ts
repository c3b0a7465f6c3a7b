/** The SQL of the mapping: versions are added, never changed. */
import { desc, eq } from "drizzle-orm";
import type { Query, ShopDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import { mapping } from "./table";

export type MappingRow = typeof mapping.$inferSelect;

/** The version that holds now, no row before the first was saved; not asked yet. */
export function latestQuery(db: ShopDb): Query<MappingRow> {
  return db.orm.select().from(mapping).where(eq(mapping.shopId, db.shopId)).orderBy(desc(mapping.version)).limit(1);
}

/** The version that holds now, or undefined before the first was saved. */
export async function readLatest(db: ShopDb): Promise<MappingRow | undefined> {
  const [row] = await latestQuery(db);
  return row;
}

/** Adds a version. One that exists already breaks the primary key, and with it the batch. */
export function versionAdded(db: ShopDb, row: Omit<MappingRow, "shopId">): Statement {
  return db.orm.insert(mapping).values({ shopId: db.shopId, ...row });
}
