/** Tills, books, and what they bring: locations, accounts. The shop's own, but for the two tables of the DIRECTORY. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BusinessDate, CutOff } from "../../kernel/day";
import type { ConnectionId, LocationId, PersonId, SessionId, ShopId } from "../../kernel/ids";
import { CONNECTION_STATES, PROVIDER_IDS, type ChartAccount, type ChartDimension } from "./contract";

export const connection = sqliteTable("connection", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  id: text("id").$type<ConnectionId>().notNull(),
  provider: text("provider", { enum: PROVIDER_IDS }).notNull(),
  role: text("role", { enum: ["till", "books"] }).notNull(),
  externalAccount: text("external_account").notNull(),
  name: text("name").notNull(),
  currency: text("currency"),
  closedThrough: text("closed_through").$type<BusinessDate>(),
  state: text("state", { enum: CONNECTION_STATES }).notNull(),
  scopes: text("scopes", { mode: "json" }).$type<readonly string[]>().notNull(),
  connectedBy: text("connected_by").notNull(),
  connectedAt: integer("connected_at").notNull(),
  checkedAt: integer("checked_at").notNull(),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const location = sqliteTable("location", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  id: text("id").$type<LocationId>().notNull(),
  connectionId: text("connection_id").$type<ConnectionId>().notNull(),
  externalId: text("external_id").notNull(),
  name: text("name").notNull(),
  code: text("code").notNull(),
  zone: text("zone").notNull(),
  currency: text("currency").notNull(),
  /** Empty until a cut-off was chosen for the first time. */
  cutOffs: text("cut_offs", { mode: "json" }).$type<readonly CutOff[]>().notNull(),
  startsOn: text("starts_on").$type<BusinessDate>(),
  nextDueAt: integer("next_due_at"),
  tillCutOff: integer("till_cut_off"),
}, (t) => [primaryKey({ columns: [t.shopId, t.id] })]);

export const chart = sqliteTable("chart", {
  shopId: text("shop_id").$type<ShopId>().notNull(),
  connectionId: text("connection_id").$type<ConnectionId>().notNull(),
  accounts: text("accounts", { mode: "json" }).$type<readonly ChartAccount[]>().notNull(),
  readAt: integer("read_at").notNull(),
  dimensions: text("dimensions", { mode: "json" }).$type<readonly ChartDimension[]>().notNull().default([]),
}, (t) => [primaryKey({ columns: [t.shopId, t.connectionId] })]);

export const connectedAccount = sqliteTable("connected_account", {
  provider: text("provider", { enum: PROVIDER_IDS }).notNull(),
  externalAccount: text("external_account").notNull(),
  shopId: text("shop_id").$type<ShopId>().notNull(),
  connectionId: text("connection_id").$type<ConnectionId>().notNull(),
}, (t) => [primaryKey({ columns: [t.provider, t.externalAccount] })]);

/** Which accounts may be named, and the connection in whose lane their grant waits. */
export type Choice = { readonly connectionId: ConnectionId; readonly accounts: readonly string[] };

export const oauthFlow = sqliteTable("oauth_flow", {
  ticketHash: text("ticket_hash").primaryKey(),
  stateHash: text("state_hash"),
  challenge: text("challenge"),
  sessionId: text("session_id").$type<SessionId>().notNull(),
  personId: text("person_id").$type<PersonId>().notNull(),
  shopId: text("shop_id").$type<ShopId>().notNull(),
  provider: text("provider", { enum: PROVIDER_IDS }).notNull(),
  expiresAt: integer("expires_at").notNull(),
  region: text("region"),
  choice: text("choice", { mode: "json" }).$type<Choice>(),
});
