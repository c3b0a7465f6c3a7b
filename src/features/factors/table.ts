/** Second factors and passkeys. DIRECTORY. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PasskeyId, PersonId, SessionId } from "../../kernel/ids";

export const totp = sqliteTable("totp", {
  personId: text("person_id").$type<PersonId>().primaryKey(),
  sealedSeed: text("sealed_seed"),
  awaitedSeed: text("awaited_seed"),
  confirmedAt: integer("confirmed_at"),
  lastStep: integer("last_step").notNull(),
});

export const passkey = sqliteTable("passkey", {
  credentialId: text("credential_id").primaryKey(),
  id: text("id").$type<PasskeyId>().notNull(),
  personId: text("person_id").$type<PersonId>().notNull(),
  name: text("name").notNull(),
  publicKey: text("public_key").notNull(),
  counter: integer("counter").notNull(),
  transports: text("transports", { mode: "json" }).$type<readonly string[]>().notNull(),
  isBackupEligible: integer("is_backup_eligible", { mode: "boolean" }).notNull(),
  isBackedUp: integer("is_backed_up", { mode: "boolean" }).notNull(),
  createdAt: integer("created_at").notNull(),
  lastUsedAt: integer("last_used_at"),
});

export const recoveryCode = sqliteTable("recovery_code", {
  personId: text("person_id").$type<PersonId>().notNull(),
  codeHash: text("code_hash").notNull(),
  createdAt: integer("created_at").notNull(),
  usedAt: integer("used_at"),
}, (t) => [primaryKey({ columns: [t.personId, t.codeHash] })]);

export const passkeyChallenge = sqliteTable("passkey_challenge", {
  challenge: text("challenge").primaryKey(),
  purpose: text("purpose", { enum: ["enrol", "sign_in", "second_factor", "step_up", "sign_up"] }).notNull(),
  sessionId: text("session_id").$type<SessionId>(),
  browserHash: text("browser_hash").notNull(),
  expiresAt: integer("expires_at").notNull(),
});
