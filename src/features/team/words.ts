/** What letters of a team say. */
import type { HqRole, Role } from "../../kernel/roles";
import type { Letter } from "../mail/service";

const ROLE_WORDS = {
  owner: "an owner", admin: "an admin", tech: "a technician", sales: "a salesperson", viewer: "a viewer",
  hq_owner: "an owner", hq_admin: "an admin", hq_viewer: "a viewer",
} as const satisfies Record<Role | HqRole, string>;

type Invited = {
  readonly to: string;
  readonly email: string;
  readonly role: Role | HqRole;
  readonly inviter: { readonly name: string; readonly email: string };
  readonly url: string;
  readonly usefulUntil: number;
};

/** The letter that invites somebody. It says who does, and that doing nothing is an answer. */
export function letterOfInvitation({ to, email, role, inviter, url, usefulUntil }: Invited): Letter {
  return {
    kind: "invitation", to: email, subject: `${inviter.name} invites you to ${to}`, usefulUntil,
    paragraphs: [
      `${inviter.name} (${inviter.email}) invites you to ${to} on Daybook, as ${ROLE_WORDS[role]}.`,
      "The link works for seven days and for this address only. If you have no account yet, you make one with this address on the way.",
      "If you do not know who this is, do nothing: you are not added to anything by this letter.",
    ],
    button: { text: "Look at the invitation", url },
  };
}
