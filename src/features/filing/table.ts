/** When each shop's reports are next filed, and how far that has come. DIRECTORY. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ShopId } from "../../kernel/ids";

export const reportFiling = sqliteTable("report_filing", {
  shopId: text("shop_id").$type<ShopId>().primaryKey(),
  dueAt: integer("due_at").notNull(),
  filedThrough: integer("filed_through").notNull(),
});
