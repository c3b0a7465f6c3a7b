/**
 * Passwords: bcrypt, cost 12, over base64(HMAC-SHA-256(pepper, NFC(password))). Bcrypt alone reads 72 bytes and stops at
 * a NUL; the HMAC gives it 44 characters of every password, and makes a stolen table useless without the pepper. What is
 * stored begins with the algorithm and the cost (`$2b$12$`), so that both can change and old hashes still be read.
 */
import { encodeBase64 } from "@oslojs/encoding";
import { compare, encodeBase64 as encodeSalt, hash } from "bcryptjs";
import type { RandomBytes } from "../../kernel/clock";

/** 223 ms in workerd (measured); OWASP asks for 10 at least. */
const COST = 12;
const SALT_BYTES = 16;

/** The hash of a random password that nobody knows: who is not known costs the same time as who is. */
const NOBODY = "$2b$12$kS7jZQsq8yzAwYGKKSDzdeoGf.PR3XnI3GO5mjEYkSXez24R8QZcO";
const NOBODY_TAIL = NOBODY.slice("$2b$12".length);

type Pepper = Uint8Array<ArrayBuffer>;

/** What is stored in place of a password of at most 1,000 characters (the door's limit). */
export async function hashPassword(pepper: Pepper, password: string, random: RandomBytes): Promise<string> {
  const salt = `$2b$${COST}$${encodeSalt([...random(SALT_BYTES)], SALT_BYTES)}`;
  return await hash(await peppered(pepper, password), salt);
}

/** Whether the password is the one that was hashed; false, after the same time, where there is no hash. */
export async function isPassword(pepper: Pepper, password: string, stored: string | null): Promise<boolean> {
  const matches = await isHashedBy(stored ?? NOBODY, await peppered(pepper, password));
  return matches && stored !== null;
}

/** Whether a hash was made in another way than hashes are made today, and is to be made anew as soon as the password is there. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(`$2b$${COST}$`);
}

/**
 * Bcrypt's own question, of a text of at most 72 bytes without a NUL. A hash of a smaller cost takes as long as one of
 * today's: 2^c + 2^c + 2^(c+1) + … + 2^11 rounds are 2^12. Otherwise an account would be known by its quick refusal.
 */
export async function isHashedBy(stored: string, text: string): Promise<boolean> {
  const matches = await compare(text, stored);
  for (let cost = costOf(stored); cost < COST; cost += 1) await compare(text, `$2b$${cost.toString().padStart(2, "0")}${NOBODY_TAIL}`);
  return matches;
}

function costOf(stored: string): number {
  return Number(/^\$2[aby]\$(\d\d)\$/.exec(stored)?.[1] ?? COST);
}

async function peppered(pepper: Pepper, password: string): Promise<string> {
  const key = await crypto.subtle.importKey("raw", pepper, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(password.normalize("NFC")));
  return encodeBase64(new Uint8Array(mac));
}
