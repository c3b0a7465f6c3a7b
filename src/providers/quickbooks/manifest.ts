/** QuickBooks Online as data: where it lives, what may be called there, and how fast. */
import { MINUTE } from "../../kernel/clock";
import type { Manifest } from "../contract";

/** Only a browser ever goes here, to ask the merchant for consent; no call of ours may. */
export const AUTHORIZE_URL = "https://appcenter.intuit.com/connect/oauth2";
export const TOKEN_URL = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer";
export const REVOKE_URL = "https://developer.api.intuit.com/v2/oauth2/tokens/revoke";
export const API_URL = "https://quickbooks.api.intuit.com";

/**
 * Reading, and creating: nothing here changes or deletes. An update is a POST to the same path as a creation, so
 * `client.ts` refuses what tells them apart (`operation=`, `Id`, `SyncToken`) before the network.
 * Limits: 500 calls a minute per company, 10 a second per company and app (Intuit, "Limits and throttles").
 */
export const manifest = {
  id: "quickbooks",
  name: "QuickBooks Online",
  role: "books",
  scopes: ["com.intuit.quickbooks.accounting"],
  pkce: false,
  hosts: ["oauth.platform.intuit.com", "developer.api.intuit.com", "quickbooks.api.intuit.com"],
  allowed: [
    { method: "POST", path: "/oauth2/v1/tokens/bearer" },
    { method: "POST", path: "/v2/oauth2/tokens/revoke" },
    { method: "GET", path: "/v3/company/:realm/companyinfo/:realm" },
    { method: "GET", path: "/v3/company/:realm/preferences" },
    { method: "GET", path: "/v3/company/:realm/query" },
    { method: "POST", path: "/v3/company/:realm/account" },
    { method: "POST", path: "/v3/company/:realm/journalentry" },
    { method: "GET", path: "/v3/company/:realm/journalentry/:id" },
    { method: "POST", path: "/v3/company/:realm/item" },
    { method: "POST", path: "/v3/company/:realm/salesreceipt" },
    { method: "GET", path: "/v3/company/:realm/salesreceipt/:id" },
  ],
  pace: { callsPerMinute: 500, callsAtOnce: 10 },
  refreshAheadMs: 10 * MINUTE,
  entryUrl: (realm, entryId, method = "journal") => {
    const url = new URL(`https://app.qbo.intuit.com/app/${method === "receipt" ? "salesreceipt" : "journal"}`);
    url.searchParams.set("txnId", entryId);
    url.searchParams.set("deeplinkcompanyid", realm);
    return url.href;
  },
} as const satisfies Manifest;

/** A company's chart of accounts, for a person who is signed in there. */
export function accountsUrl(realm: string): string {
  const url = new URL("https://app.qbo.intuit.com/app/chartofaccounts");
  url.searchParams.set("deeplinkcompanyid", realm);
  return url.href;
}
