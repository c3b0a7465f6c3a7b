/**
 * Browsers that an account was signed in with before. Their tries are counted apart, so that a stranger who wears out
 * somebody's account from anywhere leaves that person the browsers they use (OWASP Authentication cheat sheet, "device
 * cookies"). A mark opens nothing: stolen, it is so many tries more, and not one for another account. It is made of
 * nothing but chance, a date and a MAC, so that whoever reads one learns of nobody; and no database is asked, so that an
 * address that nobody has costs the same.
 */
import type { Context } from "hono";
import { decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from "@oslojs/encoding";
import { DAY, SECOND } from "../kernel/clock";
import { newSecret } from "../kernel/ids";
import { derive, utf8 } from "../platform/aes-gcm";
import { readConfig, type Bindings } from "../platform/env";
import type { World } from "../platform/world";
import { cookieOf, setHostCookie } from "./cookies";

/** The cookie of a known browser, at `auth.` alone. */
export const KNOWN_COOKIE = "__Host-known";
/** From the last sign-in on. */
export const KNOWN_MS = 365 * DAY;

/** When, chance, and a MAC: 32 bytes are 43 letters, of which the last holds four bits (RFC 4648 section 3.5: no others are read). */
const MARK = /^(\d{1,15})\.([\w-]{43})\.([\w-]{42}[AEIMQUYcgkosw048])$/;

/**
 * The mark that this browser has of an account (its address in the stored form): what its tries are counted by. Null
 * where it has none, or one that is another account's, too old, or not ours.
 */
export async function markOf(c: Context, account: string): Promise<string | null> {
  const [, since = "", chance = "", mac = ""] = MARK.exec(cookieOf(c.req.raw, KNOWN_COOKIE) ?? "") ?? [];
  if (chance === "" || account === "") return null;
  const said = saidOf(since, chance, account);
  const isOurs = await crypto.subtle.verify("HMAC", await keyOf(c), decodeBase64urlIgnorePadding(mac), said);
  return isOurs && worldOf(c).clock() < Number(since) + KNOWN_MS ? chance : null;
}

/** Marks this browser as one that the account was just signed in with. One that was marked for it stays the same one. */
export async function markBrowser(c: Context, account: string): Promise<void> {
  const chance = (await markOf(c, account)) ?? newSecret(worldOf(c).random);
  const since = String(worldOf(c).clock());
  const mac = await crypto.subtle.sign("HMAC", await keyOf(c), saidOf(since, chance, account));
  setHostCookie(c, KNOWN_COOKIE, `${since}.${chance}.${encodeBase64urlNoPadding(new Uint8Array(mac))}`, KNOWN_MS / SECOND);
}

/** The account comes last: nothing that it holds can be read as one of the others. */
function saidOf(since: string, chance: string, account: string): Uint8Array<ArrayBuffer> {
  return utf8(`${since}.${chance}.${account}`);
}

/** A key of its own, derived: what the pepper is for is not what this is for. */
async function keyOf(c: Context): Promise<CryptoKey> {
  const bytes = await derive(readConfig(c.env as Bindings).passwordPepper, "", "daybook known browser", 32);
  return await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

function worldOf(c: Context): World {
  return c.get("world") as World;
}
