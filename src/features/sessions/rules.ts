/** How long a session lives, what its cookie says, and what makes a hand-off good. Instants are epoch milliseconds. */
import { constantTimeEqual } from "@oslojs/crypto/subtle";
import { DAY, MINUTE, SECOND } from "../../kernel/clock";
import { hashOf, type OrganisationId, type SessionId, type ShopId } from "../../kernel/ids";

/** From sign-in to the last moment, however busy. */
export const LONGEST_SESSION_MS = 30 * DAY;
/** Without a request, at `auth.` or at any site. */
export const LONGEST_IDLE_MS = 14 * DAY;
/** The last use is written at most this often. */
export const USE_WRITTEN_EVERY_MS = 5 * MINUTE;
/** Between leaving `auth.` and arriving at the site's host: two redirects. */
export const HAND_OFF_MS = 60 * SECOND;
/** Between leaving the site's host and coming back to it: long enough to find a password. */
export const ENTRY_MS = 60 * MINUTE;

/** The cookie of a session, at `auth.` and at each site's host; and the one that binds an entry to its browser. */
export const SESSION_COOKIE = "__Host-daybook";
export const ENTRY_COOKIE = "__Host-enter";

/** What a session's cookie holds: which session, and the proof. Only the proof's hash is stored. */
export type Token = { readonly id: SessionId; readonly secret: string };

/** Reads a cookie's value; null for anything that was not written by `writeToken`. */
export function readToken(value: string | undefined): Token | null {
  const match = /^([a-z2-7]{26})\.([\w-]{43})$/.exec(value ?? "");
  const [, id, secret] = match ?? [];
  return id === undefined || secret === undefined ? null : { id: id as SessionId, secret };
}

/** The value of a session's cookie. */
export function writeToken({ id, secret }: Token): string {
  return `${id}.${secret}`;
}

/** Whether a secret is the one whose hash is stored, in a time that tells nothing of either. */
export async function isSecretOf(secret: string, storedHash: string): Promise<boolean> {
  const encoder = new TextEncoder();
  return constantTimeEqual(encoder.encode(await hashOf(secret)), encoder.encode(storedHash));
}

/** Whether a session still lives. */
export function isLive(session: { readonly expiresAt: number; readonly lastUsedAt: number }, now: number): boolean {
  return now < session.expiresAt && now - session.lastUsedAt < LONGEST_IDLE_MS;
}

/** What a site's session or hand-off is for: one shop, or one organisation. */
export type SiteOwner = { readonly shopId: ShopId; readonly organisationId: null } | { readonly shopId: null; readonly organisationId: OrganisationId };

export type HandOff = {
  readonly shopId: ShopId | null;
  readonly organisationId: OrganisationId | null;
  readonly host: string;
  readonly challenge: string;
  readonly expiresAt: number;
};

/** Whether a code that was just taken out is good for this site, on this host, in this browser, now. */
export async function isGoodHandOff(
  handOff: HandOff, arrival: { readonly owner: SiteOwner; readonly host: string; readonly verifier: string }, now: number,
): Promise<boolean> {
  const { owner, host, verifier } = arrival;
  const isHere = handOff.shopId === owner.shopId && handOff.organisationId === owner.organisationId && handOff.host === host;
  return isHere && now < handOff.expiresAt && (await isSecretOf(verifier, handOff.challenge));
}
