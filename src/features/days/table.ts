/** One row per location and business day, and one per entry that was posted for it. The shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BusinessDate } from "../../kernel/day";
import type { LocationId, ShopId } from "../../kernel/ids";
import type { EntryLine } from "../../ledger/entry";
import type { SalesDay } from "../../ledger/sales-day";
import { heldColumns, postedColumns } from "../../platform/columns";
import { DAY_STATES, ENTRY_KINDS, ENTRY_METHODS, type Attempt, type Decision } from "./contract";
import type { PendingEntry } from "./rules";

export const day = sqliteTable("day", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  locationId: text("location_id").$type<LocationId>().notNull(),
  businessDate: text("business_date").$type<BusinessDate>().notNull(),
  state: text("state", { enum: DAY_STATES }).notNull(),
  totals: text("totals", { mode: "json" }).$type<SalesDay>(),
  fingerprint: text("fingerprint"),
  pending: text("pending", { mode: "json" }).$type<PendingEntry>(),
  decisions: text("decisions", { mode: "json" }).$type<readonly Decision[]>().notNull().default([]),
  attempts: text("attempts", { mode: "json" }).$type<readonly Attempt[]>().notNull(),
  ...heldColumns,
}, (t) => [primaryKey({ columns: [t.shopId, t.locationId, t.businessDate] })]);

export const entry = sqliteTable("entry", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  locationId: text("location_id").$type<LocationId>().notNull(),
  businessDate: text("business_date").$type<BusinessDate>().notNull(),
  kind: text("kind", { enum: ENTRY_KINDS }).notNull(),
  method: text("method", { enum: ENTRY_METHODS }).notNull(),
  reverses: integer("reverses"),
  lines: text("lines", { mode: "json" }).$type<readonly EntryLine[]>().notNull(),
  dayFingerprint: text("day_fingerprint").notNull(),
  ...postedColumns,
}, (t) => [primaryKey({ columns: [t.shopId, t.locationId, t.businessDate, t.revision] })]);
