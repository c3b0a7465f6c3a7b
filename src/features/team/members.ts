/** Changing somebody's place in a team: their role, their leaving, whose shop it is. Each is told of in the shop's log first. */
import type { SQL } from "drizzle-orm";
import type { Failure } from "../../kernel/failure";
import type { PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import type { Role } from "../../kernel/roles";
import { actorOf, type Visit } from "../../http/guard";
import { isProvedLately } from "../../http/person";
import type { Statement } from "../../platform/audit";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { actOnDirectory, batchOrWhy, type Intent } from "../../platform/intent";
import { tellChanged } from "../../platform/watch-client";
import type { World } from "../../platform/world";
import { refusedUnless } from "../shops/service";
import type { GivenRole } from "./contract";
import { LAST_OWNER, objectionTo } from "./rules";
import { countOwners, hasRole, holds, isMember, memberRemoved, not, readMember, roleWritten, type Member } from "./store";

/** A member's request, with what it needs to be answered. */
export type Act = { readonly world: World; readonly env: Bindings; readonly visit: Visit };

/**
 * Gives a member another role, from their next request on. `not_found` for somebody who is none; `not_permitted` or
 * `proof_needed` where an owner's role is taken; `conflict` for the last owner's, and when it changed meanwhile.
 */
export async function changeRole(act: Act, personId: PersonId, role: GivenRole): Promise<Result<object>> {
  const target = await changeable(act, personId);
  if (!target.ok) return target;
  if (target.value.role === role) return ok({});
  const { id } = act.visit.shop;
  const line = { action: "member.role_changed", before: { role: target.value.role }, after: { role } };
  return await change(act, target.value, line, { statements: (directory) => [roleWritten(directory, id, personId, role)], done: hasRole(id, personId, role) });
}

/** Takes a member out of the shop, at once. Fails as `changeRole` does. */
export async function removeMember(act: Act, personId: PersonId): Promise<Result<object>> {
  const target = await changeable(act, personId);
  if (!target.ok) return target;
  const line = { action: "member.removed", before: { role: target.value.role } };
  return await change(act, target.value, line, removal(act, personId));
}

/** Leaves the shop oneself, which is named once more. `conflict` for the last owner, and for another shop's name. */
export async function leaveShop(act: Act, slug: string): Promise<Result<object>> {
  const { shop, person } = act.visit;
  if (slug !== shop.slug) return failed({ kind: "conflict", message: `This is ${shop.name}, and not the shop that you wanted to leave.` });
  const own = await readMember(directoryDb(act.env), shop.id, person.id);
  if (own === undefined) return failed({ kind: "not_found" });
  if (await isLastOwner(directoryDb(act.env), act, own)) return failed({ kind: "conflict", message: LAST_OWNER });
  const line = { action: "member.left", before: { role: own.role } };
  return await change(act, own, line, removal(act, person.id));
}

function removal({ visit }: Act, personId: PersonId): Changes {
  return { statements: (directory) => memberRemoved(directory, visit.shop.id, personId), done: not(isMember(visit.shop.id, personId)) };
}

/** The member, where whoever acts may change their place and somebody is left to own the shop. */
async function changeable({ world, env, visit }: Act, personId: PersonId): Promise<Result<Member>> {
  const directory = directoryDb(env);
  const target = await readMember(directory, visit.shop.id, personId);
  if (target === undefined) return failed({ kind: "not_found" });
  const objection = objectionTo({ role: visit.role, isProved: isProvedLately(visit, world.clock()) }, target.role);
  if (objection !== null) return failed(objection);
  return (await isLastOwner(directory, { visit }, target)) ? failed({ kind: "conflict", message: LAST_OWNER }) : ok(target);
}

async function isLastOwner(directory: DirectoryDb, { visit }: Pick<Act, "visit">, target: Pick<Member, "role">): Promise<boolean> {
  return target.role === "owner" && (await countOwners(directory, visit.shop.id)) === 1;
}

/** What is written, and the condition that holds once it was. */
type Changes = { readonly statements: (directory: DirectoryDb) => readonly [Statement, ...Statement[]]; readonly done: SQL };

/**
 * Writes the line and then what changes, in one batch that holds only while both have the roles that the decision was
 * made on: of two who change the same at once, one finds that the other was first.
 */
async function change(act: Act, target: Member, line: Pick<Intent, "action" | "before" | "after">, changes: Changes): Promise<Result<object>> {
  const { world, env, visit } = act;
  const directory = directoryDb(env);
  const intent = { ...line, actor: actorOf(visit), subject: `person:${target.person}`, personal: { name: target.name, email: target.email } };
  return await actOnDirectory(world, visit.db, intent, async () => {
    const conditions = bothAs(directory, visit, target);
    const written = await batchOrWhy(directory, [...conditions, ...changes.statements(directory)], {
      isDone: async () => await holds(directory, changes.done), why: async () => await whyNot(directory, visit, target),
    });
    if (!written.ok) return written;
    await tellChanged(world, env, target.person);
    return ok({});
  });
}

/** Makes a batch fail unless whoever acts, and whom they act on, have the roles that they had. */
export function bothAs(directory: DirectoryDb, { shop, person, role }: Visit, target: Pick<Member, "person" | "role">): [Statement, Statement] {
  return [refusedUnless(directory, hasRole(shop.id, person.id, role)), refusedUnless(directory, hasRole(shop.id, target.person, target.role))];
}

/** What has changed since the decision; null where nothing has, and the failure is another. */
export async function whyNot(directory: DirectoryDb, visit: Visit, target: { readonly person: PersonId; readonly role: Role }): Promise<Failure | null> {
  const { shop, person, role } = visit;
  const areAsBefore = (await holds(directory, hasRole(shop.id, person.id, role))) && (await holds(directory, hasRole(shop.id, target.person, target.role)));
  if (!areAsBefore) return { kind: "conflict", message: "Somebody changed this team while you were choosing." };
  // The directory's own guard (the trigger last_owner): somebody else stepped down between our look and our batch.
  return (await isLastOwner(directory, { visit }, target)) ? { kind: "conflict", message: LAST_OWNER } : null;
}
