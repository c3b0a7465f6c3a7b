/** The SQL of teams: who belongs to a shop, and with which role. DIRECTORY. */
import { sql, type SQL } from "drizzle-orm";
import type { PersonId, ShopId } from "../../kernel/ids";
import type { Role } from "../../kernel/roles";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { MOST_PEOPLE } from "./contract";

export type Member = {
  readonly person: PersonId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly since: number;
  readonly hasSecondFactor: 0 | 1;
};

const MEMBER = sql`person.id AS person, person.name, person.email, membership.role, membership.created_at AS since,
  EXISTS (SELECT 1 FROM totp WHERE totp.person_id = person.id AND totp.confirmed_at IS NOT NULL)
  OR EXISTS (SELECT 1 FROM passkey WHERE passkey.person_id = person.id) AS hasSecondFactor`;

/** Who belongs to a shop: owners first, then by role and name. */
export async function readMembers(directory: DirectoryDb, shopId: ShopId): Promise<Member[]> {
  return await directory.all<Member>(sql`
    SELECT ${MEMBER} FROM membership JOIN person ON person.id = membership.person_id WHERE membership.shop_id = ${shopId}
    ORDER BY instr('owner admin tech sales viewer', membership.role), person.name, person.id LIMIT ${MOST_PEOPLE}`);
}

/** One member of a shop, or undefined. */
export async function readMember(directory: DirectoryDb, shopId: ShopId, personId: PersonId): Promise<Member | undefined> {
  return await directory.get<Member | undefined>(sql`
    SELECT ${MEMBER} FROM membership JOIN person ON person.id = membership.person_id
    WHERE membership.shop_id = ${shopId} AND membership.person_id = ${personId}`);
}

/** How many owners a shop has. */
export async function countOwners(directory: DirectoryDb, shopId: ShopId): Promise<number> {
  const row = await directory.get<{ readonly owners: number }>(sql`SELECT count(*) AS owners FROM membership WHERE shop_id = ${shopId} AND role = 'owner'`);
  return row.owners;
}

/** The condition that somebody has a role in a shop. */
export function hasRole(shopId: ShopId, personId: PersonId, role: Role): SQL {
  return sql`EXISTS (SELECT 1 FROM membership WHERE shop_id = ${shopId} AND person_id = ${personId} AND role = ${role})`;
}

/** The condition that somebody belongs to a shop. */
export function isMember(shopId: ShopId, personId: PersonId): SQL {
  return sql`EXISTS (SELECT 1 FROM membership WHERE shop_id = ${shopId} AND person_id = ${personId})`;
}

/** The opposite of a condition. */
export function not(condition: SQL): SQL {
  return sql`NOT (${condition})`;
}

/** Whether a condition holds now. */
export async function holds(directory: DirectoryDb, condition: SQL): Promise<boolean> {
  const row = await directory.get<{ readonly isSo: 0 | 1 }>(sql`SELECT ${condition} AS isSo`);
  return row.isSo === 1;
}

/** Gives a member another role. The directory refuses to take the last owner's. */
export function roleWritten(directory: DirectoryDb, shopId: ShopId, personId: PersonId, role: Role): Statement {
  return directory.run(sql`UPDATE membership SET role = ${role} WHERE shop_id = ${shopId} AND person_id = ${personId}`);
}

/** Takes a member out, and ends what they have open of the shop. The directory refuses to take the last owner out. */
export function memberRemoved(directory: DirectoryDb, shopId: ShopId, personId: PersonId): readonly [Statement, Statement] {
  return [
    directory.run(sql`DELETE FROM membership WHERE shop_id = ${shopId} AND person_id = ${personId}`),
    directory.run(sql`DELETE FROM site_session WHERE shop_id = ${shopId} AND session_id IN (SELECT id FROM session WHERE person_id = ${personId})`),
  ];
}
