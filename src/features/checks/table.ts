/** When each shop's accounts are next looked at, and what its owners were told of them. DIRECTORY. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ShopId } from "../../kernel/ids";

export const shopCheck = sqliteTable("shop_check", {
  shopId: text("shop_id").$type<ShopId>().primaryKey(),
  dueAt: integer("due_at").notNull(),
  told: text("told").notNull(),
});
