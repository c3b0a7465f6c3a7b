/** A reply as it is read by rules: one alphabet, lower case, words without what is invisible or decoration around them. */

/** What was written, folded. `sentences` are words with a space between; `squashed` has none. */
export type ReplyText = { readonly sentences: readonly string[]; readonly words: readonly string[]; readonly squashed: string };

/** A text has at most 1,600 characters; of a longer letter the beginning counts. */
const MOST_READ = 5_000;

/** Fills a cell or a bubble and is nothing to be read: Hangul fillers and the blank of Braille, besides format characters. */
const INVISIBLE = /[\p{Cf}\u115f\u1160\u2800\u3164\uffa0]|(?![\t\n\r])\p{Cc}/gu;
/** Within a word it belongs to it: "don't", "s't'o'p". */
const APOSTROPHE = /(?<=[\p{L}\p{N}])['’‘`´ʼ＇](?=[\p{L}\p{N}])/gu;
const ENDS_A_SENTENCE = /[.!?¡¿;:,…\n\r()[\]"“”«»|/–—]+/u;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;

/** Folds a reply: compatibility forms (NFKC), case, accents, invisible characters, punctuation, and what a telephone adds below. */
export function foldReply(reply: string): ReplyText {
  return textOf(unmarked(reply.slice(0, MOST_READ)));
}

/**
 * The same with letters read that only look like letters: digits, signs, Cyrillic and Greek twins, boxed letters and those
 * that flags are made of.
 */
export function foldDisguised(reply: string): ReplyText {
  const plain = Array.from(reply.slice(0, MOST_READ), (character) => letterIn(character.codePointAt(0) ?? 0) ?? character).join("");
  const folded = Array.from(unmarked(plain), (character) => TWINS.get(character) ?? character).join("");
  return textOf(folded.replaceAll(NUMERAL_LETTER, (sign) => NUMERALS.get(sign) ?? sign));
}

/** Whether there is nothing in it to be read, only signs and pictures. */
export function isWordless({ squashed }: ReplyText): boolean {
  return squashed === "";
}

function unmarked(text: string): string {
  return text.normalize("NFKC").replaceAll(INVISIBLE, "").replaceAll(APOSTROPHE, "").toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "");
}

function textOf(folded: string): ReplyText {
  const sentences = folded.replace(SIGNATURE, "").split(ENDS_A_SENTENCE).map((part) => wordsIn(part).join(" ")).filter((sentence) => sentence !== "");
  const words = sentences.flatMap((sentence) => sentence.split(" "));
  return { sentences, words, squashed: words.join("") };
}

function wordsIn(part: string): string[] {
  return part.split(BETWEEN_WORDS).filter((word) => word !== "");
}

/** What telephones and mail programs put under a message. */
const SIGNATURE = /\n\s*(?:--\s*\n[^]*|sent (?:from|via) [^\n]*|enviado desde [^\n]*|get outlook for [^\n]*)\s*$/u;

/** Letters of other alphabets that look like Latin ones (Unicode, "Confusables"), those that our words could be spelled with. */
const TWINS: ReadonlyMap<string, string> = new Map([
  ..."аa еe іi оo рp сc уy хx ѕs тt кk мm нn вb ԁd ӏl".split(" "), ..."αa βb εe ηn ιi κk νv οo ρp τt υu ϲc".split(" "),
].map((pair) => [pair[0] ?? "", pair[1] ?? ""]));

const NUMERALS: ReadonlyMap<string, string> = new Map([["0", "o"], ["1", "l"], ["3", "e"], ["4", "a"], ["5", "s"], ["7", "t"], ["$", "s"], ["@", "a"]]);
/** A digit or sign that touches a letter; "at 5" and "$40" keep theirs. */
const NUMERAL_LETTER = /[013457$@](?=\p{L})|(?<=\p{L})[013457$@]/gu;

/** Negative circled, negative squared, and regional indicator letters, which NFKC leaves alone. */
function letterIn(codePoint: number): string | null {
  const first = [0x1f150, 0x1f170, 0x1f1e6].find((start) => codePoint >= start && codePoint < start + 26);
  return first === undefined ? null : String.fromCodePoint(97 + codePoint - first);
}
