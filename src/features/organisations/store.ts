/** The SQL of organisations. DIRECTORY. */
import { and, asc, eq } from "drizzle-orm";
import type { OrganisationId, PersonId } from "../../kernel/ids";
import type { HqRole } from "../../kernel/roles";
import type { OrganisationCard } from "../../http/hq-guard";
import type { DirectoryDb } from "../../platform/database";
import { organisation, organisationMember } from "./table";

const card = { id: organisation.id, slug: organisation.slug, name: organisation.name };

/** The organisation of that name, or undefined. */
export async function readOrganisationBySlug(directory: DirectoryDb, slug: string): Promise<OrganisationCard | undefined> {
  return await directory.select(card).from(organisation).where(eq(organisation.slug, slug)).get();
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
