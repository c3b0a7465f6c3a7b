/**
 * An ICC profile built anew from what colour needs (ICC.1:2022): curves, matrices, tables. What names a device, its
 * maker, a calibration or a date is left out, and the two texts that a profile must have say nothing.
 */
import { bigEndian, holds, joined, nameAt, says, toBigEndian, written, type Bytes } from "./bytes";

/** The largest that is read: profiles of printing presses have some hundred kilobytes. */
export const LARGEST_PROFILE_BYTES = 2_000_000;
const MOST_TAGS = 100;
const HEADER_BYTES = 128;

/** How many bytes a tag's data has, by its type (10.1 on): whatever stands behind them is cut off. */
const SIZES: Readonly<Record<string, (data: Uint8Array) => number>> = {
  "XYZ ": () => 20,
  curv: (data) => 12 + 2 * bigEndian(data, 8, 4),
  para: (data) => 12 + 4 * ([1, 3, 4, 5, 7][bigEndian(data, 8, 2)] ?? 0),
  sf32: () => 44,
  mft1: (data) => data.length,
  mft2: (data) => data.length,
  "mAB ": (data) => data.length,
  "mBA ": (data) => data.length,
};
const KEPT_TAGS: readonly string[] = ["wtpt", "chad", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "kTRC", "A2B0", "A2B1", "A2B2", "B2A0", "B2A1", "B2A2"];

/** `place` is where the data stood: profiles that are made to be small name one curve several times. */
type Tag = { readonly name: string; readonly place: string; readonly data: Bytes };

/** The profile without anything but colour, or null where it is none or cannot be read: programs then take sRGB, as they would have. */
export function cleanProfile(profile: Uint8Array): Bytes | null {
  if (profile.length > LARGEST_PROFILE_BYTES || !holds(profile, 0, HEADER_BYTES + 4) || !says(profile, 36, "acsp")) return null;
  const count = bigEndian(profile, HEADER_BYTES, 4);
  if (count > MOST_TAGS || !holds(profile, HEADER_BYTES + 4, count * 12)) return null;
  const tags: Tag[] = [];
  for (let index = 0; index < count; index += 1) {
    const tag = tagAt(profile, HEADER_BYTES + 4 + index * 12);
    if (tag !== null && !tags.some(({ name }) => name === tag.name)) tags.push(tag);
  }
  return tags.length === 0 ? null : assembled(profile, [...tags, ...texts(bigEndian(profile, 8, 1))]);
}

function tagAt(profile: Uint8Array, at: number): Tag | null {
  const name = nameAt(profile, at);
  const start = bigEndian(profile, at + 4, 4);
  const length = bigEndian(profile, at + 8, 4);
  if (!KEPT_TAGS.includes(name) || length < 12 || !holds(profile, start, length)) return null;
  const data = profile.subarray(start, start + length);
  const size = SIZES[nameAt(data, 0)]?.(data) ?? 0;
  if (size < 12 || size > length) return null;
  const kept = new Uint8Array(data.subarray(0, size));
  kept.fill(0, 4, 8);
  return { name, place: `${start} ${length}`, data: kept };
}

/** A description and a copyright are required (8.2); of which type depends on the version. */
function texts(version: number): readonly Tag[] {
  const cprt = written("text\0\0\0\0none\0");
  const old = joined([written("desc\0\0\0\0"), toBigEndian(7, 4), written("colour\0"), new Uint8Array(78)]);
  const localized = joined([written("mluc\0\0\0\0"), toBigEndian(1, 4), toBigEndian(12, 4), written("enUS"), toBigEndian(12, 4), toBigEndian(28, 4), written("\0c\0o\0l\0o\0u\0r")]);
  return version < 4 ? [{ name: "desc", place: "old", data: old }, { name: "cprt", place: "none", data: cprt }] : ["desc", "cprt"].map((name) => ({ name, place: "localized", data: localized }));
}

/** Null where tags lie over each other, so that all of them are larger than any profile. */
function assembled(profile: Uint8Array, tags: readonly Tag[]): Bytes | null {
  const starts = new Map<string, number>();
  const pieces: Uint8Array[] = [];
  let end = HEADER_BYTES + 4 + tags.length * 12;
  const table = tags.flatMap(({ name, place, data }) => {
    const start = starts.get(place) ?? end;
    if (start === end) {
      const padded = new Uint8Array(Math.ceil(data.length / 4) * 4);
      padded.set(data);
      pieces.push(padded);
      starts.set(place, start);
      end += padded.length;
    }
    return [written(name), toBigEndian(start, 4), toBigEndian(data.length, 4)];
  });
  return end > LARGEST_PROFILE_BYTES ? null : joined([header(profile, end), toBigEndian(tags.length, 4), ...table, ...pieces]);
}

/** Version, class, colour spaces, intent and white stay (7.2); maker, model, creator, flags, platform and identity go; the date is always the same. */
function header(profile: Uint8Array, size: number): Bytes {
  const clean = new Uint8Array(HEADER_BYTES);
  clean.set(toBigEndian(size, 4), 0);
  clean.set(profile.subarray(8, 24), 8);
  clean.set([0x07, 0xd0, 0, 1, 0, 1], 24);
  clean.set(profile.subarray(36, 40), 36);
  clean.set(profile.subarray(64, 80), 64);
  return clean;
}
