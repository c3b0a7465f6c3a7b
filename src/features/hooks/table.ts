/** What was looked at already. DIRECTORY. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const hookMark = sqliteTable("hook_mark", {
  key: text("key").primaryKey(),
  until: integer("until").notNull(),
});
