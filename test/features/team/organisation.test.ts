/** An organisation invites by the same code as a shop: into its own log, with its own roles. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newId, type OrganisationId } from "../../../src/kernel/ids";
import type { HqRole } from "../../../src/kernel/roles";
import type { PersonCard } from "../../../src/features/people/service";
import { invitationsOf, inviteTo, type Inviting } from "../../../src/features/team/service";
import { actorNamed } from "../../../src/platform/audit-leaf";
import { createTestWorld, originOf } from "../../support/app";
import { must } from "../../support/people";
import { atAuth, tokenFor, verifiedPerson } from "./team";

const town = createTestWorld();

/** An organisation with one member, as somebody who invites to it. */
async function inviting(slug: string, person: PersonCard, role: HqRole): Promise<Inviting & { readonly id: OrganisationId }> {
  const id = newId<OrganisationId>(town.random);
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare("INSERT INTO organisation (id, slug, name, created_at) VALUES (?1, ?2, ?2, 1)").bind(id, slug),
    env.DIRECTORY.prepare("INSERT INTO organisation_member (organisation_id, person_id, role, created_at) VALUES (?1, ?2, ?3, 1)").bind(id, person.id, role),
  ]);
  return { id, world: town, env, place: { kind: "organisation", organisation: { id, name: slug } }, person, actor: actorNamed(`person:${person.id}`) };
}

const actionsOf = async (id: OrganisationId) => (
  await env.DIRECTORY.prepare("SELECT action FROM organisation_audit WHERE organisation_id = ?1 ORDER BY seq").bind(id).all<{ action: string }>()
).results.map(({ action }) => action);

describe("an invitation to an organisation", () => {
  it("lets the invited person in there, told of in the organisation's log", async () => {
    const [owner, guest] = [await verifiedPerson(town, "Hq Owner"), await verifiedPerson(town, "Hq Guest")];
    const place = await inviting("tidewater", owner, "hq_owner");
    const sent = must(await inviteTo(place, { email: guest.email, role: "hq_admin" }));
    expect(await invitationsOf(town, env, place.place)).toEqual([sent]);
    const token = await tokenFor(town, guest.email);
    expect((await (await atAuth(town, guest))("/invitations/accept", { token })).body).toEqual({ next: `${originOf("hq-tidewater")}/` });
    const role = await env.DIRECTORY.prepare("SELECT role FROM organisation_member WHERE organisation_id = ?1 AND person_id = ?2").bind(place.id, guest.id).first("role");
    expect([role, await actionsOf(place.id)]).toEqual(["hq_admin", ["invitation.sent", "invitation.accepted"]]);
  });

  it("is refused, with no line and no letter, to whoever may not give that role", async () => {
    const [admin, viewer] = [await verifiedPerson(town, "Hq Admin"), await verifiedPerson(town, "Hq Viewer")];
    const asAdmin = await inviting("spring", admin, "hq_admin");
    const asViewer = await inviting("neap", viewer, "hq_viewer");
    expect(await inviteTo(asAdmin, { email: "x@example.com", role: "hq_owner" })).toMatchObject({ ok: false, failure: { kind: "conflict" } });
    expect(await inviteTo(asViewer, { email: "x@example.com", role: "hq_viewer" })).toMatchObject({ ok: false, failure: { kind: "conflict" } });
    expect([await actionsOf(asAdmin.id), await actionsOf(asViewer.id)]).toEqual([[], []]);
    await expect(tokenFor(town, "x@example.com")).rejects.toThrow("nobody invited");
  });
});
