/**
 * A JPEG with what shows it and nothing else (ITU-T T.81; JFIF 1.02; ICC.1 annex B.4). Tables, frame and scans stay byte
 * for byte. Application segments are made anew or go, and so does all behind the first image: second images (CIPA
 * DC-007), videos, archives. What a scan holds after its last line cannot be told without decoding it, and stays.
 */
import { failed, ok, type Result } from "../../../kernel/result";
import { bigEndian, joined, says, toBigEndian, written, type Bytes } from "./bytes";
import { cleanProfile, LARGEST_PROFILE_BYTES } from "./colour-profile";
import { FRAMES, MARKER, segmentsOf, type Segment } from "./jpeg-segments";
import { orientationOf, tiffOf, turned, type Orientation } from "./orientation";
import { sizeFlaw, type Flaw, type Photo } from "./photo";

const EXIF = "Exif\0\0";
const PROFILE = "ICC_PROFILE\0";
/** A segment's length is two bytes and counts itself. */
const MOST_BODY_BYTES = 65_533;

/** The photo without what names places, devices and people; sizes are those of the picture once turned. */
export function cleanJpeg(bytes: Uint8Array): Result<Photo, Flaw> {
  const segments = segmentsOf(bytes);
  if (!segments.ok) return segments;
  const size = sizeOf(bytes, segments.value);
  if (!size.ok) return size;
  const bodiesOf = (marker: number): readonly Uint8Array[] => (
    segments.value.filter((segment) => segment.marker === marker).map(({ body, bodyEnd }) => bytes.subarray(body, bodyEnd))
  );
  const exif = bodiesOf(MARKER.app1).find((body) => says(body, 0, EXIF));
  const orientation = exif === undefined ? 1 : orientationOf(exif.subarray(EXIF.length));
  const clean = joined([
    Uint8Array.of(0xff, MARKER.soi),
    ...jfif(bodiesOf(MARKER.app0)),
    ...turning(orientation),
    ...profile(bodiesOf(MARKER.app2)),
    ...adobe(bodiesOf(MARKER.app14)),
    ...segments.value.filter(({ marker }) => showsPixels(marker)).map(({ start, end }) => bytes.subarray(start, end)),
    Uint8Array.of(0xff, MARKER.eoi),
  ]);
  return ok({ bytes: clean, ...turned(size.value, orientation) });
}

function showsPixels(marker: number): boolean {
  return FRAMES.includes(marker) || marker === MARKER.sos || marker === MARKER.dqt || marker === MARKER.dht || marker === MARKER.dri;
}

/** One frame, before the first scan (B.2.1). */
function sizeOf(bytes: Uint8Array, segments: readonly Segment[]): Result<{ readonly width: number; readonly height: number }, Flaw> {
  const frames = segments.filter(({ marker }) => FRAMES.includes(marker));
  const [frame] = frames;
  const scan = segments.findIndex(({ marker }) => marker === MARKER.sos);
  if (frame === undefined || frames.length > 1 || scan < segments.indexOf(frame)) return failed("damaged");
  const size = { height: bigEndian(bytes, frame.body + 1, 2), width: bigEndian(bytes, frame.body + 3, 2) };
  const flaw = sizeFlaw(size.width, size.height);
  return flaw === null ? ok(size) : failed(flaw);
}

function segment(marker: number, ...pieces: readonly Uint8Array[]): Bytes {
  const body = joined(pieces);
  return joined([Uint8Array.of(0xff, marker), toBigEndian(body.length + 2, 2), body]);
}

/** JFIF says that colours are YCbCr, and how dense the dots are; its thumbnail goes. */
function jfif(bodies: readonly Uint8Array[]): readonly Bytes[] {
  const body = bodies.find((body) => says(body, 0, "JFIF\0") && body.length >= 14);
  return body === undefined ? [] : [segment(MARKER.app0, body.subarray(0, 12), Uint8Array.of(0, 0))];
}

function turning(orientation: Orientation): readonly Bytes[] {
  return orientation === 1 ? [] : [segment(MARKER.app1, written(EXIF), tiffOf(orientation))];
}

/** Adobe's segment says how colours were transformed: 12 bytes, of which the last decides (Adobe TN 5116). Decoders believe the last one. */
function adobe(bodies: readonly Uint8Array[]): readonly Bytes[] {
  const body = bodies.findLast((body) => says(body, 0, "Adobe") && body.length >= 12);
  return body === undefined ? [] : [segment(MARKER.app14, written("Adobe\0d\0\0\0\0"), body.subarray(11, 12))];
}

/** The profile's pieces, numbered from 1, put together, cleaned and cut again; a profile with a piece missing is none. */
function profile(bodies: readonly Uint8Array[]): readonly Bytes[] {
  const pieces = bodies.filter((body) => says(body, 0, PROFILE) && body.length >= 14).toSorted((one, other) => (one[12] ?? 0) - (other[12] ?? 0));
  const isWhole = pieces.every((piece, index) => piece[12] === index + 1 && piece[13] === pieces.length);
  const length = pieces.reduce((sum, piece) => sum + piece.length - 14, 0);
  const clean = isWhole && length <= LARGEST_PROFILE_BYTES ? cleanProfile(joined(pieces.map((piece) => piece.subarray(14)))) : null;
  if (clean === null) return [];
  const room = MOST_BODY_BYTES - 14;
  const count = Math.ceil(clean.length / room);
  return Array.from({ length: count }, (_, index) => (
    segment(MARKER.app2, written(PROFILE), Uint8Array.of(index + 1, count), clean.subarray(index * room, (index + 1) * room))
  ));
}
