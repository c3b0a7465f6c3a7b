/** Conversations, what was said in them, and templates. The shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BroadcastId, ContactId, MessageId, PersonId, ShopId, TemplateId } from "../../kernel/ids";
import { MESSAGE_CHANNELS, MESSAGE_PURPOSES, MESSAGE_STATES } from "./contract";
import type { Enclosure } from "./rules";

const shopId = text("shop_id").$type<ShopId>().notNull();
const contactId = text("contact_id").$type<ContactId>().notNull();

export const thread = sqliteTable("thread", {
  shopId,
  contactId,
  lastAt: integer("last_at").notNull(),
  lastWords: text("last_words").notNull(),
  lastDirection: text("last_direction", { enum: ["in", "out"] }).notNull(),
  unreadCount: integer("unread_count").notNull(),
  lastInAt: integer("last_in_at"),
  assignedTo: text("assigned_to").$type<PersonId>(),
  doneAt: integer("done_at"),
}, (t) => [primaryKey({ columns: [t.shopId, t.contactId] })]);

export const message = sqliteTable("message", {
  shopId,
  contactId,
  at: integer("at").notNull(),
  id: text("id").$type<MessageId>().notNull(),
  direction: text("direction", { enum: ["in", "out"] }).notNull(),
  channel: text("channel", { enum: MESSAGE_CHANNELS }).notNull(),
  purpose: text("purpose", { enum: MESSAGE_PURPOSES }).notNull(),
  subject: text("subject").notNull(),
  body: text("body").notNull(),
  media: text("media", { mode: "json" }).$type<readonly Enclosure[]>().notNull(),
  mediaCount: integer("media_count").notNull(),
  state: text("state", { enum: MESSAGE_STATES }).notNull(),
  reason: text("reason"),
  errorCode: text("error_code"),
  segments: integer("segments").notNull(),
  providerSid: text("provider_sid"),
  templateId: text("template_id").$type<TemplateId>(),
  broadcastId: text("broadcast_id").$type<BroadcastId>(),
  createdBy: text("created_by").$type<PersonId>(),
  dueAt: integer("due_at"),
  expiresAt: integer("expires_at"),
  attempts: integer("attempts").notNull(),
  sentAt: integer("sent_at"),
  sentTo: text("sent_to"),
  changedAt: integer("changed_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.contactId, t.at, t.id] })]);

export const messageTemplate = sqliteTable("message_template", {
  shopId,
  id: text("id").$type<TemplateId>().notNull(),
  name: text("name").notNull(),
  kind: text("kind", { enum: ["warranty_ready", "review_request", "reminder", "other"] }).notNull(),
  channel: text("channel", { enum: ["text", "email"] }).notNull(),
  subject: text("subject").notNull(),
  body: text("body").notNull(),
  version: integer("version").notNull(),
  archivedAt: integer("archived_at"),
  changedAt: integer("changed_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const messageRule = sqliteTable("message_rule", {
  shopId,
  notifies: integer("notifies", { mode: "boolean" }).notNull(),
}, (t) => [primaryKey({ columns: [t.shopId] })]);

export const messageNotice = sqliteTable("message_notice", {
  shopId,
  personId: text("person_id").$type<PersonId>().notNull(),
  toldAt: integer("told_at").notNull(),
  toldThrough: integer("told_through").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.personId] })]);
