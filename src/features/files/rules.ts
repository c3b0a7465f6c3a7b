/**
 * Decisions about files: how their headings and places are understood, when a person must look before a file is taken,
 * and when a day is whole. Nothing is asked of anybody.
 */
import { sha256 } from "@oslojs/crypto/sha2";
import { encodeBase64urlNoPadding } from "@oslojs/encoding";
import { addDays, cutOffOn, windowOf, type BusinessDate } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import { dayTotals } from "../../ledger/sales-day";
import { headingOf, headingsKey, PLAIN, type DayReading, type FilePlace, type FileReading, type Layout } from "../../providers/registry";
import { scheduleOf, type Location } from "../connections/service";
import type { DropSummary, FilesView, LayoutChange } from "./contract";
import type { FileDayGlance, FileDayRow, PlaceRow, StagedDay } from "./store";

export type Folded = Extract<FileReading, { readonly kind: "folded" }>;

const LONGEST_NAME = 60;
const MOST_SHOWN = 50;
const MOST_LABELS = 40;

/** A file's name for the history: without folders and control characters, its middle cut where it is long. */
export function shortName(name: string): string {
  const bare = (name.split(/[/\\]/).at(-1) ?? "").toWellFormed().replace(/[\p{Cc}\p{Cf}]+/gu, " ").trim() || "file";
  return bare.length <= LONGEST_NAME ? bare : `${bare.slice(0, LONGEST_NAME - 13).toWellFormed()}…${bare.slice(-12).toWellFormed()}`;
}

/** Under which headings a layout is known: equal for the same headings in whatever order and capitals. */
export function headingsHash(headings: readonly string[]): string {
  return encodeBase64urlNoPadding(sha256(new TextEncoder().encode(headingsKey(headings))));
}

/** The layout that a person described. `invalid_input` for one without a date, without an amount, or with headings that are not there. */
export function customLayout({ name, part, columns, dates, decimals, tender, tipInAmount, headings }: LayoutChange): Result<Layout> {
  const known = new Set(headings.map(headingOf));
  const chosen = Object.entries(columns).map(([field, heading]) => [field, headingOf(heading)] as const);
  const absent = chosen.find(([, heading]) => !known.has(heading));
  if (absent !== undefined) return refused(`columns.${absent[0]}`, `The file has no column "${absent[1]}".`);
  if (columns.date === undefined) return refused("columns.date", "Say which column holds the date.");
  const hasGoods = columns.gross !== undefined || columns.price !== undefined;
  if (part === "goods" && !hasGoods) return refused("columns.gross", "Say which column holds what the goods were sold for.");
  if (!hasGoods && columns.amount === undefined) return refused("columns.amount", "Say which column holds the amounts.");
  if (part !== "goods" && columns.tender === undefined && tender === null) return refused("tender", "Say which column holds the tender, or what everything is paid by.");
  return ok({ ...PLAIN, id: "custom", name, part, columns: Object.fromEntries(chosen), dates, decimals, tender, tipInAmount });
}

/**
 * What a file's words for places mean: the location that was chosen for the whole file; what the shop said once; a
 * location of that very name; for a file that names none, the shop's only one.
 */
export function placesOf(locations: readonly Location[], places: readonly PlaceRow[], chosen: string | undefined): (name: string) => FilePlace | null {
  const byId = new Map(locations.map((location) => [location.id as string, { id: location.id, schedule: scheduleOf(location) }]));
  const said = new Map(places.map(({ name, locationId }) => [name, byId.get(locationId)]));
  const named = new Map(locations.map((location) => [location.name.toLowerCase(), byId.get(location.id)]));
  const [only] = locations;
  return (name) => {
    if (chosen !== undefined) return byId.get(chosen) ?? null;
    if (name === "") return locations.length === 1 && only !== undefined ? (byId.get(only.id) ?? null) : null;
    return said.get(name) ?? named.get(name.toLowerCase()) ?? null;
  };
}

/** Whether a person must look before the file is taken. */
export function needsAWord(summary: DropSummary): boolean {
  return summary.badCount > 0 || summary.smallerCount > 0;
}

export type Known = { readonly locations: readonly Location[]; readonly glances: readonly FileDayGlance[]; readonly currency: string; readonly now: number };

/** What a file came to, for the person who dropped it. */
export function summaryOf(folded: Folded, staged: readonly StagedDay[], known: Known): DropSummary {
  const dates = folded.days.map(({ date }) => date).toSorted();
  const smaller = smallerDays(staged, known.glances);
  return {
    currency: known.currency,
    categories: labelled(folded.days.flatMap(({ day }) => day.categories.map((row) => ({ label: row.label, minor: row.grossMinor - row.returnedMinor })))),
    tenders: labelled(folded.days.flatMap(({ day }) => day.tenders.map((row) => ({ label: row.label, minor: row.inMinor - row.outMinor })))),
    firstDate: dates[0] ?? null, lastDate: dates.at(-1) ?? null, dates: folded.dates,
    skippedCount: folded.skippedCount, badCount: folded.badCount, bad: folded.bad.map(({ line, reason }) => ({ line, reason })),
    smaller: smaller.slice(0, MOST_SHOWN), smallerCount: smaller.length,
    warnings: warningsOf(folded, staged, known),
  };
}

