/** Permissions and roles in a merchant's words; the table itself is `kernel/roles`. */
import type { GivenRole } from "../../../src/features/team/contract";
import { PERMISSIONS, roleMay, ROLES, type HqRole, type Permission, type Role } from "../../../src/kernel/roles";

export const permissionWords = {
  "shop.read": "Open the shop",
  "days.read": "See days, entries and reports",
  "days.work": "Read days again, retry, hold and release them",
  "days.post": "Post days to the books",
  "posting.manage": "Choose how days are posted",
  "mapping.read": "See which account each line goes to",
  "mapping.write": "Change the mapping, create accounts",
  "connections.read": "See the till, the books and the locations",
  "connections.manage": "Connect and disconnect the till and the books",
  "shop.manage": "Change the shop's name, its address, and whether it asks for a second factor",
  "team.read": "See the team",
  "team.manage": "Invite people, change roles, remove people",
  "audit.read": "Read the audit log",
  "documents.read": "Look at documents",
  "documents.write": "File, describe and replace documents, issue certificates",
  "documents.share": "Give links to documents, and take them back",
  "documents.manage": "Remove documents, void every link, write certificate templates",
  "messages.read": "Look at contacts and conversations",
  "messages.send": "Write to contacts, keep contacts and their consent",
  "messages.manage": "Write to many, set up the number and templates, import, export, merge and erase contacts",
  "ownership.manage": "Make others owners, let an organisation in, give the shop away",
} as const satisfies Record<Permission, string>;

export const roleNames = { owner: "Owner", admin: "Admin", tech: "Tech", sales: "Sales", viewer: "Viewer" } as const satisfies Record<Role, string>;

/** An organisation's as well. */
export const anyRoleNames = { ...roleNames, hq_owner: "HQ owner", hq_admin: "HQ admin", hq_viewer: "HQ viewer" } as const satisfies Record<Role | HqRole, string>;

/** The roles that are simply given; an owner is made by another act. */
export const givenRoles: readonly GivenRole[] = ROLES.filter((role) => role !== "owner");

/** Who a role is for. */
export const roleMeanings = {
  owner: "Everything, including whose shop it is.",
  admin: "Runs the shop day by day: everything but billing, keys, deletion and ownership.",
  tech: "Keeps the days going: reads them again, retries, holds and releases.",
  sales: "Works with contacts, messages and documents. Sees no takings, connections or mapping.",
  viewer: "Looks at days, entries and reports. Changes nothing.",
} as const satisfies Record<Role, string>;

/** What a role may do, in the table's order. */
export function mayInWords(role: Role): readonly string[] {
  return PERMISSIONS.filter((permission) => roleMay(role, permission)).map((permission) => permissionWords[permission]);
}
