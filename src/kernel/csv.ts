/** Cells for a spreadsheet (RFC 4180), none of which it would run. */
import Papa from "papaparse";
import { toDecimal, type Currency } from "./money";

/** An amount as it stands in a cell. No text from outside can be one, so that a name such as "-1" is never let through as a number. */
export class AmountCell {
  readonly text: string;

  constructor(minor: number, currency: Currency) {
    this.text = toDecimal(minor, currency);
  }
}

/** What begins a formula somewhere, full-width forms included (OWASP, "CSV Injection"). */
const BEGINS_A_FORMULA = /^[=+\-@\t\r＝＋－＠]/u;
/** Some programs take what follows a line break in a cell for a new cell. */
const AFTER_A_BREAK = /(\r\n|\r|\n)(?=[=+\-@\t＝＋－＠])/gu;

/** One row with its line break. */
export function csvRow(cells: readonly (string | AmountCell)[]): string {
  return Papa.unparse([cells.map((cell) => (cell instanceof AmountCell ? cell.text : defused(cell)))], { newline: "\r\n" }) + "\r\n";
}

function defused(text: string): string {
  return `${BEGINS_A_FORMULA.test(text) ? "'" : ""}${text.replace(AFTER_A_BREAK, "$1'")}`;
}
