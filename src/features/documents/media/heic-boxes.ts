/** Boxes of ISO/IEC 14496-12 (4.2): a size, a name, a body. Containers are opened one by one and never into each other, so that no nesting goes deep. */
import { failed, ok, type Result } from "../../../kernel/result";
import { bigEndian, holds, joined, nameAt, toBigEndian, written, type Bytes } from "./bytes";
import type { Flaw } from "./photo";

/** One box; `body` is a view into the file, without size and name. */
export type Box = { readonly name: string; readonly body: Uint8Array };

/** The largest pictures of today's phones have some thousand tiles. */
const MOST_BOXES = 20_000;

/** All boxes of a container, which they fill exactly. */
export function boxesOf(container: Uint8Array): Result<readonly Box[], Flaw> {
  const boxes: Box[] = [];
  for (let at = 0; at < container.length;) {
    const size = sizeAt(container, at);
    if (size === null) return failed("damaged");
    boxes.push({ name: nameAt(container, at + 4), body: container.subarray(at + size.head, at + size.whole) });
    if (boxes.length > MOST_BOXES) return failed("unusual");
    at += size.whole;
  }
  return ok(boxes);
}

/** The boxes at the beginning of a file; what is no box, after those that a picture needs, is nobody's. */
export function leadingBoxes(file: Uint8Array): Result<readonly Box[], Flaw> {
  const boxes: Box[] = [];
  for (let at = 0; at < file.length;) {
    const size = sizeAt(file, at);
    if (size === null) break;
    boxes.push({ name: nameAt(file, at + 4), body: file.subarray(at + size.head, at + size.whole) });
    if (boxes.length > MOST_BOXES) return failed("unusual");
    at += size.whole;
  }
  return ok(boxes);
}

/** A size of 1 stands for a longer number behind the name, 0 for "to the end". */
function sizeAt(bytes: Uint8Array, at: number): { readonly head: number; readonly whole: number } | null {
  if (!holds(bytes, at, 8)) return null;
  const stated = bigEndian(bytes, at, 4);
  const head = stated === 1 ? 16 : 8;
  const whole = stated === 0 ? bytes.length - at : stated === 1 ? bigEndian(bytes, at + 8, 8) : stated;
  return whole >= head && holds(bytes, at, whole) ? { head, whole } : null;
}

/** A box as it is written. */
export function box(name: string, ...body: readonly Uint8Array[]): Bytes {
  const content = joined(body);
  return joined([toBigEndian(content.length + 8, 4), written(name), content]);
}

/** A box that begins with a version and flags. */
export function fullBox(name: string, version: number, flags: number, ...body: readonly Uint8Array[]): Bytes {
  return box(name, toBigEndian(version, 1), toBigEndian(flags, 3), ...body);
}
