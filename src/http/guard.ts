/**
 * The only way to a shop's rows over HTTP. A route is declared with a permission; the guard finds who is asking, in
 * which shop, with which role, and hands the handler a database that can reach nothing else.
 */
import { createMiddleware } from "hono/factory";
import type { MiddlewareHandler } from "hono";
import { assert } from "../kernel/assert";
import type { RandomBytes } from "../kernel/clock";
import { failed, ok, type Result } from "../kernel/result";
import type { OrganisationId, PersonId, SessionId, ShopId } from "../kernel/ids";
import { roleMay, rolesThatMay, type Permission, type Role } from "../kernel/roles";
import { auditLine } from "../platform/audit";
import type { Actor, AuditLine } from "../platform/audit-leaf";
import { openShopDb, type ShopDb } from "../platform/database";
import type { Bindings } from "../platform/env";
import { actOnDirectory, type Intent } from "../platform/intent";
import type { World } from "../platform/world";
import type { Origin } from "./origin";
import { isProvedLately } from "./person";
import { refuse } from "./respond";
import type { AppEnv } from "./router";

/** A shop as the directory knows it. */
export type ShopCard = {
  readonly id: ShopId;
  readonly slug: string;
  readonly name: string;
  readonly shard: number;
  readonly zone: string;
  readonly currency: string;
  /** Whether it asks everybody for a second factor. */
  readonly requiresSecondFactor: boolean;
};

/** Who is asking, before any permission was checked. */
export type Visitor = {
  readonly shop: ShopCard;
  readonly person: { readonly id: PersonId; readonly name: string; readonly email: string };
  readonly role: Role;
  readonly sessionId: SessionId;
  /** When they last proved who they are, at `auth.`: epoch milliseconds. */
  readonly provedAt: number;
  /** When their session last showed a second factor; null when never. */
  readonly secondFactorAt: number | null;
  /** The organisation through which somebody acts who is no member of the shop; null for a member. */
  readonly through: OrganisationId | null;
  readonly from: Origin;
};

/** A visitor whose permission was checked, with the shop's rows and nobody else's. */
export type Visit = Visitor & { readonly db: ShopDb };

/** Finds the visitor of a request from its host and cookie; `sign-in` brings it, `app.ts` sets it. */
export type Identify = (request: Request, env: Bindings) => Promise<Result<Visitor>>;

export type ShopEnv = { Bindings: Bindings; Variables: AppEnv["Variables"] & { identify: Identify; visit: Visit } };

/** What a guard may ask for besides a permission: for sensitive acts, a proof at `auth.` in the last ten minutes. */
export type Demand = { readonly proof?: "lately" };

/** A middleware that carries what it asks for, so that a test can walk the router and find it. */
export type Guard = MiddlewareHandler<ShopEnv> & { readonly permission: Permission; readonly proof: "lately" | null };

/**
 * Lets a request through only with a live session of this shop's host whose role holds the permission now. With
 * `{ proof: "lately" }` the answer is `proof_needed` until the person has proved at `auth.` once more who they are.
 */
export function guard(permission: Permission, { proof }: Demand = {}): Guard {
  const middleware = createMiddleware<ShopEnv>(async (c, next) => {
    const visitor = await c.get("identify")(c.req.raw, c.env);
    const visit = visitor.ok ? admit(c.env, visitor.value, permission) : visitor;
    if (!visit.ok) return refuse(c, visit.failure);
    if (proof === "lately" && !isProvedLately(visit.value, c.get("world").clock())) return refuse(c, { kind: "proof_needed" });
    c.set("visit", visit.value);
    await next();
    return undefined;
  });
  return Object.assign(middleware, { permission, proof: proof ?? null });
}

/** Checks a member's role against a permission and opens the shop's rows. Who comes through an organisation is admitted by `admitThrough` alone. */
export function admit(env: Bindings, visitor: Visitor, permission: Permission): Result<Visit> {
  assert(visitor.through === null, "somebody of an organisation is admitted with a line in the shop's log");
  return opened(env, visitor, permission);
}

/** Somebody who is no member of the shop, but of the organisation that the shop belongs to. */
export type VisitorThrough = Visitor & { readonly through: OrganisationId };

/**
 * Opens the shop's rows to somebody of its organisation, after a line that says so was written into the shop's audit
 * log. `organisations` has proved beforehand that both belong to it. Throws, and opens nothing, when the line cannot be
 * written.
 */
export async function admitThrough(
  env: Bindings, visitor: VisitorThrough, permission: Permission, line: { readonly random: RandomBytes } & Omit<AuditLine, "actor">,
): Promise<Result<Visit>> {
  const visit = opened(env, visitor, permission);
  if (!visit.ok) return visit;
  const { random, ...said } = line;
  await visit.value.db.orm.batch(auditLine(visit.value.db, random, { ...said, actor: actorOf(visitor) }));
  return visit;
}

/** Writes one line into a shop's audit log for somebody who gets nothing else of it: an organisation that it joins or leaves. */
export async function recordAtShop(env: Bindings, random: RandomBytes, shop: Pick<ShopCard, "id" | "shard">, line: AuditLine): Promise<void> {
  const db = openShopDb(env, shop.id, shop.shard);
  await db.orm.batch(auditLine(db, random, line));
}

/** Acts on the directory with a line in the log of a shop that nobody is in yet, as `actOnDirectory` does. */
export async function actAtNewShop<T>(
  world: World, env: Bindings, shop: Pick<ShopCard, "id" | "shard">, intent: Intent, act: () => Promise<Result<T>>,
): Promise<Result<T>> {
  return await actOnDirectory(world, openShopDb(env, shop.id, shop.shard), intent, act);
}

function opened(env: Bindings, visitor: Visitor, permission: Permission): Result<Visit> {
  if (!roleMay(visitor.role, permission)) {
    return failed({ kind: "not_permitted", permission, rolesThatMay: rolesThatMay(permission) });
  }
  return ok({ ...visitor, db: openShopDb(env, visitor.shop.id, visitor.shop.shard) });
}

/** The visitor as the shop's audit log names them. */
export function actorOf({ person, through, from }: Pick<Visitor, "person" | "through" | "from">): Actor {
  return {
    id: `person:${person.id}`,
    through: through === null ? null : `organisation:${through}`,
    personal: { name: person.name, email: person.email, ...from },
  };
}
