/**
 * From `auth.` into a site: the site's host → `auth.` → the site's host. The code works once, within a minute, on one
 * host, in the browser that holds the secret whose S256 it is bound to (as PKCE does, RFC 7636): a code that a stranger
 * sends along opens nothing, and so nobody can be signed in as somebody else.
 */
import { hashOf, newId, newSecret, type SessionId } from "../../kernel/ids";
import { cookieOf } from "../../http/cookies";
import type { SignedIn } from "../../http/person";
import { originOf } from "../../http/site";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { ownerFor } from "./belonging";
import type { EnterRequest } from "./contract";
import { ENTRY_COOKIE, HAND_OFF_MS, isGoodHandOff, type SiteOwner, type Token } from "./rules";
import { proofOf } from "./identify";
import { insertHandOff, insertSiteSession, takeHandOff } from "./store";

/** Whether this is the second try in a row: a third is not made, for it would go round in a circle. */
export type Again = { readonly again?: "1" | undefined };

/** A site that can be entered: its label (`harbour`, `hq-acme`) and whose it is. */
export type EntrySite = { readonly label: string; readonly owner: SiteOwner };

/** Where a site's host sends the browser, and the secret that its cookie keeps until it is back. */
export async function leaveForAuth(
  world: World, env: Bindings, site: EntrySite, entry: { readonly to: string } & Again,
): Promise<{ readonly location: string; readonly verifier: string }> {
  const verifier = newSecret(world.random);
  const challenge = await hashOf(verifier);
  return { location: entryUrl("/enter", env, { site: site.label, challenge, ...entry }), verifier };
}

/**
 * Where `auth.` sends the browser: into the site with a code, to the sign-in page, to the second factor that the shop
 * asks for, or, when the person is no member (or there is no such site, which is not told apart), to their own shops.
 */
export async function handOffTo(world: World, env: Bindings, person: SignedIn | null, entry: EnterRequest & Again): Promise<string> {
  if (person === null) return entryUrl("/sign-in", env, { site: entry.site, challenge: entry.challenge, to: entry.to });
  const config = readConfig(env);
  const directory = directoryDb(env);
  const owner = await ownerFor(directory, config, entry.site, person);
  if (!owner.ok) {
    const isAsked = owner.failure.kind === "second_factor_needed";
    return isAsked ? entryUrl("/second-factor", env, entry) : withQuery(new URL("/", originOf("auth", config)), { site: entry.site });
  }
  const code = newSecret(world.random);
  const now = world.clock();
  const host = `${entry.site}.${config.domain}`;
  const row = { codeHash: await hashOf(code), sessionId: person.sessionId, ...owner.value, host, challenge: entry.challenge, expiresAt: now + HAND_OFF_MS };
  await insertHandOff(directory, row, now);
  return withQuery(new URL("/enter", originOf(entry.site, config)), { code, to: entry.to, again: entry.again });
}

/**
 * Takes the code out and begins a session of this site's host; null for a code that was used, is too old, or was meant
 * for another host, site or browser. The browser's earlier session of this host ends.
 */
export async function enterSite(world: World, env: Bindings, request: Request, site: EntrySite, code: string): Promise<Token | null> {
  const directory = directoryDb(env);
  const now = world.clock();
  const { host } = new URL(request.url);
  const handOff = await takeHandOff(directory, await hashOf(code));
  const arrival = { owner: site.owner, host, verifier: cookieOf(request, ENTRY_COOKIE) ?? "" };
  if (handOff === undefined || !(await isGoodHandOff(handOff, arrival, now))) {
    world.log.warn("enter.refused", { shopId: site.owner.shopId ?? undefined, state: handOff === undefined ? "unknown" : "foreign" });
    return null;
  }
  const token: Token = { id: newId<SessionId>(world.random), secret: newSecret(world.random) };
  const row = { id: token.id, sessionId: handOff.sessionId, ...site.owner, host, secretHash: await hashOf(token.secret), createdAt: now };
  const isBegun = await insertSiteSession(directory, row, await proofOf(request));
  return isBegun ? token : null;
}

/** The address of an entry at `auth.`, as the site's host and `auth.` itself send the browser there. */
export function entryUrl(path: "/enter" | "/sign-in" | "/second-factor", env: Bindings, entry: EnterRequest & Again): string {
  return withQuery(new URL(path, originOf("auth", readConfig(env))), entry);
}

function withQuery(url: URL, query: Readonly<Record<string, string | undefined>>): string {
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
