/** One message to many, and how far it is. The shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BroadcastId, ContactId, PersonId, ShopId, TemplateId } from "../../kernel/ids";
import { MESSAGE_CHANNELS } from "../messages/contract";
import { BROADCAST_PROBLEMS, BROADCAST_STATES, LEFT_OUT_REASONS, RECIPIENT_STATES } from "./contract";

const shopId = text("shop_id").$type<ShopId>().notNull();

/** Whom a broadcast goes to: everybody with one of the tags, and single contacts. */
export type Audience = { readonly tags: readonly string[]; readonly contactIds: readonly ContactId[] };

export const broadcast = sqliteTable("broadcast", {
  shopId,
  id: text("id").$type<BroadcastId>().notNull(),
  name: text("name").notNull(),
  channel: text("channel", { enum: MESSAGE_CHANNELS }).notNull(),
  templateId: text("template_id").$type<TemplateId>().notNull(),
  subject: text("subject").notNull(),
  body: text("body").notNull(),
  link: text("link").notNull(),
  audience: text("audience", { mode: "json" }).$type<Audience>().notNull(),
  state: text("state", { enum: BROADCAST_STATES }).notNull(),
  problem: text("problem", { enum: BROADCAST_PROBLEMS }),
  perMinute: integer("per_minute").notNull(),
  createdBy: text("created_by").$type<PersonId>().notNull(),
  createdAt: integer("created_at").notNull(),
  dueAt: integer("due_at"),
  changedAt: integer("changed_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const broadcastRecipient = sqliteTable("broadcast_recipient", {
  shopId,
  broadcastId: text("broadcast_id").$type<BroadcastId>().notNull(),
  contactId: text("contact_id").$type<ContactId>().notNull(),
  state: text("state", { enum: RECIPIENT_STATES }).notNull(),
  reason: text("reason", { enum: LEFT_OUT_REASONS }),
  dueAt: integer("due_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.broadcastId, t.contactId] })]);
