/** Huffman codes of DEFLATE (RFC 1951, 3.2). The way of decoding is that of Mark Adler's `puff`: small tables, quick to make, however many blocks there are. */

/** The longest code (3.2.7). */
export const LONGEST_CODE_BITS = 15;

/** A canonical code: how many codes there are of each length, and the symbols in the order of their codes. */
export type Code = { readonly counts: Uint16Array; readonly symbols: Uint16Array };

/** The code with these lengths, 0 for symbols that do not occur; null where more codes are stated than there can be, or where some are left unused. */
export function codeOf(lengths: Uint8Array, mayHaveOneSymbol: boolean): Code | null {
  const counts = new Uint16Array(LONGEST_CODE_BITS + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const used = lengths.length - (counts[0] ?? 0);
  counts[0] = 0;
  let left = 1;
  const starts = new Uint16Array(LONGEST_CODE_BITS + 2);
  for (let length = 1; length <= LONGEST_CODE_BITS; length += 1) {
    left = left * 2 - (counts[length] ?? 0);
    if (left < 0) return null;
    starts[length + 1] = (starts[length] ?? 0) + (counts[length] ?? 0);
  }
  // One symbol alone, of one bit, leaves half of the code unused; distances may be none where all bytes are literal (3.2.7).
  const isShort = used === 0 || (mayHaveOneSymbol && used === 1 && counts[1] === 1);
  if (left > 0 && !isShort) return null;
  const symbols = new Uint16Array(used);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    const place = starts[length] ?? 0;
    symbols[place] = symbol;
    starts[length] = place + 1;
  });
  return { counts, symbols };
}

/** Literals, the end and lengths of the fixed code (3.2.6). */
export const FIXED_LITERALS = Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8));
/** Distances of the fixed code; the last two never occur, but take part in it. */
export const FIXED_DISTANCES = new Uint8Array(32).fill(5);

/** The shortest length of each of the symbols from 257 on, and the bits that add to it (3.2.5). */
export const LENGTH_BASES = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258] as const;
export const LENGTH_EXTRA_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0] as const;
/** The same for distances. */
export const DISTANCE_BASES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577] as const;
export const DISTANCE_EXTRA_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13] as const;
/** The order in which the lengths of the code of code lengths stand (3.2.7). */
export const LENGTHS_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;
