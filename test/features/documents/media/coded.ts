/** The bytes of a picture that are its pixels and how to decode them, found without the code that is tested. */
import type { PhotoType } from "../../../../src/features/documents/media/photo";

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

/** Everything but application segments and comments, up to the end marker of the first image. */
function ofJpeg(bytes: Uint8Array): string {
  let found = "";
  for (let at = 2; bytes[at + 1] !== 0xd9;) {
    const marker = bytes[at + 1] ?? 0;
    let end = at + 2 + view(bytes).getUint16(at + 2);
    if (marker === 0xda) while (bytes[end] !== 0xff || bytes[end + 1] === 0 || ((bytes[end + 1] ?? 0) & 0xf8) === 0xd0) end += 1;
    if (marker < 0xe0) found += latin1(bytes.subarray(at, end));
    at = end;
  }
  return found;
}

function ofPng(bytes: Uint8Array): string {
  let found = "";
  for (let at = 8; at < bytes.length;) {
    const end = at + 12 + view(bytes).getUint32(at);
    const name = latin1(bytes.subarray(at + 4, at + 8));
    if (["IHDR", "PLTE", "tRNS", "IDAT"].includes(name)) found += latin1(bytes.subarray(at, end));
    at = name === "IEND" ? bytes.length : end;
  }
  return found;
}

function ofWebp(bytes: Uint8Array): string {
  let found = "";
  for (let at = 12; at < 8 + view(bytes).getUint32(4, true);) {
    const length = view(bytes).getUint32(at + 4, true);
    if (["ALPH", "VP8 ", "VP8L"].includes(latin1(bytes.subarray(at, at + 4)))) found += latin1(bytes.subarray(at, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  return found;
}

/** Of the fixture: NAL units of slices, which in HEVC's own numbering are the kinds below 32. All of them stand in `mdat`, each after its length. */
function ofHeic(bytes: Uint8Array): string {
  const start = latin1(bytes).indexOf("mdat") + 4;
  const found: string[] = [];
  for (let at = start; at + 4 < bytes.length;) {
    const end = at + 4 + view(bytes).getUint32(at);
    if (end <= bytes.length && ((bytes[at + 4] ?? 0) >> 1) < 32) found.push(latin1(bytes.subarray(at, end)));
    at = end <= bytes.length ? end : at + 1;
  }
  return found.join("");
}

const CODED = { "image/jpeg": ofJpeg, "image/png": ofPng, "image/webp": ofWebp, "image/heic": ofHeic } satisfies Record<PhotoType, (bytes: Uint8Array) => string>;

/** As characters, byte by byte. */
export function codedPixels(bytes: Uint8Array, type: PhotoType): string {
  return CODED[type](bytes);
}
