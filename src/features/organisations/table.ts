/** Organisations above shops, and who belongs to them. DIRECTORY. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { OrganisationId, PersonId, ShopId } from "../../kernel/ids";
import { HQ_ROLES } from "../../kernel/roles";

export const organisation = sqliteTable("organisation", {
  id: text("id").$type<OrganisationId>().primaryKey(),
  slug: text("slug").notNull(),
  name: text("name").notNull(),
  createdAt: integer("created_at").notNull(),
  sharesOptOuts: integer("shares_opt_outs", { mode: "boolean" }).notNull().default(false),
});

export const organisationMember = sqliteTable("organisation_member", {
  organisationId: text("organisation_id").$type<OrganisationId>().notNull(),
  personId: text("person_id").$type<PersonId>().notNull(),
  role: text("role", { enum: HQ_ROLES }).notNull(),
  createdAt: integer("created_at").notNull(),
}, (t) => [primaryKey({ columns: [t.organisationId, t.personId] })]);

export const organisationOffer = sqliteTable("organisation_offer", {
  id: text("id").notNull().primaryKey(),
  askedBy: text("asked_by", { enum: ["shop", "organisation"] }).notNull(),
  organisationId: text("organisation_id").$type<OrganisationId>(),
  shopId: text("shop_id").$type<ShopId>(),
  address: text("address").notNull(),
  personId: text("person_id").$type<PersonId>().notNull(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
  acceptedBy: text("accepted_by").$type<PersonId>(),
  acceptedAt: integer("accepted_at"),
});
