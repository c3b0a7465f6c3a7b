/** What crosses HTTP about consent. */

/** How somebody is reached. */
export const CHANNELS = ["text", "email"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a line of the ledger says was done. `agreed`: beforehand; `held`: may have meant stop; `released`: a person found that it did not. */
export const CONSENT_ACTS = ["agreed", "opted_out", "opted_in", "held", "released"] as const;
export type ConsentAct = (typeof CONSENT_ACTS)[number];

/** By which way it came. */
export const CONSENT_SOURCES = ["text", "email_link", "web_form", "call", "staff", "import", "bounce", "complaint", "provider", "organisation"] as const;
export type ConsentSource = (typeof CONSENT_SOURCES)[number];