function labelled(rows: readonly { readonly label: string; readonly minor: number }[]): DropSummary["categories"] {
  const sums = new Map<string, number>();
  for (const { label, minor } of rows) sums.set(label, (sums.get(label) ?? 0) + minor);
  const sorted = [...sums].map(([label, minor]) => ({ label, minor })).toSorted((one, other) => other.minor - one.minor);
  const rest = sorted.slice(MOST_LABELS - 1);
  if (rest.length <= 1) return sorted;
  return [...sorted.slice(0, MOST_LABELS - 1), { label: `${rest.length} others`, minor: rest.reduce((sum, { minor }) => sum + minor, 0) }];
}

/** Days that a newer file says less of than the one before it: a file that begins or ends within a day does. */
function smallerDays(staged: readonly StagedDay[], glances: readonly FileDayGlance[]): DropSummary["smaller"] {
  const before = new Map(glances.map((glance) => [keyOf(glance), glance.takingsMinor]));
  return staged.flatMap((day) => {
    const beforeMinor = before.get(keyOf(day));
    return beforeMinor === undefined || beforeMinor <= day.takingsMinor ? [] : [{ locationId: day.locationId, date: day.businessDate, beforeMinor, afterMinor: day.takingsMinor }];
  }).toSorted((one, other) => (one.date < other.date ? -1 : 1));
}

function keyOf({ locationId, businessDate, part }: Pick<FileDayGlance, "locationId" | "businessDate" | "part">): string {
  return `${locationId} ${businessDate} ${part}`;
}

function warningsOf(folded: Folded, staged: readonly StagedDay[], { locations, glances }: Known): string[] {
  const before = new Map(glances.map((glance) => [keyOf(glance), `${glance.fingerprint}${glance.isOver}`]));
  const isKnown = staged.length > 0 && staged.every((day) => before.get(keyOf(day)) === `${day.fingerprint}${day.isOver}`);
  const open = staged.filter(({ isOver }) => !isOver).length;
  const [begun] = folded.begun;
  const cut = lastDayWithCutOff(folded, locations);
  const isUncategorized = folded.layout.part !== "money" && folded.days.length > 0 && folded.days.every(({ day }) => day.categories.every(({ id }) => id === "uncategorized"));
  return [
    isKnown ? "Nothing is new: what the file says was known already." : "",
    folded.skippedCount > 0 ? `${folded.skippedCount} lines do not count by the till's own word (failed, open or not complete) and are left out.` : "",
    begun === undefined ? "" : `Sales after midnight at the beginning of the file belong to ${begun.date}, and the rest of that day is not in it: they are left out. Export from ${begun.date} on to have them.`,
    cut === null ? "" : `${cut} ends after midnight at your cut-off. If the export ends at midnight, the day's last hours are missing: export one day more.`,
    open > 0 ? `${open === 1 ? "1 day was" : `${open} days were`} not over when the file was dropped. Drop a newer file when it is; nothing is posted until then.` : "",
    isUncategorized ? "The file names no categories: all goods stand under \"Uncategorized\"." : "",
  ].filter((sentence) => sentence !== "");
}

function lastDayWithCutOff({ days }: Folded, locations: readonly Location[]): BusinessDate | null {
  const late = days.filter(({ placeId, date }) => {
    const location = locations.find(({ id }) => id === placeId);
    return location !== undefined && cutOffOn(scheduleOf(location), date) > 0 && !days.some((other) => other.placeId === placeId && other.date > date);
  });
  return late[0]?.date ?? null;
}

/** One folded day as it waits to be taken. */
export function stagedDay({ placeId, date, day }: Folded["days"][number], fingerprint: string, { part, locations, now }: { readonly part: StagedDay["part"]; readonly locations: readonly Location[]; readonly now: number }): StagedDay[] {
  const location = locations.find(({ id }) => id === placeId);
  if (location === undefined) return [];
  const isOver = windowOf(scheduleOf(location), date).end <= now;
  return [{ locationId: location.id, businessDate: date, part, totals: day, fingerprint, takingsMinor: dayTotals(day).takingsMinor, isOver }];
}

/** The parts that say what a day was: a file that holds all of it, or the newest of both halves; null while one is lacking. */
export function partsOfDay(rows: readonly FileDayRow[]): readonly FileDayRow[] | null {
  const find = (part: FileDayRow["part"]) => rows.find((row) => row.part === part && row.isOver);
  const [whole, goods, money] = [find("whole"), find("goods"), find("money")];
  const halves = goods === undefined || money === undefined ? null : [goods, money];
  if (whole === undefined) return halves;
  return halves === null || halves.every(({ takenAt }) => takenAt <= whole.takenAt) ? [whole] : halves;
}

/** Days that wait for their other half, newest first. */
export function halvesOf(glances: readonly FileDayGlance[]): FilesView["halves"] {
  const days = Map.groupBy(glances, ({ locationId, businessDate }) => `${businessDate} ${locationId}`);
  return [...days.values()].flatMap((parts) => {
    const [first] = parts;
    const has = (part: FileDayGlance["part"]) => parts.some((one) => one.part === part);
    if (first === undefined || has("whole") || has("goods") === has("money")) return [];
    return [{ locationId: first.locationId, date: first.businessDate, has: has("goods") ? "goods" as const : "money" as const }];
  }).slice(0, 100);
}

/** A day's totals as a till would have told them. */
export function readingOf(day: DayReading["day"], fileCount: number): DayReading {
  return { day, orderCount: day.orderCount, pageCount: fileCount, openChecks: { count: 0, minor: 0 }, warnings: [] };
}

/** The dates that a line of a file can have: none before tills of today, none later than tomorrow anywhere. */
export function rangeAt(first: BusinessDate, today: BusinessDate): { readonly first: BusinessDate; readonly last: BusinessDate } {
  return { first, last: addDays(today, 1) };
}

function refused(path: string, message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path, message }] });
}
