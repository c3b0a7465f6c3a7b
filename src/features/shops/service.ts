/** Shops: where each lives, who belongs to it, and what it shows of itself. */
import { z } from "zod";
import { newId, type PersonId, type ShopId } from "../../kernel/ids";
import { isZone } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import { PERMISSIONS, roleMay, type Role } from "../../kernel/roles";
import { actAtNewShop, type ShopCard, type Visit } from "../../http/guard";
import { originOf } from "../../http/site";
import { actorNamed, type Actor } from "../../platform/audit-leaf";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import { readConfig, type Bindings, type Config } from "../../platform/env";
import type { World } from "../../platform/world";
import type { ShopView, SwitcherView } from "./contract";
import { faultOfSlug, skeletonOf, SLUG_TAKEN } from "./rules";
import { problemOfTakenSlug } from "./slug";
import { abandonedDropped, memberWritten, ownerlessDropped, readOrganisationsOf, readAddresses, readRole, readShop, readShopBySlug, readShopCardsOf, readShopsOf, readTeam, shopInserted, type Belonging, type TeamMember } from "./store";

export { askForSecondFactor, moveShop, renameShop } from "./settings";
export { isDaybooksOwn, skeletonOf } from "./rules";
export { slugProblem } from "./slug";
export { refusedUnless, type TeamMember } from "./store";

/** The open shop of that name, or null. */
export async function findShopBySlug(directory: DirectoryDb, slug: string): Promise<ShopCard | null> {
  return (await readShopBySlug(directory, slug)) ?? null;
}

/** The open shop of that id, or null. */
export async function findShop(directory: DirectoryDb, shopId: ShopId): Promise<ShopCard | null> {
  return (await readShop(directory, shopId)) ?? null;
}

/** The person's role in a shop at this moment, or null: not a member, or the shop is closed. */
export async function membershipOf(directory: DirectoryDb, shopId: ShopId, personId: PersonId): Promise<Role | null> {
  return (await readRole(directory, shopId, personId)) ?? null;
}

/** The addresses of a shop's people of these roles who may still sign in, `most` at the most. */
export async function addressesOf(
  directory: DirectoryDb, shopId: ShopId, { roles, most }: { readonly roles: readonly Role[]; readonly most: number },
): Promise<readonly string[]> {
  return await readAddresses(directory, shopId, roles, most);
}

/** A shop's people of these roles who may still sign in, by name, `most` at the most. */
export async function teamOf(
  directory: DirectoryDb, shopId: ShopId, { roles, most }: { readonly roles: readonly Role[]; readonly most: number },
): Promise<readonly TeamMember[]> {
  return await readTeam(directory, shopId, roles, most);
}

/** The same with all that the guard needs of each; at most `most`. */
export async function shopCardsOf(directory: DirectoryDb, personId: PersonId, most: number): Promise<readonly (ShopCard & { readonly role: Role })[]> {
  return await readShopCardsOf(directory, personId, most);
}

/** The open shops that a person belongs to, by name. */
export async function shopsOf(directory: DirectoryDb, personId: PersonId): Promise<readonly Belonging[]> {
  return await readShopsOf(directory, personId);
}

const newShop = z.strictObject({
  slug: z.string().superRefine((slug, context) => {
    const fault = faultOfSlug(slug);
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  }),
  name: z.string().trim().min(1, "Enter the shop's name.").max(100),
  zone: z.string().refine(isZone, "Choose a time zone such as America/New_York."),
  currency: z.string().regex(/^[A-Z]{3}$/, "Choose a currency such as USD."),
});
export type NewShop = z.infer<typeof newShop>;

/**
 * Makes a shop with its first owner, on the shard that holds the fewest. `actor` is that owner as the shop's log names
 * them in its first line. `invalid_input` for a name that no shop may have, a zone or a currency that is none;
 * `conflict` for a name that is taken, rests, or looks like another shop's.
 */
export async function createShop(
  world: World, env: Bindings, given: NewShop, ownerId: PersonId, actor: Actor = actorNamed(`person:${ownerId}`),
): Promise<Result<ShopCard>> {
  const parsed = newShop.safeParse(given);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
    return failed({ kind: "invalid_input", message: fields[0]?.message ?? "That is no shop.", fields });
  }
  const directory = directoryDb(env);
  const wanted = { id: newId<ShopId>(world.random), ...parsed.data, createdAt: world.clock() };
  const taken = await problemOfTakenSlug(directory, wanted.slug, wanted.createdAt, null);
  if (taken !== null) return failed({ kind: "conflict", message: taken });
  await directory.batch([abandonedDropped(directory, skeletonOf(wanted.slug), wanted.createdAt), shopInserted(directory, wanted, readConfig(env).shardCount)]);
  const made = await readShop(directory, wanted.id);
  return made === undefined ? failed({ kind: "conflict", message: SLUG_TAKEN }) : await openToOwner(world, env, made, ownerId, actor);
}

/**
 * The shop is nobody's, and so closed to everybody, until the first line of its log stands. Where that cannot be written
 * the name is given back; where a crash comes in between, `abandonedDropped` does so for whoever asks next.
 */
async function openToOwner(world: World, env: Bindings, shop: ShopCard, ownerId: PersonId, actor: Actor): Promise<Result<ShopCard>> {
  const directory = directoryDb(env);
  const { name, slug, zone, currency } = shop;
  const intent = { actor, action: "shop.created", subject: "shop", after: { name, address: slug, zone, currency } };
  try {
    return await actAtNewShop(world, env, shop, intent, async () => {
      await directory.batch([memberWritten(directory, { shopId: shop.id, personId: ownerId, role: "owner", createdAt: world.clock() })]);
      return ok(shop);
    });
  } catch (error) {
    await directory.batch([ownerlessDropped(directory, shop.id)]);
    throw error;
  }
}

/** Gives a person a role in a shop, in place of the one they had. `not_found` where there is no such shop. */
export async function addMember(world: World, env: Bindings, shopId: ShopId, personId: PersonId, role: Role): Promise<Result<void>> {
  const directory = directoryDb(env);
  if ((await findShop(directory, shopId)) === null) return failed({ kind: "not_found" });
  await directory.batch([memberWritten(directory, { shopId, personId, role, createdAt: world.clock() })]);
  return ok(undefined);
}

/** The shop as its own web app sees it, for the person who asks. */
export function currentShopView({ shop, person, role }: Visit, config: Config): ShopView {
  return {
    name: shop.name,
    slug: shop.slug,
    zone: shop.zone,
    currency: shop.currency,
    person: { name: person.name, email: person.email },
    role,
    permissions: PERMISSIONS.filter((permission) => roleMay(role, permission)),
    requiresSecondFactor: shop.requiresSecondFactor,
    authUrl: `${originOf("auth", config)}/`,
  };
}

/** Where else the person of a visit belongs. */
export async function viewSwitcher(env: Bindings, { person }: Visit): Promise<SwitcherView> {
  const config = readConfig(env);
  const directory = directoryDb(env);
  const [shops, organisations] = await Promise.all([readShopsOf(directory, person.id), readOrganisationsOf(directory, person.id)]);
  return {
    shops: shops.map((shop) => ({ ...shop, url: `${originOf(shop.slug, config)}/` })),
    organisations: organisations.map((one) => ({ ...one, url: `${originOf(`hq-${one.slug}`, config)}/` })),
  };
}
