/**
 * The only way from an organisation into a shop. Membership of both is read at this moment; then a line goes into the
 * organisation's log, then one into the shop's, and only then are the shop's rows opened. The logs are in two databases:
 * a crash between the two lines leaves one too many in the organisation's own log and nobody in the shop. A line that
 * cannot be written is thrown, and nothing is opened. What is read or done afterwards never lacks its lines.
 */
import type { Failure } from "../../kernel/failure";
import { failed, type Result } from "../../kernel/result";
import type { ShopId } from "../../kernel/ids";
import { hqRoleMay, hqRolesThatMay, roleMay, rolesThatMay, SHOP_ROLE_OF } from "../../kernel/roles";
import { admitThrough, type Visit, type VisitorThrough } from "../../http/guard";
import type { HqVisit } from "../../http/hq-guard";
import { organisationAuditLine, type Statement } from "../../platform/audit";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { errorFields } from "../../platform/log";
import type { World } from "../../platform/world";
import { readReachable, type Reachable } from "./offer-store";
import { actorOfHq, REACHES, type ReachAction } from "./rules";

/** How many shops are reached at once: a Worker has six connections open at most (Cloudflare, "Limits"). */
const MOST_AT_ONCE = 6;

/**
 * Reaches one shop. `not_found` for a shop that is not the organisation's (or when the person is nobody there any more),
 * `not_permitted`, or `second_factor_needed` where the shop asks for one that the session does not have.
 */
export async function reach(world: World, env: Bindings, visit: HqVisit, shopId: ShopId, action: ReachAction): Promise<Result<Visit>> {
  const [shop] = await shopsInReach(env, visit, shopId);
  if (shop === undefined) return failed({ kind: "not_found" });
  const refused = refusalOf(shop, action);
  if (refused !== null) return refused;
  await recordReaches(world, env, visit, [shop], action);
  return await open(world, env, visit, shop, action);
}

/** The shops that the visitor reaches at this moment, by name. One statement; nothing of a shop is opened. */
export async function shopsInReach(env: Bindings, visit: HqVisit, shopId: ShopId | null = null): Promise<readonly Reachable[]> {
  const who = { organisationId: visit.organisation.id, personId: visit.person.id, sessionId: visit.sessionId };
  return await readReachable(directoryDb(env), who, shopId);
}

/** A shop whose log could not be written, or whose rows could not be read: the log of requests says why. */
export type OutOfOrder = { readonly kind: "out_of_order" };

/** What became of one shop among many. */
export type Reached<T> = { readonly shop: Reachable; readonly result: Result<T, Failure | OutOfOrder> };

/**
 * Reaches each of these shops, a few at a time, and does the same in all. With n shops: one directory batch for the
 * organisation's lines, and for each shop a round trip for its line besides what `use` asks. What breaks in one shop is
 * that shop's alone (`out_of_order`); where the organisation's own log cannot be written, no shop is reached and it throws.
 */
export async function reachEach<T>(
  world: World, env: Bindings, visit: HqVisit, { shops, action }: { readonly shops: readonly Reachable[]; readonly action: ReachAction },
  use: (visit: Visit) => Promise<Result<T>>,
): Promise<readonly Reached<T>[]> {
  await recordReaches(world, env, visit, shops.filter((shop) => refusalOf(shop, action) === null), action);
  return await fewAtOnce(shops, async (shop) => {
    const refused = refusalOf(shop, action);
    if (refused !== null) return { shop, result: refused };
    try {
      const reached = await open(world, env, visit, shop, action);
      return { shop, result: reached.ok ? await use(reached.value) : reached };
    } catch (error) {
      world.log.error("reach.broke", { shopId: shop.id, organisationId: visit.organisation.id, kind: action, ...errorFields(error) });
      return { shop, result: failed({ kind: "out_of_order" }) };
    }
  });
}

function refusalOf({ hqRole, isSecondFactorMissing }: Reachable, action: ReachAction): Result<never> | null {
  const { hq, shop } = REACHES[action];
  if (!hqRoleMay(hqRole, hq)) return failed({ kind: "not_permitted", permission: hq, rolesThatMay: hqRolesThatMay(hq) });
  if (!roleMay(SHOP_ROLE_OF[hqRole], shop)) return failed({ kind: "not_permitted", permission: shop, rolesThatMay: rolesThatMay(shop) });
  return isSecondFactorMissing === 1 ? failed({ kind: "second_factor_needed" }) : null;
}

async function recordReaches(world: World, env: Bindings, visit: HqVisit, shops: readonly Reachable[], action: ReachAction): Promise<void> {
  const directory = directoryDb(env);
  const lines = shops.flatMap<Statement>(({ id, hqRole }) => organisationAuditLine(directory, visit.organisation.id, world.random, {
    at: world.clock(), actor: actorOfHq(visit), action: "shop.reached", subject: `shop:${id}`, after: { for: action, as: SHOP_ROLE_OF[hqRole] },
  }));
  const [first, ...rest] = lines;
  if (first !== undefined) await directory.batch([first, ...rest]);
}

async function open(world: World, env: Bindings, visit: HqVisit, shop: Reachable, action: ReachAction): Promise<Result<Visit>> {
  const { hqRole, isSecondFactorMissing: _, ...row } = shop;
  const card = { ...row, requiresSecondFactor: row.requiresSecondFactor === 1 };
  const role = SHOP_ROLE_OF[hqRole];
  const { person, sessionId, provedAt, secondFactorAt, from } = visit;
  const visitor: VisitorThrough = { shop: card, person, role, sessionId, provedAt, secondFactorAt, through: visit.organisation.id, from };
  return await admitThrough(env, visitor, REACHES[action].shop, {
    random: world.random, at: world.clock(), action: "shop.reached", subject: `shop:${shop.id}`, after: { for: action, as: role },
  });
}

/** Does something for each, in order, `MOST_AT_ONCE` at a time. */
export async function fewAtOnce<Item, T>(items: readonly Item[], use: (item: Item) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let at = 0; at < items.length; at += MOST_AT_ONCE) results.push(...await Promise.all(items.slice(at, at + MOST_AT_ONCE).map(use)));
  return results;
}
