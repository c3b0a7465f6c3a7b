/** Where each line goes, every version of it, and the accounts that the books offer. The shop's own. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ConnectionId, ShopId } from "../../kernel/ids";
import type { AccountRef, LineKey } from "../../ledger/mapping";
import type { ChartAccount } from "./contract";

export const mapping = sqliteTable("mapping", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  version: integer("version").notNull(),
  accounts: text("accounts", { mode: "json" }).$type<Readonly<Record<LineKey, AccountRef>>>().notNull(),
  savedBy: text("saved_by").notNull(),
  savedAt: integer("saved_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.version] })]);

export const chart = sqliteTable("chart", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  connectionId: text("connection_id").$type<ConnectionId>().notNull(),
  accounts: text("accounts", { mode: "json" }).$type<readonly ChartAccount[]>().notNull(),
  readAt: integer("read_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.connectionId] })]);
