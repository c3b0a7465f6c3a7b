/** A report on paper: A4, figures right-aligned in digits of equal width, totals under a double rule. */
import { PDFDocument, type PDFPage } from "@cantoo/pdf-lib";
import { toReadable } from "../../kernel/money";
import { openLook, readable, type FontFiles, type Look } from "../paper/service";
import type { ReportDay, ReportPosted, ReportTotals, ReportView } from "./contract";

export { fontsOf } from "../paper/service";

type Face = Look["body"];

/** Points of a seventy-second of an inch. */
const PAGE = { width: 595, height: 842, margin: 42, foot: 48, line: 14, size: 9 } as const;
const RIGHT = PAGE.width - PAGE.margin;

/** The report as a PDF. Whatever names hold, it is drawn: a letter that no font has as an empty box. */
export async function reportPdf(report: ReportView, files: FontFiles): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  document.setTitle(oneLine(`${report.shop}, ${report.from} to ${report.to}`));
  document.setProducer("Daybook");
  document.setCreationDate(new Date(report.generatedAt));
  document.setModificationDate(new Date(report.generatedAt));
  const sheet = new Sheet(document, await openLook(document, files, JSON.stringify(report, wellFormed)), report);
  for (const totals of report.totals) drawTotals(sheet, totals);
  for (const posted of report.posted) drawPosted(sheet, posted);
  if (report.totals.length === 0) sheet.text("No day of this range was read.");
  drawDays(sheet, report.days);
  drawChanges(sheet, report);
  sheet.numberPages();
  return new Uint8Array(await document.save());
}

/** A column: where its text ends, or where it begins. */
type Column = { readonly title: string; readonly at: number; readonly align: "left" | "right"; readonly width: number };

/** Paper that is written from top to bottom and goes on on the next page. */
class Sheet {
  #page: PDFPage;
  #y = 0;
  #head: readonly Column[] | null = null;

  constructor(private readonly document: PDFDocument, private readonly look: Look, private readonly report: ReportView) {
    this.#page = this.#turn();
  }

  /** One line of text; `isStrong` for headings and totals. */
  text(text: string, isStrong = false): void {
    this.#next();
    this.#draw(text, PAGE.margin, this.#faceOf(isStrong), "left", RIGHT - PAGE.margin);
  }

  heading(text: string): void {
    this.#head = null;
    // A heading is never the last line of a page.
    if (this.#y < PAGE.foot + PAGE.line * 5) this.#page = this.#turn();
    this.#y -= PAGE.line;
    this.text(text, true);
  }

  /** Names the columns, here and on every page on which the table goes on. */
  columns(columns: readonly Column[]): void {
    this.#head = columns;
    this.#drawHead(columns);
  }

  row(columns: readonly Column[], cells: readonly string[], isStrong = false): void {
    this.#next();
    for (const [index, { at, align, width }] of columns.entries()) this.#draw(cells[index] ?? "", at, this.#faceOf(isStrong), align, width);
  }

  /** The accountant's rules: one above a total, two below a grand total. */
  rule(from: number, count: 1 | 2): void {
    for (let index = 0; index < count; index += 1) {
      const y = this.#y - 4 - index * 2;
      this.#page.drawLine({ start: { x: from, y }, end: { x: RIGHT, y }, thickness: 0.5 });
    }
    this.#y -= count;
  }

  numberPages(): void {
    const pages = this.document.getPages();
    for (const [index, page] of pages.entries()) {
      const text = `Page ${index + 1} of ${pages.length}`;
      this.look.body.draw(page, text, { x: RIGHT, y: 28, size: PAGE.size, align: "right" });
    }
  }

  #next(): void {
    if (this.#y - PAGE.line < PAGE.foot) {
      this.#page = this.#turn();
      if (this.#head !== null) this.#drawHead(this.#head);
    }
    this.#y -= PAGE.line;
  }

  #drawHead(columns: readonly Column[]): void {
    this.row(columns, columns.map(({ title }) => title), true);
    this.rule(PAGE.margin, 1);
  }

  #turn(): PDFPage {
    const page = this.document.addPage([PAGE.width, PAGE.height]);
    const { shop, location, from, to, generatedAt } = this.report;
    const top = PAGE.height - PAGE.margin;
    const { body, strong } = this.look;
    strong.draw(page, fitted(shop, strong, 13, 320), { x: PAGE.margin, y: top, size: 13 });
    const generated = `Generated ${new Date(generatedAt).toISOString().slice(0, 16).replace("T", " ")} UTC`;
    body.draw(page, generated, { x: RIGHT, y: top, size: PAGE.size, align: "right" });
    const period = `Sales and journal, ${from} to ${to}, ${location?.name ?? "all locations"}`;
    body.draw(page, fitted(period, body, PAGE.size, RIGHT - PAGE.margin), { x: PAGE.margin, y: top - 16, size: PAGE.size });
    this.#y = top - 24;
    return page;
  }

  #faceOf(isStrong: boolean): Face {
    return isStrong ? this.look.strong : this.look.body;
  }

  #draw(text: string, at: number, face: Face, align: Column["align"], width: number): void {
    face.draw(this.#page, fitted(text, face, PAGE.size, width), { x: at, y: this.#y, size: PAGE.size, align });
  }
}

const left = (title: string, at: number, width: number): Column => ({ title, at, align: "left", width });
const right = (title: string, at: number): Column => ({ title, at, align: "right", width: 78 });

