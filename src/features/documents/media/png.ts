/**
 * A PNG with what shows it and nothing else: head, palette, transparency, colour, pixels. Texts, times, Exif but for
 * its orientation, private chunks and all behind the end go; `IDAT` stays byte for byte, and must hold exactly the pixels
 * that the head promises: neither a bomb nor a hiding place. An animation is refused like every moving picture: made
 * still without a word, it would not be what was sent.
 */
import { failed, ok, type Result } from "../../../kernel/result";
import { joined, written, type Bytes } from "./bytes";
import { cleanProfile, LARGEST_PROFILE_BYTES } from "./colour-profile";
import { deflated, inflated } from "./inflate";
import { orientationOf, tiffOf, turned } from "./orientation";
import type { Flaw, Photo } from "./photo";
import { chunkPieces, chunksOf, PNG_SIGNATURE, type Chunk } from "./png-chunks";
import { imageOf, type PngImage } from "./png-image";
import { zlibLength } from "./zlib-length";

/** A name of at most 79 characters, a zero, the method zero (11.3.2.3). */
const LONGEST_PROFILE_NAME = 79;
const PROFILE_NAME = "icc\0\0";

/** Chunks about colour, with the one size that each may have (11.3.2). */
const COLOUR_SIZES: Readonly<Record<string, number>> = { gAMA: 4, cHRM: 32, sRGB: 1, cICP: 4 };

/** The photo without what names places, devices and people; sizes are those of the picture once turned. */
export async function cleanPng(bytes: Uint8Array): Promise<Result<Photo, Flaw>> {
  const read = chunksOf(bytes);
  if (!read.ok) return read;
  const chunks = read.value;
  if (chunks[0]?.name !== "IHDR") return failed("damaged");
  const image = imageOf(chunks[0].data);
  if (!image.ok) return image;
  const flaw = flawOf(chunks, image.value);
  if (flaw !== null) return failed(flaw);
  const pixels = chunks.filter(({ name }) => name === "IDAT");
  const stream = joined(pixels.map(({ data }) => data));
  if (zlibLength(stream, image.value.rawBytes) !== image.value.rawBytes) return failed("damaged");
  const orientation = orientationOf(chunks.find(({ name }) => name === "eXIf")?.data ?? new Uint8Array());
  const clean = [
    chunks[0],
    ...chunks.filter(({ name, data }) => COLOUR_SIZES[name] === data.length),
    ...await profile(chunks),
    ...chunks.filter(({ name }) => name === "PLTE" || name === "tRNS"),
    ...orientation === 1 ? [] : [{ name: "eXIf", data: tiffOf(orientation) }],
    ...pixels,
    { name: "IEND", data: new Uint8Array() },
  ];
  return ok({ bytes: joined([PNG_SIGNATURE, ...clean.flatMap(chunkPieces)]), ...turned(image.value, orientation) });
}

/** What is wrong with the order and number of chunks (5.6), and with what must be understood to show the picture. */
function flawOf(chunks: readonly Chunk[], image: PngImage): Flaw | null {
  const names = chunks.map(({ name }) => name);
  if (names.includes("acTL") || names.includes("fcTL") || names.includes("fdAT")) return "moving";
  const isKnown = (name: string): boolean => ["IHDR", "PLTE", "IDAT", "IEND"].includes(name) || /^[a-z][A-Za-z]{3}$/.test(name);
  if (!names.every(isKnown)) return "unusual";
  const once = ["IHDR", "PLTE", "tRNS", "iCCP", ...Object.keys(COLOUR_SIZES)];
  if (once.some((name) => names.indexOf(name) !== names.lastIndexOf(name))) return "damaged";
  const first = names.indexOf("IDAT");
  const last = names.lastIndexOf("IDAT");
  const areTogether = first !== -1 && names.slice(first, last).every((name) => name === "IDAT");
  const stand = ["PLTE", "tRNS"].every((name) => names.indexOf(name) < first);
  return areTogether && stand && fits(chunks, image.colourType) ? null : "damaged";
}

/** Whether palette and transparency have the sizes that the colour type asks for (11.2.2, 11.3.1.1). */
function fits(chunks: readonly Chunk[], colourType: number): boolean {
  const palette = chunks.find(({ name }) => name === "PLTE")?.data.length ?? 0;
  const transparency = chunks.find(({ name }) => name === "tRNS")?.data.length ?? 0;
  const isPalette = palette % 3 === 0 && palette <= 768;
  if (colourType === 3) return isPalette && palette > 0 && transparency <= palette / 3;
  if (colourType === 2) return isPalette && [0, 6].includes(transparency);
  if (colourType === 6) return isPalette && transparency === 0;
  return palette === 0 && (transparency === 0 || (colourType === 0 && transparency === 2));
}

/** The colour profile, opened within a bound, cleaned and packed again; none where it cannot be read. */
async function profile(chunks: readonly Chunk[]): Promise<readonly Chunk[]> {
  const data = chunks.find(({ name }) => name === "iCCP")?.data ?? new Uint8Array();
  const nameEnd = data.subarray(0, LONGEST_PROFILE_NAME + 1).indexOf(0);
  if (nameEnd < 1 || data[nameEnd + 1] !== 0) return [];
  const packed = await inflated(data.subarray(nameEnd + 2), LARGEST_PROFILE_BYTES);
  const clean: Bytes | null = packed === null ? null : cleanProfile(packed);
  return clean === null ? [] : [{ name: "iCCP", data: joined([written(PROFILE_NAME), await deflated(clean)]) }];
}
