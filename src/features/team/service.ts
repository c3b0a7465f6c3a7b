/** Teams: who belongs to a shop, who is invited, whose it is. Organisations invite through here as well. */
import { directoryDb } from "../../platform/database";
import { actorOf, type Visit } from "../../http/guard";
import type { TeamView } from "./contract";
import { invitationsOf, type Inviting } from "./invitations";
import type { Act } from "./members";
import { readMembers } from "./store";

export { acceptInvitation, lookAt } from "./acceptance";
export { invitationsOf, inviteTo, resendInvitation, revokeInvitation, type Inviting, type Place } from "./invitations";
export { changeRole, leaveShop, removeMember, type Act } from "./members";
export { transferOwnership } from "./ownership";

/** Everybody of the shop, and everybody who is invited to it. */
export async function viewTeam({ world, env, visit }: Act): Promise<TeamView> {
  const [members, invitations] = await Promise.all([readMembers(directoryDb(env), visit.shop.id), invitationsOf(world, env, placeOf(visit))]);
  return {
    members: members.map((member) => ({ ...member, hasSecondFactor: member.hasSecondFactor === 1, isYou: member.person === visit.person.id })),
    invitations: [...invitations],
  };
}

/** A visit to a shop as somebody's right to invite to it. */
export function invitingTo({ world, env, visit }: Act): Inviting {
  return { world, env, place: placeOf(visit), person: visit.person, actor: actorOf(visit) };
}

function placeOf({ shop, db }: Visit): Inviting["place"] {
  return { kind: "shop", shop, db };
}
