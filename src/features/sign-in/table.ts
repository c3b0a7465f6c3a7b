/** What proves who somebody is, other than a second factor. DIRECTORY. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PersonId } from "../../kernel/ids";

export const credential = sqliteTable("credential", {
  personId: text("person_id").$type<PersonId>().notNull(),
  kind: text("kind", { enum: ["password"] }).notNull(),
  id: text("id").notNull(),
  secretHash: text("secret_hash").notNull(),
  createdAt: integer("created_at").notNull(),
}, (t) => [primaryKey({ columns: [t.personId, t.kind, t.id] })]);

export const mailProof = sqliteTable("mail_proof", {
  id: text("id").primaryKey(),
  purpose: text("purpose", { enum: ["sign_in", "sign_up", "verify", "change_address", "reset_password"] }).notNull(),
  email: text("email").notNull(),
  personId: text("person_id").$type<PersonId>(),
  tokenHash: text("token_hash").notNull(),
  codeHash: text("code_hash").notNull(),
  browserHash: text("browser_hash").notNull(),
  wrongCodes: integer("wrong_codes").notNull(),
  provedAt: integer("proved_at"),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
});
