/** The chunks of a PNG (PNG, third edition, W3C 2025, clause 5), each checked by its CRC. */
import { failed, ok, type Result } from "../../../kernel/result";
import { bigEndian, holds, nameAt, toBigEndian, written } from "./bytes";
import type { Flaw } from "./photo";

/** One chunk; `data` is a view into the file. */
export type Chunk = { readonly name: string; readonly data: Uint8Array };

export const PNG_SIGNATURE = written("\u0089PNG\r\n\u001a\n");
/** Length, name and CRC. */
const FRAME_BYTES = 12;
/** Encoders that cut small pieces write 8 KiB: a photo of 25 MB then has 3,000. */
const MOST_CHUNKS = 10_000;

/** All chunks from the first to `IEND`; what comes after it is nobody's. */
export function chunksOf(bytes: Uint8Array): Result<readonly Chunk[], Flaw> {
  const chunks: Chunk[] = [];
  for (let at = PNG_SIGNATURE.length; holds(bytes, at, FRAME_BYTES);) {
    const length = bigEndian(bytes, at, 4);
    const end = at + FRAME_BYTES + length;
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bigEndian(bytes, end - 4, 4)) return failed("damaged");
    const name = nameAt(bytes, at + 4);
    chunks.push({ name, data: bytes.subarray(at + 8, end - 4) });
    if (name === "IEND") return length === 0 ? ok(chunks) : failed("damaged");
    if (chunks.length > MOST_CHUNKS) return failed("unusual");
    at = end;
  }
  return failed("damaged");
}

/** A chunk as it is written, in pieces, so that pixels are not copied more than once. */
export function chunkPieces({ name, data }: Chunk): readonly Uint8Array[] {
  const title = written(name);
  return [toBigEndian(data.length, 4), title, data, toBigEndian(crc32(title, data), 4)];
}

/** Annex D: the remainders of all bytes, made once. */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

function crc32(...pieces: readonly Uint8Array[]): number {
  let crc = 0xffffffff;
  for (const piece of pieces) for (const byte of piece) crc = (REMAINDERS[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
