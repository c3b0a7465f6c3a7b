/** The hosts that each simulator answers for: a provider of the contract without its line does not compile. */
import type { ProviderId } from "../providers/contract";

export const SIMULATED_HOSTS = {
  square: ["connect.squareup.com"],
  quickbooks: [
    "oauth.platform.intuit.com", "developer.api.intuit.com", "quickbooks.api.intuit.com", "appcenter.intuit.com",
    "app.qbo.intuit.com", "qbo.intuit.com",
  ],
  resend: ["api.resend.com"],
} as const satisfies Record<Exclude<ProviderId, "file"> | "resend", readonly string[]>;

/** Everything that is simulated: the providers, and the post. */
export type SimulatorName = keyof typeof SIMULATED_HOSTS;

/** Where a browser finds each simulator: `square.localhost:8787`, and the letters at `mail.localhost:8787`. */
export const SIMULATOR_LABELS = { square: "square", quickbooks: "quickbooks", resend: "mail" } as const satisfies Record<SimulatorName, string>;
