/**
 * Challenges for authenticators: 256 random bits, each answered once, within minutes, in the browser that asked (a
 * `__Host-` cookie holds the proof), for what it was made for, and in the session that it was made in.
 */
import type { Context } from "hono";
import { constantTimeEqual } from "@oslojs/crypto/subtle";
import { MINUTE, SECOND } from "../../kernel/clock";
import { hashOf, newSecret, type SessionId } from "../../kernel/ids";
import { cookieOf, setHostCookie } from "../../http/cookies";
import { directoryDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { readClientData } from "./passkey-rules";
import { insertChallenge, takeChallenge, type ChallengeRow } from "./store";

/** Long enough to look for a key, and for a page that offers passkeys while somebody is still typing. */
const CHALLENGE_MS = 10 * MINUTE;

const COOKIE = "__Host-passkey";

/** What a challenge is for, and whose it is; no session while nobody is signed in. */
export type Asked = { readonly purpose: ChallengeRow["purpose"]; readonly sessionId: SessionId | null };

/** Makes a challenge for this browser. */
export async function makeChallenge(c: Context, asked: Asked): Promise<string> {
  const world: World = c.get("world");
  const challenge = newSecret(world.random);
  const now = world.clock();
  // One secret serves all tabs of a browser: a second page that asks would otherwise spoil the first one's challenge.
  const secret = browserSecretOf(c) ?? newSecret(world.random);
  setHostCookie(c, COOKIE, secret, CHALLENGE_MS / SECOND);
  await insertChallenge(directoryDb(c.env), { challenge, ...asked, browserHash: await hashOf(secret), expiresAt: now + CHALLENGE_MS }, now);
  return challenge;
}

/** Takes out the challenge that the browser says it signed; null unless it was made for just this, and is answered for the first time. */
export async function takeOwnChallenge(c: Context, clientDataJSON: string, asked: Asked): Promise<string | null> {
  const signed = readClientData(clientDataJSON);
  const taken = signed === null ? undefined : await takeChallenge(directoryDb(c.env), signed.challenge);
  if (taken === undefined || taken.purpose !== asked.purpose || taken.sessionId !== asked.sessionId) return null;
  const world: World = c.get("world");
  const isOurs = isSame(await hashOf(browserSecretOf(c) ?? ""), taken.browserHash);
  return isOurs && world.clock() < taken.expiresAt ? taken.challenge : null;
}

function browserSecretOf(c: Context): string | null {
  const value = cookieOf(c.req.raw, COOKIE) ?? "";
  return /^[\w-]{43}$/.test(value) ? value : null;
}

function isSame(one: string, other: string): boolean {
  const encoder = new TextEncoder();
  return constantTimeEqual(encoder.encode(one), encoder.encode(other));
}
