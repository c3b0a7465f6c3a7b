/** Shops, where they live, and who belongs to them. DIRECTORY, except the posting rule, which is the shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { OrganisationId, PersonId, ShopId } from "../../kernel/ids";
import { ROLES } from "../../kernel/roles";

export const shop = sqliteTable("shop", {
  id: text("id").$type<ShopId>().primaryKey(),
  slug: text("slug").notNull(),
  name: text("name").notNull(),
  shard: integer("shard").notNull(),
  zone: text("zone").notNull(),
  currency: text("currency").notNull(),
  state: text("state", { enum: ["open", "closed"] }).notNull(),
  createdAt: integer("created_at").notNull(),
  organisationId: text("organisation_id").$type<OrganisationId>(),
  requiresSecondFactor: integer("requires_second_factor", { mode: "boolean" }).notNull(),
});

/** Names that were given up, and until when nobody else may take them. */
export const slugHistory = sqliteTable("slug_history", {
  slug: text("slug").primaryKey(),
  shopId: text("shop_id").$type<ShopId>().notNull(),
  releasedAt: integer("released_at").notNull(),
  restsUntil: integer("rests_until").notNull(),
});

export const membership = sqliteTable("membership", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  personId: text("person_id").$type<PersonId>().notNull(),
  role: text("role", { enum: ROLES }).notNull(),
  createdAt: integer("created_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.personId] })]);
