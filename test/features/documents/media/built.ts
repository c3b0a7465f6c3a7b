/** Pictures put together by hand, to be as wrong as a test wants them. */
import { joined, toBigEndian, toLittleEndian, written, type Bytes } from "../../../../src/features/documents/media/bytes";
import { box, fullBox } from "../../../../src/features/documents/media/heic-boxes";
import { deflated } from "../../../../src/features/documents/media/inflate";
import { chunkPieces, PNG_SIGNATURE, type Chunk } from "../../../../src/features/documents/media/png-chunks";

/** A chunk with its right CRC. */
export function png(...chunks: readonly Chunk[]): Bytes {
  return joined([PNG_SIGNATURE, ...chunks.flatMap(chunkPieces)]);
}

export const IEND: Chunk = { name: "IEND", data: new Uint8Array() };

/** `IHDR` of eight bits a channel. */
export function ihdr(width: number, height: number, colourType = 0, interlace = 0): Chunk {
  return { name: "IHDR", data: joined([toBigEndian(width, 4), toBigEndian(height, 4), Uint8Array.of(8, colourType, 0, 0, interlace)]) };
}

/** A grey pixel, and whatever stands before it. */
export async function greyPixel(...before: readonly Chunk[]): Promise<Bytes> {
  return png(ihdr(1, 1), ...before, { name: "IDAT", data: await deflated(Uint8Array.of(0, 7)) }, IEND);
}

/** A segment of a JPEG with its length. */
export function segment(marker: number, body: Uint8Array): Bytes {
  return joined([Uint8Array.of(0xff, marker), toBigEndian(body.length + 2, 2), body]);
}

/** A grey JPEG of the stated size with one scan that holds `data`, and segments before it. */
export function jpeg(width: number, height: number, data: Uint8Array, ...before: readonly Uint8Array[]): Bytes {
  const frame = segment(0xc0, joined([Uint8Array.of(8), toBigEndian(height, 2), toBigEndian(width, 2), Uint8Array.of(1, 1, 0x11, 0)]));
  const scan = segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0));
  return joined([Uint8Array.of(0xff, 0xd8), segment(0xe0, written("JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0")), ...before, frame, scan, data, Uint8Array.of(0xff, 0xd9)]);
}

/** A RIFF of these chunks, padded to even lengths. */
export function webp(...chunks: readonly Chunk[]): Bytes {
  const body = joined(chunks.flatMap(({ name, data }) => [written(name), toLittleEndian(data.length, 4), data, new Uint8Array(data.length % 2)]));
  return joined([written("RIFF"), toLittleEndian(body.length + 4, 4), written("WEBP"), body]);
}

/** The head of a lossless picture of the stated size. */
export function vp8l(width: number, height: number): Chunk {
  return { name: "VP8L", data: joined([Uint8Array.of(0x2f), toLittleEndian(width - 1 + (height - 1) * 0x4000, 4), new Uint8Array(8)]) };
}

export const FTYP = box("ftyp", written("heic\0\0\0\0mif1heic"));

/** What a HEIC of one coded picture of 16 x 16 pixels is made of; each box can be another. */
export type Parts = { readonly iloc: Bytes; readonly iinf: Bytes; readonly iref: Bytes; readonly ispe: Bytes; readonly turn: Bytes; readonly more: readonly Bytes[] };

/** One item, number 1: a NAL unit of four bytes within `idat`. */
export function heic(parts: Partial<Parts> = {}): Bytes {
  const nal = joined([toBigEndian(4, 4), Uint8Array.of(0x26, 1, 2, 3)]);
  const hvcc = box("hvcC", joined([Uint8Array.of(1), new Uint8Array(20), Uint8Array.of(3, 0)]));
  const ispe = parts.ispe ?? fullBox("ispe", 0, 0, toBigEndian(16, 4), toBigEndian(16, 4));
  return joined([FTYP, fullBox(
    "meta", 0, 0,
    fullBox("hdlr", 0, 0, written("\0\0\0\0pict"), new Uint8Array(13)),
    fullBox("pitm", 0, 0, toBigEndian(1, 2)),
    parts.iloc ?? iloc([[1, 1, 0, nal.length]]),
    parts.iinf ?? fullBox("iinf", 0, 0, toBigEndian(1, 2), infe(1, "hvc1")),
    ...parts.iref === undefined ? [] : [parts.iref],
    box("iprp", box("ipco", ispe, hvcc, parts.turn ?? box("irot", Uint8Array.of(0))), fullBox("ipma", 0, 0, toBigEndian(1, 4), toBigEndian(1, 2), Uint8Array.of(3, 1, 0x82, 0x83))),
    box("idat", nal),
    ...parts.more ?? [],
  )]);
}

export function infe(id: number, name: string): Bytes {
  return fullBox("infe", 2, 0, toBigEndian(id, 2), toBigEndian(0, 2), written(`${name}\0`));
}

/** One extent for each item: its number, 1 where it lies within `meta`, where, and how long. */
export function iloc(items: readonly (readonly [id: number, method: number, start: number, length: number])[]): Bytes {
  const entries = items.map(([id, method, start, length]) => (
    joined([toBigEndian(id, 2), toBigEndian(method, 2), toBigEndian(0, 2), toBigEndian(1, 2), toBigEndian(start, 4), toBigEndian(length, 4)])
  ));
  return fullBox("iloc", 1, 0, Uint8Array.of(0x44, 0), toBigEndian(items.length, 2), ...entries);
}
