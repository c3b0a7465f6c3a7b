/** Being known on a site's host by its cookie: one statement, in which session, person, membership and site must all still hold. */
import { failed, ok, type Result } from "../../kernel/result";
import { hashOf, type SessionId } from "../../kernel/ids";
import { cookieOf } from "../../http/cookies";
import type { Identify, Visitor } from "../../http/guard";
import type { IdentifyHq } from "../../http/hq-guard";
import { admitFactors } from "../../http/second-factor";
import { siteOf } from "../../http/site";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import { readConfig } from "../../platform/env";
import type { World } from "../../platform/world";
import { findOrganisationBySlug } from "../organisations/service";
import { findShopBySlug } from "../shops/service";
import { noteForeignHost } from "./foreign";
import { isLive, isSecretOf, readToken, SESSION_COOKIE, USE_WRITTEN_EVERY_MS, type Token } from "./rules";
import { readHqSession, readShopSession, touchSession, type Entered, type Proof, type Signed } from "./store";
import { hqVisitOf, visitorOf } from "./visitor";

type Wiring = Pick<World, "clock" | "log" | "random">;

/**
 * Finds the visitor of a shop's host. `not_signed_in`, `second_factor_needed` where the shop asks for one that was not
 * shown, or `not_found` where there is no such shop: the same as on a host that is nobody's.
 */
export function createIdentify(world: Wiring): Identify {
  return async (request, env) => {
    const config = readConfig(env);
    const { host } = new URL(request.url);
    const directory = directoryDb(env);
    const token = readToken(cookieOf(request, SESSION_COOKIE));
    const found = token === null ? undefined : await readShopSession(directory, token.id);
    if (found !== undefined && isOfHost(found, `${found.slug}.${config.domain}`, host) && (await isLiveSecret(token, found, world))) {
      await noteUse(directory, request, found.sessionId, found.lastUsedAt, world);
      return letIn(found, request);
    }
    if (token !== null) await noteForeignHost(world, env, request, token);
    const site = siteOf(host, config);
    const shop = site.kind === "shop" ? await findShopBySlug(directory, site.slug) : null;
    return failed({ kind: shop === null ? "not_found" : "not_signed_in" });
  };
}

/** Finds the visitor of an organisation's host. Failures as of a shop's. */
export function createIdentifyHq(world: Wiring): IdentifyHq {
  return async (request, env) => {
    const config = readConfig(env);
    const { host } = new URL(request.url);
    const directory = directoryDb(env);
    const token = readToken(cookieOf(request, SESSION_COOKIE));
    const found = token === null ? undefined : await readHqSession(directory, token.id);
    if (found !== undefined && isOfHost(found, `hq-${found.slug}.${config.domain}`, host) && (await isLiveSecret(token, found, world))) {
      await noteUse(directory, request, found.sessionId, found.lastUsedAt, world);
      return ok(hqVisitOf(found, request));
    }
    if (token !== null) await noteForeignHost(world, env, request, token);
    const site = siteOf(host, config);
    const organisation = site.kind === "hq" ? await findOrganisationBySlug(directory, site.slug) : null;
    return failed({ kind: organisation === null ? "not_found" : "not_signed_in" });
  };
}

/** What the request's session cookie proves, or null where it holds no token. */
export async function proofOf(request: Request): Promise<Proof | null> {
  const token = readToken(cookieOf(request, SESSION_COOKIE));
  return token === null ? null : { id: token.id, secretHash: await hashOf(token.secret) };
}

/** Whether the token is the session's own and the session still lives. */
export async function isLiveSecret(
  token: Token | null, found: Pick<Signed, "secretHash" | "expiresAt" | "lastUsedAt">, world: Pick<World, "clock">,
): Promise<boolean> {
  return token !== null && isLive(found, world.clock()) && (await isSecretOf(token.secret, found.secretHash));
}

/** Writes the last use down, every few minutes; what a page does by itself is no use. */
export async function noteUse(directory: DirectoryDb, request: Request, id: SessionId, lastUsedAt: number, world: Pick<World, "clock">): Promise<void> {
  const before = world.clock() - USE_WRITTEN_EVERY_MS;
  if (lastUsedAt < before && !isByItself(request)) await touchSession(directory, id, world.clock(), before);
}

/**
 * Whether a page says that nobody pressed anything: it asks again by itself, or opens its socket. All that this can do
 * is let a session end earlier, so it may be believed.
 */
function isByItself(request: Request): boolean {
  return request.headers.get("x-daybook-poll") === "1" || request.headers.get("upgrade") !== null;
}

/** A cookie is good on the host it was given to, for the site that has that name now, and nowhere else. */
function isOfHost(found: { readonly host: string }, now: string, host: string): boolean {
  return found.host === host && now === host;
}

function letIn(found: Entered, request: Request): Result<Visitor> {
  const admitted = admitFactors({ requiresSecondFactor: found.requiresSecondFactor === 1 }, found);
  return admitted.ok ? ok(visitorOf(found, request)) : admitted;
}
