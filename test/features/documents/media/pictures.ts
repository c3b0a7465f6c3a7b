/** Small real pictures with planted secrets; see fixtures/SOURCES.md. */
import drawing from "./fixtures/drawing.webp?inline";
import phone from "./fixtures/phone.jpg?inline";
import scan from "./fixtures/scan.jpg?inline";
import screen from "./fixtures/screen.png?inline";
import tablet from "./fixtures/tablet.heic?inline";
import type { Bytes } from "../../../../src/features/documents/media/bytes";
import type { PhotoType } from "../../../../src/features/documents/media/photo";

export type Picture = { readonly name: string; readonly type: PhotoType; readonly bytes: Bytes; readonly width: number; readonly height: number };

function bytesOf(url: string): Bytes {
  return Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (character) => character.charCodeAt(0));
}

/** Sizes as each is seen: the phone was held upright. */
export const PHONE: Picture = { name: "a phone's JPEG, upright, with a second image behind it", type: "image/jpeg", bytes: bytesOf(phone), width: 32, height: 48 };
export const SCAN: Picture = { name: "a progressive JPEG with an archive behind it", type: "image/jpeg", bytes: bytesOf(scan), width: 48, height: 32 };
export const SCREEN: Picture = { name: "a PNG with texts", type: "image/png", bytes: bytesOf(screen), width: 32, height: 48 };
export const DRAWING: Picture = { name: "a WebP with transparency", type: "image/webp", bytes: bytesOf(drawing), width: 48, height: 32 };
export const TABLET: Picture = { name: "a HEIC of tiles with a thumbnail", type: "image/heic", bytes: bytesOf(tablet), width: 48, height: 32 };
export const PICTURES = [PHONE, SCAN, SCREEN, DRAWING, TABLET];
