/** Clover as data: its installations, and what may be called there, nothing that writes. Source: docs.clover.com. */
import { MINUTE } from "../../kernel/clock";
import type { Manifest } from "../contract";

/** One installation: where merchants sign in, and where everything else is called. A token of one opens none of the others. */
export type Region = { readonly id: string; readonly name: string; readonly www: string; readonly api: string };

/** The installations, the usual one first (docs.clover.com, "Base URLs"). */
export const REGIONS = [
  { id: "na", name: "North America", www: "https://www.clover.com", api: "https://api.clover.com" },
  { id: "eu", name: "Europe", www: "https://www.eu.clover.com", api: "https://api.eu.clover.com" },
  { id: "la", name: "Latin America", www: "https://www.la.clover.com", api: "https://api.la.clover.com" },
] as const satisfies readonly Region[];

/** The installation of that id, or null. */
export function regionOf(id: string | null | undefined): Region | null {
  return REGIONS.find((region) => region.id === id) ?? null;
}

/**
 * Clover knows no scopes: what an app may do is fixed when the merchant installs it, so none are asked for. PKCE is for
 * apps that cannot keep a secret; Daybook can.
 *
 * `cash_events` is not read. Its types (LOAD, TRANSACTION, OPEN, ADJUSTMENT, COUNT, UNLOAD) are published as names alone:
 * neither which of them is a cost, a tip or a bank deposit, nor whether the amount of a COUNT is what was found or the
 * difference from what was expected. Booked on a guess, a drawer's count would become a loss.
 *
 * Clover allows 16 calls a second and 5 at once per token: 5 that were saved up and 11 that come are no more in any second.
 */
export const manifest: Manifest & { readonly role: "till" } = {
  id: "clover",
  name: "Clover",
  role: "till",
  scopes: [],
  regions: REGIONS.map(({ id, name }) => ({ id, name })),
  pkce: false,
  hosts: REGIONS.map(({ api }) => new URL(api).hostname),
  allowed: [
    { method: "POST", path: "/oauth/v2/token" },
    { method: "POST", path: "/oauth/v2/refresh" },
    { method: "GET", path: "/v3/merchants/:merchant" },
    { method: "GET", path: "/v3/merchants/:merchant/orders" },
    { method: "GET", path: "/v3/merchants/:merchant/orders/:id" },
    { method: "GET", path: "/v3/merchants/:merchant/payments" },
    { method: "GET", path: "/v3/merchants/:merchant/payments/:id" },
    { method: "GET", path: "/v3/merchants/:merchant/refunds" },
    { method: "GET", path: "/v3/merchants/:merchant/credits" },
    { method: "GET", path: "/v3/merchants/:merchant/credits/:id" },
    { method: "GET", path: "/v3/merchants/:merchant/credit_refunds" },
    { method: "GET", path: "/v3/merchants/:merchant/items" },
    { method: "GET", path: "/v3/merchants/:merchant/items/:id" },
  ],
  pace: { callsPerMinute: 660, callsAtOnce: 5 },
  refreshAheadMs: 5 * MINUTE,
  entryUrl: null,
};
