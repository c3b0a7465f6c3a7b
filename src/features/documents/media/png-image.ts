/** What the head of a PNG promises about its pixels (PNG, third edition, 11.2.1 and clause 8). */
import { failed, ok, type Result } from "../../../kernel/result";
import { bigEndian } from "./bytes";
import { sizeFlaw, type Flaw } from "./photo";

/** `rawBytes` is what the pixels take before compression, a filter byte in front of every line included. */
export type PngImage = { readonly width: number; readonly height: number; readonly colourType: number; readonly rawBytes: number };

/** Depths and channels of each colour type (table 8). */
const COLOUR_TYPES: Readonly<Record<number, { readonly depths: readonly number[]; readonly channels: number }>> = {
  0: { depths: [1, 2, 4, 8, 16], channels: 1 },
  2: { depths: [8, 16], channels: 3 },
  3: { depths: [1, 2, 4, 8], channels: 1 },
  4: { depths: [8, 16], channels: 2 },
  6: { depths: [8, 16], channels: 4 },
};
/** Adam7: where each pass begins and how far it steps, across and down (8.1). */
const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;
const WHOLE = [[0, 0, 1, 1]] as const;
/** 120 million pixels with transparency; looking through more would take a request's whole time. */
const MOST_RAW_BYTES = 500_000_000;

/** Reads `IHDR`. */
export function imageOf(header: Uint8Array): Result<PngImage, Flaw> {
  if (header.length !== 13) return failed("damaged");
  const width = bigEndian(header, 0, 4);
  const height = bigEndian(header, 4, 4);
  const [depth = 0, colourType = 0, compression, filter, interlace = 0] = header.subarray(8);
  const type = COLOUR_TYPES[colourType];
  if (type === undefined || !type.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) return failed("damaged");
  const flaw = sizeFlaw(width, height);
  if (flaw !== null) return failed(flaw);
  const rawBytes = (interlace === 1 ? PASSES : WHOLE).reduce((sum, [left, top, across, down]) => {
    const columns = Math.ceil((width - left) / across);
    const lines = Math.ceil((height - top) / down);
    return columns < 1 || lines < 1 ? sum : sum + lines * (1 + Math.ceil((columns * type.channels * depth) / 8));
  }, 0);
  return rawBytes > MOST_RAW_BYTES ? failed("too_many_pixels") : ok({ width, height, colourType, rawBytes });
}
