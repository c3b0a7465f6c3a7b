/**
 * Folds a file into the days of its locations while it streams by. What stays of a row is what it adds to a total; of a
 * file, its totals, how many rows it had, and the line numbers of those that could not be read.
 */
import type { BusinessDate, DaySchedule } from "../../kernel/day";
import type { Currency } from "../../kernel/money";
import { ok, type Result } from "../../kernel/result";
import { createSalesDayFold, type SalesDay, type SalesDayFold } from "../../ledger/sales-day";
import { addLine } from "./book-line";
import { BusinessDays } from "./business-days";
import { usualDates } from "./known-layouts";
import { missingColumns, type DateOrder, type Layout } from "./layout";
import { LineReader, type SaleLine } from "./line-reader";
import { readRows, unusable, type Progress, type Row } from "./lines";

/** A location of the shop as a file needs it. */
export type FilePlace = { readonly id: string; readonly schedule: DaySchedule };

export type FoldOrder = {
  /** Chooses the layout by the headings; null where nobody knows them. */
  readonly layoutOf: (headings: readonly string[]) => Layout | null;
  /** The location that the file's own word for a place means; an empty word where the file names none. */
  readonly placeOf: (name: string) => FilePlace | null;
  readonly currency: Currency;
  /** The order of day and month, where a person said it. */
  readonly dates: DateOrder | null;
  /** The dates that a line can have at all; another one means that day and month, or the columns, were mixed up. */
  readonly range: { readonly first: BusinessDate; readonly last: BusinessDate };
  readonly progress?: Progress;
};

/** A row that could not be taken: where it stands and why. */
export type BadRow = { readonly line: number; readonly reason: string };

export type FoldedDay = { readonly placeId: string; readonly date: BusinessDate; readonly day: SalesDay };

export type Folded = {
  readonly layout: Layout;
  readonly dates: DateOrder;
  readonly days: readonly FoldedDay[];
  /** Business days of which the file begins after midnight: the hours that it holds of them are no day and are left out. */
  readonly begun: readonly Omit<FoldedDay, "day">[];
  readonly rowCount: number;
  /** Rows that do not count by the till's own word. */
  readonly skippedCount: number;
  readonly badCount: number;
  /** The first of them. */
  readonly bad: readonly BadRow[];
};

export type FileReading =
  | ({ readonly kind: "folded" } & Folded)
  | { readonly kind: "unknown_layout"; readonly headings: readonly string[] }
  /** Places that the file names and the shop has not said which they are. */
  | { readonly kind: "unknown_places"; readonly names: readonly string[] };

export const MOST_BAD_ROWS_SHOWN = 50;
/** Days of all locations together, and totals in all of them: what a fold holds is bounded by these two. */
export const MOST_DAYS_OF_A_FILE = 2_500;
const MOST_TOTALS = 60_000;
const MOST_NAMES_OF_A_DAY = 400;
const MOST_PLACES = 100;
const MOST_HEADINGS = 200;
/** Files leave the last cells of a line out where they are empty; a line that lacks more is another line's end. */
const MOST_MISSING_CELLS = 2;

/** Reads a whole file. `invalid_input` and `too_large` for one that cannot be taken: then nothing of it was. */
export async function foldFile(body: ReadableStream<Uint8Array>, order: FoldOrder): Promise<Result<FileReading>> {
  const fold = new FileFold(order);
  const read = await readRows(body, null, (row) => fold.take(row), order.progress);
  return read.ok ? fold.finish() : read;
}

class PlaceDay {
  readonly fold: SalesDayFold;
  readonly names = new Set<string>();
  lastOrder = "";
  /** Whether anything of it was before midnight. */
  hasEvening = false;

  constructor(readonly placeId: string, readonly date: BusinessDate, currency: Currency) {
    this.fold = createSalesDayFold(currency);
  }
}

class FileFold {
  private headings: readonly string[] | null = null;
  private layout: Layout | null = null;
  private reader: LineReader | null = null;
  private readonly places = new Map<string, { readonly place: FilePlace; readonly days: BusinessDays } | null>();
  private readonly days = new Map<string, PlaceDay>();
  private readonly bad: BadRow[] = [];
  private readonly dates: DateOrder;
  private rowCount = 0;
  private skippedCount = 0;
  private badCount = 0;
  private totalCount = 0;
  private refusal: string | null = null;

  constructor(private readonly order: FoldOrder) {
    this.dates = order.dates ?? usualDates(order.currency);
  }

