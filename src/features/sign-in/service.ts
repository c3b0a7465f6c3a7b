/** Who is asking: signing in and out at `auth.`, and being known on a shop's host. */
import { hashOf, newId, newSecret, type PersonId, type SessionId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import type { Identify, Visitor } from "../../http/guard";
import { cookieOf } from "../../http/cookies";
import { originOf, siteOf } from "../../http/site";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import { readConfig, type Bindings, type Config } from "../../platform/env";
import type { World } from "../../platform/world";
import { emailAddress } from "../people/contract";
import { findShopBySlug, shopsOf } from "../shops/service";
import { newPassword, type MeView, type SignInRequest } from "./contract";
import { hashPassword, isPassword } from "./password";
import { isLive, isSecretOf, LONGEST_SESSION_MS, readToken, SESSION_COOKIE, USE_WRITTEN_EVERY_MS, type Token } from "./rules";
import {
  insertSession, readClaimant, readSession, readShopSession, sessionEnded, sessionOfShopEnded, touchSession, writePassword, type Entered, type Proof,
  type Signed,
} from "./store";

/** Who is signed in at `auth.`. */
export type SignedIn = { readonly sessionId: SessionId; readonly personId: PersonId; readonly name: string; readonly email: string };

/** Sets a person's password, in place of an earlier one. `invalid_input` for one that is too short or too long. */
export async function setPassword(world: World, env: Bindings, personId: PersonId, password: string): Promise<Result<void>> {
  const parsed = newPassword.safeParse(password);
  if (!parsed.success) return failed({ kind: "invalid_input", message: "Choose a password of 15 to 1,000 characters.", fields: [] });
  const hash = await hashPassword(readConfig(env).passwordPepper, parsed.data, world.random);
  await writePassword(directoryDb(env), personId, hash, world.clock());
  return ok(undefined);
}

/**
 * Checks an address and a password. `wrong_credentials` for somebody unknown, a wrong password, no password and a
 * disabled person alike, each after one hash: neither words nor time tell which.
 */
export async function checkPassword(env: Bindings, given: Pick<SignInRequest, "email" | "password">): Promise<Result<PersonId>> {
  const email = emailAddress.safeParse(given.email);
  // An address that is none belongs to nobody; it is looked for all the same, for the time that takes.
  const claimant = await readClaimant(directoryDb(env), email.success ? email.data : "");
  const matches = await isPassword(readConfig(env).passwordPepper, given.password, claimant?.secretHash ?? null);
  if (!matches || claimant === undefined || claimant.disabledAt !== null) return failed({ kind: "wrong_credentials" });
  return ok(claimant.personId);
}

/** Begins a session at `auth.`: always a new one, in place of the earlier one whose cookie the request brings. */
export async function beginSession(world: World, env: Bindings, personId: PersonId, request: Request): Promise<Token> {
  const token: Token = { id: newId<SessionId>(world.random), secret: newSecret(world.random) };
  const now = world.clock();
  const row = {
    id: token.id, personId, secretHash: await hashOf(token.secret), device: (request.headers.get("user-agent") ?? "").slice(0, 200),
    createdAt: now, lastUsedAt: now, expiresAt: now + LONGEST_SESSION_MS,
  };
  await insertSession(directoryDb(env), row, await proofOf(request));
  return token;
}

/** Who is signed in at `auth.` by the request's cookie, or `not_signed_in`. */
export async function authSession(request: Request, env: Bindings, world: Pick<World, "clock">): Promise<Result<SignedIn>> {
  const token = readToken(cookieOf(request, SESSION_COOKIE));
  const directory = directoryDb(env);
  const found = token === null ? undefined : await readSession(directory, token.id);
  const isTheirs = found !== undefined && (await isLiveSecret(token, found, world));
  if (!isTheirs) return failed({ kind: "not_signed_in" });
  await noteUse(directory, found.id, found.lastUsedAt, world);
  return ok({ sessionId: found.id, personId: found.personId, name: found.name, email: found.email });
}

/** Ends the session of the request's cookie at `auth.`, and with it every shop's session that came from it. */
export async function endSession(request: Request, env: Bindings): Promise<void> {
  const proof = await proofOf(request);
  const directory = directoryDb(env);
  if (proof !== null) await directory.batch([sessionEnded(directory, proof)]);
}

/** Ends the whole session that the request entered a shop with: whoever signs out of a shop is signed out of `auth.` too. */
export async function endSessionOfShop(request: Request, env: Bindings): Promise<void> {
  const proof = await proofOf(request);
  const directory = directoryDb(env);
  if (proof !== null) await directory.batch([sessionOfShopEnded(directory, proof)]);
}

/** What the request's session cookie proves, or null where it holds no token. */
export async function proofOf(request: Request): Promise<Proof | null> {
  const token = readToken(cookieOf(request, SESSION_COOKIE));
  return token === null ? null : { id: token.id, secretHash: await hashOf(token.secret) };
}

/** The signed-in person and their shops. */
export async function viewMe(env: Bindings, person: SignedIn): Promise<MeView> {
  const config = readConfig(env);
  const shops = await shopsOf(directoryDb(env), person.personId);
  return { name: person.name, email: person.email, shops: shops.map((shop) => ({ ...shop, url: `${originOf(shop.slug, config)}/` })) };
}

/**
 * Finds the visitor of a shop's host by its cookie: one statement, in which session, person, membership and shop must
 * all still hold. `not_signed_in`, or `not_found` where there is no such shop: the same as on a host that is nobody's.
 */
export function createIdentify(world: Pick<World, "clock" | "log">): Identify {
  return async (request, env) => {
    const config = readConfig(env);
    const { host } = new URL(request.url);
    const directory = directoryDb(env);
    const token = readToken(cookieOf(request, SESSION_COOKIE));
    const found = token === null ? undefined : await readShopSession(directory, token.id);
    if (found !== undefined && isOfHost(found, host, config, world) && (await isLiveSecret(token, found, world))) {
      await noteUse(directory, found.sessionId, found.lastUsedAt, world);
      return ok(visitorOf(found));
    }
    const site = siteOf(host, config);
    const shop = site.kind === "shop" ? await findShopBySlug(directory, site.slug) : null;
    return failed({ kind: shop === null ? "not_found" : "not_signed_in" });
  };
}

/** A cookie is good on the host it was given to, for the shop that has that name now, and nowhere else. */
function isOfHost(found: Entered, host: string, config: Config, world: Pick<World, "log">): boolean {
  const isOwn = found.host === host && `${found.slug}.${config.domain}` === host;
  if (!isOwn) world.log.warn("session.foreign_host", { shopId: found.shopId });
  return isOwn;
}

async function isLiveSecret(token: Token | null, found: Pick<Signed, "secretHash" | "expiresAt" | "lastUsedAt">, world: Pick<World, "clock">): Promise<boolean> {
  return token !== null && isLive(found, world.clock()) && (await isSecretOf(token.secret, found.secretHash));
}

async function noteUse(directory: DirectoryDb, id: SessionId, lastUsedAt: number, world: Pick<World, "clock">): Promise<void> {
  const before = world.clock() - USE_WRITTEN_EVERY_MS;
  if (lastUsedAt < before) await touchSession(directory, id, world.clock(), before);
}

function visitorOf(found: Entered): Visitor {
  const { shopId, slug, shopName, shard, zone, currency, personId, personName, email, role, sessionId } = found;
  return { shop: { id: shopId, slug, name: shopName, shard, zone, currency }, person: { id: personId, name: personName, email }, role, sessionId };
}
