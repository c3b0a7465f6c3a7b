/** Letters that are to be sent. DIRECTORY. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const letter = sqliteTable("letter", {
  id: text("id").primaryKey(),
  kind: text("kind").notNull(),
  recipient: text("recipient").notNull(),
  sealedWords: text("sealed_words"),
  state: text("state", { enum: ["waiting", "sent", "given_up"] }).notNull(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
  dueAt: integer("due_at").notNull(),
  finishedAt: integer("finished_at"),
});
