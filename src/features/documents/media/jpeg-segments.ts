/** The segments of a JPEG's first image, each of exactly the shape that ITU-T T.81 (annex B) gives it, so that none hides anything. */
import { failed, ok, type Result } from "../../../kernel/result";
import { bigEndian, holds } from "./bytes";
import type { Flaw } from "./photo";

/** One segment: `start` is its FF, `body` what follows its length, `end` where the next begins (after a scan's data). */
export type Segment = { readonly marker: number; readonly start: number; readonly body: number; readonly bodyEnd: number; readonly end: number };

export const MARKER = { soi: 0xd8, eoi: 0xd9, sos: 0xda, dqt: 0xdb, dht: 0xc4, dri: 0xdd, app0: 0xe0, app1: 0xe1, app2: 0xe2, app14: 0xee, app15: 0xef, com: 0xfe } as const;
/** Baseline, extended and progressive: what browsers show. */
export const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2];

/** A photo of 25 MB cut into full segments has 400; a progressive one has some ten scans. */
const MOST_SEGMENTS = 4000;
const MOST_SCANS = 200;

/** All segments from the start of the image to its end marker, without both; what comes after that end is nobody's. */
export function segmentsOf(bytes: Uint8Array): Result<readonly Segment[], Flaw> {
  const segments: Segment[] = [];
  let at = 2;
  let scans = 0;
  for (;;) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) return failed("damaged");
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === MARKER.eoi) return scans > 0 ? ok(segments) : failed("damaged");
    const segment = segmentAt(bytes, at, marker);
    if (!segment.ok) return segment;
    segments.push(segment.value);
    if (marker === MARKER.sos) scans += 1;
    if (segments.length > MOST_SEGMENTS || scans > MOST_SCANS) return failed("unusual");
    at = segment.value.end;
  }
}

function segmentAt(bytes: Uint8Array, start: number, marker: number): Result<Segment, Flaw> {
  const length = bigEndian(bytes, start + 2, 2);
  const body = start + 4;
  const bodyEnd = start + 2 + length;
  if (length < 2 || !holds(bytes, start, 2 + length)) return failed("damaged");
  const flaw = flawOf(bytes.subarray(body, bodyEnd), marker);
  if (flaw !== null) return failed(flaw);
  const end = marker === MARKER.sos ? endOfScan(bytes, bodyEnd) : bodyEnd;
  return end === -1 ? failed("damaged") : ok({ marker, start, body, bodyEnd, end });
}

/** Where a scan's data ends: at the next marker that is neither a stuffed byte nor a restart (B.1.1.5); -1 where there is none. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1) {
    const next = bytes[at + 1] ?? 0;
    const isData = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!isData && next !== 0xff) return at;
    at = bytes.indexOf(0xff, isData ? at + 2 : at + 1);
  }
  return -1;
}

function flawOf(body: Uint8Array, marker: number): Flaw | null {
  if ((marker >= MARKER.app0 && marker <= MARKER.app15) || marker === MARKER.com) return null;
  if (FRAMES.includes(marker)) return isFrame(body) ? null : "unusual";
  if (marker === MARKER.sos) return hasComponents(body, 0, 1, 4) && body.length === 4 + 2 * (body[0] ?? 0) ? null : "damaged";
  if (marker === MARKER.dqt) return fills(body, quantizationTable) ? null : "damaged";
  if (marker === MARKER.dht) return fills(body, huffmanTable) ? null : "damaged";
  if (marker === MARKER.dri) return body.length === 2 ? null : "damaged";
  // Lossless, arithmetic and hierarchical frames, late line counts; or no marker that stands here.
  return marker >= 0xc0 && marker !== MARKER.soi && !(marker >= 0xd0 && marker <= 0xd7) ? "unusual" : "damaged";
}

/** Eight bits, one, three or four components (B.2.2). */
function isFrame(body: Uint8Array): boolean {
  return body[0] === 8 && hasComponents(body, 5, 1, 4) && body[5] !== 2 && body.length === 6 + 3 * (body[5] ?? 0);
}

function hasComponents(body: Uint8Array, at: number, fewest: number, most: number): boolean {
  const count = body[at] ?? 0;
  return count >= fewest && count <= most;
}

/** Whether tables, each of the size that it states, fill the body exactly. */
function fills(body: Uint8Array, sizeAt: (body: Uint8Array, at: number) => number): boolean {
  let at = 0;
  while (at < body.length) at += sizeAt(body, at);
  return at === body.length && at > 0;
}

/** B.2.4.1: 64 values of one or two bytes. */
function quantizationTable(body: Uint8Array, at: number): number {
  return 1 + ((body[at] ?? 0) >= 0x10 ? 128 : 64);
}

/** B.2.4.2: 16 counts, then as many values. */
function huffmanTable(body: Uint8Array, at: number): number {
  return 17 + body.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
}
