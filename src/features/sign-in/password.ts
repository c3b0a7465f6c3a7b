/**
 * Passwords: bcrypt, cost 12, over base64(HMAC-SHA-256(pepper, NFC(password))). Bcrypt alone reads 72 bytes and stops at
 * a NUL; the HMAC gives it 44 characters of every password, and makes a stolen table useless without the pepper.
 */
import { encodeBase64 } from "@oslojs/encoding";
import { compare, encodeBase64 as encodeSalt, hash } from "bcryptjs";
import type { RandomBytes } from "../../kernel/clock";

/** 223 ms in workerd (measured); OWASP asks for 10 at least. */
const COST = 12;
const SALT_BYTES = 16;

/** The hash of a random password that nobody knows: who is not known costs the same time as who is. */
const NOBODY = "$2b$12$kS7jZQsq8yzAwYGKKSDzdeoGf.PR3XnI3GO5mjEYkSXez24R8QZcO";

type Pepper = Uint8Array<ArrayBuffer>;

/** What is stored in place of a password of at most 1,000 characters (the door's limit). */
export async function hashPassword(pepper: Pepper, password: string, random: RandomBytes): Promise<string> {
  const salt = `$2b$${COST}$${encodeSalt([...random(SALT_BYTES)], SALT_BYTES)}`;
  return await hash(await peppered(pepper, password), salt);
}

/** Whether the password is the one that was hashed; false, after the same time, where there is no hash. */
export async function isPassword(pepper: Pepper, password: string, stored: string | null): Promise<boolean> {
  const matches = await compare(await peppered(pepper, password), stored ?? NOBODY);
  return matches && stored !== null;
}

async function peppered(pepper: Pepper, password: string): Promise<string> {
  const key = await crypto.subtle.importKey("raw", pepper, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(password.normalize("NFC")));
  return encodeBase64(new Uint8Array(mac));
}
