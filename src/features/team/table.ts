/** Invitations to a shop or an organisation. DIRECTORY. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { InvitationId, OrganisationId, PersonId, ShopId } from "../../kernel/ids";
import { HQ_ROLES, ROLES } from "../../kernel/roles";

export const invitation = sqliteTable("invitation", {
  id: text("id").$type<InvitationId>().primaryKey(),
  shopId: text("shop_id").$type<ShopId>(),
  organisationId: text("organisation_id").$type<OrganisationId>(),
  email: text("email").notNull(),
  role: text("role", { enum: [...ROLES, ...HQ_ROLES] }).notNull(),
  tokenHash: text("token_hash").notNull(),
  state: text("state", { enum: ["open", "accepted", "revoked"] }).notNull(),
  invitedBy: text("invited_by").$type<PersonId>().notNull(),
  createdAt: integer("created_at").notNull(),
  sentAt: integer("sent_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
});
