/**
 * One bookkeeper's list over many shops. Each shop is looked at with the person's own role there, as its pages would be:
 * what they may not see in a shop is not here either, and a shop that fails does not hide the others.
 */
import { addDays, businessDateAt, type BusinessDate } from "../../kernel/day";
import type { ShopId } from "../../kernel/ids";
import type { Result } from "../../kernel/result";
import { roleMay, type Permission, type Role } from "../../kernel/roles";
import { admit, type ShopCard, type Visit } from "../../http/guard";
import type { SignedIn } from "../../http/person";
import { originOf } from "../../http/site";
import { admitFactors } from "../../http/second-factor";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { errorFields } from "../../platform/log";
import type { World } from "../../platform/world";
import { visitorAtAuth } from "../sessions/service";
import { shopCardsOf } from "../shops/service";
import type { BulkOutcome } from "../sync/contract";
import { postReadyDays, retryDays, viewDays, type Act } from "../sync/service";
import type { WorkItem, WorkView } from "./contract";
import { itemsOf, mostUrgentFirst } from "./rules";

/** One round trip a shop: so many stay far below a Worker's 1,000 of them. */
const MOST_SHOPS = 300;
const SHOPS_AT_ONCE = 6;
const DAYS_BACK = 31;

type Own = ShopCard & { readonly role: Role };
type Looked = { readonly items: readonly WorkItem[]; readonly problem: WorkView["problems"][number]["problem"] | null };

/** Everything that needs the person, most urgent first. One trip to the directory, and one to each shop whose days they may read. */
export async function viewWork(world: World, env: Bindings, signed: SignedIn): Promise<WorkView> {
  const all = await shopCardsOf(directoryDb(env), signed.personId, MOST_SHOPS + 1);
  const shops = all.slice(0, MOST_SHOPS).filter(({ role }) => roleMay(role, "days.read"));
  const looked: (Looked & { readonly shop: Own })[] = [];
  for (let at = 0; at < shops.length; at += SHOPS_AT_ONCE) {
    const few = shops.slice(at, at + SHOPS_AT_ONCE);
    looked.push(...await Promise.all(few.map(async (shop) => ({ shop, ...(await lookAt(world, env, signed, shop)) }))));
  }
  return {
    shops: shops.length,
    items: mostUrgentFirst(looked.flatMap(({ items }) => items)),
    problems: looked.flatMap(({ shop, problem }) => (problem === null ? [] : [{ name: shop.name, url: urlOf(env, shop), problem }])),
    left: all.length > MOST_SHOPS ? all.length - MOST_SHOPS : 0,
  };
}

async function lookAt(world: World, env: Bindings, signed: SignedIn, shop: Own): Promise<Looked> {
  if (!admitFactors(shop, signed).ok) return { items: [], problem: "second_factor_needed" };
  try {
    const visit = admit(env, { ...comerOf(signed), shop, role: shop.role, through: null }, "days.read");
    const to = businessDateAt({ zone: shop.zone, cutOffs: [{ from: "2000-01-01" as BusinessDate, minutes: 0 }] }, world.clock());
    const days = visit.ok ? await viewDays(world, visit.value, { from: addDays(to, 1 - DAYS_BACK), to }) : visit;
    return days.ok ? { items: itemsOf(shopView(env, shop), days.value), problem: null } : { items: [], problem: "failed" };
  } catch (error) {
    world.log.error("work.broke", { shopId: shop.id, ...errorFields(error) });
    return { items: [], problem: "failed" };
  }
}

/** Posts all ready days of one of the person's shops as they stand. `not_found` for a shop that is not theirs, `not_permitted` by their role there. */
export async function postShopDays(world: World, env: Bindings, signed: SignedIn, shopId: ShopId): Promise<Result<BulkOutcome>> {
  return await inShop(world, env, signed, { shopId, permission: "days.post" }, postReadyDays);
}

/** Tries all held and failed days of one of the person's shops again. Fails as `postShopDays`. */
export async function retryShopDays(world: World, env: Bindings, signed: SignedIn, shopId: ShopId): Promise<Result<BulkOutcome>> {
  return await inShop(world, env, signed, { shopId, permission: "days.work" }, retryDays);
}

type Door = { readonly shopId: ShopId; readonly permission: Permission };

async function inShop(
  world: World, env: Bindings, signed: SignedIn, { shopId, permission }: Door, use: (act: Act) => Promise<Result<BulkOutcome>>,
): Promise<Result<BulkOutcome>> {
  const visitor = await visitorAtAuth(env, shopId, comerOf(signed));
  const visit = visitor.ok ? admit(env, visitor.value, permission) : visitor;
  return visit.ok ? await use({ world, env, visit: visit.value }) : visit;
}

function comerOf({ personId, name, email, sessionId, provedAt, secondFactorAt, from }: SignedIn): Omit<Visit, "shop" | "role" | "through" | "db"> {
  return { person: { id: personId, name, email }, sessionId, provedAt, secondFactorAt, from };
}

function shopView(env: Bindings, shop: Own): WorkItem["shop"] {
  const { id, name, slug, role } = shop;
  return { id, name, slug, url: urlOf(env, shop), mayPost: roleMay(role, "days.post"), mayRetry: roleMay(role, "days.work") };
}

function urlOf(env: Bindings, { slug }: Pick<ShopCard, "slug">): string {
  return `${originOf(slug, readConfig(env))}/`;
}
