/** Warranty certificates that the shop issued, and their templates. The shop's own. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { BusinessDate } from "../../kernel/day";
import type { Brand, DocumentId, ShopId } from "../../kernel/ids";

export type TemplateId = Brand<string, "TemplateId">;

/** What is printed besides what the certificate's row says, as the template had it when the number was given. */
export type Draft = { readonly statement: string; readonly terms: string; readonly logoDocumentId: DocumentId | null };

const shopId = text("shop_id").$type<ShopId>().notNull();

export const certificateTemplate = sqliteTable("certificate_template", {
  shopId,
  id: text("id").$type<TemplateId>().notNull(),
  name: text("name").notNull(),
  title: text("title").notNull(),
  statement: text("statement").notNull(),
  terms: text("terms").notNull(),
  numberPrefix: text("number_prefix").notNull(),
  nextNumber: integer("next_number").notNull(),
  validMonths: integer("valid_months"),
  logoDocumentId: text("logo_document_id").$type<DocumentId>(),
  version: integer("version").notNull(),
  archivedAt: integer("archived_at"),
  changedAt: integer("changed_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const certificate = sqliteTable("certificate", {
  shopId,
  number: text("number").notNull(),
  documentId: text("document_id").$type<DocumentId>().notNull(),
  templateId: text("template_id").$type<TemplateId>().notNull(),
  title: text("title").notNull(),
  issuedTo: text("issued_to").notNull(),
  product: text("product").notNull(),
  serialNumber: text("serial_number").notNull(),
  issuedOn: text("issued_on").$type<BusinessDate>().notNull(),
  expiresOn: text("expires_on").$type<BusinessDate>(),
  revokedAt: integer("revoked_at"),
  revokedBecause: text("revoked_because"),
  issuedBy: text("issued_by").notNull(),
  issuedAt: integer("issued_at").notNull(),
  draft: text("draft", { mode: "json" }).$type<Draft>(),
  words: text("words").notNull(),
}, (t) => [
  primaryKey({ columns: [t.shopId, t.number] }), uniqueIndex("certificate_document").on(t.shopId, t.documentId), index("certificate_newest").on(t.shopId, t.issuedAt, t.number),
]);
