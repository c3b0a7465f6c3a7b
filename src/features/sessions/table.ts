/** Who is signed in where, and for how long. DIRECTORY. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { OrganisationId, PersonId, SessionId, ShopId } from "../../kernel/ids";
import type { Factor } from "../../http/person";

export const session = sqliteTable("session", {
  id: text("id").$type<SessionId>().primaryKey(),
  personId: text("person_id").$type<PersonId>().notNull(),
  secretHash: text("secret_hash").notNull(),
  state: text("state", { enum: ["second_factor", "open"] }).notNull(),
  factors: text("factors", { mode: "json" }).$type<readonly Factor[]>().notNull(),
  provedAt: integer("proved_at").notNull(),
  secondFactorAt: integer("second_factor_at"),
  device: text("device").notNull(),
  address: text("address").notNull(),
  place: text("place").notNull(),
  createdAt: integer("created_at").notNull(),
  lastUsedAt: integer("last_used_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
});

export const siteSession = sqliteTable("site_session", {
  id: text("id").$type<SessionId>().primaryKey(),
  sessionId: text("session_id").$type<SessionId>().notNull(),
  shopId: text("shop_id").$type<ShopId>(),
  organisationId: text("organisation_id").$type<OrganisationId>(),
  host: text("host").notNull(),
  secretHash: text("secret_hash").notNull(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
});

export const handOff = sqliteTable("hand_off", {
  codeHash: text("code_hash").primaryKey(),
  sessionId: text("session_id").$type<SessionId>().notNull(),
  shopId: text("shop_id").$type<ShopId>(),
  organisationId: text("organisation_id").$type<OrganisationId>(),
  host: text("host").notNull(),
  challenge: text("challenge").notNull(),
  expiresAt: integer("expires_at").notNull(),
});
