/** What the page of permissions says. */
import type { Permission } from "../../../../src/kernel/roles";

export const permissionsWords = {
  title: "Who may do what",
  about: "Daybook decides by this very table, at every request. A control that your role may not use says which role may.",
  permission: "What",
  yes: "Yes",
  no: "No",
  yours: "your role",
  notes: "An owner's place is another owner's to change. Whoever changes it, moves the shop or changes the second factor proves once more who they are.",
} as const;

/** The table's rows, by what they are about. A permission that is in no group is shown under the last. */
export const permissionGroups: readonly { readonly name: string; readonly permissions: readonly Permission[] }[] = [
  { name: "Days", permissions: ["days.read", "days.work", "days.post", "posting.manage"] },
  { name: "Mapping and connections", permissions: ["mapping.read", "mapping.write", "connections.read", "connections.manage"] },
  { name: "The shop and its people", permissions: ["shop.read", "shop.manage", "team.read", "team.manage", "audit.read", "ownership.manage"] },
];
