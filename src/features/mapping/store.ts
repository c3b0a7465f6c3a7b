/** The SQL of the mapping: versions are added, never changed. */
import { and, desc, eq, lte } from "drizzle-orm";
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

/** One version, or undefined where the shop never had it. */
export async function readVersion(db: ShopDb, version: number): Promise<MappingRow | undefined> {
  return await db.orm.select().from(mapping).where(and(eq(mapping.shopId, db.shopId), eq(mapping.version, version))).get();
}

/** Versions from one number downwards, the newest first. */
export async function readVersions(db: ShopDb, from: number, limit: number): Promise<MappingRow[]> {
  return await db.orm.select().from(mapping).where(and(eq(mapping.shopId, db.shopId), lte(mapping.version, from)))
    .orderBy(desc(mapping.version)).limit(limit);
}

/** Adds a version. One that exists already breaks the primary key, and with it the batch. */
export function versionAdded(db: ShopDb, row: Omit<MappingRow, "shopId">): Statement {
  return db.orm.insert(mapping).values({ shopId: db.shopId, ...row });
}
