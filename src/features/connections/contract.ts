/** Tills and books as the web app sees them. Never a token. Instants are epoch milliseconds, cut-offs minutes. */
import { z } from "zod";
import { LATEST_CUT_OFF_MINUTES } from "../../kernel/day";

export const PROVIDER_IDS = ["square", "quickbooks"] as const;
export const CONNECTION_STATES = ["connected", "reconnect_needed", "disconnected"] as const;

/** `YYYY-MM-DD`; the service refuses dates that do not exist. */
export const dateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a date such as 2026-07-14");
export const id = z.string().regex(/^[a-z2-7]{26}$/, "an id of this shop");

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
  /** Null until the location was chosen. */
  startsOn: dateText.nullable(),
  nextDueAt: z.number().int().nullable(),
});
export type LocationView = z.infer<typeof locationView>;

/** A provider that can be connected, whether or not it is. */
export const offerView = z.strictObject({ provider: z.enum(PROVIDER_IDS), name: z.string(), role: z.enum(["till", "books"]) });

export const connectionsView = z.strictObject({
  connections: z.array(connectionView),
  locations: z.array(locationView),
  offers: z.array(offerView),
});
export type ConnectionsView = z.infer<typeof connectionsView>;

export const connectRequest = z.strictObject({ provider: z.enum(PROVIDER_IDS) });
/** Where the browser goes to give consent: first `auth.`, then the provider. */
export const consentVisit = z.strictObject({ url: z.string() });

export const locationChoice = z.strictObject({
  /** Null stops syncing the location; its days and entries stay. */
  startsOn: dateText.nullable(),
  cutOffMinutes: z.number().int().min(0).max(LATEST_CUT_OFF_MINUTES),
  /** The first business date the cut-off holds for; earlier days keep theirs. Absent: from the start. */
  cutOffFrom: dateText.optional(),
  code: z.string().regex(/^[A-Z0-9]{3}$/, "three letters or digits, such as PIR").optional(),
});
export type LocationChoice = z.infer<typeof locationChoice>;
export const locationPath = z.strictObject({ location: id });
export const connectionPath = z.strictObject({ connection: id });
