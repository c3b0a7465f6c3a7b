/** Xero as data: where it lives, what may be called there, and how fast. */
import { MINUTE } from "../../kernel/clock";
import type { Manifest } from "../contract";

/** Only a browser ever goes here, to ask the merchant for consent; no call of ours may. */
export const AUTHORIZE_URL = "https://login.xero.com/identity/connect/authorize";
export const TOKEN_URL = "https://identity.xero.com/connect/token";
export const REVOKE_URL = "https://identity.xero.com/connect/revocation";
export const CONNECTIONS_URL = "https://api.xero.com/connections";
export const API_URL = "https://api.xero.com/api.xro/2.0/";

/**
 * Reading, and creating: nothing here changes or deletes. PUT creates and POST changes (Xero-OpenAPI, ManualJournals),
 * so no POST leaves but to the token endpoints, and `client.ts` refuses a body that names what exists already.
 * Limits: 60 calls a minute and 5 at once for an organisation and app (Xero, "OAuth 2.0 API limits"); of the 5,000 a day
 * Xero itself keeps count, and says in its 429 when to come back.
 */
export const manifest = {
  id: "xero",
  name: "Xero",
  role: "books",
  // Apps registered since March 2026 get these narrow scopes; the wide `accounting.transactions` is not given any more.
  scopes: ["offline_access", "accounting.manualjournals", "accounting.settings"],
  pkce: true,
  hosts: ["identity.xero.com", "api.xero.com"],
  allowed: [
    { method: "POST", path: "/connect/token" },
    { method: "POST", path: "/connect/revocation" },
    { method: "GET", path: "/connections" },
    { method: "GET", path: "/api.xro/2.0/Organisation" },
    { method: "GET", path: "/api.xro/2.0/Accounts" },
    { method: "PUT", path: "/api.xro/2.0/Accounts" },
    { method: "GET", path: "/api.xro/2.0/TrackingCategories" },
    { method: "GET", path: "/api.xro/2.0/ManualJournals" },
    { method: "GET", path: "/api.xro/2.0/ManualJournals/:id" },
    { method: "PUT", path: "/api.xro/2.0/ManualJournals" },
  ],
  pace: { callsPerMinute: 60, callsAtOnce: 5 },
  refreshAheadMs: 5 * MINUTE,
  entryUrl: (_organisation, entryId) => {
    const url = new URL("https://go.xero.com/Journal/View.aspx");
    url.searchParams.set("invoiceID", entryId);
    return url.href;
  },
} as const satisfies Manifest;

/** The chart of accounts of the organisation that the person has open at Xero: its address names none. */
export function accountsUrl(_organisation: string): string {
  return "https://go.xero.com/GeneralLedger/ChartOfAccounts.aspx";
}
