/** The SQL of shops and memberships. DIRECTORY. */
import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import { MINUTE } from "../../kernel/clock";
import type { PersonId, ShopId } from "../../kernel/ids";
import type { HqRole, Role } from "../../kernel/roles";
import type { ShopCard } from "../../http/guard";
import type { DirectoryDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import { membership, shop, slugHistory } from "./table";

const card = {
  id: shop.id, slug: shop.slug, name: shop.name, shard: shop.shard, zone: shop.zone, currency: shop.currency, requiresSecondFactor: shop.requiresSecondFactor,
};

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

/** The addresses of a shop's people of these roles, longest there first; of one who was shut out there is none. One statement. */
export async function readAddresses(directory: DirectoryDb, shopId: ShopId, roles: readonly Role[], most: number): Promise<string[]> {
  const rows = await directory.all<{ email: string }>(sql`
    SELECT person.email FROM membership JOIN person ON person.id = membership.person_id AND person.disabled_at IS NULL
    WHERE membership.shop_id = ${shopId} AND membership.role IN (SELECT value FROM json_each(${JSON.stringify(roles)})) ORDER BY membership.created_at, membership.person_id LIMIT ${most}`);
  return rows.map(({ email }) => email);
}

/** Somebody of a shop's team. */
export type TeamMember = { readonly id: PersonId; readonly name: string; readonly email: string };

/** A shop's people of these roles, by name; nobody who was shut out. */
export async function readTeam(directory: DirectoryDb, shopId: ShopId, roles: readonly Role[], most: number): Promise<TeamMember[]> {
  return await directory.all<TeamMember>(sql`
    SELECT person.id, person.name, person.email FROM membership JOIN person ON person.id = membership.person_id AND person.disabled_at IS NULL
    WHERE membership.shop_id = ${shopId} AND membership.role IN (SELECT value FROM json_each(${JSON.stringify(roles)})) ORDER BY person.name, person.id LIMIT ${most}`);
}

export type Belonging = { readonly slug: string; readonly name: string; readonly role: Role };

/** The open shops that a person belongs to, by name. */
export async function readShopsOf(directory: DirectoryDb, personId: PersonId): Promise<Belonging[]> {
  return await directory.select({ slug: shop.slug, name: shop.name, role: membership.role }).from(membership)
    .innerJoin(shop, eq(shop.id, membership.shopId))
    .where(and(eq(membership.personId, personId), eq(shop.state, "open"))).orderBy(asc(shop.name), asc(shop.slug));
}

/** The open shops that a person belongs to, as the guard needs them, by name; at most `most`. */
export async function readShopCardsOf(directory: DirectoryDb, personId: PersonId, most: number): Promise<(ShopCard & { readonly role: Role })[]> {
  return await directory.select({ ...card, role: membership.role }).from(membership)
    .innerJoin(shop, eq(shop.id, membership.shopId))
    .where(and(eq(membership.personId, personId), eq(shop.state, "open"))).orderBy(asc(shop.name), asc(shop.slug)).limit(most);
}

export type NewShop = Omit<ShopCard, "shard" | "requiresSecondFactor"> & { readonly createdAt: number };

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

/** Longer than any request lives that makes a shop. */
const MAKING_TAKES_AT_MOST_MS = 10 * MINUTE;

/** A shop that was begun and never given to anybody: the request that made it ended on its way. */
function isAbandoned(now: number): SQL {
  return sql`(shop.state = 'open' AND shop.created_at <= ${now - MAKING_TAKES_AT_MOST_MS} AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.shop_id = shop.id))`;
}

/** Frees the name of a shop that was never given to anybody, unless an organisation has asked it to join meanwhile. */
export function abandonedDropped(directory: DirectoryDb, skeleton: string, now: number): Statement {
  return directory.run(sql`DELETE FROM shop WHERE skeleton = ${skeleton} AND ${isAbandoned(now)}
    AND NOT EXISTS (SELECT 1 FROM organisation_offer WHERE organisation_offer.shop_id = shop.id)`);
}

/** Takes a new shop back that nobody was given; one that has an owner stays. */
export function ownerlessDropped(directory: DirectoryDb, id: ShopId): Statement {
  return directory.run(sql`DELETE FROM shop WHERE id = ${id} AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.shop_id = shop.id)`);
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
    SELECT EXISTS (SELECT 1 FROM shop WHERE skeleton = ${skeleton} AND id IS NOT ${ownId} AND NOT ${isAbandoned(now)})
      OR EXISTS (SELECT 1 FROM slug_history WHERE skeleton = ${skeleton} AND rests_until > ${now} AND shop_id IS NOT ${ownId}) AS isTaken`);
  return row.isTaken === 0;
}

/** Changes what the shop is called. */
export function nameWritten(directory: DirectoryDb, id: ShopId, name: string): Statement {
  return directory.update(shop).set({ name }).where(eq(shop.id, id));
}

/** Changes whether the shop asks for a second factor. */
export function secondFactorWritten(directory: DirectoryDb, id: ShopId, requiresSecondFactor: boolean): Statement {
  return directory.update(shop).set({ requiresSecondFactor }).where(eq(shop.id, id));
}

/** Whether a person has a second factor that was finished: an authenticator app or a passkey. */
export async function hasSecondFactor(directory: DirectoryDb, personId: PersonId): Promise<boolean> {
  const row = await directory.get<{ readonly has: 0 | 1 }>(sql`SELECT EXISTS (SELECT 1 FROM totp WHERE person_id = ${personId} AND confirmed_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM passkey WHERE person_id = ${personId}) AS has`);
  return row.has === 1;
}

/**
 * A statement that makes its whole batch fail unless the condition holds, and writes nothing where it does: the row that
 * it would write otherwise is one that the table refuses. What was checked before the batch is checked in it once more.
 */
export function refusedUnless(directory: DirectoryDb, condition: SQL): Statement {
  return directory.run(sql`INSERT INTO membership (shop_id, person_id, role, created_at) SELECT '', '', 'refused', 0 WHERE NOT (${condition})`);
}

type Move = { readonly shopId: ShopId; readonly from: string; readonly to: string; readonly now: number; readonly restsUntil: number };

/** Moves a shop that still has the name it had, lays that to rest, and ends whatever was begun on the old host. */
export function addressWritten(directory: DirectoryDb, { shopId, from, to, now, restsUntil }: Move): readonly [Statement, ...Statement[]] {
  return [
    refusedUnless(directory, sql`EXISTS (SELECT 1 FROM shop WHERE id = ${shopId} AND slug = ${from})`),
    directory.update(shop).set({ slug: to }).where(eq(shop.id, shopId)),
    // What the name says of the past is over: it is the shop's own again, or its rest has ended.
    directory.delete(slugHistory).where(eq(slugHistory.slug, to)),
    directory.insert(slugHistory).values({ slug: from, shopId, releasedAt: now, restsUntil })
      .onConflictDoUpdate({ target: slugHistory.slug, set: { shopId, releasedAt: now, restsUntil } }),
    directory.run(sql`DELETE FROM site_session WHERE shop_id = ${shopId}`),
    directory.run(sql`DELETE FROM hand_off WHERE shop_id = ${shopId}`),
  ];
}

export type HqBelonging = { readonly slug: string; readonly name: string; readonly role: HqRole };

/** The organisations that a person belongs to, by name. */
export async function readOrganisationsOf(directory: DirectoryDb, personId: PersonId): Promise<HqBelonging[]> {
  return await directory.all<HqBelonging>(sql`
    SELECT organisation.slug, organisation.name, organisation_member.role FROM organisation_member
    JOIN organisation ON organisation.id = organisation_member.organisation_id
    WHERE organisation_member.person_id = ${personId} ORDER BY organisation.name, organisation.slug`);
}
