/** What R2 holds of a shop. The shop's own. */
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BusinessDate } from "../../kernel/day";
import type { Brand, DocumentId, ShopId } from "../../kernel/ids";
import { DOCUMENT_KINDS, MEDIA_TYPES, SUBJECT_KINDS, type Description } from "./contract";

export type UploadId = Brand<string, "UploadId">;

const shopId = text("shop_id").$type<ShopId>().notNull();

export const document = sqliteTable("document", {
  shopId,
  id: text("id").$type<DocumentId>().notNull(),
  version: integer("version").notNull(),
  objectKey: text("object_key").notNull(),
  kind: text("kind", { enum: DOCUMENT_KINDS }).notNull(),
  subjectKind: text("subject_kind", { enum: SUBJECT_KINDS }).notNull(),
  subject: text("subject").notNull(),
  title: text("title").notNull(),
  tags: text("tags", { mode: "json" }).$type<readonly string[]>().notNull(),
  fileName: text("file_name").notNull(),
  mediaType: text("media_type", { enum: MEDIA_TYPES }).notNull(),
  sizeBytes: integer("size_bytes").notNull(),
  checksum: text("checksum").notNull(),
  sealedWith: text("sealed_with"),
  width: integer("width"),
  height: integer("height"),
  thumbnailKey: text("thumbnail_key"),
  issuedOn: text("issued_on").$type<BusinessDate>(),
  expiresOn: text("expires_on").$type<BusinessDate>(),
  words: text("words").notNull(),
  linksVoidThrough: integer("links_void_through").notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: integer("created_at").notNull(),
  changedAt: integer("changed_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] }), index("document_newest").on(t.shopId, t.createdAt, t.id)]);

export const strayObject = sqliteTable("stray_object", {
  shopId,
  objectKey: text("object_key").notNull(),
  multipartId: text("multipart_id"),
  sweepAt: integer("sweep_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.objectKey] })]);

export const upload = sqliteTable("upload", {
  shopId,
  id: text("id").$type<UploadId>().notNull(),
  objectKey: text("object_key").notNull(),
  sizeBytes: integer("size_bytes").notNull(),
  partBytes: integer("part_bytes").notNull(),
  sealedWith: text("sealed_with"),
  description: text("description", { mode: "json" }).$type<Description & { readonly name: string }>().notNull(),
  mediaType: text("media_type", { enum: MEDIA_TYPES }),
  createdBy: text("created_by").notNull(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const uploadPart = sqliteTable("upload_part", {
  shopId,
  uploadId: text("upload_id").$type<UploadId>().notNull(),
  number: integer("number").notNull(),
  etag: text("etag").notNull(),
  checksum: text("checksum").notNull(),
  sizeBytes: integer("size_bytes").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.uploadId, t.number] })]);

export const documentRule = sqliteTable("document_rule", {
  shopId,
  seals: integer("seals", { mode: "boolean" }).notNull(),
  linksVoidThrough: integer("links_void_through").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId] })]);

export const documentUsage = sqliteTable("document_usage", {
  shopId,
  documentCount: integer("document_count").notNull(),
  totalBytes: integer("total_bytes").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId] })]);
