/** The paper of a certificate: frame, logo, QR code, and text that goes on on a further page. Lengths are points. */
import { rgb, type PDFDocument, type PDFImage, type PDFPage } from "@cantoo/pdf-lib";
import { correction, generate } from "lean-qr";
import type { Place, Typeface } from "../paper/service";

/** North America's paper, and everybody else's (ISO 216). */
export const PAPERS = { letter: [612, 792], a4: [595.28, 841.89] } as const satisfies Record<string, readonly [number, number]>;
export type Paper = keyof typeof PAPERS;

const FRAME = { outer: 30, inner: 34 } as const;
/** Between the edge of the paper and the text. */
export const MARGIN = 72;
/** Nothing stands below it. */
const FOOT = 62;

const HAIRLINE = 0.5;
const RULE = rgb(0.55, 0.55, 0.55);
/** For what is said beside the certificate itself. */
export const GREY = rgb(0.38, 0.38, 0.38);

/** Four light modules around the code are what cameras look for (ISO/IEC 18004, section 6.3.8); white paper gives them. */
const QR_QUIET = 4;

/** Pages that are written from top to bottom. `y` is the line that was written last. */
export class Sheet {
  readonly width: number;
  readonly #height: number;
  #page: PDFPage;
  #y = 0;

  constructor(private readonly document: PDFDocument, paper: Paper) {
    [this.width, this.#height] = PAPERS[paper];
    this.#page = this.turn();
  }

  get middle(): number {
    return this.width / 2;
  }

  get y(): number {
    return this.#y;
  }

  /** How much room there is above `above`, or above the foot of the page. */
  room(above = FOOT): number {
    return this.#y - above;
  }

  /** Begins another page, framed like the first. */
  turn(): PDFPage {
    this.#page = this.document.addPage([this.width, this.#height]);
    for (const inset of [FRAME.outer, FRAME.inner]) {
      this.#page.drawRectangle({ x: inset, y: inset, width: this.width - 2 * inset, height: this.#height - 2 * inset, borderColor: RULE, borderWidth: HAIRLINE });
    }
    this.#y = this.#height - MARGIN;
    return this.#page;
  }

  down(length: number): void {
    this.#y -= length;
  }

  /** Lines of one size, each `leading` below the one before. */
  lines(face: Typeface, lines: readonly string[], leading: number, place: Omit<Place, "y">): void {
    for (const line of lines) {
      this.down(leading);
      face.draw(this.#page, line, { ...place, y: this.#y });
    }
  }

  /** One piece of text on the line where the sheet stands. */
  beside(face: Typeface, text: string, place: Omit<Place, "y">): void {
    face.draw(this.#page, text, { ...place, y: this.#y });
  }

  /** A hairline where the sheet stands. */
  rule(from: number, to: number): void {
    this.#page.drawLine({ start: { x: from, y: this.#y }, end: { x: to, y: this.#y }, thickness: HAIRLINE, color: RULE });
  }

  /** A picture in the middle, as large as fits the box and never enlarged beyond its own pixels. */
  picture(image: PDFImage, box: { readonly width: number; readonly height: number }): void {
    const scale = Math.min(box.width / image.width, box.height / image.height, 1);
    const [width, height] = [image.width * scale, image.height * scale];
    this.down(height);
    this.#page.drawImage(image, { x: this.middle - width / 2, y: this.#y, width, height });
  }

  /** A QR code whose lower left corner is at `x`, `y`. Dark modules are one path, so that no seam shows between them. */
  qr(text: string, x: number, y: number, side: number): void {
    const code = generate(text, { minCorrectionLevel: correction.M });
    const module = side / (code.size + 2 * QR_QUIET);
    const path: string[] = [];
    for (let row = 0; row < code.size; row += 1) {
      for (let from = 0; from < code.size; from += 1) {
        let to = from;
        while (code.get(to, row)) to += 1;
        if (to > from) path.push(`M${from} ${row}h${to - from}v1h${from - to}z`);
        from = Math.max(from, to);
      }
    }
    this.#page.drawSvgPath(path.join(""), { x: x + QR_QUIET * module, y: y + side - QR_QUIET * module, scale: module, color: rgb(0, 0, 0), borderWidth: 0 });
  }

  /** Writes anywhere on the page. */
  at(face: Typeface, text: string, place: Place): void {
    face.draw(this.#page, text, place);
  }
}
