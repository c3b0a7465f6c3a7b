/** Words that more than one page says. A page's own words stand beside it, so that they load with it. */
import type { ShownState } from "../../src/features/days/contract";
import type { HqRole, Role } from "../../src/kernel/roles";

export type Tone = "ties" | "held" | "failed" | "quiet";
export type StateWord = { readonly glyph: string; readonly word: string; readonly tone: Tone };

/** Every state has a glyph and a word beside its colour. */
export const stateWords = {
  posted: { glyph: "✓", word: "Posted", tone: "ties" },
  final: { glyph: "✓", word: "Posted", tone: "ties" },
  corrected: { glyph: "↻", word: "Corrected", tone: "ties" },
  changed: { glyph: "↻", word: "Changed", tone: "held" },
  held: { glyph: "◐", word: "Held", tone: "held" },
  failed: { glyph: "!", word: "Failed", tone: "failed" },
  uncertain: { glyph: "…", word: "Looking it up", tone: "held" },
  ready: { glyph: "◇", word: "Ready", tone: "quiet" },
  posting: { glyph: "…", word: "Posting", tone: "quiet" },
  collecting: { glyph: "…", word: "Reading", tone: "quiet" },
  missing: { glyph: "○", word: "Missing", tone: "held" },
  no_sales: { glyph: "–", word: "No sales", tone: "quiet" },
  open: { glyph: "·", word: "Still open", tone: "quiet" },
} as const satisfies Record<ShownState, StateWord>;

const roleWords = { owner: "an owner", admin: "an admin", tech: "a technician", sales: "a salesperson", viewer: "a viewer" } as const satisfies Record<Role, string>;

/** "an owner or an admin", from the roles that hold a permission. */
export function rolesInWords(roles: readonly Role[]): string {
  const words = roles.map((role) => roleWords[role]);
  return words.length < 2 ? (words[0] ?? "nobody") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** What the person is, in the same words. */
export const roleWord = (role: Role): string => roleWords[role];

export const shellWords = {
  brand: "Daybook",
  skip: "Skip to the page",
  nav: "Main",
  days: "Days",
  reports: "Reports",
  payouts: "Payouts",
  mapping: "Mapping",
  connections: "Connections",
  documents: "Documents",
  files: "Files",
  certificates: "Certificates",
  inbox: "Inbox",
  contacts: "Contacts",
  lists: "Lists",
  team: "Team",
  settings: "Settings",
  audit: "Audit log",
  setUp: "Set-up",
  find: "Find or do",
  keys: "Keys",
  switchShop: "All shops",
  account: "Account and security",
  signOut: "Sign out",
  offline: "You are offline. What you see may be out of date; nightly posting goes on without this page.",
  unread: (many: number) => `${many} unread`,
  waiting: (days: number) => `${days} ${days === 1 ? "day needs" : "days need"} you`,
} as const;

export const stateOfPageWords = {
  loading: "Loading",
  again: "Try again",
  reload: "Reload",
  reference: (reference: string) => `Reference ${reference}`,
  stale: "This could not be refreshed just now.",
  notPermitted: "Your role does not show this page.",
  askFor: (roles: string) => `Ask ${roles} of this shop to open it with you, or to change your role.`,
  needs: (roles: string) => `Only ${roles} can do this.`,
  crashed: "This page broke.",
  crashedNext: "Nothing in your books was changed by it. Reload the page; if it breaks again, tell us what you were doing.",
} as const;

export const formWords = {
  mend: "There is something to mend",
  busy: "One moment…",
  cancel: "Cancel",
  emailMissing: "Enter your email address.",
  emailWrong: "Enter an email address such as name@example.com.",
} as const;

/** The roles in an organisation, as one is called there. */
const hqRoleWords = { hq_owner: "an HQ owner", hq_admin: "an HQ admin", hq_viewer: "an HQ viewer" } as const satisfies Record<HqRole, string>;

/** What the person is, in a shop or in an organisation. */
export const anyRoleWord = (role: Role | HqRole): string => ({ ...roleWords, ...hqRoleWords })[role];
