/**
 * Bytes of a file as UTF-8, whatever they were: UTF-8 with or without a mark, UTF-16 with its mark (Excel's "Unicode
 * text"), Windows-1252 (Excel's "CSV"). Decided by the first bytes that could tell: in UTF-8 a character beyond ASCII
 * follows rules that text of other encodings breaks at its first letter with an accent (WHATWG Encoding Standard, UTF-8).
 */

/** What the first bytes say of a file that is no text: in words for whoever dropped it. */
const NO_TEXT: readonly { readonly starts: readonly number[]; readonly message: string }[] = [
  { starts: [0x50, 0x4b, 0x03, 0x04], message: "This is a ZIP archive or an Excel workbook. Open it and save the sheet as CSV, then drop the CSV." },
  { starts: [0xd0, 0xcf, 0x11, 0xe0], message: "This is an old Excel workbook. Open it and save the sheet as CSV, then drop the CSV." },
  { starts: [0x25, 0x50, 0x44, 0x46], message: "This is a PDF. Export the report from your till as CSV instead." },
  { starts: [0x1f, 0x8b], message: "This file is compressed. Unpack it, then drop the CSV." },
];

export type Decoded = { readonly bytes: Uint8Array } | { readonly refused: string };

const BINARY = "This is not a text file, so no line of it can be read. Export the report from your till as CSV.";

/** Turns chunk after chunk into UTF-8; holds back at most four bytes. */
export class Utf8 {
  private decoder: TextDecoder | null = null;
  private readonly encoder = new TextEncoder();
  private held: Uint8Array = new Uint8Array(0);
  private mode: "start" | "ascii" | "utf-8" | "other" = "start";

  /** The next bytes as UTF-8, or why the file is none that could be read. */
  next(chunk: Uint8Array): Decoded {
    const bytes = joined(this.held, chunk);
    this.held = new Uint8Array(0);
    if (this.mode === "start") {
      if (bytes.length < 4) return this.hold(bytes, 0);
      const refused = NO_TEXT.find(({ starts }) => starts.every((byte, index) => bytes[index] === byte));
      if (refused !== undefined) return { refused: refused.message };
      return this.begin(bytes);
    }
    return this.go(bytes);
  }

  /** What was held back, at the end of the file. */
  end(): Decoded {
    const rest = this.held;
    this.held = new Uint8Array(0);
    if (this.decoder !== null) return { bytes: this.encoder.encode(this.decoder.decode()) };
    if (this.mode === "start") return this.begin(rest);
    return rest.length === 0 ? { bytes: rest } : this.decodeBy("windows-1252", rest);
  }

  private begin(bytes: Uint8Array): Decoded {
    this.mode = "ascii";
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      this.mode = "utf-8";
      return this.go(bytes.subarray(3));
    }
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return this.decodeBy("utf-16le", bytes.subarray(2));
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return this.decodeBy("utf-16be", bytes.subarray(2));
    return this.go(bytes);
  }

  private go(bytes: Uint8Array): Decoded {
    if (this.mode === "other") return this.decode(bytes);
    if (bytes.includes(0)) return { refused: BINARY };
    if (this.mode === "utf-8") return { bytes };
    const first = beyondAscii(bytes);
    if (first === -1) return { bytes };
    const length = lengthOf(bytes[first] ?? 0);
    if (length > 1 && first + length > bytes.length) return this.hold(bytes, first);
    if (length === 1 || !isUtf8(bytes.subarray(first, first + length))) return this.decodeBy("windows-1252", bytes);
    this.mode = "utf-8";
    return { bytes };
  }

  private hold(bytes: Uint8Array, from: number): Decoded {
    this.held = bytes.slice(from);
    return { bytes: bytes.subarray(0, from) };
  }

  private decodeBy(label: string, bytes: Uint8Array): Decoded {
    this.mode = "other";
    this.decoder = new TextDecoder(label);
    return this.decode(bytes);
  }

  private decode(bytes: Uint8Array): Decoded {
    const text = this.decoder?.decode(bytes, { stream: true }) ?? "";
    return text.includes("\0") ? { refused: BINARY } : { bytes: this.encoder.encode(text) };
  }
}

/** Where the first byte beyond ASCII stands; -1 where there is none. Every byte of a file passes here: no callback for each. */
function beyondAscii(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at += 1) if ((bytes[at] ?? 0) >= 0x80) return at;
  return -1;
}

/** How many bytes a character has that begins with this one; 1 where none begins so. */
function lengthOf(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 1;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes).length > 0;
  } catch {
    return false; // a fatal decoder throws on nothing but its input
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
