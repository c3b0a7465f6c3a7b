/** Cells for a spreadsheet (RFC 4180), none of which it would run. */
import Papa from "papaparse";

/** What begins a formula somewhere, full-width forms included (OWASP, "CSV Injection"); a plain negative number is none. */
const BEGINS_A_FORMULA = /^(?!-\d+(?:\.\d+)?$)[=+\-@\t\r＝＋－＠]/u;
/** Some programs take what follows a line break in a cell for a new cell. */
const AFTER_A_BREAK = /(\r\n|\r|\n)(?=[=+\-@\t＝＋－＠])/gu;

/** One row with its line break. */
export function csvRow(cells: readonly string[]): string {
  return `${Papa.unparse([cells.map((cell) => cell.replace(AFTER_A_BREAK, "$1'"))], { escapeFormulae: BEGINS_A_FORMULA, newline: "\r\n" })}\r\n`;
}
