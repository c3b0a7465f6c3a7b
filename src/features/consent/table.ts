/** The ledger of consent, what was said, and where each address stands: the shop's own. And, in the DIRECTORY, whose is looked after when. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ConsentId, PersonId, ShopId } from "../../kernel/ids";
import type { Subject } from "../../platform/register";
import { CHANNELS, CONSENT_ACTS, CONSENT_SOURCES } from "./contract";

const shopId = text("shop_id").$type<ShopId>().notNull();

export const consent = sqliteTable("consent", {
  shopId,
  id: text("id").$type<ConsentId>().notNull(),
  subject: text("subject").$type<Subject>().notNull(),
  channel: text("channel", { enum: CHANNELS }).notNull(),
  act: text("act", { enum: CONSENT_ACTS }).notNull(),
  source: text("source", { enum: CONSENT_SOURCES }).notNull(),
  saidAt: integer("said_at").notNull(),
  at: integer("at").notNull(),
  reference: text("reference"),
  follows: text("follows").$type<ConsentId>(),
  byPerson: text("by_person").$type<PersonId>(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const consentEvidence = sqliteTable("consent_evidence", {
  shopId,
  consentId: text("consent_id").$type<ConsentId>().notNull(),
  address: text("address").notNull(),
  words: text("words").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.consentId] })]);

export const standing = sqliteTable("standing", {
  shopId,
  subject: text("subject").$type<Subject>().notNull(),
  optedOutAt: integer("opted_out_at"),
  optedInAt: integer("opted_in_at"),
  heldAt: integer("held_at"),
  source: text("source", { enum: CONSENT_SOURCES }),
  revision: integer("revision").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.subject] })]);

export const consentCheck = sqliteTable("consent_check", {
  shopId: text("shop_id").$type<ShopId>().primaryKey(),
  dueAt: integer("due_at").notNull(),
  sharedWith: text("shared_with").notNull(),
});
