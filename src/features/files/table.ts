/** What export files came to, and how they are read. The shop's own; no row of a file. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BusinessDate } from "../../kernel/day";
import type { Brand, LocationId, ShopId } from "../../kernel/ids";
import type { SalesDay } from "../../ledger/sales-day";
import type { Layout } from "../../providers/registry";
import { DROP_STATES, FILE_PARTS, type DropSummary } from "./contract";

export type DropId = Brand<string, "DropId">;

const shopId = text("shop_id").$type<ShopId>().notNull();

export const fileLayout = sqliteTable("file_layout", {
  shopId,
  headingsHash: text("headings_hash").notNull(),
  layout: text("layout", { mode: "json" }).$type<Layout>().notNull(),
  savedBy: text("saved_by").notNull(),
  savedAt: integer("saved_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.headingsHash] })]);

export const filePlace = sqliteTable("file_place", {
  shopId,
  name: text("name").notNull(),
  locationId: text("location_id").$type<LocationId>().notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.name] })]);

export const fileDrop = sqliteTable("file_drop", {
  shopId,
  id: text("id").$type<DropId>().notNull(),
  name: text("name").notNull(),
  layoutName: text("layout_name").notNull(),
  part: text("part", { enum: FILE_PARTS }).notNull(),
  state: text("state", { enum: DROP_STATES }).notNull(),
  sizeBytes: integer("size_bytes").notNull(),
  rowCount: integer("row_count").notNull(),
  dayCount: integer("day_count").notNull(),
  summary: text("summary", { mode: "json" }).$type<DropSummary>().notNull(),
  droppedBy: text("dropped_by").notNull(),
  droppedAt: integer("dropped_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

const totals = {
  locationId: text("location_id").$type<LocationId>().notNull(),
  businessDate: text("business_date").$type<BusinessDate>().notNull(),
  part: text("part", { enum: FILE_PARTS }).notNull(),
  dropId: text("drop_id").$type<DropId>().notNull(),
  totals: text("totals", { mode: "json" }).$type<SalesDay>().notNull(),
  fingerprint: text("fingerprint").notNull(),
  takingsMinor: integer("takings_minor").notNull(),
  isOver: integer("is_over", { mode: "boolean" }).notNull(),
};

export const fileStagedDay = sqliteTable("file_staged_day", { shopId, ...totals }, (t) => [primaryKey({ columns: [t.shopId, t.dropId, t.locationId, t.businessDate] })]);

export const fileDay = sqliteTable("file_day", {
  shopId,
  ...totals,
  takenBy: text("taken_by").notNull(),
  takenAt: integer("taken_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.locationId, t.businessDate, t.part] })]);
