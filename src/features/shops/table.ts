/** Shops, where they live, and who belongs to them. DIRECTORY, except the posting rule, which is the shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PersonId, ShopId } from "../../kernel/ids";
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
});

export const membership = sqliteTable("membership", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  personId: text("person_id").$type<PersonId>().notNull(),
  role: text("role", { enum: ROLES }).notNull(),
  createdAt: integer("created_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.personId] })]);
