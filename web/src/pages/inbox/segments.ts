/**
 * How many pieces a text travels in, counted as it is typed. Each piece is charged for (GSM 03.38 with its extension
 * table, 3GPP TS 23.038 section 6.2.1; concatenation by a user data header of six octets, TS 23.040 section 9.2.3.24.1).
 */

const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
/** Each takes the place of two. */
const EXTENDED = new Set("\f^{}\\[~]|€");
const ROOM = { gsm7: { alone: 160, among: 153 }, ucs2: { alone: 70, among: 67 } } as const;

export type Segments = { readonly encoding: keyof typeof ROOM; readonly segments: number; readonly characters: number; /** Until one more begins. */ readonly left: number };

/** Of a body as it is sent; an empty one has none. */
export function segmentsOf(body: string): Segments {
  const characters = Array.from(body);
  const encoding = characters.every((one) => BASIC.has(one) || EXTENDED.has(one)) ? "gsm7" : "ucs2";
  const { alone, among } = ROOM[encoding];
  const sizes = encoding === "gsm7" ? characters.map((one) => (EXTENDED.has(one) ? 2 : 1)) : sizesAsRead(body, among);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= alone) return { encoding, segments: total === 0 ? 0 : 1, characters: total, left: alone - total };
  // What reads as one character is never cut in half: a piece may stay a little short.
  let [segments, used] = [1, 0];
  for (const size of sizes) {
    if (used + size > among) [segments, used] = [segments + 1, 0];
    used += size;
  }
  return { encoding, segments, characters: total, left: among - used };
}

/** UTF-16 units of what reads as one character each; what no piece holds is taken apart. */
function sizesAsRead(body: string, most: number): readonly number[] {
  const read = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(body)];
  return read.flatMap(({ segment }) => (segment.length <= most ? [segment.length] : Array.from(segment, (one) => one.length)));
}
