/** The books that Daybook keeps itself: one row of what holds for all of them, their accounts, their entries. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BusinessDate } from "../../kernel/day";
import type { ShopId } from "../../kernel/ids";
import type { OwnLine } from "./rules";

export const ownBooks = sqliteTable("own_books", {
  shopId: text("shop_id").$type<ShopId>().primaryKey(),
  currency: text("currency").notNull(),
  closedThrough: text("closed_through").$type<BusinessDate>(),
  begunAt: integer("begun_at").notNull(),
});

export const ownAccount = sqliteTable("own_account", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  id: text("id").notNull(),
  name: text("name").notNull(),
  type: text("type").notNull(),
  class: text("class", { enum: ["asset", "liability", "equity", "income", "expense"] }).notNull(),
  currency: text("currency").notNull(),
  isActive: integer("is_active", { mode: "boolean" }).notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const ownEntry = sqliteTable("own_entry", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  requestId: text("request_id").notNull(),
  documentNumber: text("document_number").notNull(),
  date: text("date").$type<BusinessDate>().notNull(),
  currency: text("currency").notNull(),
  memo: text("memo").notNull(),
  lines: text("lines", { mode: "json" }).$type<readonly OwnLine[]>().notNull(),
  writtenAt: integer("written_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.requestId] })]);
