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

const instant = z.int();

/** Where a person is signed in, the latest first. Instants are epoch milliseconds. */
export const sessionsView = z.strictObject({
  sessions: z.array(z.strictObject({
    id: z.string(),
    /** In words: "Chrome on Windows". */
    device: z.string(),
    /** A town and country as far as they are known, or empty. */
    place: z.string(),
    address: z.string(),
    createdAt: instant,
    lastUsedAt: instant,
    factors: z.array(z.enum(["password", "link", "passkey", "totp", "recovery_code"])).max(20),
    isThis: z.boolean(),
    /** The names of the shops and organisations that it was used for. */
    sites: z.array(z.string()).max(100),
  })).max(200),
});
export type SessionsView = z.infer<typeof sessionsView>;

/** Nothing to send, and nothing to say. */
export const nothing = z.strictObject({});
