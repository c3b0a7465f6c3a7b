/** Certificates on paper for tests in Node: the fonts from their packages, and what poppler reads from a PDF. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import * as readCode from "jsqr";
import type { CertificateFace } from "../../../src/features/certificates/pdf";
import type { FontFiles } from "../../../src/features/paper/service";
import type { BusinessDate } from "../../../src/kernel/day";
import { FONT_SOURCES } from "../../../web/fonts";

const MODULES = path.resolve(import.meta.dirname, "../../../node_modules");

/** Fonts as the build ships them. */
export const fonts: FontFiles = async (file) => new Uint8Array(readFileSync(path.join(MODULES, FONT_SOURCES[file])));

/** Whether poppler is installed: apt-get install poppler-utils. */
export const HAS_READER = hasReader();

function hasReader(): boolean {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A certificate as shops issue them. */
export function faceOf(changes: Partial<CertificateFace> = {}): CertificateFace {
  return {
    paper: "letter", shop: "Harbour Coffee", logo: null, title: "Warranty Certificate", statement: "Harbour Coffee warrants the machine named below to its first owner.",
    terms: "Defects in material and workmanship are mended without charge.\n\nBring the machine and this certificate to any of our shops.",
    issuedTo: "Ágnes Kovács", product: "Linea Mini espresso machine", serialNumber: "LM-2204-00817", number: "HC-00012",
    issuedOn: "2026-07-14" as BusinessDate, expiresOn: "2028-07-13" as BusinessDate,
    verifyUrl: `https://files.daybook.example/c/1/${"a".repeat(26)}/${"b".repeat(26)}?key=k1&signature=${"s".repeat(43)}`, issuedAt: Date.UTC(2026, 6, 14, 11), ...changes,
  };
}

/** Runs one of poppler's programs over a PDF, in a folder that is gone afterwards. */
export function withPdf<T>(pdf: Uint8Array, read: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(path.join(os.tmpdir(), "daybook-certificate-"));
  try {
    const file = path.join(folder, "certificate.pdf");
    writeFileSync(file, pdf);
    return read(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a phone reads from the code on the first page, when the paper is looked at with so many dots an inch. */
export function codeOn(pdf: Uint8Array, dotsPerInch: number): string | null {
  const picture = withPdf(pdf, (file) => execFileSync("pdftoppm", ["-r", String(dotsPerInch), "-l", "1", file], { maxBuffer: 200_000_000 }));
  // A PPM: its size on the second line, then red, green and blue of every dot (netpbm's ppm(5)).
  const head = /^P6\s(\d+)\s(\d+)\s255\s/.exec(picture.subarray(0, 32).toString("latin1"));
  const [width, height] = [Number(head?.[1]), Number(head?.[2])];
  const dots = picture.subarray(head?.[0].length ?? 0);
  const pixels = new Uint8ClampedArray(width * height * 4).map((_, index) => (index % 4 === 3 ? 255 : (dots[Math.floor(index / 4) * 3 + (index % 4)] ?? 0)));
  return readCode.default(pixels, width, height)?.data ?? null;
}

/** The text of each page, laid out as it stands. */
export function pagesOf(pdf: Uint8Array): string[] {
  return withPdf(pdf, (file) => execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f").slice(0, -1));
}
