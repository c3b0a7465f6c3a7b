/** Being known on a site's host by its cookie: one statement, in which session, person, membership and site must all still hold. */
import { failed, ok, type Result } from "../../kernel/result";
import { hashOf, type SessionId } from "../../kernel/ids";
import { cookieOf } from "../../http/cookies";
import type { Identify, Visitor } from "../../http/guard";
import type { HqVisit, IdentifyHq } from "../../http/hq-guard";
import { originOfRequest } from "../../http/origin";
import { siteOf } from "../../http/site";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import { readConfig } from "../../platform/env";
import type { World } from "../../platform/world";
import { findOrganisationBySlug } from "../organisations/service";
import { findShopBySlug } from "../shops/service";
import { isLive, isSecretOf, readToken, SESSION_COOKIE, USE_WRITTEN_EVERY_MS, type Token } from "./rules";
import { readHqSession, readShopSession, touchSession, type Entered, type EnteredHq, type Proof, type Signed } from "./store";

type Watch = Pick<World, "clock" | "log">;

/**
 * Finds the visitor of a shop's host. `not_signed_in`, `second_factor_needed` where the shop asks for one that was not
 * shown, or `not_found` where there is no such shop: the same as on a host that is nobody's.
 */
export function createIdentify(world: Watch): Identify {
  return async (request, env) => {
    const config = readConfig(env);
    const { host } = new URL(request.url);
    const directory = directoryDb(env);
    const token = readToken(cookieOf(request, SESSION_COOKIE));
    const found = token === null ? undefined : await readShopSession(directory, token.id);
    if (found !== undefined && isOfHost(found, `${found.slug}.${config.domain}`, host, world) && (await isLiveSecret(token, found, world))) {
      await noteUse(directory, found.sessionId, found.lastUsedAt, world);
      return letIn(found, request);
    }
    const site = siteOf(host, config);
    const shop = site.kind === "shop" ? await findShopBySlug(directory, site.slug) : null;
    return failed({ kind: shop === null ? "not_found" : "not_signed_in" });
  };
}

/** Finds the visitor of an organisation's host. Failures as of a shop's. */
export function createIdentifyHq(world: Watch): IdentifyHq {
  return async (request, env) => {
    const config = readConfig(env);
    const { host } = new URL(request.url);
    const directory = directoryDb(env);
    const token = readToken(cookieOf(request, SESSION_COOKIE));
    const found = token === null ? undefined : await readHqSession(directory, token.id);
    if (found !== undefined && isOfHost(found, `hq-${found.slug}.${config.domain}`, host, world) && (await isLiveSecret(token, found, world))) {
      await noteUse(directory, found.sessionId, found.lastUsedAt, world);
      return ok(hqVisitOf(found, request));
    }
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

/** Writes the last use down, every few minutes. */
export async function noteUse(directory: DirectoryDb, id: SessionId, lastUsedAt: number, world: Pick<World, "clock">): Promise<void> {
  const before = world.clock() - USE_WRITTEN_EVERY_MS;
  if (lastUsedAt < before) await touchSession(directory, id, world.clock(), before);
}

/** A cookie is good on the host it was given to, for the site that has that name now, and nowhere else. */
function isOfHost(found: { readonly host: string; readonly sessionId: SessionId }, now: string, host: string, world: Pick<World, "log">): boolean {
  const isOwn = found.host === host && now === host;
  if (!isOwn) world.log.warn("session.foreign_host", {});
  return isOwn;
}

function letIn(found: Entered, request: Request): Result<Visitor> {
  const needsSecond = found.requiresSecondFactor === 1 && found.secondFactorAt === null;
  return needsSecond ? failed({ kind: "second_factor_needed" }) : ok(visitorOf(found, request));
}

function visitorOf(found: Entered, request: Request): Visitor {
  const { shopId, slug, shopName, shard, zone, currency, personId, personName, email, role, sessionId, provedAt } = found;
  return {
    shop: { id: shopId, slug, name: shopName, shard, zone, currency, requiresSecondFactor: found.requiresSecondFactor === 1 }, person: { id: personId, name: personName, email }, role, sessionId, provedAt,
    through: null, from: originOfRequest(request),
  };
}

function hqVisitOf(found: EnteredHq, request: Request): HqVisit {
  const { organisationId, slug, organisationName, personId, personName, email, role, sessionId, provedAt } = found;
  return {
    organisation: { id: organisationId, slug, name: organisationName }, person: { id: personId, name: personName, email }, role, sessionId, provedAt,
    from: originOfRequest(request),
  };
}
