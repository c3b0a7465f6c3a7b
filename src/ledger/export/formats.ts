/** The journal in other programs' formats, each written record by record: a file's length needs no memory. */
import type { BusinessDate } from "../../kernel/day";
import { beancountFormatter } from "./beancount";
import { hledgerFormatter } from "./hledger";
import { iifFormatter } from "./iif";
import { csvFormatter } from "./journal-csv";
import { assertRecord, type JournalRecord } from "./record";

export const JOURNAL_FORMATS = ["hledger", "beancount", "iif", "csv"] as const;
export type JournalFormat = (typeof JOURNAL_FORMATS)[number];

/** What stands above the entries. */
export type Heading = {
  readonly title: string;
  /** What the file holds, in sentences; a comment where the format has any. */
  readonly lines: readonly string[];
  /** The first date of the range: no entry is dated before it. */
  readonly from: BusinessDate;
};

/** Writes one file from its beginning to its end. It remembers which accounts it has named. */
export type Formatter = {
  readonly head: string;
  readonly record: (record: JournalRecord) => string;
};

type Format = { readonly create: (heading: Heading) => Formatter; readonly extension: string; readonly type: string };

const FORMATS: Readonly<Record<JournalFormat, Format>> = {
  hledger: { create: hledgerFormatter, extension: "journal", type: "text/plain; charset=utf-8" },
  beancount: { create: beancountFormatter, extension: "beancount", type: "text/plain; charset=utf-8" },
  iif: { create: iifFormatter, extension: "iif", type: "text/plain; charset=us-ascii" },
  csv: { create: csvFormatter, extension: "csv", type: "text/csv; charset=utf-8" },
};

/** The end of a file's name and its media type. */
export function fileKindOf(format: JournalFormat): Pick<Format, "extension" | "type"> {
  return FORMATS[format];
}

/** The text of a journal, piece by piece, one for each page of records. Throws on a record that does not balance. */
export async function* journalText(format: JournalFormat, heading: Heading, pages: AsyncIterable<readonly JournalRecord[]>): AsyncGenerator<string> {
  const formatter = FORMATS[format].create(heading);
  yield formatter.head;
  for await (const records of pages) {
    for (const record of records) assertRecord(record);
    yield records.map((record) => formatter.record(record)).join("");
  }
}
