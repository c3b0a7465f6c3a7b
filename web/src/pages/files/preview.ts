/** The first lines of a file, read in this browser and shown nowhere else: whoever maps its columns sees what they hold. */

const PREVIEW_BYTES = 65_536;
const MOST_ROWS = 5;

export type Preview = { readonly headings: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Reads the headings and the first five rows. */
export async function previewOf(file: Blob): Promise<Preview> {
  const bytes = new Uint8Array(await file.slice(0, PREVIEW_BYTES).arrayBuffer());
  const [headings = [], ...rows] = rowsOf(textOf(bytes), MOST_ROWS + 1);
  return { headings, rows };
}

/** As the server finds it out: by its mark, then UTF-8, then Windows-1252. A cut-off last character is no mistake. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes); // a fatal decoder throws on nothing but its input
  }
}

/** The first rows of CSV, its separator told by the first line. */
export function rowsOf(text: string, most: number): string[][] {
  const first = text.split(/[\r\n]/, 1)[0]?.replace(/"[^"]*"/g, "") ?? "";
  const separator = [",", ";", "\t"].reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best));
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r\\n|\\n|\\r|$)`, "y");
  const rows: string[][] = [[]];
  for (let match = cell.exec(text); match !== null && rows.length <= most; match = cell.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "") break;
    if (match[3] !== separator) rows.push([]);
  }
  return rows.filter((row) => row.some((each) => each !== "")).slice(0, most);
}

/** The order of day and month that the dates of a column allow; null where they allow both. */
export function datesOf(samples: readonly string[]): "mdy" | "dmy" | null {
  for (const sample of samples) {
    const [, one = 0, two = 0] = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d/.exec(sample.trim())?.map(Number) ?? [];
    if (one > 12) return "dmy";
    if (two > 12) return "mdy";
  }
  return null;
}

/** What divides the fraction in the amounts of some columns; null where none has one. */
export function decimalsOf(samples: readonly string[]): "point" | "comma" | null {
  for (const sample of samples) {
    const mark = /([.,])\d{1,2}(?:\D*)$/.exec(sample.trim())?.[1];
    if (mark !== undefined) return mark === "," ? "comma" : "point";
  }
  return null;
}
