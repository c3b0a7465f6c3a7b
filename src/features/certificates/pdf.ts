/** A certificate on paper: one page that can be framed; long terms go on on further ones. Equal certificates give equal bytes. */
import { PDFDocument, type PDFImage } from "@cantoo/pdf-lib";
import type { BusinessDate } from "../../kernel/day";
import { directionOf, lettersMissing, openTypeface, readable, readFonts, type FontFiles, type ReadFont, type Typeface } from "../paper/service";
import { dateInWords } from "./rules";
import { GREY, MARGIN, Sheet, type Paper } from "./sheet";

export { fontsOf } from "../paper/service";

/** The shop's own picture above its name. */
export type Logo = { readonly type: "image/jpeg" | "image/png"; readonly bytes: Uint8Array };

/** Everything that is printed. */
export type CertificateFace = {
  readonly paper: Paper;
  readonly shop: string;
  readonly logo: Logo | null;
  readonly title: string;
  readonly statement: string;
  readonly terms: string;
  readonly issuedTo: string;
  readonly product: string;
  readonly serialNumber: string;
  readonly number: string;
  readonly issuedOn: BusinessDate;
  readonly expiresOn: BusinessDate | null;
  readonly verifyUrl: string;
  /** Epoch milliseconds; what the file says of when it was made. */
  readonly issuedAt: number;
};

type Faces = { readonly body: Typeface; readonly strong: Typeface };

const QR_SIDE = 112;
/** The code stands at the foot of the page, and nothing else down there. */
const FOOT_BOTTOM = 56;
const FOOT_TOP = FOOT_BOTTOM + QR_SIDE + 18;
/** Facts, terms and code stand further in than the rest: a measure that one reads with ease. */
const INDENT = 34;
const TERMS = { size: 8.5, leading: 12.5 } as const;

/** The letters of these texts that no font has; whoever has some gets no certificate before they are written otherwise. */
export async function unprintable(files: FontFiles, texts: readonly string[]): Promise<string[]> {
  return lettersMissing(await bodyFonts(files), texts.join("\n"));
}

/** Whether a picture can be put on paper at all: the library throws for what it cannot read. */
export async function canPrint(logo: Logo): Promise<boolean> {
  try {
    await embedded(await PDFDocument.create(), logo);
    return true;
  } catch {
    return false; // whatever it throws, the picture is the reason, and the shop is told so
  }
}

async function embedded(document: PDFDocument, { type, bytes }: Logo): Promise<PDFImage> {
  return type === "image/png" ? await document.embedPng(bytes) : await document.embedJpg(bytes);
}

/** The certificate as a PDF. */
export async function certificatePdf(face: CertificateFace, files: FontFiles): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const madeAt = new Date(face.issuedAt);
  document.setTitle(`${readable(face.title)} ${face.number}`, { showInWindowTitleBar: true });
  document.setProducer("Daybook");
  document.setCreator("Daybook");
  document.setCreationDate(madeAt);
  document.setModificationDate(madeAt);
  const sheet = new Sheet(document, face.paper);
  const faces = await openFaces(document, face, files);
  await drawHead(document, sheet, faces, face);
  drawHolder(sheet, faces, face);
  drawFacts(sheet, faces, face);
  drawProof(sheet, faces, face);
  drawTerms(sheet, faces, face);
  return new Uint8Array(await document.save());
}

async function bodyFonts(files: FontFiles): Promise<readonly ReadFont[]> {
  return await readFonts(files, ["NotoSerif-Regular.ttf", "DejaVuSansCondensed.ttf"]);
}

async function openFaces(document: PDFDocument, face: CertificateFace, files: FontFiles): Promise<Faces> {
  const [body, strong] = await Promise.all([bodyFonts(files), readFonts(files, ["NotoSerif-SemiBold.ttf", "DejaVuSansCondensed-Bold.ttf"])]);
  const texts = [face.shop, face.title, face.statement, face.terms, face.issuedTo, face.product, face.serialNumber];
  return { body: await openTypeface(document, body, texts), strong: await openTypeface(document, strong, [face.shop, face.product]) };
}

async function drawHead(document: PDFDocument, sheet: Sheet, { body, strong }: Faces, face: CertificateFace): Promise<void> {
  const x = sheet.middle;
  const measure = sheet.width - 2 * MARGIN;
  if (face.logo !== null) {
    sheet.picture(await embedded(document, face.logo), { width: 190, height: 68 });
    sheet.down(8);
  }
  sheet.lines(strong, strong.wrap(face.shop, 12, measure), 16, { x, size: 12, align: "center" });
  sheet.down(20);
  const size = sizeThatFits(body, face.title, 30, measure, 2);
  sheet.lines(body, body.wrap(face.title, size, measure), size * 1.2, { x, size, align: "center" });
  sheet.down(18);
  sheet.rule(x - 30, x + 30);
  if (face.statement !== "") {
    sheet.down(8);
    sheet.lines(body, body.wrap(face.statement, 10.5, 360), 16, { x, size: 10.5, align: "center" });
  }
}

