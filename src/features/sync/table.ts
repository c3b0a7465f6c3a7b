/** How the shop posts, and the back-fills it asked for. The shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BusinessDate } from "../../kernel/day";
import type { LocationId, ShopId } from "../../kernel/ids";
import { CORRECTION_STYLES, OPEN_CHECK_RULES, POSTING_MODES, UNKNOWN_LINE_RULES } from "./contract";
import { DAY_STATES, ENTRY_METHODS } from "../days/contract";

export const postingRule = sqliteTable("posting_rule", {
  shopId: text("shop_id").$type<ShopId>().primaryKey(),
  mode: text("mode", { enum: POSTING_MODES }).notNull(),
  unknownLines: text("unknown_lines", { enum: UNKNOWN_LINE_RULES }).notNull(),
  openChecks: text("open_checks", { enum: OPEN_CHECK_RULES }).notNull(),
  corrections: text("corrections", { enum: CORRECTION_STYLES }).notNull(),
  leastCorrectionMinor: integer("least_correction_minor").notNull(),
  method: text("method", { enum: ENTRY_METHODS }).notNull(),
  changedBy: text("changed_by").notNull(),
  changedAt: integer("changed_at").notNull(),
});

export const backfill = sqliteTable("backfill", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  id: text("id").notNull(),
  locationIds: text("location_ids", { mode: "json" }).$type<readonly LocationId[]>().notNull(),
  fromDate: text("from_date").$type<BusinessDate>().notNull(),
  toDate: text("to_date").$type<BusinessDate>().notNull(),
  posts: integer("posts", { mode: "boolean" }).notNull(),
  dayCount: integer("day_count").notNull(),
  requestedBy: text("requested_by").notNull(),
  requestedAt: integer("requested_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const backfillDay = sqliteTable("backfill_day", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  backfillId: text("backfill_id").notNull(),
  locationId: text("location_id").$type<LocationId>().notNull(),
  businessDate: text("business_date").$type<BusinessDate>().notNull(),
  state: text("state", { enum: DAY_STATES }).notNull(),
  finishedAt: integer("finished_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.backfillId, t.locationId, t.businessDate] })]);
