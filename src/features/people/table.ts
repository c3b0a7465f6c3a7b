/** People, wherever they work. DIRECTORY. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PersonId } from "../../kernel/ids";

export const person = sqliteTable("person", {
  id: text("id").$type<PersonId>().primaryKey(),
  email: text("email").notNull(),
  name: text("name").notNull(),
  verifiedAt: integer("verified_at"),
  disabledAt: integer("disabled_at"),
  createdAt: integer("created_at").notNull(),
});
