/** The number that a shop texts from: its own, and in the directory where what arrives for it belongs and which numbers are taken. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ShopId } from "../../kernel/ids";
import { ACCOUNT_KINDS, LINE_STATES, REGISTRATIONS } from "./contract";

export const textLine = sqliteTable("text_line", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  hookId: text("hook_id").notNull(),
  accountKind: text("account_kind", { enum: ACCOUNT_KINDS }).notNull(),
  accountSid: text("account_sid").notNull(),
  sealedCredentials: text("sealed_credentials").notNull(),
  number: text("number").notNull(),
  serviceSid: text("service_sid"),
  formerNumbers: text("former_numbers", { mode: "json" }).$type<readonly string[]>().notNull(),
  registration: text("registration", { enum: REGISTRATIONS }).notNull(),
  displayName: text("display_name").notNull(),
  helpContact: text("help_contact").notNull(),
  perMinute: integer("per_minute").notNull(),
  segmentMicros: integer("segment_micros").notNull(),
  state: text("state", { enum: LINE_STATES }).notNull(),
  version: integer("version").notNull(),
  changedAt: integer("changed_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId] })]);

/** DIRECTORY. */
export const textHook = sqliteTable("text_hook", {
  hookId: text("hook_id").primaryKey(),
  shopId: text("shop_id").$type<ShopId>().notNull(),
  lineVersion: integer("line_version").notNull(),
});

/** DIRECTORY. */
export const textNumber = sqliteTable("text_number", {
  number: text("number").primaryKey(),
  shopId: text("shop_id").$type<ShopId>().notNull(),
  lineVersion: integer("line_version").notNull(),
});
