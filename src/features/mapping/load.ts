/** What a mapping is decided from: the version that holds, the lines that occur, and what the books offer. */
import { failed, ok, type Result } from "../../kernel/result";
import type { Mapping } from "../../ledger/mapping";
import type { Visit } from "../../http/guard";
import type { ShopDb } from "../../platform/database";
import { chartOf, currentConnection, locationsOf, type ConnectionRow, type Location } from "../connections/service";
import { daysStoppedBy, findDay, recentTotals } from "../days/service";
import { recentPayouts } from "../payouts/service";
import type { ChartAccount, ChartDimension } from "./contract";
import { occurringPayoutLines } from "./payout-lines";
import { occurringLines, UNCATEGORIZED, type OccurringLine } from "./rules";
import { readLatest, type MappingRow } from "./store";

/** How many of the latest business days are looked through for lines, and how many older ones at most. */
const DAYS_LOOKED_THROUGH = 60;
const MOST_OLDER_DAYS = 40;

/** What stops a day until somebody changes the mapping. */
const MAPPING_FAILURES = ["unmapped", "account_inactive", "account_unknown", "tag_inactive"] as const;

/** The mapping that holds now; version 0 and empty before the first was saved. */
export async function currentMapping(db: ShopDb): Promise<Mapping> {
  return toMapping(await readLatest(db));
}

/** The mapping of a row, or the empty one where there is none. */
export function toMapping(row: MappingRow | undefined): Mapping {
  if (row === undefined) return { version: 0, accounts: {} };
  const { version, accounts, tags } = row;
  const hasTags = Object.keys(tags.lines).length + Object.keys(tags.locations).length > 0;
  return { version, accounts, ...(hasTags ? { tags } : {}) };
}

/**
 * The lines that occur in the shop's latest days, in older ones that wait for a mapping, and in its latest payouts; and,
 * once there are any, the one to which lines without an account may go.
 */
export async function linesInUse(db: ShopDb): Promise<OccurringLine[]> {
  const [recent, waiting, payouts] = await Promise.all([recentTotals(db, DAYS_LOOKED_THROUGH), daysStoppedBy(db, MAPPING_FAILURES), recentPayouts(db)]);
  const known = new Set(recent.map(({ date }) => date));
  const older = waiting.filter(({ businessDate }) => !known.has(businessDate)).slice(0, MOST_OLDER_DAYS);
  const rows = await Promise.all(older.map(({ locationId, businessDate }) => findDay(db, locationId, businessDate)));
  const found = rows.flatMap((row) => (row === null || row.totals === null ? [] : [{ date: row.businessDate, totals: row.totals }]));
  const lines = occurringLines([...recent, ...found]);
  return lines.length === 0 ? [] : [...lines, ...occurringPayoutLines(payouts, lines), UNCATEGORIZED];
}

/** The currency in which the shop's days are posted. */
export function currencyOf(visit: Visit, books: ConnectionRow | null): string {
  return books?.currency ?? visit.shop.currency;
}

/** The shop's locations that are kept, or were and still have tags. */
export async function taggableLocations(db: ShopDb, mapping: Mapping): Promise<Location[]> {
  const locations = await locationsOf(db);
  return locations.filter(({ id, startsOn }) => startsOn !== null || (mapping.tags?.locations[id] ?? []).length > 0);
}

/** Everything that a change is checked against. */
export type Desk = {
  readonly current: Mapping;
  readonly lines: readonly OccurringLine[];
  readonly locations: readonly Location[];
  readonly accounts: readonly ChartAccount[];
  readonly dimensions: readonly ChartDimension[];
  readonly currency: string;
};

/** `not_connected` without books, or with books whose accounts were never read. */
export async function loadDesk(visit: Visit): Promise<Result<Desk>> {
  const { db } = visit;
  const [current, books, lines] = await Promise.all([currentMapping(db), currentConnection(db, "books"), linesInUse(db)]);
  const chart = books === null ? null : await chartOf(db, books.id);
  if (chart === null) return failed({ kind: "not_connected", role: "books" });
  const locations = await taggableLocations(db, current);
  return ok({ current, lines, locations, accounts: chart.accounts, dimensions: chart.dimensions, currency: currencyOf(visit, books) });
}
