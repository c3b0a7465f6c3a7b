/**
 * A WebP with what shows it and nothing else (RFC 9649): pixels, transparency, colour profile, orientation. Exif but
 * for that, XMP, unknown chunks and all behind the RIFF go; an animation is refused.
 */
import { failed, ok, type Result } from "../../../kernel/result";
import { holds, joined, littleEndian, nameAt, says, toLittleEndian, written, type Bytes } from "./bytes";
import { cleanProfile } from "./colour-profile";
import { orientationOf, tiffOf, turned } from "./orientation";
import { sizeFlaw, type Flaw, type Photo } from "./photo";

type Chunk = { readonly name: string; readonly data: Uint8Array };
type Size = { readonly width: number; readonly height: number };

const RIFF_HEAD_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
/** A still picture has five kinds of them; unknown ones may stand between. */
const MOST_CHUNKS = 1000;
/** Flags of `VP8X` (2.7.1.1). */
const FLAG = { profile: 0x20, alpha: 0x10, exif: 0x08, moving: 0x02 } as const;

/** The photo without what names places, devices and people; sizes are those of the picture once turned. */
export function cleanWebp(bytes: Uint8Array): Result<Photo, Flaw> {
  const read = chunksOf(bytes);
  if (!read.ok) return read;
  const chunks = read.value;
  const dataOf = (name: string): Uint8Array | null => chunks.find((chunk) => chunk.name === name)?.data ?? null;
  const pictures = chunks.filter(({ name }) => name === "VP8 " || name === "VP8L");
  const [picture] = pictures;
  const extended = dataOf("VP8X");
  const isMoving = ((extended?.[0] ?? 0) & FLAG.moving) !== 0 || dataOf("ANIM") !== null || dataOf("ANMF") !== null;
  if (isMoving) return failed("moving");
  if (picture === undefined || pictures.length > 1) return failed("damaged");
  const size = sizeOf(picture);
  if (size === null || (extended !== null && !isCanvas(extended, size))) return failed("damaged");
  const flaw = sizeFlaw(size.width, size.height);
  if (flaw !== null) return failed(flaw);
  const exif = dataOf("EXIF") ?? new Uint8Array();
  const orientation = orientationOf(says(exif, 0, "Exif\0\0") ? exif.subarray(6) : exif);
  const alpha = picture.name === "VP8 " ? dataOf("ALPH") : null;
  const clean = extended === null ? [picture] : extendedChunks({
    size,
    hasAlpha: alpha !== null || ((extended[0] ?? 0) & FLAG.alpha) !== 0,
    profile: cleanProfile(dataOf("ICCP") ?? new Uint8Array()),
    shown: alpha === null ? [picture] : [{ name: "ALPH", data: alpha }, picture],
    tiff: orientation === 1 ? null : tiffOf(orientation),
  });
  return ok({ bytes: riff(clean), ...turned(size, orientation) });
}

/** The chunks within the RIFF, whose stated end must be there; what comes after it is nobody's (2.4). */
function chunksOf(bytes: Uint8Array): Result<readonly Chunk[], Flaw> {
  const end = CHUNK_HEAD_BYTES + littleEndian(bytes, 4, 4);
  if (end > bytes.length) return failed("damaged");
  const chunks: Chunk[] = [];
  for (let at = RIFF_HEAD_BYTES; at < end;) {
    const length = littleEndian(bytes, at + 4, 4);
    const start = at + CHUNK_HEAD_BYTES;
    if (start > end || start + length > end || !/^[ -~]{4}$/.test(nameAt(bytes, at))) return failed("damaged");
    chunks.push({ name: nameAt(bytes, at), data: bytes.subarray(start, start + length) });
    if (chunks.length > MOST_CHUNKS) return failed("unusual");
    at = start + length + (length % 2);
  }
  return ok(chunks);
}

/** The size that the pixels themselves state: a key frame of VP8 (RFC 6386, 9.1), or VP8L (RFC 9649, 3.4). */
function sizeOf({ name, data }: Chunk): Size | null {
  if (name === "VP8 ") {
    const isKeyFrame = holds(data, 0, 10) && ((data[0] ?? 1) & 1) === 0 && says(data, 3, "\u009d\u0001\u002a");
    return isKeyFrame ? { width: littleEndian(data, 6, 2) & 0x3fff, height: littleEndian(data, 8, 2) & 0x3fff } : null;
  }
  const bits = littleEndian(data, 1, 4);
  return holds(data, 0, 5) && data[0] === 0x2f && bits >>> 29 === 0 ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } : null;
}

/** Whether the canvas is exactly the picture: 24 bits each for width and height, less one. */
function isCanvas(extended: Uint8Array, size: Size): boolean {
  return extended.length === 10 && littleEndian(extended, 4, 3) + 1 === size.width && littleEndian(extended, 7, 3) + 1 === size.height;
}

type Extended = { readonly size: Size; readonly hasAlpha: boolean; readonly profile: Bytes | null; readonly shown: readonly Chunk[]; readonly tiff: Bytes | null };

/** In the order that 2.7 asks for, with flags that say what is there. */
function extendedChunks({ size, hasAlpha, profile, shown, tiff }: Extended): readonly Chunk[] {
  const flags = (profile === null ? 0 : FLAG.profile) | (hasAlpha ? FLAG.alpha : 0) | (tiff === null ? 0 : FLAG.exif);
  const head = joined([toLittleEndian(flags, 4), toLittleEndian(size.width - 1, 3), toLittleEndian(size.height - 1, 3)]);
  return [
    { name: "VP8X", data: head },
    ...profile === null ? [] : [{ name: "ICCP", data: profile }],
    ...shown,
    ...tiff === null ? [] : [{ name: "EXIF", data: tiff }],
  ];
}

function riff(chunks: readonly Chunk[]): Bytes {
  const body = chunks.flatMap(({ name, data }) => [written(name), toLittleEndian(data.length, 4), data, new Uint8Array(data.length % 2)]);
  const length = body.reduce((sum, piece) => sum + piece.length, 0);
  return joined([written("RIFF"), toLittleEndian(4 + length, 4), written("WEBP"), ...body]);
}
