/** The hosts of each provider that its simulator answers for: a provider of the contract without its line does not compile. */
import type { ProviderId } from "../providers/contract";

export const SIMULATED_HOSTS = {
  square: ["connect.squareup.com"],
  quickbooks: [
    "oauth.platform.intuit.com", "developer.api.intuit.com", "quickbooks.api.intuit.com", "appcenter.intuit.com",
    "app.qbo.intuit.com", "qbo.intuit.com",
  ],
} as const satisfies Record<ProviderId, readonly string[]>;
