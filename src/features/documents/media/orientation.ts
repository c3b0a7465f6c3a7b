/** The one thing that is kept of Exif: how a picture is to be turned (CIPA DC-008, 4.6.5.1.3, tag 0x0112). */
import { bigEndian, holds, joined, littleEndian, says, toBigEndian, written, type Bytes } from "./bytes";

/** 1 is upright; 2 to 8 are mirrored and turned; 5 to 8 swap width and height. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
/** More than any camera writes; a longer first directory is not read further. */
const MOST_ENTRIES = 500;

/** What a TIFF block says in its first directory; 1 where it says nothing or cannot be read. */
export function orientationOf(tiff: Uint8Array): Orientation {
  const read = says(tiff, 0, "II*\0") ? littleEndian : says(tiff, 0, "MM\0*") ? bigEndian : null;
  if (read === null) return 1;
  const start = read(tiff, 4, 4);
  const count = Math.min(read(tiff, start, 2), MOST_ENTRIES);
  for (let index = 0; index < count; index += 1) {
    const entry = start + 2 + index * 12;
    if (!holds(tiff, entry, 12)) return 1;
    const isOrientation = read(tiff, entry, 2) === ORIENTATION_TAG && read(tiff, entry + 2, 2) === SHORT && read(tiff, entry + 4, 4) === 1;
    if (isOrientation) return ORIENTATIONS.find((orientation) => orientation === read(tiff, entry + 8, 2)) ?? 1;
  }
  return 1;
}

/** A TIFF block of 26 bytes with this tag and nothing else. */
export function tiffOf(orientation: Orientation): Bytes {
  const entry = [toBigEndian(ORIENTATION_TAG, 2), toBigEndian(SHORT, 2), toBigEndian(1, 4), toBigEndian(orientation, 2), toBigEndian(0, 2)];
  return joined([written("MM\0*"), toBigEndian(8, 4), toBigEndian(1, 2), ...entry, toBigEndian(0, 4)]);
}

/** Width and height as a picture is seen once it is turned. */
export function turned(size: { readonly width: number; readonly height: number }, orientation: Orientation): { readonly width: number; readonly height: number } {
  return orientation < 5 ? size : { width: size.height, height: size.width };
}
