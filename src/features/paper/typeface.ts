/** Letters on paper: each is drawn with the first font that has it, whatever script it belongs to. */
import * as fontkit from "@cantoo/fontkit";
import { rgb, type Color, type PDFDocument, type PDFFont, type PDFPage } from "@cantoo/pdf-lib";
import { assert } from "../../kernel/assert";
import type { FontFile, FontFiles } from "./fonts";
import { inVisualOrder, readable, type Direction } from "./text";

/** A font that was read: its file, and the code points that it has letters for. */
export type ReadFont = { readonly file: FontFile; readonly bytes: Uint8Array<ArrayBuffer>; readonly letters: ReadonlySet<number> };

/** Where a line stands: `x` is its beginning, its middle or its end, as `align` says; lengths in points. `direction` is its paragraph's. */
export type Place = { readonly x: number; readonly y: number; readonly size: number; readonly align?: "left" | "center" | "right"; readonly color?: Color; readonly direction?: Direction };

type Face = { readonly read: ReadFont; readonly font: PDFFont };
type Run = { readonly text: string; readonly font: PDFFont };

/** Stands for a letter that no font has. */
const UNKNOWN = "\u25a1";
const INK = rgb(0.1, 0.1, 0.1);

/** Reading a font's letters takes some milliseconds, and the files are the same for everybody: once an isolate. */
const known = new Map<FontFile, Promise<ReadFont>>();

/** Fonts in the order in which they are tried. */
export async function readFonts(files: FontFiles, names: readonly FontFile[]): Promise<readonly ReadFont[]> {
  return await Promise.all(names.map((file) => {
    const read = known.get(file) ?? readFont(files, file);
    known.set(file, read);
    // What could not be fetched once is fetched again by whoever comes next.
    read.catch(() => known.delete(file));
    return read;
  }));
}

async function readFont(files: FontFiles, file: FontFile): Promise<ReadFont> {
  const bytes = await files(file);
  const font = fontkit.create(bytes);
  assert("characterSet" in font, `${file} is one font`);
  return { file, bytes, letters: new Set(font.characterSet) };
}

/** The letters of a text that none of the fonts has, each once. */
export function lettersMissing(fonts: readonly ReadFont[], text: string): string[] {
  const letters = Array.from(readable(text)).filter((letter) => letter !== "\n");
  return [...new Set(letters)].filter((letter) => !fonts.some((font) => has(font, letter)));
}

/** Puts those of the fonts that the texts need into a document, each with no more letters than are drawn. */
export async function openTypeface(document: PDFDocument, fonts: readonly ReadFont[], texts: readonly string[]): Promise<Typeface> {
  document.registerFontkit(fontkit);
  const [first, ...others] = fonts;
  assert(first !== undefined, "a typeface has a font");
  const isNeeded = (index: number) => texts.some((text) => lettersMissing(fonts.slice(0, index + 1), text).length > 0);
  const needed = [first, ...others.filter((_, index) => isNeeded(index))];
  return new Typeface(await Promise.all(needed.map(async (read) => ({ read, font: await document.embedFont(read.bytes, { subset: true, customName: read.file.replace(/\.ttf$/, "") }) }))));
}

function has({ letters }: ReadFont, letter: string): boolean {
  return letters.has(letter.codePointAt(0) ?? -1);
}

/** One look of letters. A letter that no font has is drawn as an empty box: whoever may not lose one asks `lettersMissing` before. */
export class Typeface {
  constructor(private readonly faces: readonly Face[]) {}

  /** How wide one line of text is, in points. */
  widthOf(text: string, size: number): number {
    return this.#runsOf(text).reduce((width, run) => width + run.font.widthOfTextAtSize(run.text, size), 0);
  }

  /** Draws one line. */
  draw(page: PDFPage, text: string, { x, y, size, align = "left", color = INK, direction }: Place): void {
    const runs = this.#runsOf(text, direction).map((run) => ({ ...run, width: run.font.widthOfTextAtSize(run.text, size) }));
    const width = runs.reduce((all, run) => all + run.width, 0);
    let at = align === "left" ? x : align === "right" ? x - width : x - width / 2;
    for (const run of runs) {
      page.drawText(run.text, { x: at, y, size, font: run.font, color });
      at += run.width;
    }
  }

  /** Text in lines no wider than `width`: broken between words, and within a word that is wider by itself. */
  wrap(text: string, size: number, width: number): string[] {
    return readable(text).split("\n").flatMap((paragraph) => this.#wrapParagraph(paragraph.trim(), size, width));
  }

  #wrapParagraph(paragraph: string, size: number, width: number): string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ").flatMap((one) => this.#pieces(one, size, width))) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && this.widthOf(longer, size) > width) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return [...lines, line];
  }

  #pieces(word: string, size: number, width: number): string[] {
    if (this.widthOf(word, size) <= width) return [word];
    const pieces = [""];
    for (const letter of word) {
      const piece = pieces.at(-1) ?? "";
      if (piece !== "" && this.widthOf(piece + letter, size) > width) pieces.push(letter);
      else pieces[pieces.length - 1] = piece + letter;
    }
    return pieces;
  }

  /** A line as parts of one font each, from left to right. */
  #runsOf(line: string, direction?: Direction): Run[] {
    return inVisualOrder(readable(line), direction).flatMap(({ text, level }) => {
      const runs = this.#byFace(text);
      if (level % 2 === 0) return runs.map((run) => ({ text: run.text, font: run.face.font }));
      return runs.toReversed().map((run) => ({ text: shapedRightToLeft(run.text), font: run.face.font }));
    });
  }

  #byFace(text: string): { readonly text: string; readonly face: Face }[] {
    const runs: { text: string; readonly face: Face }[] = [];
    for (const written of text) {
      const letter = this.faces.some(({ read }) => has(read, written)) ? written : UNKNOWN;
      const last = runs.at(-1);
      // Spaces and signs belong to no script: they stay with the font that drew what stands before them.
      const staysWith = last !== undefined && /\p{Script=Common}/u.test(letter) && has(last.face.read, letter) ? last.face : null;
      const face = staysWith ?? this.faces.find(({ read }) => has(read, letter));
      if (face === undefined) continue;
      if (last?.face === face) last.text += letter;
      else runs.push({ text: letter, face });
    }
    return runs;
  }
}

/** The font engine turns letters of a right-to-left script round by itself; signs alone it leaves as they are. */
function shapedRightToLeft(text: string): string {
  return /\p{L}/u.test(text) ? text : Array.from(text).toReversed().join("");
}
