/** Looking at a file of contacts: what it would change, and nothing of it done. Its people are put by, to be taken by a press. */
import { newId, type Brand } from "../../kernel/ids";
import { HOUR } from "../../kernel/clock";
import { ok, type Result } from "../../kernel/result";
import { barredAmong } from "../consent/service";
import type { ImportField, ImportQuery, ImportView, LineProblem, Preview } from "./contract";
import { decideAll } from "./import-people";
import { columnsOf, readRow, type Columns, type ImportRow, type Reading } from "./import-rows";
import { viewOf } from "./import-view";
import type { Keeper } from "./keep";
import { addressesOf } from "./rules";
import { readSheet, unusable, type SheetRow } from "./sheet";
import { importAdded, importPartAdded, importsDropped } from "./store";

export type ImportId = Brand<string, "ImportId">;

const ROWS_OF_A_PART = 500;
const MOST_PROBLEMS_SHOWN = 100;
const LIVES_MS = 24 * HOUR;

/**
 * Reads a file and says what it would change; an earlier file that was not taken is let go of. `too_large`, or `invalid_input`
 * for what is no CSV, has too many people, or no column of numbers or email addresses.
 */
export async function previewImport(keeper: Keeper, query: ImportQuery, body: ReadableStream<Uint8Array>): Promise<Result<ImportView>> {
  const { world, db } = keeper;
  const look = new Look(keeper, query, newId<ImportId>(world.random));
  await db.orm.batch(importsDropped(db));
  const read = await readSheet(body, async (row) => await look.take(row));
  const done = read.ok ? await look.end() : read;
  // Parts without a file are nobody's: what was put by of one that is refused goes at once.
  if (!done.ok) await db.orm.batch(importsDropped(db));
  return done;
}

/** One file while it is read. */
class Look {
  private headings: readonly string[] | null = null;
  private columns: Columns = {};
  private waiting: ImportRow[] = [];
  private partCount = 0;
  private rowCount = 0;
  private readonly counts = { new: 0, changed: 0, same: 0, refused: 0, optedOut: 0, agreed: 0 };
  private readonly problems: LineProblem[] = [];
  /** The line at which each address of the file first stands. */
  private readonly lines = new Map<string, number>();

  private readonly expiresAt: number;

  constructor(private readonly keeper: Keeper, private readonly query: ImportQuery, private readonly id: ImportId) {
    this.expiresAt = keeper.world.clock() + LIVES_MS;
  }

  async take({ cells, line }: SheetRow): Promise<Result<void>> {
    if (this.headings === null) return this.begin(cells);
    if (cells.every((cell) => cell.trim() === "")) return ok(undefined);
    const reading: Reading = { columns: this.columns, country: this.keeper.country, dates: this.query.dates, now: this.keeper.world.clock() };
    const read = readRow(cells, line, reading);
    if ("refused" in read) this.refuse(line, read.refused, read.stop);
    else this.keep(read.row, read.warning);
    if (this.waiting.length >= ROWS_OF_A_PART) await this.putBy();
    return ok(undefined);
  }

  async end(): Promise<Result<ImportView>> {
    if (this.headings === null) return unusable("The file is empty.");
    await this.putBy();
    const { db } = this.keeper;
    const preview: Preview = { headings: [...this.headings], columns: this.named(), counts: this.counts, problems: this.problems.toSorted((one, other) => one.line - other.line) };
    const row = { id: this.id, preview, rowCount: this.rowCount, doneCount: 0, partCount: this.partCount, nextPart: 0, expiresAt: this.expiresAt };
    await db.orm.batch([importAdded(db, row)]);
    return ok(viewOf(row));
  }

  private begin(cells: readonly string[]): Result<void> {
    this.headings = cells.map((cell) => cell.toWellFormed().replace(/\p{Cc}+/gu, " ").trim().slice(0, 120));
    this.columns = columnsOf(this.headings, this.query);
    if (this.columns.phone !== undefined || this.columns.email !== undefined) return ok(undefined);
    return unusable("No column of this file is called Phone or Email. Choose which column holds the numbers or the email addresses.");
  }

  private keep(row: ImportRow, warning: string | null): void {
    const marks = addressesOf(row).map(({ value }) => value);
    const earlier = marks.flatMap((mark) => this.lines.get(mark) ?? [])[0];
    if (earlier !== undefined) return this.refuse(row.line, `Line ${earlier} has the same number or email address.`, row);
    for (const mark of marks) this.lines.set(mark, row.line);
    if (warning !== null) this.note({ line: row.line, message: warning, isRefused: false });
    this.waiting.push(row);
    return undefined;
  }

  /** What a refused line says of a stop is taken all the same. */
  private refuse(line: number, message: string, row: ImportRow | null): void {
    this.counts.refused += 1;
    this.note({ line, message, isRefused: true });
    if (row !== null && row.out.length > 0) this.waiting.push({ ...row, isKept: false });
  }

  private note(problem: LineProblem): void {
    if (this.problems.length < MOST_PROBLEMS_SHOWN) this.problems.push(problem);
  }

  private async putBy(): Promise<void> {
    const { db } = this.keeper;
    const waiting = this.waiting;
    this.waiting = [];
    const decided = await decideAll(db, waiting);
    for (const one of decided) {
      if (one.kind !== "refused") this.counts[one.kind] += 1;
      else if (one.because !== null) this.refuse(one.row.line, one.because, null);
    }
    const taken = decided.filter(({ kind, row }) => kind !== "refused" || row.out.length > 0).map(({ kind, row }) => ({ ...row, isKept: kind !== "refused" }));
    await this.countConsent(taken);
    if (taken.length === 0) return;
    await db.orm.batch([importPartAdded(db, { importId: this.id, number: this.partCount, rows: taken, expiresAt: this.expiresAt })]);
    this.partCount += 1;
    this.rowCount += taken.length;
  }

  private async countConsent(rows: readonly ImportRow[]): Promise<void> {
    const addresses = rows.map(addressesOf);
    const barred = await barredAmong(this.keeper, addresses.flat().map((address) => ({ address, others: [] })));
    let at = 0;
    for (const [index, row] of rows.entries()) {
      const own = barred.slice(at, (at += addresses[index]?.length ?? 0));
      if (row.out.length > 0 || own.some((one) => one?.kind === "opted_out")) this.counts.optedOut += 1;
      else if (row.agreed !== null) this.counts.agreed += 1;
    }
  }

  private named(): Preview["columns"] {
    const headings = this.headings ?? [];
    return Object.fromEntries(Object.entries(this.columns).map(([field, at]) => [field as ImportField, headings[at] ?? ""]));
  }
}
