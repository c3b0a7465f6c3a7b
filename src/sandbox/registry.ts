/** The hosts that each simulator answers for: a provider of the contract without its line does not compile. */
import type { ProviderId } from "../providers/contract";

export const SIMULATED_HOSTS = {
  square: ["connect.squareup.com"],
  clover: [
    "www.clover.com", "www.eu.clover.com", "www.la.clover.com", "api.clover.com", "api.eu.clover.com", "api.la.clover.com",
  ],
  quickbooks: [
    "oauth.platform.intuit.com", "developer.api.intuit.com", "quickbooks.api.intuit.com", "appcenter.intuit.com",
    "app.qbo.intuit.com", "qbo.intuit.com",
  ],
  xero: ["login.xero.com", "identity.xero.com", "api.xero.com", "go.xero.com"],
  resend: ["api.resend.com"],
  twilio: ["api.twilio.com", "messaging.twilio.com"],
} as const satisfies Record<Exclude<ProviderId, "file" | "journal"> | "resend" | "twilio", readonly string[]>;

/** Everything that is simulated: the providers, the post, and a phone. */
export type SimulatorName = keyof typeof SIMULATED_HOSTS;

/** Where a browser finds each simulator: `square.localhost:8787`, the letters at `mail.localhost:8787`, and a phone at `phone.localhost:8787`. */
export const SIMULATOR_LABELS = {
  square: "square", clover: "clover", quickbooks: "quickbooks", xero: "xero", resend: "mail", twilio: "phone",
} as const satisfies Record<SimulatorName, string>;
