/** How plain papers look: in the reader's own Helvetica while that has every letter, otherwise in a font that has more. */
import { rgb, StandardFonts, type PDFDocument, type PDFFont, type PDFPage } from "@cantoo/pdf-lib";
import type { FontFiles } from "./fonts";
import { readable } from "./text";
import { openTypeface, readFonts, type Place, type Typeface } from "./typeface";

/** Letters for text, and stronger ones for headings and totals. */
export type Look = { readonly body: Pick<Typeface, "widthOf" | "draw">; readonly strong: Pick<Typeface, "widthOf" | "draw"> };

/** What Helvetica's encoding holds (WinAnsi, PDF 32000-1 annex D) and every reader of PDFs has by itself. */
const HELVETICA = /^[\x20-\x7e\u00a0-\u00ff€–—‘’“”…•\n]*$/u;

/** A look that has the letters of `text`. Fonts are fetched where Helvetica lacks one: most papers need none and stay small. */
export async function openLook(document: PDFDocument, files: FontFiles, text: string): Promise<Look> {
  if (HELVETICA.test(readable(text))) {
    return { body: new Standard(await document.embedFont(StandardFonts.Helvetica)), strong: new Standard(await document.embedFont(StandardFonts.HelveticaBold)) };
  }
  const [body, strong] = await Promise.all([readFonts(files, ["DejaVuSansCondensed.ttf"]), readFonts(files, ["DejaVuSansCondensed-Bold.ttf"])]);
  return { body: await openTypeface(document, body, []), strong: await openTypeface(document, strong, []) };
}

/** One of the fonts that every reader has. */
class Standard {
  constructor(private readonly font: PDFFont) {}

  widthOf(text: string, size: number): number {
    return this.font.widthOfTextAtSize(text, size);
  }

  draw(page: PDFPage, text: string, { x, y, size, align = "left", color = rgb(0, 0, 0) }: Place): void {
    const width = align === "left" ? 0 : this.widthOf(text, size);
    page.drawText(text, { x: align === "center" ? x - width / 2 : x - width, y, size, font: this.font, color });
  }
}
