/** Signing in at `auth.`, and what a signed-in person sees of themselves. */
import { z } from "zod";
import { ROLES } from "../../kernel/roles";

/** A path on the shop's own host to return to: never another host, never a scheme. */
export const returnPath = z.string().max(500).regex(/^\/(?![/\\])[\w\-./?=&%:,+~]*$/, "a path of this site, such as /days");

/** What a shop's host asked for when it sent the person here. `challenge` is the S256 of a secret in its cookie. */
export const enterRequest = z.strictObject({
  shop: z.string().min(2).max(40),
  challenge: z.string().length(43),
  to: returnPath.default("/"),
});
export type EnterRequest = z.infer<typeof enterRequest>;

/** `again` marks the second try in a row. */
const again = z.literal("1").optional();

/** On a shop's host, before it sends the person to `auth.`. A path that is none of ours leads to the shop's first page. */
export const startQuery = z.strictObject({ to: returnPath.catch("/"), again });
/** At `auth.`, as the shop's host sent it. */
export const enterQuery = enterRequest.extend({ again });
/** On the shop's host, as `auth.` sent it back. */
export const arriveQuery = z.strictObject({ code: z.string().min(1).max(100), to: returnPath.catch("/"), again });

/** 15 characters and nothing else: NIST SP 800-63B-4 section 3.1.1.2 for a password that is the only factor. */
export const newPassword = z.string().min(15, "Choose at least 15 characters.").max(1_000);

export const signInRequest = z.strictObject({
  email: z.string().trim().min(3, "Enter your email address.").max(254),
  password: z.string().min(1, "Enter your password.").max(1_000),
  enter: enterRequest.optional(),
});
export type SignInRequest = z.infer<typeof signInRequest>;

/** Where the browser goes next: absolute, on one of Daybook's own hosts. */
export const signedIn = z.strictObject({ next: z.string() });

/** The person at `auth.` and the shops they belong to. */
export const meView = z.strictObject({
  name: z.string(),
  email: z.string(),
  shops: z.array(z.strictObject({ slug: z.string(), name: z.string(), role: z.enum(ROLES), url: z.string() })),
});
export type MeView = z.infer<typeof meView>;

export const nothing = z.strictObject({});
