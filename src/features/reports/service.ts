/** A report over a range of business days: every day in a row, sums, tie-out, and what changed since it was posted. */
import { addDays, businessDateAt, datesBetween, type BusinessDate } from "../../kernel/day";
import { ok, type Result } from "../../kernel/result";
import { streamOf, type ExportedFile } from "../../http/download";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { scheduleOf, type Location } from "../connections/service";
import type { ShownState } from "../days/contract";
import { daysOfStretch, entriesOfStretch, NEVER_SENT, type EntryRow, type ReportedDay } from "../days/service";
import { shownStateOf } from "../sync/service";
import type { ReportDay, ReportFileQuery, ReportQuery, ReportView } from "./contract";
import { reportCsv } from "./csv";
import { PostedFold } from "./posted";
import { readRange, stretchesOf, wrongRange, type Range } from "./range";
import { figuresOf, ReportFold, tieOutOf } from "./rules";

export { exportJournal } from "./journal";

/** A report shows each day in a row: a year, and so many rows that a page can hold. */
const MOST_DAYS = 366;
const MOST_ROWS = 5_000;

/** Whose report it is. */
export type ReportedShop = Pick<Visit, "db"> & { readonly shop: Pick<Visit["shop"], "name" | "zone"> };

/** The report of a range. Fails as `readRange`; `invalid_input` for more than a year, or more days of all locations than a page holds. */
export async function viewReport(world: World, { db, shop }: ReportedShop, query: ReportQuery): Promise<Result<ReportView>> {
  const range = await readRange(db, query);
  if (!range.ok) return range;
  const { from, to, location, chosen, all } = range.value;
  if (addDays(from, MOST_DAYS - 1) < to) return wrongRange(`A report is of at most ${MOST_DAYS} days. The journal can be taken away over any range.`);
  if (datesBetween(from, to).length * chosen.length > MOST_ROWS) return wrongRange("That is more days than a report can show. Choose fewer, or one location.");
  const read = await readRows(db, range.value, world.clock());
  return ok({
    from, to, shop: shop.name, zone: shop.zone, generatedAt: world.clock(),
    location: location === null ? null : { id: location.id, name: location.name },
    locations: all.map(({ id, name }) => ({ id, name })),
    totals: read.fold.finish(), posted: read.posted.finish(), states: statesOf(read.days), days: read.days, changes: read.changes,
  });
}

/** The report as a file: a spreadsheet of its days, or paper. That it was taken away is a line of the audit log. Fails as `viewReport`. */
export async function exportReport(world: World, env: Bindings, visit: Visit, { format, ...query }: ReportFileQuery): Promise<Result<ExportedFile>> {
  const { db, shop } = visit;
  const report = await viewReport(world, visit, query);
  if (!report.ok) return report;
  const audit = auditLine(db, world.random, { at: world.clock(), actor: actorOf(visit), action: "report.exported", subject: `shop:${shop.id}`, after: { ...query, format } });
  await db.orm.batch(audit);
  const name = `daybook-report-${query.from}-to-${query.to}.${format}`;
  if (format === "csv") return ok({ name, type: "text/csv; charset=utf-8", body: streamOf(reportCsv(report.value)) });
  return ok({ name, type: "application/pdf", body: new Blob([await onPaper(env, report.value)]).stream() });
}

/**
 * The report as a PDF, for a file that stays here. `asOf` stands on it in place of the time at which it was drawn, so that
 * the same days draw the same bytes. Fails as `viewReport`.
 */
export async function drawReport(world: World, env: Bindings, shop: ReportedShop, query: ReportQuery, asOf: number): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const report = await viewReport(world, shop, query);
  return report.ok ? ok(await onPaper(env, { ...report.value, generatedAt: asOf })) : report;
}

/** Only the few requests that ask for paper load what draws it. */
async function onPaper(env: Bindings, report: ReportView): Promise<Uint8Array<ArrayBuffer>> {
  const { fontsOf, reportPdf } = await import("./pdf");
  return await reportPdf(report, fontsOf(env));
}

type Read = { readonly days: ReportDay[]; readonly changes: ReportView["changes"]; readonly fold: ReportFold; readonly posted: PostedFold };

async function readRows(db: ShopDb, range: Range, now: number): Promise<Read> {
  const read: Read = { days: [], changes: [], fold: new ReportFold(), posted: new PostedFold() };
  for (const stretch of stretchesOf(range)) {
    const [days, entries] = await db.orm.batch([daysOfStretch(db, stretch), entriesOfStretch(db, stretch)]);
    const byDay = Map.groupBy(entries, keyOf);
    const rows = new Map(days.map((day) => [keyOf(day), day]));
    for (const date of datesBetween(stretch.from, stretch.to)) {
      for (const location of range.chosen) {
        const key = keyOf({ locationId: location.id, businessDate: date });
        addDay(read, { location, date, day: rows.get(key) ?? null, entries: byDay.get(key) ?? [], now });
      }
    }
  }
  return read;
}

type OneDay = { readonly location: Location; readonly date: BusinessDate; readonly day: ReportedDay | null; readonly entries: readonly EntryRow[]; readonly now: number };

function addDay(read: Read, { location, date, day, entries, now }: OneDay): void {
  if (day === null && !isExpected(location, date, now)) return;
  const state: ShownState = shownStateOf(location, day ?? { state: "collecting", changedAt: 0 }, date, now);
  const totals = day?.totals ?? null;
  const tieOut = tieOutOf(totals, entries.length === 0 ? null : entries.flatMap((entry) => entry.lines));
  const place = { locationId: location.id, locationName: location.name, date };
  if (totals !== null) read.fold.add(totals, tieOut);
  read.days.push({
    ...place, state, currency: totals?.currency ?? location.currency, figures: totals === null ? null : figuresOf(totals), ...tieOut,
    numbers: entries.filter(({ externalId }) => externalId !== NEVER_SENT).map(({ documentNumber }) => documentNumber),
  });
  for (const entry of entries) read.posted.add(entry);
  for (const { kind, documentNumber, bookedOn, cause, currency, totalMinor, postedAt } of entries.slice(1)) {
    read.changes.push({ ...place, kind, documentNumber, bookedOn, cause, currency, totalMinor, postedAt });
  }
}

/**
 * Whether a date should have a day at a location by now. Before its first day it has none, nor has one that is no longer
 * kept, and a day after the one that is running has not come yet.
 */
function isExpected(location: Location, date: BusinessDate, now: number): boolean {
  return location.startsOn !== null && date >= location.startsOn && date <= businessDateAt(scheduleOf(location), now);
}

function statesOf(days: readonly ReportDay[]): ReportView["states"] {
  return [...Map.groupBy(days, ({ state }) => state)].map(([state, rows]) => ({ state, days: rows.length })).toSorted((one, other) => other.days - one.days);
}

function keyOf({ locationId, businessDate }: Pick<ReportedDay, "locationId" | "businessDate">): string {
  return `${locationId} ${businessDate}`;
}
