/**
 * A file's lines, one at a time: bytes in, rows of cells out, nothing kept but the row at hand. The parser is csv-parse;
 * what it leaves open (a line without an end, a million empty cells) is bounded before it sees it.
 */
import { CsvError, parse } from "csv-parse/stream";
import { failed, ok, type Failed, type Result } from "../../kernel/result";
import { Utf8 } from "./encoding";

/** What one file may have. The figures are far above what tills write in a year, and bound what a fold can hold. */
export const LARGEST_FILE_BYTES = 200_000_000;
export const MOST_ROWS = 3_000_000;
export const LONGEST_LINE_BYTES = 64_000;

const LINE_FEED = 10;
const RETURN = 13;

/** A row and the number of its line in the file, counted from 1. */
export type Row = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** What a person is told of a file that cannot be taken at all. */
export function unusable(message: string): Failed {
  return failed({ kind: "invalid_input", message, fields: [{ path: "file", message }] });
}

/** Thrown through the pipe and caught by `readRows`: a stream has no other way to end early with a reason. */
class Unusable extends Error {
  constructor(readonly reason: Failed) {
    super("the file cannot be used");
  }
}

/** Counts as it goes: bytes for the progress. */
export type Progress = (bytes: number) => void;

/**
 * Gives every row to `take` in order, the headings first; stops early where `take` says false. `too_large`, or
 * `invalid_input` for what is no text or no CSV: a quote never closed, a line longer than any till's.
 */
export async function readRows(
  body: ReadableStream<Uint8Array>, separator: string | null, take: (row: Row) => boolean, progress: Progress = () => undefined,
): Promise<Result<void>> {
  try {
    const [bytes, delimiter] = separator === null ? await sniffed(body.pipeThrough(asUtf8(progress))) : [body.pipeThrough(asUtf8(progress)), separator];
    const rows = bytes.pipeThrough(parser(delimiter)).getReader();
    for (let rowCount = 0; ; rowCount += 1) {
      const next = await rows.read();
      if (next.done) return ok(undefined);
      if (rowCount > MOST_ROWS) return await stop(rows, unusable(`The file has more than ${MOST_ROWS.toLocaleString("en")} lines. Export fewer days at a time.`));
      if (!take(next.value)) return await stop(rows, ok(undefined));
    }
  } catch (error) {
    if (error instanceof Unusable) return error.reason;
    if (error instanceof CsvError) return refusalOf(error);
    throw error;
  }
}

async function stop(rows: ReadableStreamDefaultReader<Row>, result: Result<void>): Promise<Result<void>> {
  await rows.cancel();
  return result;
}

/** The message of csv-parse quotes the cell, so only its code and line are used. */
function refusalOf(error: CsvError): Failed {
  const line = typeof error["lines"] === "number" ? ` Look at line ${error["lines"]}.` : "";
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return unusable("A quotation mark is opened and never closed, so the lines after it cannot be told apart. Export the file again.");
  if (error.code === "CSV_MAX_RECORD_SIZE") return unusable(`A line is longer than any till writes, or a quotation mark in it is never closed.${line}`);
  return unusable(`The file is not CSV as tills write it.${line} Export it again.`);
}

function parser(delimiter: string): TransformStream<Uint8Array, Row> {
  const options = {
    delimiter, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: LONGEST_LINE_BYTES,
  };
  return parse(options);
}

/** UTF-8 in lines of a bounded length, and no more bytes than a file may have. */
function asUtf8(progress: Progress): TransformStream<Uint8Array, Uint8Array> {
  const utf8 = new Utf8();
  let size = 0;
  let sinceLineEnd = 0;
  let lines = 1;
  const bounded = (bytes: Uint8Array): Uint8Array => {
    const end = bytes.includes(LINE_FEED) ? LINE_FEED : RETURN;
    let from = 0;
    for (let at = bytes.indexOf(end); at !== -1; at = bytes.indexOf(end, from)) {
      if (sinceLineEnd + at - from > LONGEST_LINE_BYTES) break;
      lines += 1;
      sinceLineEnd = 0;
      from = at + 1;
    }
    sinceLineEnd += bytes.length - from;
    if (sinceLineEnd > LONGEST_LINE_BYTES) throw new Unusable(unusable(`Line ${lines} is longer than any till writes. Is this the export of a till?`));
    return bytes;
  };
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > LARGEST_FILE_BYTES) throw new Unusable(failed({ kind: "too_large", limitBytes: LARGEST_FILE_BYTES }));
      const decoded = utf8.next(chunk);
      if ("refused" in decoded) throw new Unusable(unusable(decoded.refused));
      if (decoded.bytes.length > 0) controller.enqueue(bounded(decoded.bytes));
      progress(size);
    },
    flush(controller) {
      const decoded = utf8.end();
      if ("refused" in decoded) throw new Unusable(unusable(decoded.refused));
      if (decoded.bytes.length > 0) controller.enqueue(bounded(decoded.bytes));
    },
  });
}

/** Reads as far as the end of the first line, and puts it back in front. */
async function sniffed(bytes: ReadableStream<Uint8Array>): Promise<readonly [ReadableStream<Uint8Array>, string]> {
  const reader = bytes.getReader();
  const begun: Uint8Array[] = [];
  let head = "";
  while (!/[\r\n]/.test(head)) {
    const next = await reader.read();
    if (next.done) break;
    begun.push(next.value);
    head += new TextDecoder().decode(next.value);
  }
  return [resumed(begun, reader), separatorOf(head.split(/[\r\n]/)[0] ?? "")];
}

/** The separator that the headings are divided by: the one that occurs most often outside quotes; a comma where none does. */
export function separatorOf(firstLine: string): string {
  const bare = firstLine.replace(/"[^"]*"/g, "");
  const counts = [",", ";", "\t"].map((mark) => ({ mark, count: bare.split(mark).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).mark;
}

function resumed(begun: readonly Uint8Array[], reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
  const waiting = [...begun];
  return new ReadableStream({
    async pull(controller) {
      const first = waiting.shift();
      if (first !== undefined) {
        controller.enqueue(first);
        return;
      }
      const next = await reader.read();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async (reason) => await reader.cancel(reason),
  });
}
