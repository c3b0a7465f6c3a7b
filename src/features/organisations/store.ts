/** The SQL of organisations and who belongs to them. DIRECTORY. */
import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import type { OrganisationId, PersonId } from "../../kernel/ids";
import type { HqRole } from "../../kernel/roles";
import type { OrganisationCard } from "../../http/hq-guard";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { organisation, organisationMember } from "./table";

const card = { id: organisation.id, slug: organisation.slug, name: organisation.name };

/** The organisation of that name, or undefined. */
export async function readOrganisationBySlug(directory: DirectoryDb, slug: string): Promise<OrganisationCard | undefined> {
  return await directory.select(card).from(organisation).where(eq(organisation.slug, slug)).get();
}

/** Whether an organisation has a name with that skeleton (`skeletonOf` of the shops' rules, which the directory computes too). */
export async function isSkeletonTaken(directory: DirectoryDb, skeleton: string): Promise<boolean> {
  return (await directory.get<{ readonly isTaken: 0 | 1 }>(sql`SELECT EXISTS (SELECT 1 FROM organisation WHERE skeleton = ${skeleton}) AS isTaken`)).isTaken === 1;
}

/** The person's role in an organisation, or undefined. */
export async function readHqRole(directory: DirectoryDb, id: OrganisationId, personId: PersonId): Promise<HqRole | undefined> {
  const row = await directory.select({ role: organisationMember.role }).from(organisationMember)
    .where(and(eq(organisationMember.organisationId, id), eq(organisationMember.personId, personId))).get();
  return row?.role;
}

export type HqBelonging = { readonly slug: string; readonly name: string; readonly role: HqRole };

/** The organisations that a person belongs to, by name. */
export async function readOrganisationsOf(directory: DirectoryDb, personId: PersonId): Promise<HqBelonging[]> {
  return await directory.select({ slug: organisation.slug, name: organisation.name, role: organisationMember.role }).from(organisationMember)
    .innerJoin(organisation, eq(organisation.id, organisationMember.organisationId))
    .where(eq(organisationMember.personId, personId)).orderBy(asc(organisation.name), asc(organisation.slug));
}

/** Writes a new organisation. A name that is taken, or looks like one that is, breaks its uniqueness, and with it the batch. */
export function organisationInserted(directory: DirectoryDb, row: typeof organisation.$inferSelect): Statement {
  return directory.insert(organisation).values(row);
}

/** Gives an organisation another name; its address stays. */
export function organisationRenamed(directory: DirectoryDb, id: OrganisationId, name: string): Statement {
  return directory.update(organisation).set({ name }).where(eq(organisation.id, id));
}

/**
 * Ends the whole batch that it stands in unless the condition holds when the batch runs: the name may not be null. What
 * was decided on rows that have changed since is then not done, and no audit line says that it was.
 */
export function onlyWhere(directory: DirectoryDb, id: OrganisationId, condition: SQL): Statement {
  return directory.run(sql`UPDATE organisation SET name = CASE WHEN ${condition} THEN name END WHERE id = ${id}`);
}

/** Somebody of an organisation. `since`: epoch milliseconds. */
export type HqMember = { readonly id: PersonId; readonly name: string; readonly email: string; readonly role: HqRole; readonly since: number };

const MEMBERS = sql`SELECT person.id, person.name, person.email, organisation_member.role, organisation_member.created_at AS since
  FROM organisation_member JOIN person ON person.id = organisation_member.person_id`;

/** Everybody of an organisation, owners first, then by name. */
export async function readMembers(directory: DirectoryDb, id: OrganisationId): Promise<HqMember[]> {
  return await directory.all<HqMember>(sql`${MEMBERS} WHERE organisation_member.organisation_id = ${id}
    ORDER BY CASE organisation_member.role WHEN 'hq_owner' THEN 0 WHEN 'hq_admin' THEN 1 ELSE 2 END, person.name, person.id LIMIT 500`);
}

/** One member, or undefined. */
export async function readMember(directory: DirectoryDb, id: OrganisationId, personId: PersonId): Promise<HqMember | undefined> {
  return await directory.get<HqMember | undefined>(sql`${MEMBERS}
    WHERE organisation_member.organisation_id = ${id} AND organisation_member.person_id = ${personId}`);
}

/** Adds somebody. Who belongs already breaks the key, and with it the batch. */
export function memberInserted(
  directory: DirectoryDb, row: { readonly organisationId: OrganisationId; readonly personId: PersonId; readonly role: HqRole; readonly createdAt: number },
): Statement {
  return directory.insert(organisationMember).values(row);
}

/** Gives a member another role. The last owner's is kept by a trigger, which ends the batch. */
export function roleWritten(directory: DirectoryDb, id: OrganisationId, personId: PersonId, role: HqRole): Statement {
  return directory.update(organisationMember).set({ role }).where(and(eq(organisationMember.organisationId, id), eq(organisationMember.personId, personId)));
}

/** Takes somebody out. The last owner is kept by a trigger, which ends the batch. */
export function memberDeleted(directory: DirectoryDb, id: OrganisationId, personId: PersonId): Statement {
  return directory.delete(organisationMember).where(and(eq(organisationMember.organisationId, id), eq(organisationMember.personId, personId)));
}

/** That somebody has this role now, as a condition. */
export function hasRole(id: OrganisationId, personId: PersonId, role: HqRole): SQL {
  return sql`EXISTS (SELECT 1 FROM organisation_member WHERE organisation_id = ${id} AND person_id = ${personId} AND role = ${role})`;
}
