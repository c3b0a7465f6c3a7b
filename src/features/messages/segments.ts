/**
 * What a text costs: carriers bill by the segment of 140 octets. Text in the GSM 7-bit alphabet fits 160 to a segment and
 * everything else 70 UTF-16 units; a longer text is cut, and each part gives up room for the header that joins them
 * (3GPP TS 23.038 §6.2 alphabet and extension table; TS 23.040 §9.2.3.24.1 concatenation). Twilio's `SmartEncoded`, which
 * would replace typographic marks, is not asked for, so it is not counted on. Our own: of the packages on npm those
 * without dependencies are years old, and Twilio's own brings one for what `Intl.Segmenter` does.
 */

/** How a text is cut. `characters` and `left` (in the last segment) count units of the encoding: septets, or UTF-16 units. */
export type Segments = { readonly encoding: "gsm7" | "ucs2"; readonly segments: number; readonly characters: number; readonly left: number };

/** One septet each, without the escape (1B) that opens the extension table. */
const ALPHABET = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Escape and character: two septets. */
const EXTENSION = new Set("\f^{}\\[~]|€");

/** How much one segment holds alone, and as a part of several. */
const ROOM = { gsm7: { alone: 160, joined: 153 }, ucs2: { alone: 70, joined: 67 } } as const;

/** How a text would be sent. An escape and its character stay together, as do the halves and marks of what reads as one character. */
export function segmentsOf(body: string): Segments {
  const characters = Array.from(body);
  const encoding = characters.every((character) => ALPHABET.has(character) || EXTENSION.has(character)) ? "gsm7" : "ucs2";
  const { alone, joined } = ROOM[encoding];
  const sizes = encoding === "gsm7" ? characters.map((character) => (EXTENSION.has(character) ? 2 : 1)) : sizesAsRead(body, joined);
  const units = sizes.reduce((sum, size) => sum + size, 0);
  if (units <= alone) return { encoding, segments: units === 0 ? 0 : 1, characters: units, left: alone - units };
  const { segments, used } = cut(sizes, joined);
  return { encoding, segments, characters: units, left: joined - used };
}

/** UTF-16 units of each character as people read it; one that no segment holds (a letter under a hundred marks) is taken apart. */
function sizesAsRead(body: string, most: number): readonly number[] {
  const clusters = new Intl.Segmenter("en", { granularity: "grapheme" }).segment(body);
  return [...clusters].flatMap(({ segment }) => (segment.length <= most ? [segment.length] : Array.from(segment, (character) => character.length)));
}

function cut(sizes: readonly number[], room: number): { readonly segments: number; readonly used: number } {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > room) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { segments, used };
}
