/** Tills and books as the web app sees them. Never a token. Instants are epoch milliseconds, cut-offs minutes. */
import { z } from "zod";
import { LATEST_CUT_OFF_MINUTES } from "../../kernel/day";

export const PROVIDER_IDS = ["square", "clover", "file", "quickbooks", "xero", "journal"] as const;
/** Whether a name is one of a provider that Daybook knows. */
export function isProviderId(name: string): name is (typeof PROVIDER_IDS)[number] {
  return (PROVIDER_IDS as readonly string[]).includes(name);
}

export const CONNECTION_STATES = ["connected", "reconnect_needed", "disconnected"] as const;

/** `YYYY-MM-DD`; the service refuses dates that do not exist. */
export const dateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a date such as 2026-07-14");
export const id = z.string().regex(/^[a-z2-7]{26}$/, "an id of this shop");

/** One account of the books as it was last read, active or not. */
export const chartAccount = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  class: z.enum(["asset", "liability", "equity", "income", "expense"]),
  currency: z.string(),
  isActive: z.boolean(),
  isPostable: z.boolean(),
});
export type ChartAccount = z.infer<typeof chartAccount>;

/** Classes, locations or one tracking category of the books, inactive options included. */
export const chartDimension = z.strictObject({
  id: z.string(),
  name: z.string(),
  options: z.array(z.strictObject({ id: z.string(), name: z.string(), isActive: z.boolean() })),
});
export type ChartDimension = z.infer<typeof chartDimension>;

export const connectionView = z.strictObject({
  id,
  provider: z.enum(PROVIDER_IDS),
  providerName: z.string(),
  role: z.enum(["till", "books"]),
  /** The merchant's or company's own name. */
  name: z.string(),
  state: z.enum(CONNECTION_STATES),
  currency: z.string().nullable(),
  closedThrough: dateText.nullable(),
  connectedAt: z.number().int(),
  checkedAt: z.number().int(),
});
export type ConnectionView = z.infer<typeof connectionView>;

export const locationView = z.strictObject({
  id,
  connectionId: id,
  name: z.string(),
  /** Three characters that stand in document numbers. */
  code: z.string(),
  zone: z.string(),
  currency: z.string(),
  cutOffMinutes: z.number().int(),
  /** The hour at which the till itself ends its day, where it says so. */
  tillCutOffMinutes: z.number().int().nullable(),
  /** Null until the location was chosen. */
  startsOn: dateText.nullable(),
  nextDueAt: z.number().int().nullable(),
});
export type LocationView = z.infer<typeof locationView>;

/** A provider that can be connected, whether or not it is. */
export const offerView = z.strictObject({
  provider: z.enum(PROVIDER_IDS), name: z.string(), role: z.enum(["till", "books"]),
  /** Installations of which the merchant names one first; empty for most. */
  regions: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});
export type OfferView = z.infer<typeof offerView>;

export const connectionsView = z.strictObject({
  connections: z.array(connectionView),
  locations: z.array(locationView),
  offers: z.array(offerView),
});
export type ConnectionsView = z.infer<typeof connectionsView>;

/** `region` where the provider keeps several installations apart; when left out, that of the account before, else the first. */
export const connectRequest = z.strictObject({ provider: z.enum(PROVIDER_IDS), region: z.string().max(20).optional() });
export type ConnectRequest = z.infer<typeof connectRequest>;

/** Who may not connect asks those who may. */
export const connectAsk = z.strictObject({ provider: z.enum(PROVIDER_IDS) });
/** The letters are on their way. */
export const connectAsked = z.strictObject({});

/** The address at `auth.` that leads to the provider's page, once. */
export const consentStart = z.strictObject({ url: z.string() });

/**
 * Why a visit to a provider ended without a connection, as the code that the browser brings back to
 * `/connections?refused=<code>&provider=<id>`. A code and never a sentence: what stands in an address can be forged.
 */
export const CONSENT_REFUSALS = [
  /** The person pressed Deny, or closed the provider's page by its own button. */
  "denied",
  /** The account is connected to another shop. Which one is not said. */
  "used_elsewhere",
  /** Another till, or other books, are connected already: disconnect them first. */
  "other_provider",
  /** Not all that Daybook needs was allowed. */
  "scopes_missing",
  /** The books count in another currency than the chosen locations, or the other way round. */
  "currency_mismatch",
  /** The provider did not answer, or not in a way that could be used: try again. */
  "provider_failed",
] as const;
export type ConsentRefusal = (typeof CONSENT_REFUSALS)[number];

/** How the browser comes back to the connections page. */
export const consentReturn = z.object({
  connected: z.enum(PROVIDER_IDS).optional(),
  refused: z.enum(CONSENT_REFUSALS).optional(),
  provider: z.enum(PROVIDER_IDS).optional(),
});
export type ConsentReturn = z.infer<typeof consentReturn>;

export const providerPath = z.strictObject({ provider: z.enum(PROVIDER_IDS) });
/** The one-time ticket that carries a visit from the shop's host to `auth.`: 256 bits. */
export const ticketQuery = z.strictObject({ ticket: z.string().regex(/^[\w-]{43}$/) });

/** Which of a consent's accounts is meant, by the provider's own id; none of them where it is left out. */
export const choiceQuery = z.strictObject({ choice: z.string().regex(/^[\w-]{43}$/), account: z.string().min(1).max(100).optional() });

export const locationChoice = z.strictObject({
  /** Null stops syncing the location; its days and entries stay. */
  startsOn: dateText.nullable(),
  cutOffMinutes: z.number().int().min(0).max(LATEST_CUT_OFF_MINUTES),
  /**
   * The first business date the cut-off holds for; earlier days keep theirs. Absent: from the start when the location
   * was never chosen before, else from the next day that has not begun.
   */
  cutOffFrom: dateText.optional(),
  code: z.string().regex(/^[A-Z0-9]{3}$/, "three letters or digits, such as PIR").optional(),
});
export type LocationChoice = z.infer<typeof locationChoice>;
/** A location of a till that brings none by itself. `zone`: an IANA name. */
export const newLocation = z.strictObject({ connection: id, name: z.string().trim().min(1).max(100).regex(/^[^\p{Cc}]*$/u, "no control characters"), zone: z.string().min(1).max(60) });
export type NewLocation = z.infer<typeof newLocation>;
export const locationPath = z.strictObject({ location: id });
/** Through which date books that Daybook keeps are closed; null opens them. */
export const closingChoice = z.strictObject({ closedThrough: dateText.nullable() });

export const connectionPath = z.strictObject({ connection: id });
