/** What the mapping page says. */
import { count } from "../../ui/format";
import type { Show } from "./lines";

export const mappingWords = {
  title: "Mapping",
  version: (version: number, who: string | null, when: string) => (version === 0 ? "Nothing saved yet" : `Version ${version}${who === null ? "" : `, saved ${when} by ${who}`}`),
  need: (lines: number) => (lines === 0 ? "every line has an account" : count(lines, "line needs an account", "lines need an account")),
  saves: "saves as you go, posts nothing",
  refresh: "Refresh accounts",
  refreshing: "Reading accounts…",
  refreshed: "Accounts are up to date.",
  accept: (many: number) => (many === 1 ? "Accept the suggestion" : `Accept ${many} suggestions`),
  line: "Till line",
  recent: "Last 7 days",
  account: (books: string) => `Account in ${books}`,
  state: "State",
  accountFor: (line: string) => `Account for ${line}`,
  needsAccount: "Needs an account",
  hasAccount: "Has an account",
  suggested: (reason: string) => `Suggested: ${reason} Enter accepts.`,
  instead: (name: string, reason: string) => `Suggested instead: ${name}; ${reason}`,
  saving: "Saving…",
  saved: "✓ Saved",
  conflictRow: "Not saved: someone else changed the mapping at the same moment. Choose again.",
  conflict: "Someone else changed the mapping a moment ago. What you see now is theirs; the lines marked “Not saved” are yours to choose again.",
  retried: (days: number) => `Saved. ${count(days, "waiting day is", "waiting days are")} being tried again.`,
  create: (books: string) => `Create an account in ${books}…`,
  createTitle: (books: string) => `Create an account in ${books}`,
  createText: (line: string) => `It gets the right type for “${line}” and is chosen for it at once.`,
  createName: "Name of the account",
  createNow: "Create it",
  created: (name: string) => `“${name}” was created and chosen.`,
  cancel: "Cancel",
  allDone: "Every line has an account. New lines appear here as the till starts to use them.",
  showAll: "Show all lines",
  noneTitle: "No lines yet",
  noneText: "As soon as the first day is read from your till, its categories, tenders and taxes appear here with suggested accounts.",
  noneLink: "Go on with the set-up",
  noBooks: "Connect your books first: then their accounts can be chosen here.",
  toConnections: "Go to connections",
} as const;

export const showWords: Record<Show, string> = { unmapped: "Unmapped", sales: "Sales", tenders: "Tenders", tax_and_tips: "Tax and tips", other: "Other", all: "All" };
