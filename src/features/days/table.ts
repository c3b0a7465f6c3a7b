/** One row per location and business day, and one per entry that was posted for it. The shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BusinessDate } from "../../kernel/day";
import type { Failure } from "../../kernel/failure";
import type { ConnectionId, LocationId, ShopId } from "../../kernel/ids";
import type { EntryLine } from "../../ledger/entry";
import type { SalesDay } from "../../ledger/sales-day";
import { DAY_STATES, ENTRY_KINDS, ENTRY_METHODS, type Attempt, type Decision } from "./contract";
import type { PendingEntry } from "./rules";

export const day = sqliteTable("day", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  locationId: text("location_id").$type<LocationId>().notNull(),
  businessDate: text("business_date").$type<BusinessDate>().notNull(),
  state: text("state", { enum: DAY_STATES }).notNull(),
  reason: text("reason", { mode: "json" }).$type<Failure>(),
  totals: text("totals", { mode: "json" }).$type<SalesDay>(),
  fingerprint: text("fingerprint"),
  pending: text("pending", { mode: "json" }).$type<PendingEntry>(),
  leaseToken: text("lease_token"),
  leaseUntil: integer("lease_until"),
  revision: integer("revision").notNull(),
  decisions: text("decisions", { mode: "json" }).$type<readonly Decision[]>().notNull().default([]),
  attempts: text("attempts", { mode: "json" }).$type<readonly Attempt[]>().notNull(),
  changedAt: integer("changed_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.locationId, t.businessDate] })]);

export const entry = sqliteTable("entry", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  locationId: text("location_id").$type<LocationId>().notNull(),
  businessDate: text("business_date").$type<BusinessDate>().notNull(),
  revision: integer("revision").notNull(),
  kind: text("kind", { enum: ENTRY_KINDS }).notNull(),
  bookedOn: text("booked_on").$type<BusinessDate>().notNull(),
  method: text("method", { enum: ENTRY_METHODS }).notNull(),
  cause: text("cause").notNull(),
  reverses: integer("reverses"),
  booksConnectionId: text("books_connection_id").$type<ConnectionId>().notNull(),
  externalId: text("external_id").notNull(),
  documentNumber: text("document_number").notNull(),
  requestId: text("request_id").notNull(),
  currency: text("currency").notNull(),
  totalMinor: integer("total_minor").notNull(),
  lines: text("lines", { mode: "json" }).$type<readonly EntryLine[]>().notNull(),
  mappingVersion: integer("mapping_version").notNull(),
  dayFingerprint: text("day_fingerprint").notNull(),
  entryFingerprint: text("entry_fingerprint").notNull(),
  postedBy: text("posted_by").notNull(),
  postedAt: integer("posted_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.locationId, t.businessDate, t.revision] })]);
