/** Coming into a site from `auth.`, and what a signed-in person sees of themselves. */
import { z } from "zod";
import { HQ_ROLES, ROLES } from "../../kernel/roles";

/** A path on the site's own host to return to: never another host, never a scheme. */
export const returnPath = z.string().max(500).regex(/^\/(?![/\\])[\w\-./?=&%:,+~]*$/, "a path of this site, such as /days");

/**
 * What a site's host asked for when it sent the person here. `site` is its label: a shop's name, or `hq-<name>`.
 * `challenge` is the S256 of a secret in its cookie.
 */
export const enterRequest = z.strictObject({
  site: z.string().min(2).max(40),
  challenge: z.string().length(43),
  to: returnPath.default("/"),
});
export type EnterRequest = z.infer<typeof enterRequest>;

/** `again` marks the second try in a row. */
const again = z.literal("1").optional();

/** On a site's host, before it sends the person to `auth.`. A path that is none of ours leads to the site's first page. */
export const startQuery = z.strictObject({ to: returnPath.catch("/"), again });
/** At `auth.`, as the site's host sent it. */
export const enterQuery = enterRequest.extend({ again });
/** On the site's host, as `auth.` sent it back. */
export const arriveQuery = z.strictObject({ code: z.string().min(1).max(100), to: returnPath.catch("/"), again });

/** Where the browser goes next: absolute, on one of Daybook's own hosts. */
export const nextPlace = z.strictObject({ next: z.string() });
export type NextPlace = z.infer<typeof nextPlace>;

/** The person at `auth.`, and the shops and organisations they belong to. */
export const meView = z.strictObject({
  name: z.string(),
  email: z.string(),
  isVerified: z.boolean(),
  shops: z.array(z.strictObject({ slug: z.string(), name: z.string(), role: z.enum(ROLES), url: z.string() })),
  organisations: z.array(z.strictObject({ slug: z.string(), name: z.string(), role: z.enum(HQ_ROLES), url: z.string() })),
});
export type MeView = z.infer<typeof meView>;

/** What a person can show of themselves, as the session list names it. */
export const FACTORS = ["password", "link", "passkey", "totp", "recovery_code"] as const;

/** One of the person's sessions. Instants are epoch milliseconds. */
export const sessionView = z.strictObject({
  id: z.string(),
  /** "Chrome on Windows". */
  device: z.string(),
  /** "Lisbon, PT", or empty. */
  place: z.string(),
  /** The address that it began from, or empty. */
  address: z.string(),
  createdAt: z.number().int(),
  /** To a few minutes; what pages do by themselves is no use. */
  lastUsedAt: z.number().int(),
  factors: z.array(z.enum(FACTORS)),
  /** Whether it is the one that asks. */
  isThis: z.boolean(),
  /** Names of the shops and organisations that were entered with it. */
  sites: z.array(z.string()),
});
export type SessionView = z.infer<typeof sessionView>;
export const sessionsView = z.strictObject({ sessions: z.array(sessionView) });
export type SessionsView = z.infer<typeof sessionsView>;

export const sessionPath = z.strictObject({ session: z.string().regex(/^[a-z2-7]{26}$/, "an id of one of your sessions") });

/** Nothing to send, and nothing to say. */
export const nothing = z.strictObject({});
