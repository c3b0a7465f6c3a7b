/** The journal of a shop as a file in another program's format: everything that Daybook posted, whatever books it went to. */
import { addDays } from "../../kernel/day";
import { ok, type Result } from "../../kernel/result";
import { fileKindOf, journalText, type Heading } from "../../ledger/export/formats";
import { usualClassOf, type JournalRecord } from "../../ledger/export/record";
import { streamOf, type ExportedFile } from "../../http/download";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import type { ShopDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { chartOf, connectionsQuery } from "../connections/service";
import type { ChartAccount } from "../connections/contract";
import { entriesOfStretch, firstEntryQuery, type EntryRow, type Stretch } from "../days/service";
import { firstPayoutOf, payoutEntriesOfStretch, type ArrivedEntry, type PayoutEntryRow } from "../payouts/service";
import type { JournalQuery } from "./contract";
import { readRange, stretchesOf, type Range } from "./range";

/** What records are made with: names of the shop, its locations, and its accounts as the charts last had them. */
export type Names = {
  readonly shop: string;
  readonly locations: ReadonlyMap<string, string>;
  /** By the connection of the books and the account's id. */
  readonly accounts: ReadonlyMap<string, ReadonlyMap<string, ChartAccount>>;
};

/** Where entries come from, by the business dates that they are about: of a payout, the date on which it arrived. */
export type JournalSource = (db: ShopDb, stretch: Stretch, names: Names) => Promise<readonly JournalRecord[]>;

const SOURCES: readonly JournalSource[] = [
  async (db, stretch, names) => (await entriesOfStretch(db, stretch)).map((row) => toRecord(row, names)),
  async (db, stretch, names) => (await payoutEntriesOfStretch(db, stretch)).map((row) => toPayoutRecord(row, names)),
];

/**
 * The journal of a range as a file. That it was taken away is a line of the audit log. Fails as `readRange`. An entry
 * whose date in the books is another than its business date is in the range that `by` says, and in no other.
 */
export async function exportJournal(world: World, visit: Visit, query: JournalQuery): Promise<Result<ExportedFile>> {
  const { db, shop } = visit;
  const range = await readRange(db, query);
  if (!range.ok) return range;
  const { format, by } = query;
  const names = await namesOf(db, shop.name, range.value);
  const audit = auditLine(db, world.random, { at: world.clock(), actor: actorOf(visit), action: "journal.exported", subject: `shop:${shop.id}`, after: { ...query } });
  await db.orm.batch(audit);
  const { extension, type } = fileKindOf(format);
  const heading = headingOf(shop.name, range.value, by, world.clock());
  const text = journalText(format, heading, by === "business" ? recordsOf(db, range.value, names) : bookedIn(db, range.value, names));
  return ok({ name: `daybook-journal-${query.from}-to-${query.to}.${extension}`, type, body: streamOf(text) });
}

function headingOf(shop: string, { from, to, location }: Range, by: JournalQuery["by"], now: number): Heading {
  const dates = by === "business" ? "whose business day lies" : "that stand in the books";
  return {
    title: shop, from,
    lines: [
      `Journal of ${shop}${location === null ? "" : ` at ${location.name}`}, kept by Daybook`,
      `Entries ${dates} from ${from} to ${to}; what others wrote into the books is not here`,
      `Written ${new Date(now).toISOString().slice(0, 16).replace("T", " ")} UTC`,
    ],
  };
}

async function namesOf(db: ShopDb, shop: string, { all }: Range): Promise<Names> {
  const books = (await connectionsQuery(db)).filter(({ role }) => role === "books");
  const charts = await Promise.all(books.map(async ({ id }) => [id, (await chartOf(db, id))?.accounts ?? []] as const));
  return {
    shop, locations: new Map(all.map(({ id, name }) => [id, name])),
    accounts: new Map(charts.map(([id, accounts]) => [id, new Map(accounts.map((account) => [account.id, account]))])),
  };
}

async function* recordsOf(db: ShopDb, range: Pick<Range, "from" | "to" | "chosen">, names: Names): AsyncGenerator<readonly JournalRecord[]> {
  for (const stretch of stretchesOf(range)) yield await recordsIn(db, stretch, names);
}

async function recordsIn(db: ShopDb, stretch: Stretch, names: Names): Promise<readonly JournalRecord[]> {
  const records = await Promise.all(SOURCES.map(async (source) => await source(db, stretch, names)));
  return inOrder(records.flat(), ({ businessDate }) => businessDate);
}

/**
 * A day of a closed period is booked on a later date, never on an earlier one: everything up to the range's end is
 * looked through from the first day that the shop has, and what is booked later waits until its date is reached.
 */
async function* bookedIn(db: ShopDb, range: Range, names: Names): AsyncGenerator<readonly JournalRecord[]> {
  const firsts = await Promise.all(range.chosen.flatMap(({ id }) => [
    firstEntryQuery(db, id).then((rows) => rows.map(({ businessDate }) => businessDate)),
    firstPayoutOf(db, id).then((rows) => rows.map(({ arrivalDate }) => arrivalDate)),
  ]));
  const first = inOrder(firsts.flat(), (date) => date)[0] ?? addDays(range.to, 1);
  let waiting: readonly JournalRecord[] = [];
  for (const stretch of stretchesOf({ ...range, from: first })) {
    const records = (await recordsIn(db, stretch, names)).filter(({ date }) => date >= range.from && date <= range.to);
    const known = inOrder([...waiting, ...records], ({ date }) => date);
    yield known.filter(({ date }) => date <= stretch.to);
    waiting = known.filter(({ date }) => date > stretch.to);
  }
}

function inOrder<T>(list: readonly T[], dateOf: (one: T) => string): T[] {
  return list.toSorted((one, other) => (dateOf(one) < dateOf(other) ? -1 : dateOf(one) > dateOf(other) ? 1 : 0));
}

function toRecord(row: EntryRow, names: Names): JournalRecord {
  return { ...postedOf(row, names), businessDate: row.businessDate, kind: row.kind, location: names.locations.get(row.locationId) ?? "" };
}

function toPayoutRecord({ entry, locationId, arrivalDate }: ArrivedEntry, names: Names): JournalRecord {
  const kind = entry.kind === "payout" ? "payout" : "payout correction";
  return { ...postedOf(entry, names), businessDate: arrivalDate, kind, location: names.locations.get(locationId) ?? "" };
}

function postedOf(row: EntryRow | PayoutEntryRow, { shop, accounts }: Names): Omit<JournalRecord, "businessDate" | "kind" | "location"> {
  const chart = accounts.get(row.booksConnectionId);
  return {
    date: row.bookedOn, documentNumber: row.documentNumber, revision: row.revision, cause: row.cause, shop, currency: row.currency,
    lines: row.lines.map(({ key, account, description, side, minor, tags }) => {
      const known = chart?.get(account.id);
      return {
        account: { books: row.booksConnectionId, id: account.id, name: known?.name ?? account.name, class: known?.class ?? usualClassOf(key) },
        description, side, minor, tags: tags ?? [],
      };
    }),
  };
}
