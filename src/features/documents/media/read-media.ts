/** What a file is, decided from its first bytes alone, against a short list of what may be filed. Names and declared types are claims. */
import type { Failed } from "../../../kernel/result";
import type { MediaType } from "../contract";
import { bigEndian, holds, nameAt, says } from "./bytes";
import { refusedWith } from "./refusal";
import { beginsAsText } from "./text";

/** As many bytes from the start of a file tell everything that can be told. */
export const HEAD_BYTES = 4096;

/** Brands of HEIF (ISO/IEC 23008-12, annex B): one picture of HEVC. */
const PICTURE_BRANDS: readonly string[] = ["heic", "heix"];
/** Moving pictures, and pictures of a codec that half of the shops' devices cannot show. */
const OTHER_BRANDS: readonly string[] = ["msf1", "hevc", "hevx", "avif", "avis", "av01"];

/**
 * The type of a file that begins with `head` (`HEAD_BYTES` of it, or all), or null for whatever may not be filed: SVG,
 * HTML, GIF, archives, Office files, programs, video, and polyglots that begin as anything but what is allowed.
 * Text is CSV where its name says so: no look at the bytes tells a table of one column from a letter, and both are
 * served alike as text that nothing runs, so that a wrong name harms nobody.
 */
export function readMedia(head: Uint8Array, fileName: string): MediaType | null {
  if (isJpeg(head)) return "image/jpeg";
  if (isPng(head)) return "image/png";
  if (isWebp(head)) return "image/webp";
  if (isHeic(head)) return "image/heic";
  if (/^%PDF-[12]\.\d/.test(String.fromCharCode(...head.subarray(0, 8)))) return "application/pdf";
  if (!beginsAsText(head)) return null;
  return /\.csv$/i.test(fileName.trim()) ? "text/csv" : "text/plain";
}

/** SOI, and a marker that may come first: a table, a frame, an application's segment, a comment (ITU-T T.81, B.1). */
function isJpeg(head: Uint8Array): boolean {
  const [, , , marker = 0] = head;
  const mayComeFirst = (marker >= 0xe0 && marker <= 0xef) || [0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, 0xfe].includes(marker);
  return says(head, 0, "\u00ff\u00d8\u00ff") && mayComeFirst;
}

function isPng(head: Uint8Array): boolean {
  return says(head, 0, "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR");
}

function isWebp(head: Uint8Array): boolean {
  return says(head, 0, "RIFF") && says(head, 8, "WEBP") && ["VP8 ", "VP8L", "VP8X"].includes(nameAt(head, 12));
}

function isHeic(head: Uint8Array): boolean {
  const brands = brandsOf(head);
  const [major = ""] = brands;
  if (brands.some((brand) => OTHER_BRANDS.includes(brand))) return false;
  return PICTURE_BRANDS.includes(major) || (major === "mif1" && brands.some((brand) => PICTURE_BRANDS.includes(brand)));
}

/** The brands of a file of boxes, the major one first; none where it is no such file (ISO/IEC 14496-12, 4.3). */
export function brandsOf(head: Uint8Array): readonly string[] {
  const size = bigEndian(head, 0, 4);
  if (!says(head, 4, "ftyp") || size < 16 || size > HEAD_BYTES || size % 4 !== 0 || !holds(head, 0, size)) return [];
  const brands = [nameAt(head, 8)];
  for (let at = 16; at < size; at += 4) brands.push(nameAt(head, at));
  return brands;
}

/** What people send that is not filed, in the order in which to ask. */
const KNOWN: readonly { readonly name: string; readonly is: (head: Uint8Array) => boolean }[] = [
  { name: "an empty file", is: (head) => head.length === 0 },
  { name: "a GIF", is: (head) => says(head, 0, "GIF8") },
  { name: "an SVG drawing", is: (head) => /<svg/i.test(beginning(head)) },
  { name: "a web page", is: (head) => /<(?:!doctype|html|head|body|script)/i.test(beginning(head)) },
  { name: "an XML file", is: (head) => beginning(head).trimStart().startsWith("<?xml") },
  { name: "a ZIP archive, or a Word or Excel file", is: (head) => says(head, 0, "PK") },
  { name: "an old Word or Excel file", is: (head) => says(head, 0, "\u00d0\u00cf\u0011\u00e0") },
  { name: "a TIFF", is: (head) => says(head, 0, "II*\0") || says(head, 0, "MM\0*") },
  { name: "an AVIF", is: (head) => brandsOf(head).includes("avif") },
  { name: "a video or a moving picture", is: (head) => says(head, 4, "ftyp") || says(head, 0, "\u001aE\u00df\u00a3") },
  { name: "a program", is: (head) => says(head, 0, "MZ") || says(head, 0, "\u007fELF") || says(head, 0, "#!") },
  { name: "a text in UTF-16", is: (head) => says(head, 0, "\u00ff\u00fe") || says(head, 0, "\u00fe\u00ff") },
  { name: "a PDF with something else before its first line", is: (head) => beginning(head).includes("%PDF-") },
];

/** The first bytes as characters, byte by byte. */
function beginning(head: Uint8Array): string {
  return String.fromCharCode(...head.subarray(0, 1024));
}

/** The refusal of a file for which `readMedia` gave null, naming what it is where that can be told. */
export function notFiled(head: Uint8Array): Failed {
  const name = KNOWN.find(({ is }) => is(head))?.name ?? "not something that can be filed here";
  return refusedWith(`This is ${name}. Photos can be JPEG, PNG, WebP or HEIC; everything else a PDF, a CSV file or plain text (UTF-8).`);
}
