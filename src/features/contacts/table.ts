/** People outside whom a shop may write to. The shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ContactId, PersonId, ShopId } from "../../kernel/ids";
import type { Subject } from "../../platform/register";
import type { Preview } from "./contract";
import type { ImportRow } from "./import-rows";

export const contact = sqliteTable("contact", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  id: text("id").$type<ContactId>().notNull(),
  name: text("name").notNull(),
  phone: text("phone"),
  phoneSubject: text("phone_subject").$type<Subject>(),
  email: text("email"),
  emailSubject: text("email_subject").$type<Subject>(),
  zone: text("zone"),
  note: text("note").notNull(),
  tags: text("tags", { mode: "json" }).$type<readonly string[]>().notNull(),
  words: text("words").notNull(),
  sort: text("sort").notNull(),
  former: text("former", { mode: "json" }).$type<readonly Subject[]>().notNull(),
  version: integer("version").notNull(),
  createdBy: text("created_by").$type<PersonId | "daybook">().notNull(),
  createdAt: integer("created_at").notNull(),
  changedAt: integer("changed_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const contactImport = sqliteTable("contact_import", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  id: text("id").notNull(),
  preview: text("preview", { mode: "json" }).$type<Preview>().notNull(),
  rowCount: integer("row_count").notNull(),
  doneCount: integer("done_count").notNull(),
  partCount: integer("part_count").notNull(),
  nextPart: integer("next_part").notNull(),
  expiresAt: integer("expires_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const contactImportPart = sqliteTable("contact_import_part", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  importId: text("import_id").notNull(),
  number: integer("number").notNull(),
  rows: text("rows", { mode: "json" }).$type<readonly ImportRow[]>().notNull(),
  expiresAt: integer("expires_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.importId, t.number] })]);
