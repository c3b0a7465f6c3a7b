/** What the members page says. */
import type { HqRole } from "../../../../src/kernel/roles";

export const memberWords = {
  title: "Members",
  about: "Who may look into the organisation's shops, and as what.",
  name: "Name", role: "Role", since: "Since",
  you: "you", youTitle: "You",
  roleOf: (name: string) => `Role of ${name}`,
  changed: (name: string, role: string) => `${name} is ${role} now.`,
  remove: "Remove", removeOf: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: "They lose sight of every shop at once. What they did stays in the logs.",
  removed: (name: string) => `${name} was removed.`,
  leave: "Leave the organisation", leaveTitle: "Leave the organisation?", leaveText: "You lose sight of its shops at once. Another member would have to invite you back.",
  cancel: "Cancel",
  ownersOnly: "Only an HQ Owner changes an owner.",
  invite: "Invite somebody", email: "Their email address", as: "As", send: "Send the invitation",
  inviteAbout: "They get a letter with a link that serves for seven days and opens for that address alone.",
  invited: (email: string) => `${email} has a letter on its way.`,
  pending: "Invited", until: (date: string) => `until ${date}`, over: "The link opens nothing any more",
  resend: "Send again", revoke: "Revoke", revoked: (email: string) => `The invitation of ${email} was revoked.`,
  naming: "Name of the organisation", save: "Save", saved: "The organisation has its new name.",
  may: "What each role may do",
} as const;

export const roleMeanings: Record<HqRole, string> = {
  hq_owner: "Everything an HQ Admin does, and decides who owns the organisation and what it is called. Acts in shops as an admin.",
  hq_admin: "Invites members, lets shops join and go, retries days and posts them. Acts in shops as an admin.",
  hq_viewer: "Reads days and totals of every shop. Changes nothing.",
};
