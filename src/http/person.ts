/**
 * The guard of `auth.`: how surely somebody must be known there before a route runs. Every route of `auth.` declares it,
 * as every route of a shop declares a permission.
 */
import { createMiddleware } from "hono/factory";
import type { MiddlewareHandler } from "hono";
import { MINUTE } from "../kernel/clock";
import { failed, ok, type Result } from "../kernel/result";
import type { PersonId, SessionId } from "../kernel/ids";
import type { Bindings } from "../platform/env";
import type { Actor } from "../platform/audit-leaf";
import type { Origin } from "./origin";
import { refuse } from "./respond";
import type { AppEnv } from "./router";

/** What a person can show of themselves. */
export type Factor = "password" | "link" | "passkey" | "totp" | "recovery_code";

/** Who is signed in at `auth.`, and how surely. Instants are epoch milliseconds. */
export type SignedIn = {
  readonly sessionId: SessionId;
  readonly personId: PersonId;
  readonly name: string;
  readonly email: string;
  /** When the address was proved to be theirs; null before that. */
  readonly verifiedAt: number | null;
  /** `second_factor`: the first factor was shown, and nothing is open but showing the second. */
  readonly state: "second_factor" | "open";
  readonly factors: readonly Factor[];
  readonly provedAt: number;
  readonly secondFactorAt: number | null;
  readonly from: Origin;
};

/**
 * `anybody`: no session is asked for. `half_signed_in`: the first factor is enough. `signed_in`: all that the person's own
 * settings ask for. `proved_lately`: and they proved who they are in the last ten minutes.
 */
export const ACCESS = ["anybody", "half_signed_in", "signed_in", "proved_lately"] as const;
export type Access = (typeof ACCESS)[number];

/** How long a proof serves for sensitive acts. */
export const PROOF_SERVES_MS = 10 * MINUTE;

/** Whether somebody proved who they are so lately that a sensitive act may follow. Instants are epoch milliseconds. */
export function isProvedLately({ provedAt }: { readonly provedAt: number }, now: number): boolean {
  return now - provedAt <= PROOF_SERVES_MS;
}

/** Finds who is signed in at `auth.`, half or wholly; `sessions` brings it, `app.ts` sets it. */
export type IdentifyPerson = (request: Request, env: Bindings) => Promise<Result<SignedIn>>;

export type PersonEnv = { Bindings: Bindings; Variables: AppEnv["Variables"] & { identifyPerson: IdentifyPerson; signed: SignedIn } };

/** A middleware that carries what it asks for, so that a test can walk the router and find it. */
export type PersonGuard = MiddlewareHandler<PersonEnv> & { readonly access: Access };

/** Lets a request through only for somebody who is known that surely; the handler reads `c.get("signed")`. */
export function known(access: Exclude<Access, "anybody">): PersonGuard {
  const middleware = createMiddleware<PersonEnv>(async (c, next) => {
    const signed = await c.get("identifyPerson")(c.req.raw, c.env);
    const admitted = signed.ok ? admitPerson(signed.value, access, c.get("world").clock()) : signed;
    if (!admitted.ok) return refuse(c, admitted.failure);
    c.set("signed", admitted.value);
    await next();
    return undefined;
  });
  return Object.assign(middleware, { access });
}

/** Declares that a route asks for nobody: signing in, and what leads there. */
export function anybody(): MiddlewareHandler<AppEnv> & { readonly access: "anybody" } {
  const middleware = createMiddleware<AppEnv>(async (_c, next) => {
    await next();
  });
  return Object.assign(middleware, { access: "anybody" as const });
}

/** `second_factor_needed` or `proof_needed` where somebody is not known surely enough. */
export function admitPerson(signed: SignedIn, access: Exclude<Access, "anybody">, now: number): Result<SignedIn> {
  if (access !== "half_signed_in" && signed.state !== "open") return failed({ kind: "second_factor_needed" });
  if (access === "proved_lately" && !isProvedLately(signed, now)) return failed({ kind: "proof_needed" });
  return ok(signed);
}

/** The person as an organisation's audit log names them. */
export function actorOfPerson({ personId, name, email, from }: Pick<SignedIn, "personId" | "name" | "email" | "from">): Actor {
  return { id: `person:${personId}`, through: null, personal: { name, email, ...from } };
}
