/** A file of contacts, one row at a time, as `csv-parse` reads it: bytes of any usual encoding in, rows of cells out. */
import { CsvError, parse } from "csv-parse/stream";
import { failed, ok, type Failed, type Result } from "../../kernel/result";
import { separatorOf, Utf8 } from "../../providers/registry";
import { LARGEST_IMPORT_BYTES, MOST_IMPORT_ROWS } from "./contract";

/** No row of people is longer; what is has a quotation mark that is never closed. */
const LONGEST_ROW = 64_000;
const MOST_COLUMNS = 200;

/** A row and the number of its line in the file, from 1. */
export type SheetRow = { readonly cells: readonly string[]; readonly line: number };

/** What a person is told of a file that cannot be taken at all. */
export function unusable(message: string): Failed {
  return failed({ kind: "invalid_input", message, fields: [{ path: "file", message }] });
}

/**
 * Gives every row to `take` in order, the headings first, and waits for each; ends with its refusal where it refuses.
 * `too_large`, or `invalid_input` for what is no text, no CSV, or has more than 50,000 people.
 */
export async function readSheet(body: ReadableStream<Uint8Array>, take: (row: SheetRow) => Promise<Result<void>>): Promise<Result<void>> {
  const text = await textOf(body);
  if (!text.ok) return text;
  const rows = text.value.stream().pipeThrough(parser(separatorOf(await firstLineOf(text.value)))).getReader();
  try {
    for (let count = 0; ; count += 1) {
      const next = await rows.read();
      if (next.done) return ok(undefined);
      const refusal = count > MOST_IMPORT_ROWS ? unusable("The file has more than 50,000 people. Divide it, and send one part after the other.") : fits(next.value);
      const taken = refusal ?? await take({ cells: next.value.record, line: next.value.info.lines });
      if (taken.ok) continue;
      await rows.cancel();
      return taken;
    }
  } catch (error) {
    if (error instanceof CsvError) return refusalOf(error);
    throw error;
  }
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

function parser(delimiter: string): TransformStream<Uint8Array, Parsed> {
  const options = { delimiter, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: LONGEST_ROW };
  return parse(options);
}

function fits({ record, info }: Parsed): Failed | null {
  return record.length <= MOST_COLUMNS ? null : unusable(`Line ${info.lines} has more than ${MOST_COLUMNS} columns. Is this a list of people?`);
}

/** The file in UTF-8. It is small enough to be held: 10 MB. */
async function textOf(body: ReadableStream<Uint8Array>): Promise<Result<Blob>> {
  const utf8 = new Utf8();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  const keep = (decoded: ReturnType<Utf8["next"]>): boolean => "bytes" in decoded && parts.push(new Uint8Array(decoded.bytes)) > 0;
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > LARGEST_IMPORT_BYTES) return failed({ kind: "too_large", limitBytes: LARGEST_IMPORT_BYTES });
    if (!keep(utf8.next(chunk))) return NO_TEXT;
  }
  return keep(utf8.end()) ? ok(new Blob(parts)) : NO_TEXT;
}

const NO_TEXT = unusable("This is no text in which lines could be read. Open it where it came from, save it as CSV, and send the CSV.");

async function firstLineOf(text: Blob): Promise<string> {
  return (await text.slice(0, LONGEST_ROW).text()).split(/[\r\n]/)[0] ?? "";
}

/** The message of csv-parse quotes the cell, so only its code and line are used. */
function refusalOf(error: CsvError): Failed {
  const line = typeof error["lines"] === "number" ? ` Look at line ${error["lines"]}.` : "";
  if (error.code === "CSV_QUOTE_NOT_CLOSED" || error.code === "CSV_MAX_RECORD_SIZE") return unusable(`A quotation mark is opened and never closed, so the lines after it cannot be told apart.${line}`);
  return unusable(`The file is no CSV that could be read.${line}`);
}