  /** Takes one row; false where no further row could change what the answer is. */
  take({ record, info }: Row): boolean {
    if (this.headings === null || this.reader === null) return this.begin(record);
    this.rowCount += 1;
    if (record.length < this.headings.length - MOST_MISSING_CELLS) return this.wrong(info.lines, `It has ${record.length} columns where the headings have ${this.headings.length}.`);
    const read = this.reader.read(record);
    if ("wrong" in read) return this.wrong(info.lines, read.wrong);
    if ("skipped" in read) {
      this.skippedCount += 1;
      return true;
    }
    return this.book(read.line, info.lines) && this.refusal === null;
  }

  finish(): Result<FileReading> {
    if (this.headings === null) return unusable("The file is empty. Export the report again and drop the new file.");
    if (this.refusal !== null) return unusable(this.refusal);
    if (this.layout === null) return ok({ kind: "unknown_layout", headings: this.headings });
    const unknown = [...this.places].filter(([, known]) => known === null).map(([name]) => name);
    if (unknown.length > 0) return ok({ kind: "unknown_places", names: unknown.toSorted() });
    const begun = new Set([...this.days.values()].filter((day) => !day.hasEvening && this.isFirst(day)));
    const days = [...this.days.values()].filter((day) => !begun.has(day)).map(({ placeId, date, fold }) => ({ placeId, date, day: fold.finish() }));
    return ok({
      kind: "folded", layout: this.layout, dates: this.layout.dates ?? this.dates, days,
      begun: [...begun].map(({ placeId, date }) => ({ placeId, date })), rowCount: this.rowCount,
      skippedCount: this.skippedCount, badCount: this.badCount, bad: this.bad,
    });
  }

  private isFirst({ placeId, date }: PlaceDay): boolean {
    return ![...this.days.values()].some((other) => other.placeId === placeId && other.date < date);
  }

  private begin(record: readonly string[]): boolean {
    this.headings = record.slice(0, MOST_HEADINGS);
    this.layout = this.order.layoutOf(this.headings);
    if (this.layout === null) return false;
    const missing = missingColumns(this.layout, this.headings);
    if (missing.length > 0) {
      this.refusal = `The file has no column "${missing[0] ?? ""}", which its layout "${this.layout.name}" reads.`;
      return false;
    }
    this.reader = new LineReader(this.layout, this.layout.dates ?? this.dates, this.order.currency, this.headings);
    return true;
  }

  private wrong(line: number, reason: string): boolean {
    this.badCount += 1;
    if (this.bad.length < MOST_BAD_ROWS_SHOWN) this.bad.push({ line, reason });
    return true;
  }

  private book(line: SaleLine, lineNumber: number): boolean {
    const place = this.placeOf(line.place);
    if (place === null) return true;
    const date = place.days.dateOf(line.when, line.zoneName);
    const { first, last } = this.order.range;
    if (date < first || date > last) return this.wrong(lineNumber, date > last ? "Its date lies in the future." : "Its date lies too far back.");
    const day = this.dayOf(place.place.id, date);
    if (day === null) return false;
    if (line.order === "" || line.order !== day.lastOrder) day.fold.order();
    day.lastOrder = line.order;
    if (line.when.kind === "instant" || line.when.date === date) day.hasEvening = true;
    this.admit(day, line);
    addLine(day.fold, line);
    return true;
  }

  private placeOf(name: string): { readonly place: FilePlace; readonly days: BusinessDays } | null {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const place = this.order.placeOf(name);
    const made = place === null ? null : { place, days: new BusinessDays(place.schedule) };
    this.places.set(name, made);
    if (this.places.size > MOST_PLACES) this.refusal = `The file names more than ${MOST_PLACES} places. Is the right column read as the location?`;
    return made;
  }

  private dayOf(placeId: string, date: BusinessDate): PlaceDay | null {
    const key = `${placeId} ${date}`;
    const known = this.days.get(key);
    if (known !== undefined) return known;
    if (this.days.size >= MOST_DAYS_OF_A_FILE) {
      this.refusal = `The file has more than ${MOST_DAYS_OF_A_FILE.toLocaleString("en")} days. Export fewer at a time.`;
      return null;
    }
    const made = new PlaceDay(placeId, date, this.order.currency);
    this.days.set(key, made);
    return made;
  }

  private note(day: PlaceDay, name: string): void {
    if (day.names.has(name)) return;
    day.names.add(name);
    this.totalCount += 1;
  }

  /** Counts what a day holds: a column of customers read as categories would otherwise be kept name by name. */
  private admit(day: PlaceDay, line: SaleLine): void {
    this.note(day, line.category.id);
    for (const { kind, id } of line.tenders) this.note(day, `${kind} ${id}`);
    if (this.totalCount > MOST_TOTALS || day.names.size > MOST_NAMES_OF_A_DAY) {
      this.refusal = "The file has too many different categories or tenders to be one shop's. Is the right column read as the category?";
    }
  }
}
