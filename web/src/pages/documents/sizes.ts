/** The bounds of what can be filed, as the contract has them: its module brings a validator along that no page needs. */

/** The most that one request takes; whatever is larger goes in parts. */
export const LARGEST_UPLOAD_BYTES = 100_000_000;
export const LARGEST_PHOTO_BYTES = 25_000_000;
export const LARGEST_DOCUMENT_BYTES = 5_000_000_000;
export const LARGEST_THUMBNAIL_BYTES = 65_536;
export const LONGEST_SHARE_DAYS = 30;
/** The longer side of the picture in a list. */
export const THUMBNAIL_PIXELS = 320;
/** The longer side of a photo that was made smaller: it prints well on a whole page. */
export const SMALLER_PIXELS = 2_560;

const SMALLEST_UNIT = { unit: "KB", divisor: 1_000 } as const;
const UNITS = [{ unit: "GB", divisor: 1_000_000_000 }, { unit: "MB", divisor: 1_000_000 }, SMALLEST_UNIT] as const;

/** `3145728` → "3.1 MB"; sizes are counted in thousands, as stores and telephones do. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const { unit, divisor } = UNITS.find((one) => bytes >= one.divisor) ?? SMALLEST_UNIT;
  const amount = bytes / divisor;
  return `${amount >= 100 ? Math.round(amount) : Math.round(amount * 10) / 10} ${unit}`;
}

/** A width and a height within a square, in the same proportion, never larger than before. */
export function fitted(width: number, height: number, most: number): { readonly width: number; readonly height: number } {
  const factor = Math.min(1, most / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}
