/** Who belongs to an organisation: seeing them, changing what they may, letting them go. The log is in the same database: one batch does both. */
import type { OrganisationId, PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { hqRoleMay, hqRolesThatMay, type HqRole } from "../../kernel/roles";
import type { HqVisit } from "../../http/hq-guard";
import { organisationAuditLine, type Statement } from "../../platform/audit";
import type { AuditLine } from "../../platform/audit-leaf";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import type { HqMembersView } from "./contract";
import { actorOfHq } from "./rules";
import { hasRole, memberDeleted, onlyWhere, readHqRole, readMember, readMembers, roleWritten, type HqMember } from "./store";

/** Everybody of the organisation, owners first. */
export async function viewMembers(env: Bindings, visit: HqVisit): Promise<HqMembersView> {
  const members = await readMembers(directoryDb(env), visit.organisation.id);
  return { members: members.map((member) => ({ ...member, isYou: member.id === visit.person.id })) };
}

/**
 * Gives a member another role. Owners are made and unmade by owners alone. `not_found` for somebody who does not belong,
 * `not_permitted`, or `conflict`: the last owner stays, or somebody else changed it meanwhile.
 */
export async function changeRole(world: World, env: Bindings, visit: HqVisit, personId: PersonId, role: HqRole): Promise<Result<void>> {
  const member = await memberFor(env, visit, personId, [role]);
  if (!member.ok || member.value.role === role) return member.ok ? ok(undefined) : member;
  const directory = directoryDb(env);
  return await change(world, env, visit, member.value, roleWritten(directory, visit.organisation.id, personId, role), {
    action: "member.role_changed", before: { role: member.value.role }, after: { role },
  });
}

/** Takes a member out; their sessions here end with it. Fails as `changeRole`. */
export async function removeMember(world: World, env: Bindings, visit: HqVisit, personId: PersonId): Promise<Result<void>> {
  const member = await memberFor(env, visit, personId, []);
  if (!member.ok) return member;
  return await change(world, env, visit, member.value, memberDeleted(directoryDb(env), visit.organisation.id, personId), {
    action: "member.removed", before: { role: member.value.role },
  });
}

/** Leaves the organisation, which anybody may; `conflict` for its last owner. */
export async function leaveOrganisation(world: World, env: Bindings, visit: HqVisit): Promise<Result<void>> {
  const directory = directoryDb(env);
  const member = await readMember(directory, visit.organisation.id, visit.person.id);
  if (member === undefined) return failed({ kind: "not_found" });
  return await change(world, env, visit, member, memberDeleted(directory, visit.organisation.id, visit.person.id), {
    action: "member.left", before: { role: member.role },
  });
}

/** The member, where the visitor may take from them what they have and give what they would get. */
async function memberFor(env: Bindings, visit: HqVisit, personId: PersonId, given: readonly HqRole[]): Promise<Result<HqMember>> {
  const member = await readMember(directoryDb(env), visit.organisation.id, personId);
  if (member === undefined) return failed({ kind: "not_found" });
  const isAboutOwners = [member.role, ...given].includes("hq_owner");
  if (isAboutOwners && !hqRoleMay(visit.role, "hq.manage")) {
    return failed({ kind: "not_permitted", permission: "hq.manage", rolesThatMay: hqRolesThatMay("hq.manage") });
  }
  return ok(member);
}

/** Does it only while both still have the roles that it was decided on: whoever was demoted a moment ago demotes nobody. */
async function change(
  world: World, env: Bindings, visit: HqVisit, member: HqMember, act: Statement, said: Pick<AuditLine, "action" | "before" | "after">,
): Promise<Result<void>> {
  const directory = directoryDb(env);
  const { id } = visit.organisation;
  const line: AuditLine = { at: world.clock(), actor: actorOfHq(visit), subject: `person:${member.id}`, personal: { name: member.name, email: member.email }, ...said };
  try {
    await directory.batch([
      onlyWhere(directory, id, hasRole(id, member.id, member.role)), onlyWhere(directory, id, hasRole(id, visit.person.id, visit.role)),
      act, ...organisationAuditLine(directory, id, world.random, line),
    ]);
    return ok(undefined);
  } catch (error) {
    const message = await whyNot(env, visit, member);
    if (message === null) throw error;
    return failed({ kind: "conflict", message });
  }
}

async function whyNot(env: Bindings, visit: HqVisit, member: HqMember): Promise<string | null> {
  const directory = directoryDb(env);
  const id: OrganisationId = visit.organisation.id;
  const [theirs, ours, members] = await Promise.all([readHqRole(directory, id, member.id), readHqRole(directory, id, visit.person.id), readMembers(directory, id)]);
  if (theirs !== member.role || ours !== visit.role) return "Somebody else changed this meanwhile.";
  const isLastOwner = member.role === "hq_owner" && members.filter(({ role }) => role === "hq_owner").length === 1;
  return isLastOwner ? "An organisation has an owner at every moment: make somebody else an owner first." : null;
}
