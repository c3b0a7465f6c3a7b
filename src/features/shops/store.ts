/** The SQL of shops and memberships. DIRECTORY. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { PersonId, ShopId } from "../../kernel/ids";
import type { Role } from "../../kernel/roles";
import type { ShopCard } from "../../http/guard";
import type { DirectoryDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import { membership, shop } from "./table";

const card = { id: shop.id, slug: shop.slug, name: shop.name, shard: shop.shard, zone: shop.zone, currency: shop.currency };

/** The open shop of that name, or undefined: a closed one is as absent as one that never was. */
export async function readShopBySlug(directory: DirectoryDb, slug: string): Promise<ShopCard | undefined> {
  return await directory.select(card).from(shop).where(and(eq(shop.slug, slug), eq(shop.state, "open"))).get();
}

/** The open shop of that id, or undefined. */
export async function readShop(directory: DirectoryDb, id: ShopId): Promise<ShopCard | undefined> {
  return await directory.select(card).from(shop).where(and(eq(shop.id, id), eq(shop.state, "open"))).get();
}

/** The person's role in an open shop, or undefined. */
export async function readRole(directory: DirectoryDb, shopId: ShopId, personId: PersonId): Promise<Role | undefined> {
  const row = await directory.select({ role: membership.role }).from(membership)
    .innerJoin(shop, eq(shop.id, membership.shopId))
    .where(and(eq(membership.shopId, shopId), eq(membership.personId, personId), eq(shop.state, "open"))).get();
  return row?.role;
}

export type Belonging = { readonly slug: string; readonly name: string; readonly role: Role };

/** The open shops that a person belongs to, by name. */
export async function readShopsOf(directory: DirectoryDb, personId: PersonId): Promise<Belonging[]> {
  return await directory.select({ slug: shop.slug, name: shop.name, role: membership.role }).from(membership)
    .innerJoin(shop, eq(shop.id, membership.shopId))
    .where(and(eq(membership.personId, personId), eq(shop.state, "open"))).orderBy(asc(shop.name), asc(shop.slug));
}

export type NewShop = Omit<ShopCard, "shard"> & { readonly createdAt: number };

/**
 * Writes a new shop on the shard that holds the fewest; of equals the first. Counted inside the statement, so that
 * shops made at once do not all choose the same. A name that is taken, or looks like one that is, writes nothing.
 */
export function shopInserted(directory: DirectoryDb, row: NewShop, shardCount: number): Statement {
  const shards = JSON.stringify(Array.from({ length: shardCount }, (_, shard) => shard));
  return directory.run(sql`
    INSERT INTO shop (id, slug, name, shard, zone, currency, state, created_at)
    SELECT ${row.id}, ${row.slug}, ${row.name}, (
      SELECT shards.value FROM json_each(${shards}) AS shards LEFT JOIN shop AS placed ON placed.shard = shards.value
      GROUP BY shards.value ORDER BY count(placed.id), shards.value LIMIT 1
    ), ${row.zone}, ${row.currency}, 'open', ${row.createdAt}
    WHERE true ON CONFLICT DO NOTHING`);
}

/** Gives a person a role in a shop, in place of the one they had. Writes nothing where there is no such shop. */
export function memberWritten(
  directory: DirectoryDb, member: { readonly shopId: ShopId; readonly personId: PersonId; readonly role: Role; readonly createdAt: number },
): Statement {
  return directory.run(sql`
    INSERT INTO membership (shop_id, person_id, role, created_at)
    SELECT shop.id, ${member.personId}, ${member.role}, ${member.createdAt} FROM shop WHERE shop.id = ${member.shopId}
    ON CONFLICT (shop_id, person_id) DO UPDATE SET role = excluded.role WHERE membership.role <> excluded.role`);
}

/**
 * Whether nobody but `ownId` holds a name with that skeleton, nor gave one up that still rests. A closed shop keeps its
 * name: its old links must not lead to somebody else.
 */
export async function isSkeletonFree(directory: DirectoryDb, skeleton: string, now: number, ownId: ShopId | null): Promise<boolean> {
  const row = await directory.get<{ readonly isTaken: 0 | 1 }>(sql`
    SELECT EXISTS (SELECT 1 FROM shop WHERE skeleton = ${skeleton} AND id IS NOT ${ownId})
      OR EXISTS (SELECT 1 FROM slug_history WHERE skeleton = ${skeleton} AND rests_until > ${now} AND shop_id IS NOT ${ownId}) AS isTaken`);
  return row.isTaken === 0;
}