function drawTotals(sheet: Sheet, { currency, days, summary, categories, taxes, tenders, tieOut }: ReportTotals): void {
  const amount = (minor: number) => toReadable(minor, currency);
  sheet.heading(`Summary, ${currency}, ${days} ${days === 1 ? "day" : "days"}`);
  const columns = [left("", PAGE.margin, 300), right(currency, RIGHT)];
  for (const { label, minor, isTotal } of summary) {
    if (isTotal) sheet.rule(RIGHT - 90, 1);
    sheet.row(columns, [label, amount(minor)], isTotal);
  }
  sheet.rule(RIGHT - 90, 2);
  drawSums(sheet, `Sales by category, ${currency}`, ["Sold", "Returned", "Net"], categories, amount);
  drawSums(sheet, `Taxes, ${currency}`, ["Collected", "Refunded", "Net"], taxes, amount);
  drawSums(sheet, `Tenders, ${currency}`, ["Taken", "Given back", "Net"], tenders, amount);
  sheet.heading(`Tie-out, ${currency}`);
  sheet.text(`Till ${amount(tieOut.tillMinor)} ${tieOut.ties ? "=" : "differs from"} Books ${amount(tieOut.booksMinor)}, ${tieOut.postedDays} ${tieOut.postedDays === 1 ? "day" : "days"} in the books`);
  if (tieOut.notPostedMinor !== 0) sheet.text(`${amount(tieOut.notPostedMinor)} was read and is not in the books yet`);
}

function drawSums(sheet: Sheet, title: string, heads: readonly [string, string, string], rows: ReportTotals["taxes"], amount: (minor: number) => string): void {
  if (rows.length === 0) return;
  sheet.heading(title);
  const columns = [left("", PAGE.margin, 230), right(heads[0], 375), right(heads[1], 464), right(heads[2], RIGHT)];
  sheet.columns(columns);
  for (const { label, inMinor, outMinor, netMinor } of rows) sheet.row(columns, [label, amount(inMinor), amount(outMinor), amount(netMinor)]);
  const total = (pick: (row: ReportTotals["taxes"][number]) => number) => amount(rows.reduce((all, row) => all + pick(row), 0));
  sheet.rule(PAGE.margin, 1);
  sheet.row(columns, ["", total((row) => row.inMinor), total((row) => row.outMinor), total((row) => row.netMinor)], true);
  sheet.rule(300, 2);
}

function drawPosted(sheet: Sheet, { currency, accounts, debitMinor, creditMinor }: ReportPosted): void {
  const amount = (minor: number) => (minor === 0 ? "" : toReadable(minor, currency));
  sheet.heading(`Posted by account, ${currency}`);
  sheet.text("Entries of days. Those of payouts stand in the journal.");
  const columns = [left("Account", PAGE.margin, 320), right("Debit", 464), right("Credit", RIGHT)];
  sheet.columns(columns);
  for (const one of accounts) sheet.row(columns, [one.account, amount(one.debitMinor), amount(one.creditMinor)]);
  sheet.rule(PAGE.margin, 1);
  sheet.row(columns, ["", amount(debitMinor), amount(creditMinor)], true);
  sheet.rule(RIGHT - 180, 2);
}

const STATE_WORDS = {
  collecting: "Working", ready: "Ready", posting: "Posting", posted: "Posted", final: "Final", held: "Held", failed: "Failed", uncertain: "Looked up",
  no_sales: "No sales", changed: "Changed", corrected: "Corrected", missing: "Missing", open: "Open",
} as const satisfies Record<ReportDay["state"], string>;

function drawDays(sheet: Sheet, days: readonly ReportDay[]): void {
  if (days.length === 0) return;
  sheet.heading("Days");
  const columns = [left("Date", PAGE.margin, 54), left("Location", 98, 100), left("State", 202, 54), right("Net sales", 334), right("Till", 412), right("Books", 490), left("Ties", 500, 52)];
  sheet.columns(columns);
  for (const { date, locationName, state, currency, figures, tillMinor, booksMinor, ties } of days) {
    const amount = (minor: number | null | undefined) => (minor === null || minor === undefined ? "" : toReadable(minor, currency));
    sheet.row(columns, [date, locationName, STATE_WORDS[state], amount(figures?.netMinor), amount(tillMinor), amount(booksMinor), ties === null ? "" : ties ? "yes" : "no"]);
  }
}

function drawChanges(sheet: Sheet, { changes }: ReportView): void {
  if (changes.length === 0) return;
  sheet.heading("Posted after a day's first entry");
  const columns = [left("Date", PAGE.margin, 54), left("Number", 98, 106), left("Booked on", 208, 54), left("Why", 266, 200), right("Amount", RIGHT)];
  sheet.columns(columns);
  for (const { date, documentNumber, bookedOn, cause, kind, totalMinor, currency } of changes) {
    sheet.row(columns, [date, documentNumber, bookedOn, cause === "" ? kind : cause, toReadable(totalMinor, currency)]);
  }
}

/** Text as wide as there is room, with three dots where some of it is left out. */
function fitted(text: string, face: Face, size: number, width: number): string {
  const whole = oneLine(text);
  if (face.widthOf(whole, size) <= width) return whole;
  let length = Math.min(whole.length, 200);
  while (length > 0 && face.widthOf(`${whole.slice(0, length)}...`, size) > width) length -= 1;
  return `${whole.slice(0, length)}...`;
}

function oneLine(text: string): string {
  return readable(text).replaceAll("\n", " ");
}

/** JSON writes half a letter in plain ones, and it would not be seen that it is none. */
function wellFormed(_: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed() : value;
}