function drawHolder(sheet: Sheet, { body }: Faces, { issuedTo }: CertificateFace): void {
  const x = sheet.middle;
  const measure = sheet.width - 2 * MARGIN;
  sheet.down(14);
  sheet.lines(body, ["Issued to"], 14, { x, size: 8.5, align: "center", color: GREY });
  sheet.down(4);
  const size = sizeThatFits(body, issuedTo, 21, measure, 1);
  sheet.lines(body, body.wrap(issuedTo, size, measure), size * 1.25, { x, size, align: "center" });
  sheet.down(22);
}

function drawFacts(sheet: Sheet, { body, strong }: Faces, { product, serialNumber, number, issuedOn, expiresOn }: CertificateFace): void {
  const [left, right] = [MARGIN + INDENT, sheet.width - MARGIN - INDENT];
  const rows: readonly (readonly [string, string, Typeface])[] = [
    ["Product", product, strong], ...(serialNumber === "" ? [] : [["Serial number", serialNumber, body] as const]), ["Certificate", number, body],
    ["Issued", dateInWords(issuedOn), body], ["Valid through", expiresOn === null ? "No expiry" : dateInWords(expiresOn), body],
  ];
  sheet.rule(left, right);
  for (const [label, value, look] of rows) {
    const [first = "", ...others] = look.wrap(value, 10.5, right - left - 120);
    sheet.down(17);
    sheet.beside(body, label, { x: left, size: 8.5, color: GREY });
    sheet.beside(look, first, { x: right, size: 10.5, align: "right" });
    sheet.lines(look, others, 14, { x: right, size: 10.5, align: "right" });
    sheet.down(6);
    sheet.rule(left, right);
  }
}

function drawProof(sheet: Sheet, { body }: Faces, { verifyUrl }: CertificateFace): void {
  if (sheet.room(FOOT_TOP) < 0) sheet.turn();
  sheet.qr(verifyUrl, MARGIN + INDENT - 8, FOOT_BOTTOM, QR_SIDE);
  const [left, right] = [MARGIN + INDENT + QR_SIDE + 8, sheet.width - MARGIN - INDENT];
  const top = FOOT_BOTTOM + QR_SIDE - 26;
  sheet.at(body, "To see whether this certificate is genuine and still holds,", { x: left, y: top, size: 8.5 });
  sheet.at(body, "scan the code or open:", { x: left, y: top - 12, size: 8.5 });
  // An address has no spaces to break at: it is broken where the line ends, so that nothing is added to what one types.
  for (const [index, line] of body.wrap(verifyUrl, 7, right - left).entries()) sheet.at(body, line, { x: left, y: top - 26 - index * 10, size: 7, color: GREY });
}

/** Terms stand between the facts and the code, and go on on further pages where that is too little. */
function drawTerms(sheet: Sheet, { body }: Faces, { terms, number }: CertificateFace): void {
  if (terms === "") return;
  const [left, right] = [MARGIN + INDENT, sheet.width - MARGIN - INDENT];
  const lines = readable(terms).split("\n").flatMap((paragraph) => {
    const direction = directionOf(paragraph);
    const place = direction === "rtl" ? { x: right, align: "right", direction } as const : { x: left, direction };
    return body.wrap(paragraph, TERMS.size, right - left).map((text) => ({ text, place: { ...place, size: TERMS.size } }));
  });
  sheet.down(14);
  const fits = (count: number, floor: number) => sheet.room(floor) >= count * TERMS.leading;
  let floor: number = FOOT_TOP;
  if (!fits(Math.min(lines.length, 4), floor)) {
    sheet.lines(body, ["The terms stand on the next page."], TERMS.leading, { x: left, size: TERMS.size, color: GREY });
    floor = continued(sheet, body, number);
  }
  for (const line of lines) {
    if (!fits(1, floor)) floor = continued(sheet, body, number);
    sheet.lines(body, [line.text], TERMS.leading, line.place);
  }
}

/** A further page of terms, which says to which certificate it belongs; answers how far down it may be written. */
function continued(sheet: Sheet, body: Typeface, number: string): number {
  sheet.turn();
  sheet.lines(body, [`Terms of ${number}`], 0, { x: MARGIN + INDENT, size: TERMS.size, color: GREY });
  sheet.down(12);
  return MARGIN;
}

/** The largest size, down to two thirds, at which a text needs no more lines than that. */
function sizeThatFits(face: Typeface, text: string, largest: number, measure: number, lines: number): number {
  let size = largest;
  while (size > (largest * 2) / 3 && face.wrap(text, size, measure).length > lines) size -= 1;
  return size;
}
