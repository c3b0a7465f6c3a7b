/** Links that were given to people outside, and what came of links. The shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DocumentId, PersonId, ShareId, ShopId } from "../../kernel/ids";
import { DISPOSITIONS, USES } from "./contract";

const shopId = text("shop_id").$type<ShopId>().notNull();
const documentId = text("document_id").$type<DocumentId>().notNull();

export const share = sqliteTable("share", {
  shopId,
  documentId,
  id: text("id").$type<ShareId>().notNull(),
  version: integer("version").notNull(),
  recipient: text("recipient").notNull(),
  disposition: text("disposition", { enum: DISPOSITIONS }).notNull(),
  isOnce: integer("is_once", { mode: "boolean" }).notNull(),
  passphraseHash: text("passphrase_hash"),
  createdBy: text("created_by").$type<PersonId>().notNull(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
  revokedAt: integer("revoked_at"),
  takenCount: integer("taken_count").notNull(),
  takenAt: integer("taken_at"),
}, (t) => [primaryKey({ columns: [t.shopId, t.documentId, t.id] })]);

export const documentUse = sqliteTable("document_use", {
  shopId,
  documentId,
  at: integer("at").notNull(),
  id: text("id").notNull(),
  shareId: text("share_id").$type<ShareId>(),
  personId: text("person_id").$type<PersonId>(),
  purpose: text("purpose").notNull(),
  act: text("act", { enum: USES }).notNull(),
  place: text("place").notNull(),
  device: text("device").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.documentId, t.at, t.id] })]);
