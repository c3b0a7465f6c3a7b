/** Who may change whose place in a team, and when an invitation opens anything. Pure. */
import { DAY } from "../../kernel/clock";
import type { RequestFailure } from "../../kernel/failure";
import { hqRolesThatMay, roleMay, rolesThatMay, type HqRole, type Role } from "../../kernel/roles";

/** How long the link of an invitation serves. */
export const INVITATION_SERVES_MS = 7 * DAY;

export const LAST_OWNER = "A shop always has an owner. Make somebody else an owner first.";

/** Somebody who acts in a team: their role, and whether they proved who they are in the last ten minutes. */
export type Acting = { readonly role: Role; readonly isProved: boolean };

/**
 * What stands in the way of changing or ending the place of somebody who has that role, or null. An owner's place is an
 * owner's to change, and with a proof: whoever finds an owner's browser open shall not be able to lock the owner out.
 */
export function objectionTo(acting: Acting, role: Role): RequestFailure | null {
  if (role !== "owner") return null;
  if (!roleMay(acting.role, "ownership.manage")) {
    return { kind: "not_permitted", permission: "ownership.manage", rolesThatMay: rolesThatMay("ownership.manage") };
  }
  return acting.isProved ? null : { kind: "proof_needed" };
}

/** Which roles of a shop or an organisation may invite somebody as `role`: owners invite owners. */
export function rolesThatInvite(role: Role | HqRole): readonly (Role | HqRole)[] {
  switch (role) {
    case "owner": return rolesThatMay("ownership.manage");
    case "admin":
    case "tech":
    case "sales":
    case "viewer": return rolesThatMay("team.manage");
    case "hq_owner": return hqRolesThatMay("hq.manage");
    case "hq_admin":
    case "hq_viewer": return hqRolesThatMay("hq.members.manage");
  }
}

/** Whether an invitation's link lets somebody in: nobody ended it, it has not run out, and whoever sent it may still invite. */
export function isOpen(
  invitation: { readonly state: string; readonly expiresAt: number; readonly role: Role | HqRole; readonly inviterRole: Role | HqRole | null }, now: number,
): boolean {
  const { state, expiresAt, role, inviterRole } = invitation;
  return state === "open" && now < expiresAt && inviterRole !== null && rolesThatInvite(role).includes(inviterRole);
}
