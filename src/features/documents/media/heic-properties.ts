/** Properties of HEIF items that show a picture (ISO/IEC 23008-12, 6.5), each of exactly its size, so that none hides anything. */
import { failed, ok, type Result } from "../../../kernel/result";
import { bigEndian, holds, joined, nameAt, says, toBigEndian, written, type Bytes } from "./bytes";
import { cleanProfile } from "./colour-profile";
import { box, type Box } from "./heic-boxes";
import type { Flaw } from "./photo";

/** Bodies of these sizes are nothing but numbers: extent, turn, mirror, crop, aspect, light. */
const SIZES: Readonly<Record<string, number>> = { ispe: 12, irot: 1, imir: 1, clap: 32, pasp: 8, clli: 4, mdcv: 24 };
const ALPHA: readonly string[] = ["urn:mpeg:hevc:2015:auxid:1", "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"];
/** Video, sequence and picture parameter sets (ITU-T H.265, table 7-1): the first kinds of NAL units after those of slices. */
const PARAMETER_SETS: readonly number[] = [32, 33, 34];

/** The property as a box, null where it is none that shows a picture. */
export function cleanProperty({ name, body }: Box): Result<Bytes | null, Flaw> {
  if (SIZES[name] !== undefined) return body.length === SIZES[name] ? ok(box(name, body)) : failed("damaged");
  if (name === "pixi") return body.length === 5 + (body[4] ?? 0) && body.length <= 9 ? ok(box(name, body)) : failed("damaged");
  if (name === "colr") return ok(colour(body));
  if (name === "auxC") return ok(isAlpha(body) ? box(name, body.subarray(0, 4 + auxiliaryKind(body).length + 1)) : null);
  return name === "hvcC" ? decoder(body) : ok(null);
}

/** Whether `auxC` says that the item is another's transparency. */
export function isAlpha(auxiliary: Uint8Array): boolean {
  return bigEndian(auxiliary, 0, 4) === 0 && ALPHA.includes(auxiliaryKind(auxiliary));
}

function auxiliaryKind(body: Uint8Array): string {
  return ALPHA.find((kind) => says(body, 4, `${kind}\0`)) ?? "";
}

/** Numbers of a colour space, or an ICC profile. */
function colour(body: Uint8Array): Bytes | null {
  const kind = nameAt(body, 0);
  if (kind === "nclx") return body.length === 11 ? box("colr", body) : null;
  const profile = kind === "prof" || kind === "rICC" ? cleanProfile(body.subarray(4)) : null;
  return profile === null ? null : box("colr", written(kind), profile);
}

/** `hvcC` (ISO/IEC 14496-15, 8.3.3.1): its head, and the parameter sets alone of the NAL units that follow. */
function decoder(body: Uint8Array): Result<Bytes, Flaw> {
  if (!holds(body, 0, 23) || body[0] !== 1) return failed("damaged");
  const kept: Uint8Array[] = [];
  const count = body[22] ?? 0;
  let at = 23;
  for (let index = 0; index < count; index += 1) {
    const start = at;
    const units = bigEndian(body, at + 1, 2);
    at += 3;
    for (let unit = 0; unit < units && at <= body.length; unit += 1) at += 2 + bigEndian(body, at, 2);
    if (at > body.length) return failed("damaged");
    if (PARAMETER_SETS.includes((body[start] ?? 0) & 63)) kept.push(body.subarray(start, at));
  }
  return at === body.length ? ok(box("hvcC", body.subarray(0, 22), toBigEndian(kept.length, 1), joined(kept))) : failed("damaged");
}

/** How many bytes state the length of a NAL unit of items with this `hvcC`. */
export function lengthSizeOf(decoder: Uint8Array): number {
  return ((decoder[21] ?? 0) & 3) + 1;
}

/**
 * A coded picture without what is no part of it: the NAL units of slices and parameter sets stay byte for byte, messages
 * (SEI, which may hold any text) and units of unspecified kinds go. In pieces, which are views of `data`.
 */
export function cleanSlices(data: Uint8Array, lengthSize: number): Result<readonly Uint8Array[], Flaw> {
  const kept: Uint8Array[] = [];
  for (let at = 0; at < data.length;) {
    const length = bigEndian(data, at, lengthSize);
    const end = at + lengthSize + length;
    if (length < 2 || end > data.length) return failed("damaged");
    if ((((data[at + lengthSize] ?? 0) >> 1) & 63) <= 34) kept.push(data.subarray(at, end));
    at = end;
  }
  return kept.length > 0 ? ok(kept) : failed("damaged");
}
