/** What the palette offers: places, acts, and days as they are typed. */
import type { DaysView } from "../../../src/features/days/contract";
import type { BusinessDate } from "../../../src/kernel/day";
import { longDate, shortDate } from "./dates";
import { findDay } from "./find-day";
import { ranked } from "./rank";
import { stateWords } from "../words";

export type PaletteItem = { readonly id: string; readonly text: string; readonly about: string; readonly href?: string; readonly act?: PaletteAct };
export type PaletteAct = "light" | "dark" | "system" | "keys" | "sign-out";

const PLACES: readonly PaletteItem[] = [
  { id: "days", text: "Days", about: "Go to", href: "/days" },
  { id: "table", text: "Days as a table", about: "Go to", href: "/days?view=table" },
  { id: "reports", text: "Reports and the journal as files", about: "Go to", href: "/reports" },
  { id: "payouts", text: "Payouts", about: "Go to", href: "/payouts" },
  { id: "bridge", text: "Bridge from takings to deposits", about: "Go to", href: "/payouts/bridge" },
  { id: "documents", text: "Documents: photos and papers", about: "Go to", href: "/documents" },
  { id: "expiring", text: "Documents that expire soon", about: "Go to", href: "/documents?expiring=soon" },
  { id: "mapping", text: "Mapping", about: "Go to", href: "/mapping" },
  { id: "unmapped", text: "Lines that need an account", about: "Go to", href: "/mapping?show=unmapped" },
  { id: "connections", text: "Connections and locations", about: "Go to", href: "/connections" },
  { id: "certificates", text: "Certificates: issue, find, revoke", about: "Go to", href: "/certificates" },
  { id: "certificate-templates", text: "Certificate templates", about: "Go to", href: "/certificates/templates" },
  { id: "inbox", text: "Inbox: conversations", about: "Go to", href: "/inbox" },
  { id: "unread", text: "Conversations nobody has read", about: "Go to", href: "/inbox?show=unread" },
  { id: "contacts", text: "Contacts and their consent", about: "Go to", href: "/contacts" },
  { id: "lists", text: "Lists: one message to many", about: "Go to", href: "/broadcasts" },
  { id: "templates", text: "Templates of messages", about: "Go to", href: "/templates" },
  { id: "consent", text: "Consent and stops: what waits, and the report", about: "Go to", href: "/consent" },
  { id: "texting", text: "Texting: the shop’s number", about: "Go to", href: "/texting" },
  { id: "team", text: "Team: people and invitations", about: "Go to", href: "/team" },
  { id: "permissions", text: "Who may do what", about: "Go to", href: "/permissions" },
  { id: "settings", text: "Settings: how days are posted", about: "Go to", href: "/settings" },
  { id: "audit", text: "Audit log: who did what", about: "Go to", href: "/audit" },
  { id: "set-up", text: "Set-up", about: "Go to", href: "/set-up" },
  { id: "file", text: "File photos and papers…", about: "Do", href: "/documents" },
  { id: "new-contact", text: "Add a contact…", about: "Do", href: "/contacts?new=1" },
  { id: "import-contacts", text: "Import contacts…", about: "Do", href: "/contacts/import" },
  { id: "new-list", text: "Write to a list…", about: "Do", href: "/broadcasts/new" },
  { id: "new-template", text: "Write a template…", about: "Do", href: "/templates/new" },
  { id: "back-fill", text: "Back-fill earlier days…", about: "Do", href: "/days?backfill=new" },
  { id: "light", text: "Light theme", about: "Do", act: "light" },
  { id: "dark", text: "Dark theme", about: "Do", act: "dark" },
  { id: "system", text: "Theme of this device", about: "Do", act: "system" },
  { id: "keys", text: "List the keys", about: "Do", act: "keys" },
  { id: "sign-out", text: "Sign out", about: "Do", act: "sign-out" },
];

type Overview = Pick<DaysView, "locations" | "needsWork">;

/** At most twelve answers to what was typed, best first; with nothing typed, what waits and where to go. */
export function paletteItems(typed: string, today: BusinessDate, overview: Overview | undefined): PaletteItem[] {
  const days = overview === undefined ? [] : dayItems(typed, today, overview);
  const waiting = overview === undefined ? [] : waitingItems(overview);
  return [...days, ...ranked([...waiting, ...PLACES], typed, (item) => item.text)].slice(0, 12);
}

function dayItems(typed: string, today: BusinessDate, overview: Overview): PaletteItem[] {
  const { date, place } = splitPlace(typed, today);
  if (date === null) return [];
  const locations = place === "" ? overview.locations : ranked(overview.locations, place, (location) => `${location.name} ${location.code}`);
  return locations.slice(0, 6).map((location) => ({
    id: `${location.id} ${date}`, text: `${longDate(date)}, ${location.name}`, about: "Day", href: `/days/${location.id}/${date}`,
  }));
}

/** "mar 3 pier" → 3 March and "pier": the longest beginning that names a day. */
function splitPlace(typed: string, today: BusinessDate): { date: BusinessDate | null; place: string } {
  const words = typed.trim().split(/\s+/);
  for (let taken = Math.min(words.length, 3); taken > 0; taken -= 1) {
    const date = findDay(words.slice(0, taken).join(" "), today);
    if (date !== null) return { date, place: words.slice(taken).join(" ") };
  }
  return { date: null, place: "" };
}

function waitingItems(overview: Overview): PaletteItem[] {
  const names = new Map(overview.locations.map((location) => [location.id, location.name]));
  return overview.needsWork.slice(0, 5).map((cell) => ({
    id: `fix ${cell.locationId} ${cell.date}`,
    text: `Fix ${shortDate(cell.date)}, ${names.get(cell.locationId) ?? ""}`,
    about: `${stateWords[cell.state].glyph} ${stateWords[cell.state].word}`,
    href: `/days/${cell.locationId}/${cell.date}`,
  }));
}
