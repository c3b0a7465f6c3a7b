/** The journal for a spreadsheet: one row per line of an entry, amounts as plain decimals in two columns. */
import { AmountCell, csvRow } from "../../kernel/csv";
import { ROOTS } from "./account-path";
import type { Formatter } from "./formats";
import type { JournalRecord } from "./record";

export const JOURNAL_COLUMNS = [
  "date in the books", "business date", "number", "kind", "revision", "shop", "location", "account", "account id", "class", "line", "debit", "credit", "currency",
  "tags", "cause",
] as const;

/** Spreadsheets take a file for UTF-8 when it begins so. */
const BYTE_ORDER_MARK = "\uFEFF";

/** A writer of one file. */
export function csvFormatter(): Formatter {
  return { head: `${BYTE_ORDER_MARK}${csvRow(JOURNAL_COLUMNS)}`, record: (record) => rowsOf(record).map(csvRow).join("") };
}

function rowsOf(record: JournalRecord): (string | AmountCell)[][] {
  const { date, businessDate, documentNumber, kind, revision, shop, location, currency, cause } = record;
  return record.lines.map(({ account, description, side, minor, tags }) => [
    date, businessDate, documentNumber, kind, String(revision), shop, location, account.name, account.id, ROOTS[account.class], description,
    side === "debit" ? new AmountCell(minor, currency) : "", side === "credit" ? new AmountCell(minor, currency) : "", currency,
    tags.map((tag) => tag.name).join("; "), cause,
  ]);
}
