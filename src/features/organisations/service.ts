/** Organisations: who belongs to one, which shops do, and the one way from one into the other. */
import type { OrganisationId, PersonId } from "../../kernel/ids";
import type { HqRole } from "../../kernel/roles";
import type { OrganisationCard } from "../../http/hq-guard";
import type { DirectoryDb } from "../../platform/database";
import { readHqRole, readOrganisationBySlug, readOrganisationsOf, type HqBelonging } from "./store";

export { createOrganisation, siteOfOrganisation } from "./create";
export { actorOfHq, type ReachAction } from "./rules";
export { fewAtOnce, reach, reachEach, shopsInReach, type Reached } from "./reach";
export { readSharing, sharingWritten, shopsSharingWith, type Sharer } from "./sharing-store";
export type { Reachable } from "./offer-store";
export { memberInserted as hqMemberInserted } from "./store";

/** The organisation of that name, or null. */
export async function findOrganisationBySlug(directory: DirectoryDb, slug: string): Promise<OrganisationCard | null> {
  return (await readOrganisationBySlug(directory, slug)) ?? null;
}

/** The person's role in an organisation at this moment, or null. */
export async function hqMembershipOf(directory: DirectoryDb, id: OrganisationId, personId: PersonId): Promise<HqRole | null> {
  return (await readHqRole(directory, id, personId)) ?? null;
}

/** The organisations that a person belongs to, by name. */
export async function organisationsOf(directory: DirectoryDb, personId: PersonId): Promise<readonly HqBelonging[]> {
  return await readOrganisationsOf(directory, personId);
}
