/** Reading and joining bytes. Nothing here reads past an end: what is not there is a zero or an empty piece, and `holds` tells. */

/** Bytes that own their memory, as Web APIs take them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Whether `length` bytes stand at `at`. */
export function holds(bytes: Uint8Array, at: number, length: number): boolean {
  return at >= 0 && length >= 0 && at + length <= bytes.length;
}

/** An unsigned number, the most significant byte first; exact up to 2^53, and beyond that larger than any file. */
export function bigEndian(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = 0; index < size; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}

/** The same, the least significant byte first. */
export function littleEndian(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = size - 1; index >= 0; index -= 1) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}

/** `size` bytes of an unsigned number, the most significant first. */
export function toBigEndian(value: number, size: number): Bytes {
  const bytes = new Uint8Array(size);
  for (let index = size - 1, rest = value; index >= 0; index -= 1, rest = Math.floor(rest / 256)) bytes[index] = rest % 256;
  return bytes;
}

/** `size` bytes of an unsigned number, the least significant first. */
export function toLittleEndian(value: number, size: number): Bytes {
  return toBigEndian(value, size).toReversed();
}

/** Whether exactly these characters, one byte each, stand at `at`. */
export function says(bytes: Uint8Array, at: number, text: string): boolean {
  if (!holds(bytes, at, text.length)) return false;
  for (let index = 0; index < text.length; index += 1) if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

/** Four bytes as characters: the name of a chunk, a box or a brand. */
export function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** One byte for each character, all of which are below 256. */
export function written(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** All pieces, one after the other, in memory of their own. */
export function joined(pieces: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
