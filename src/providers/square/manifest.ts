/** Square as data: what may be called, and nothing that writes. Sources: developer.squareup.com, API 2025-08-20. */
import { DAY } from "../../kernel/clock";
import type { Manifest } from "../contract";

/** Square's one host for OAuth and API in production. */
export const SQUARE_ORIGIN = "https://connect.squareup.com";

/** The version of the API that the translation was written against; the answer's fields depend on it. */
export const SQUARE_VERSION = "2025-08-20";

/**
 * `pkce` is false on purpose: at Square a code challenge selects the public-client flow, whose refresh tokens are
 * single use and die after 90 days. The confidential flow proves itself by the client secret and keeps one refresh
 * token that may be used twice, so a lost answer to a refresh costs nothing.
 *
 * Square publishes no rate limits; the pace stays well below what sellers report.
 */
export const manifest: Manifest & { readonly role: "till" } = {
  id: "square",
  name: "Square",
  role: "till",
  scopes: ["MERCHANT_PROFILE_READ", "ORDERS_READ", "PAYMENTS_READ", "ITEMS_READ", "PAYOUTS_READ", "CASH_DRAWER_READ", "GIFTCARDS_READ"],
  pkce: false,
  hosts: ["connect.squareup.com"],
  allowed: [
    { method: "POST", path: "/oauth2/token" },
    { method: "POST", path: "/oauth2/revoke" },
    { method: "GET", path: "/v2/merchants/me" },
    { method: "GET", path: "/v2/locations" },
    { method: "GET", path: "/v2/payments" },
    { method: "GET", path: "/v2/refunds" },
    { method: "GET", path: "/v2/refunds/:id" },
    { method: "GET", path: "/v2/payouts" },
    { method: "GET", path: "/v2/payouts/:id/payout-entries" },
    { method: "GET", path: "/v2/cash-drawers/shifts" },
    { method: "GET", path: "/v2/cash-drawers/shifts/:id/events" },
    { method: "GET", path: "/v2/gift-cards/activities" },
    { method: "POST", path: "/v2/orders/search" },
    { method: "POST", path: "/v2/orders/batch-retrieve" },
    { method: "POST", path: "/v2/catalog/batch-retrieve" },
  ],
  pace: { callsPerMinute: 600, callsAtOnce: 4 },
  refreshAheadMs: 7 * DAY,
  entryUrl: null,
};
