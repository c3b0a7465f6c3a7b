/** Sessions: beginning and ending them at `auth.`, and proving once more who one is. */
import type { Context } from "hono";
import { SECOND } from "../../kernel/clock";
import { hashOf, newId, newSecret, type PersonId, type SessionId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { cookieOf, setHostCookie } from "../../http/cookies";
import { markBrowser } from "../../http/known-browser";
import { originOfRequest } from "../../http/origin";
import type { Factor, IdentifyPerson, SignedIn } from "../../http/person";
import { originOf } from "../../http/site";
import type { Statement } from "../../platform/audit";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { organisationsOf } from "../organisations/service";
import { noteDevice, personById } from "../people/service";
import { shopsOf } from "../shops/service";
import type { EnterRequest, MeView, NextPlace } from "./contract";
import { told } from "./ending";
import { entryUrl } from "./entry";
import { noteForeignHost } from "./foreign";
import { isLiveSecret, noteUse, proofOf } from "./identify";
import { LONGEST_SESSION_MS, readToken, SESSION_COOKIE, writeToken, type Token } from "./rules";
import { insertSession, readSession, secretWritten, writeProved, type Signed } from "./store";

export { visitorAtAuth, type AtAuth } from "./belonging";
export { askingOthersAgain, endingSessions, type Ending } from "./ending";
export { createIdentify, createIdentifyHq } from "./identify";
export { secondFactorForgotten } from "./store";

/** What was shown to begin a session. `awaitsSecondFactor`: the person has a second factor and must show it next. */
export type Shown = { readonly factor: Factor; readonly awaitsSecondFactor?: boolean };

/** Begins a session at `auth.`: always a new one, in place of the earlier one whose cookie the request brings. */
export async function beginSession(world: World, env: Bindings, personId: PersonId, request: Request, shown: Shown): Promise<Token> {
  const token: Token = { id: newId<SessionId>(world.random), secret: newSecret(world.random) };
  const now = world.clock();
  const row = {
    id: token.id, personId, secretHash: await hashOf(token.secret), ...originOfRequest(request),
    state: shown.awaitsSecondFactor === true ? "second_factor" as const : "open" as const, factors: [shown.factor], provedAt: now,
    // A passkey is asked for with user verification: something one has and something one knows or is.
    secondFactorAt: shown.factor === "passkey" ? now : null,
    createdAt: now, lastUsedAt: now, expiresAt: now + LONGEST_SESSION_MS,
  };
  await told(world, env, await insertSession(directoryDb(env), row, await proofOf(request)));
  return token;
}

/**
 * Begins a session for the browser of this request and says where it goes next: to the page of the second factor where one
 * is awaited, to the site that sent it, or to `auth.`'s own first page. A device that is new to the person is told of by letter,
 * and the browser is known from then on (`http/known-browser`), unless a second factor is awaited.
 */
export async function enterSession(
  c: Context, personId: PersonId, how: Shown & { readonly enter: EnterRequest | undefined },
): Promise<NextPlace> {
  const token = await beginSession(c.get("world"), c.env, personId, c.req.raw, how);
  setHostCookie(c, SESSION_COOKIE, writeToken(token), LONGEST_SESSION_MS / SECOND);
  await noteDevice(c.get("world"), c.env, personId, c.req.raw);
  const person = how.awaitsSecondFactor === true ? null : await personById(directoryDb(c.env), personId);
  if (person !== null) await markBrowser(c, person.email);
  return nextPlaceOf(c.env, how.enter, how.awaitsSecondFactor === true ? "second_factor" : "open");
}

/** Where somebody goes next: to show their second factor, to the site that sent them, or to `auth.`'s own first page. */
export function nextPlaceOf(env: Bindings, enter: EnterRequest | undefined, state: SignedIn["state"] = "open"): NextPlace {
  const [page, path] = state === "second_factor" ? ["/second-factor", "/second-factor"] as const : ["/", "/enter"] as const;
  return { next: enter === undefined ? `${originOf("auth", readConfig(env))}${page}` : entryUrl(path, env, enter) };
}

/**
 * Notes that the person of this request's session proved who they are once more, and gives the session a new secret (its
 * sites' sessions stay). `not_signed_in` when it ended meanwhile.
 */
export async function proveAgain(c: Context, signed: SignedIn, factor: Factor): Promise<Result<void>> {
  const world: World = c.get("world");
  const proof = await proofOf(c.req.raw);
  const secret = newSecret(world.random);
  const now = world.clock();
  const isSecond = factor !== "password" && factor !== "link";
  const proved = {
    secretHash: await hashOf(secret), state: isSecond ? "open" as const : signed.state, factors: [...new Set([...signed.factors, factor])], provedAt: now,
    secondFactorAt: isSecond ? now : signed.secondFactorAt,
  };
  if (proof === null || !(await writeProved(directoryDb(c.env), proof, proved))) return failed({ kind: "not_signed_in" });
  setHostCookie(c, SESSION_COOKIE, writeToken({ id: proof.id, secret }), LONGEST_SESSION_MS / SECOND);
  if (proved.state === "open" && signed.state !== "open") await markBrowser(c, signed.email);
  return ok(undefined);
}

/** A new secret for a session with a batch, and the cookie, to be set when it was done. */
export type Renewal = { readonly statements: readonly Statement[]; readonly give: () => Promise<void> };

/**
 * Prepares a new secret for the session of this request, where it is that person's, as a changed credential asks for
 * (OWASP ASVS 5.0 7.2.4): put `statements` into the act's batch, then call `give`. It proves nothing anew: until when the
 * last proof serves stays as it is, and so do the sessions of its sites.
 */
export async function renewingSession(c: Context, personId: PersonId): Promise<Renewal> {
  const world: World = c.get("world");
  const directory = directoryDb(c.env);
  const proof = await proofOf(c.req.raw);
  if (proof === null) return { statements: [], give: async () => undefined };
  const secret = newSecret(world.random);
  const secretHash = await hashOf(secret);
  return {
    statements: [secretWritten(directory, proof, personId, secretHash)],
    give: async () => {
      // A request beside this one may have ended the session, or renewed it first: then its cookie is the good one.
      if ((await readSession(directory, proof.id))?.secretHash !== secretHash) return;
      setHostCookie(c, SESSION_COOKIE, writeToken({ id: proof.id, secret }), LONGEST_SESSION_MS / SECOND);
    },
  };
}

/** Finds who is signed in at `auth.`, half or wholly, by the request's cookie; `not_signed_in` otherwise. One statement. */
export function createIdentifyPerson(world: Pick<World, "clock" | "log" | "random">): IdentifyPerson {
  return async (request, env) => {
    const token = readToken(cookieOf(request, SESSION_COOKIE));
    const directory = directoryDb(env);
    const found = token === null ? undefined : await readSession(directory, token.id);
    if (found === undefined || !(await isLiveSecret(token, found, world))) {
      if (token !== null) await noteForeignHost(world, env, request, token);
      return failed({ kind: "not_signed_in" });
    }
    await noteUse(directory, request, found.id, found.lastUsedAt, world);
    return ok(signedOf(found, request));
  };
}

/** Who is wholly signed in at `auth.` by the request's cookie; `not_signed_in`, or `second_factor_needed`. */
export async function authSession(request: Request, env: Bindings, world: Pick<World, "clock" | "log" | "random">): Promise<Result<SignedIn>> {
  const signed = await createIdentifyPerson(world)(request, env);
  return signed.ok && signed.value.state !== "open" ? failed({ kind: "second_factor_needed" }) : signed;
}

/** The signed-in person with their shops and organisations. */
export async function viewMe(env: Bindings, person: SignedIn): Promise<MeView> {
  const config = readConfig(env);
  const directory = directoryDb(env);
  const [shops, organisations] = await Promise.all([shopsOf(directory, person.personId), organisationsOf(directory, person.personId)]);
  return {
    name: person.name,
    email: person.email,
    isVerified: person.verifiedAt !== null,
    shops: shops.map((shop) => ({ ...shop, url: `${originOf(shop.slug, config)}/` })),
    organisations: organisations.map((one) => ({ ...one, url: `${originOf(`hq-${one.slug}`, config)}/` })),
  };
}

function signedOf(found: Signed, request: Request): SignedIn {
  const { id, personId, name, email, verifiedAt, state, provedAt, secondFactorAt } = found;
  return {
    sessionId: id, personId, name, email, verifiedAt, state, provedAt, secondFactorAt,
    factors: JSON.parse(found.factors) as Factor[], from: originOfRequest(request),
  };
}
