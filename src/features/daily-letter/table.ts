/** When each shop's next morning letter is due, and of which date the last one was written. DIRECTORY. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BusinessDate } from "../../kernel/day";
import type { ShopId } from "../../kernel/ids";

export const dailyLetter = sqliteTable("daily_letter", {
  shopId: text("shop_id").$type<ShopId>().primaryKey(),
  dueAt: integer("due_at").notNull(),
  writtenOn: text("written_on").$type<BusinessDate>(),
});
