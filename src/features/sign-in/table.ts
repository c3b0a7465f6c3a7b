/** What proves who somebody is, and for how long. DIRECTORY. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PersonId, SessionId, ShopId } from "../../kernel/ids";

export const credential = sqliteTable("credential", {
  personId: text("person_id").$type<PersonId>().notNull(),
  kind: text("kind", { enum: ["password"] }).notNull(),
  id: text("id").notNull(),
  secretHash: text("secret_hash").notNull(),
  createdAt: integer("created_at").notNull(),
}, (t) => [primaryKey({ columns: [t.personId, t.kind, t.id] })]);

export const session = sqliteTable("session", {
  id: text("id").$type<SessionId>().primaryKey(),
  personId: text("person_id").$type<PersonId>().notNull(),
  secretHash: text("secret_hash").notNull(),
  device: text("device").notNull(),
  createdAt: integer("created_at").notNull(),
  lastUsedAt: integer("last_used_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
});

export const shopSession = sqliteTable("shop_session", {
  id: text("id").$type<SessionId>().primaryKey(),
  sessionId: text("session_id").$type<SessionId>().notNull(),
  shopId: text("shop_id").$type<ShopId>().notNull(),
  host: text("host").notNull(),
  secretHash: text("secret_hash").notNull(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
});

export const handOff = sqliteTable("hand_off", {
  codeHash: text("code_hash").primaryKey(),
  sessionId: text("session_id").$type<SessionId>().notNull(),
  shopId: text("shop_id").$type<ShopId>().notNull(),
  host: text("host").notNull(),
  challenge: text("challenge").notNull(),
  expiresAt: integer("expires_at").notNull(),
});
