/** Text before it is set: which letters are left out, and in what order the parts of a line stand on paper. */
import bidiFactory from "bidi-js";

const bidi = bidiFactory();

/** Part of a line that reads in one direction; `text` in the order in which it is spoken. */
export type Stretch = { readonly text: string; readonly level: number };

/** Text with its accents put together, without what nobody sees (controls, marks of direction) and with single spaces. Line breaks stay. */
export function readable(text: string): string {
  return text.toWellFormed().normalize("NFC").replace(/\p{Cf}/gu, "").replace(/(?:(?!\n)[\s\p{Cc}])+/gu, " ").trim();
}

/** In which direction a text is read. */
export type Direction = "ltr" | "rtl";

/** The direction of a paragraph, by its first letter that has one (UAX #9, rules P2 and P3). */
export function directionOf(text: string): Direction {
  return (bidi.getEmbeddingLevels(text).paragraphs[0]?.level ?? 0) % 2 === 1 ? "rtl" : "ltr";
}

/**
 * The stretches of one line as they stand on paper from left to right (UAX #9, rules L2 and L4). `direction` is the
 * paragraph's; where the line is a paragraph by itself, its own.
 */
export function inVisualOrder(text: string, direction: Direction = directionOf(text)): Stretch[] {
  // A line of plain Latin, which most are, needs no look at every letter.
  if (direction === "ltr" && !/[^ -\u058f\u2000-\u206f]/.test(text)) return text === "" ? [] : [{ text, level: 0 }];
  const { levels } = bidi.getEmbeddingLevels(text, direction);
  const stretches: Stretch[] = [];
  let at = 0;
  for (const letter of text) {
    const level = levels[at] ?? 0;
    const last = stretches.at(-1);
    const shown = level % 2 === 1 ? (bidi.getMirroredCharacter(letter) ?? letter) : letter;
    if (last?.level === level) stretches[stretches.length - 1] = { level, text: last.text + shown };
    else stretches.push({ text: shown, level });
    at += letter.length;
  }
  return reordered(stretches);
}

/** From the highest level down to the lowest odd one, whatever stands at a level or above it is turned round. */
function reordered(stretches: readonly Stretch[]): Stretch[] {
  let order = [...stretches];
  for (let level = Math.max(...stretches.map((stretch) => stretch.level)); level > 0; level -= 1) {
    const turned: Stretch[] = [];
    for (let from = 0; from < order.length; ) {
      let to = from;
      while ((order[to]?.level ?? -1) >= level) to += 1;
      turned.push(...(to > from ? order.slice(from, to).toReversed() : order.slice(from, from + 1)));
      from = Math.max(to, from + 1);
    }
    order = turned;
  }
  return order;
}
