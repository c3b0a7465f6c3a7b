/** People, wherever they work. DIRECTORY. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PersonId } from "../../kernel/ids";

export const person = sqliteTable("person", {
  id: text("id").$type<PersonId>().primaryKey(),
  email: text("email").notNull(),
  name: text("name").notNull(),
  verifiedAt: integer("verified_at"),
  disabledAt: integer("disabled_at"),
  createdAt: integer("created_at").notNull(),
});

/** Devices that a person has signed in with, in words. */
export const knownDevice = sqliteTable("known_device", {
  personId: text("person_id").$type<PersonId>().notNull(),
  device: text("device").notNull(),
  firstUsedAt: integer("first_used_at").notNull(),
}, (t) => [primaryKey({ columns: [t.personId, t.device] })]);
