/**
 * The guard of an organisation's site. It lets nobody into a shop: a shop's rows are opened by `organisations` alone,
 * after a line was written into that shop's audit log and the organisation's.
 */
import { createMiddleware } from "hono/factory";
import type { MiddlewareHandler } from "hono";
import type { Result } from "../kernel/result";
import type { OrganisationId, PersonId, SessionId } from "../kernel/ids";
import { hqRoleMay, hqRolesThatMay, type HqPermission, type HqRole } from "../kernel/roles";
import type { Bindings } from "../platform/env";
import type { Demand } from "./guard";
import type { Origin } from "./origin";
import { isProvedLately } from "./person";
import { refuse } from "./respond";
import type { AppEnv } from "./router";

/** An organisation as the directory knows it. */
export type OrganisationCard = { readonly id: OrganisationId; readonly slug: string; readonly name: string };

/** Who is asking at an organisation's site, and with which role. */
export type HqVisit = {
  readonly organisation: OrganisationCard;
  readonly person: { readonly id: PersonId; readonly name: string; readonly email: string };
  readonly role: HqRole;
  readonly sessionId: SessionId;
  /** When they last proved who they are, at `auth.`: epoch milliseconds. */
  readonly provedAt: number;
  /** When their session last showed a second factor; null when never: a shop that asks for one lets nobody in without it. */
  readonly secondFactorAt: number | null;
  readonly from: Origin;
};

/** Finds the visitor of a request from its host and cookie; `sessions` brings it, `app.ts` sets it. */
export type IdentifyHq = (request: Request, env: Bindings) => Promise<Result<HqVisit>>;

export type HqEnv = { Bindings: Bindings; Variables: AppEnv["Variables"] & { identifyHq: IdentifyHq; hqVisit: HqVisit } };

/** A middleware that carries what it asks for, so that a test can walk the router and find it. */
export type HqGuard = MiddlewareHandler<HqEnv> & { readonly hqPermission: HqPermission; readonly proof: "lately" | null };

/**
 * Lets a request through only with a live session of this organisation's host whose role holds the permission now; with
 * `{ proof: "lately" }`, `proof_needed` as a shop's guard.
 */
export function hqGuard(permission: HqPermission, { proof }: Demand = {}): HqGuard {
  const middleware = createMiddleware<HqEnv>(async (c, next) => {
    const visit = await c.get("identifyHq")(c.req.raw, c.env);
    if (!visit.ok) return refuse(c, visit.failure);
    if (!hqRoleMay(visit.value.role, permission)) return refuse(c, { kind: "not_permitted", permission, rolesThatMay: hqRolesThatMay(permission) });
    if (proof === "lately" && !isProvedLately(visit.value, c.get("world").clock())) return refuse(c, { kind: "proof_needed" });
    c.set("hqVisit", visit.value);
    await next();
    return undefined;
  });
  return Object.assign(middleware, { hqPermission: permission, proof: proof ?? null });
}
