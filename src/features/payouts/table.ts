/** One row per payout of a till, and one per entry that was posted for it. The shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BusinessDate } from "../../kernel/day";
import type { ConnectionId, LocationId, PayoutId, ShopId } from "../../kernel/ids";
import type { EntryLine } from "../../ledger/entry";
import type { Payout } from "../../ledger/payout";
import { heldColumns, postedColumns } from "../../platform/columns";
import type { Attempt, Decision } from "../days/contract";
import { PAYOUT_ENTRY_KINDS, PAYOUT_STATES } from "./contract";
import type { PendingPayout } from "./rules";

export const payout = sqliteTable("payout", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  id: text("id").$type<PayoutId>().notNull(),
  connectionId: text("connection_id").$type<ConnectionId>().notNull(),
  locationId: text("location_id").$type<LocationId>().notNull(),
  externalId: text("external_id").notNull(),
  arrivalDate: text("arrival_date").$type<BusinessDate>().notNull(),
  numberedOn: text("numbered_on").$type<BusinessDate>().notNull(),
  nth: integer("nth").notNull(),
  state: text("state", { enum: PAYOUT_STATES }).notNull(),
  totals: text("totals", { mode: "json" }).$type<Payout>().notNull(),
  fingerprint: text("fingerprint").notNull(),
  pending: text("pending", { mode: "json" }).$type<PendingPayout>(),
  decisions: text("decisions", { mode: "json" }).$type<readonly Decision[]>().notNull().default([]),
  attempts: text("attempts", { mode: "json" }).$type<readonly Attempt[]>().notNull(),
  ...heldColumns,
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const payoutEntry = sqliteTable("payout_entry", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  payoutId: text("payout_id").$type<PayoutId>().notNull(),
  kind: text("kind", { enum: PAYOUT_ENTRY_KINDS }).notNull(),
  lines: text("lines", { mode: "json" }).$type<readonly EntryLine[]>().notNull(),
  payoutFingerprint: text("payout_fingerprint").notNull(),
  ...postedColumns,
}, (t) => [primaryKey({ columns: [t.shopId, t.payoutId, t.revision] })]);
