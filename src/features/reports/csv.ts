/** A report for a spreadsheet: a row for each day, the sums of each currency below. */
import { AmountCell, csvRow } from "../../kernel/csv";
import type { ReportDay, ReportPosted, ReportTotals, ReportView } from "./contract";

const COLUMNS = [
  "date", "location", "state", "currency", "gross sales", "discounts and comps", "returns", "net sales", "tax", "tips", "collected", "till", "books", "ties", "numbers",
] as const;

const FIGURES = ["grossMinor", "reductionsMinor", "returnsMinor", "netMinor", "taxMinor", "tipsMinor", "collectedMinor"] as const;

/** The file, piece by piece. Spreadsheets take it for UTF-8 because it begins with a byte order mark. */
export async function* reportCsv(report: ReportView): AsyncGenerator<string> {
  yield `\uFEFF${csvRow(COLUMNS)}`;
  for (const day of report.days) yield csvRow(rowOf(day));
  for (const totals of report.totals) yield sumsOf(totals).map(csvRow).join("");
  for (const posted of report.posted) yield postedOf(posted).map(csvRow).join("");
}

function rowOf({ date, locationName, state, currency, figures, tillMinor, booksMinor, ties, numbers }: ReportDay): (string | AmountCell)[] {
  const cell = (minor: number | null) => (minor === null ? "" : new AmountCell(minor, currency));
  return [
    date, locationName, state, currency, ...FIGURES.map((name) => cell(figures?.[name] ?? null)), cell(tillMinor), cell(booksMinor),
    ties === null ? "" : ties ? "yes" : "no", numbers.join(" "),
  ];
}

function sumsOf({ currency, summary, categories, taxes, tenders }: ReportTotals): (string | AmountCell)[][] {
  const cell = (minor: number) => new AmountCell(minor, currency);
  const block = (title: string, rows: ReportTotals["taxes"]) => (
    rows.length === 0 ? [] : [[], [title, currency, "in", "out", "net"], ...rows.map(({ label, inMinor, outMinor, netMinor }) => [label, "", cell(inMinor), cell(outMinor), cell(netMinor)])]
  );
  return [
    [], ["Summary", currency], ...summary.map(({ label, minor }) => [label, "", cell(minor)]),
    ...block("Categories", categories), ...block("Taxes", taxes), ...block("Tenders", tenders),
  ];
}

function postedOf({ currency, accounts, debitMinor, creditMinor }: ReportPosted): (string | AmountCell)[][] {
  const row = (label: string, debit: number, credit: number) => [label, "", new AmountCell(debit, currency), new AmountCell(credit, currency)];
  return [[], ["Posted by account", currency, "debit", "credit"], ...accounts.map((one) => row(one.account, one.debitMinor, one.creditMinor)), row("Total", debitMinor, creditMinor)];
}
