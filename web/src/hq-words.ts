/** Words that more than one page of an organisation says. */
import type { Need } from "../../src/features/headquarters/contract";
import type { HqRole } from "../../src/kernel/roles";

export const hqRoleWords = { hq_owner: "HQ Owner", hq_admin: "HQ Admin", hq_viewer: "HQ Viewer" } as const satisfies Record<HqRole, string>;

/** "an HQ Owner or an HQ Admin", from the roles that hold a permission. */
export function hqRolesInWords(roles: readonly HqRole[]): string {
  const words = roles.map((role) => `an ${hqRoleWords[role]}`);
  return words.length < 2 ? (words[0] ?? "nobody") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

export const needWords = {
  failed: { glyph: "!", word: "Failed", tone: "failed" },
  held: { glyph: "◐", word: "Held", tone: "held" },
  missing: { glyph: "○", word: "Missing", tone: "held" },
  changed: { glyph: "↻", word: "Changed", tone: "held" },
  ready: { glyph: "◇", word: "Ready", tone: "quiet" },
} as const satisfies Record<Need, { readonly glyph: string; readonly word: string; readonly tone: string }>;

/** What days can need, the worst first. */
export const NEEDS = Object.keys(needWords) as readonly Need[];

export const hqShellWords = {
  days: "Days", compare: "Compare", shops: "Shops", optOuts: "Stops", members: "Members", audit: "Audit log", switchShop: "Switch to a shop", signOut: "Sign out",
  needs: (roles: string) => `Only ${roles} can do this.`,
  askFor: (roles: string) => `Ask ${roles} of this organisation to open it with you, or to change your role.`,
  you: (role: string) => `You are ${role} here.`,
} as const;
