/** Making an organisation, and its name. */
import { newId, type OrganisationId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { HQ_PERMISSIONS, hqRoleMay } from "../../kernel/roles";
import type { HqVisit, OrganisationCard } from "../../http/hq-guard";
import { actorOfPerson, type SignedIn } from "../../http/person";
import { isOrganisationSlug, originOf } from "../../http/site";
import { organisationAuditLine } from "../../platform/audit";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings, type Config } from "../../platform/env";
import type { World } from "../../platform/world";
import { isDaybooksOwn, skeletonOf } from "../shops/service";
import type { OrganisationView } from "./contract";
import { actorOfHq } from "./rules";
import { isSkeletonTaken, memberInserted, organisationInserted, organisationRenamed } from "./store";

/** Where an organisation's site is: `https://hq-tidewater.daybook.example/`. */
export function siteOfOrganisation(slug: string, config: Config): string {
  return `${originOf(`hq-${slug}`, config)}/`;
}

/**
 * Makes an organisation whose owner is the person who asks. `invalid_input` for a name that none may have, `conflict`
 * for one that is taken or looks like one that is, as shops' names are judged; then nothing is written.
 */
export async function createOrganisation(
  world: World, env: Bindings, signed: Pick<SignedIn, "personId" | "name" | "email" | "from">, given: { readonly name: string; readonly slug: string },
): Promise<Result<OrganisationCard>> {
  const { name, slug } = given;
  if (!isOrganisationSlug(slug) || isDaybooksOwn(slug)) return failed(wrongName());
  const directory = directoryDb(env);
  if (await isSkeletonTaken(directory, skeletonOf(slug))) return failed(taken());
  const made: OrganisationCard = { id: newId<OrganisationId>(world.random), slug, name };
  const at = world.clock();
  try {
    await directory.batch([
      organisationInserted(directory, { ...made, createdAt: at, sharesOptOuts: false }),
      memberInserted(directory, { organisationId: made.id, personId: signed.personId, role: "hq_owner", createdAt: at }),
      ...organisationAuditLine(directory, made.id, world.random, {
        at, actor: actorOfPerson(signed), action: "organisation.created", subject: `organisation:${made.id}`, after: { name, slug },
      }),
    ]);
  } catch (error) {
    // Somebody else took the name between the two statements: the database keeps names apart.
    if (await isSkeletonTaken(directory, skeletonOf(slug))) return failed(taken());
    throw error;
  }
  return ok(made);
}

/** Gives the organisation another name; its address stays as it is. */
export async function renameOrganisation(world: World, env: Bindings, visit: HqVisit, name: string): Promise<void> {
  const directory = directoryDb(env);
  const { id } = visit.organisation;
  await directory.batch([
    organisationRenamed(directory, id, name),
    ...organisationAuditLine(directory, id, world.random, {
      at: world.clock(), actor: actorOfHq(visit), action: "organisation.renamed", subject: `organisation:${id}`,
      before: { name: visit.organisation.name }, after: { name },
    }),
  ]);
}

/** The organisation as its own web app sees it, for the person who asks. */
export function viewOrganisation({ organisation, person, role }: HqVisit, config: Config): OrganisationView {
  return {
    name: organisation.name, slug: organisation.slug, person: { name: person.name, email: person.email }, role,
    permissions: HQ_PERMISSIONS.filter((permission) => hqRoleMay(role, permission)),
    authUrl: `${originOf("auth", config)}/`,
  };
}

/** Where the browser goes once an organisation was made. */
export function afterCreating(env: Bindings, made: OrganisationCard): { readonly next: string } {
  return { next: siteOfOrganisation(made.slug, readConfig(env)) };
}

function wrongName() {
  const message = "Choose a name of 2 to 36 letters, digits and hyphens that is not one of Daybook's own.";
  return { kind: "invalid_input", message, fields: [{ path: "slug", message }] } as const;
}

function taken() {
  return { kind: "conflict", message: "That name is taken, or looks too much like one that is." } as const;
}
