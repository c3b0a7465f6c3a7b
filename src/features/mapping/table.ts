/** Where each line goes, every version of it. The shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ShopId } from "../../kernel/ids";
import type { AccountRef, LineKey } from "../../ledger/mapping";
import { NO_TAGS, type MappingTags } from "../../ledger/tag";

export const mapping = sqliteTable("mapping", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  version: integer("version").notNull(),
  accounts: text("accounts", { mode: "json" }).$type<Readonly<Record<LineKey, AccountRef>>>().notNull(),
  tags: text("tags", { mode: "json" }).$type<MappingTags>().notNull().default(NO_TAGS),
  savedBy: text("saved_by").notNull(),
  savedAt: integer("saved_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.version] })]);
