/**
 * Measures what a zlib stream (RFC 1950, 1951) holds without opening it: symbols are decoded and counted, nothing is
 * written anywhere, so that a bomb takes no memory. The platform's own `DecompressionStream` cannot be used for that:
 * workerd opens whatever is written to it at once, however slowly it is read.
 */
import { bigEndian, littleEndian } from "./bytes";
import {
  codeOf, DISTANCE_BASES, DISTANCE_EXTRA_BITS, FIXED_DISTANCES, FIXED_LITERALS, LENGTH_BASES, LENGTH_EXTRA_BITS, LENGTHS_ORDER, LONGEST_CODE_BITS, type Code,
} from "./deflate-codes";

const HEAD_BYTES = 2;
/** Adler-32 of what the stream holds: not checked, as nothing is opened here. */
const TAIL_BYTES = 4;
const END_OF_BLOCK = 256;
/** Encoders with the least memory end a block after 128 symbols. Every block may bring codes, which take longer to make than to state. */
const MOST_BLOCKS = 250_000;

type Codes = { readonly literals: Code; readonly distances: Code };
const FIXED = codesOf(FIXED_LITERALS, FIXED_DISTANCES);

function codesOf(literalLengths: Uint8Array, distanceLengths: Uint8Array): Codes | null {
  const literals = codeOf(literalLengths, true);
  const distances = codeOf(distanceLengths, true);
  return literals === null || distances === null ? null : { literals, distances };
}

/** How many bytes the stream holds; null where it is broken, ends early, has anything behind its end, or holds more than `most`. */
export function zlibLength(stream: Uint8Array, most: number): number | null {
  const [method = 0, flags = 0] = stream;
  const isZlib = (method & 15) === 8 && method >> 4 <= 7 && bigEndian(stream, 0, 2) % 31 === 0 && (flags & 0x20) === 0;
  if (!isZlib || stream.length < HEAD_BYTES + TAIL_BYTES) return null;
  const measure = new Measure(stream.subarray(HEAD_BYTES, -TAIL_BYTES), most);
  return measure.isWhole() ? measure.length : null;
}

/** Reads one stream of blocks. Past its end all bits are zero, and `isBroken` says so. */
class Measure {
  length = 0;
  private isBroken = false;
  private at = 0;
  private held = 0;
  private heldBits = 0;

  constructor(private readonly bytes: Uint8Array, private readonly most: number) {}

  /** Whether all blocks can be read, and end where the bytes do. */
  isWhole(): boolean {
    let isLast = false;
    for (let blocks = 0; !isLast; blocks += 1) {
      isLast = this.bits(1) === 1;
      const kind = this.bits(2);
      const isRead = kind === 0 ? this.stored() : this.coded(kind === 1 ? FIXED : kind === 2 ? this.codes() : null);
      if (!isRead || this.isBroken || this.length > this.most || blocks > MOST_BLOCKS) return false;
    }
    return this.at === this.bytes.length;
  }

  private bits(count: number): number {
    while (this.heldBits < count) {
      const byte = this.bytes[this.at];
      if (byte === undefined) this.isBroken = true;
      this.held |= (byte ?? 0) << this.heldBits;
      this.at += 1;
      this.heldBits += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.heldBits -= count;
    return value;
  }

  /** Bytes as they are, behind their number and its complement (3.2.4). */
  private stored(): boolean {
    this.held = 0;
    this.heldBits = 0;
    const count = littleEndian(this.bytes, this.at, 2);
    const isTrue = (littleEndian(this.bytes, this.at + 2, 2) ^ 0xffff) === count;
    this.at += 4 + count;
    this.length += count;
    return isTrue && this.at <= this.bytes.length;
  }

  /** Literals, and repetitions of what came before, up to the block's end (3.2.3). */
  private coded(codes: Codes | null): boolean {
    if (codes === null) return false;
    for (;;) {
      const symbol = this.symbol(codes.literals);
      if (symbol === END_OF_BLOCK) return true;
      if (symbol < END_OF_BLOCK) this.length += 1;
      else if (!this.repeated(symbol - END_OF_BLOCK - 1, codes.distances)) return false;
      if (this.isBroken || this.length > this.most) return false;
    }
  }

  private repeated(index: number, distances: Code): boolean {
    const base = LENGTH_BASES[index];
    const extra = LENGTH_EXTRA_BITS[index];
    if (base === undefined || extra === undefined) return false;
    const length = base + this.bits(extra);
    const place = this.symbol(distances);
    const distance = (DISTANCE_BASES[place] ?? Infinity) + this.bits(DISTANCE_EXTRA_BITS[place] ?? 0);
    if (distance > this.length) return false;
    this.length += length;
    return true;
  }

  /** The next symbol, bit by bit; whatever is no code is broken. */
  private symbol({ counts, symbols }: Code): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST_CODE_BITS; length += 1) {
      code |= this.bits(1);
      const count = counts[length] ?? 0;
      if (code - count < first) return symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    this.isBroken = true;
    return END_OF_BLOCK;
  }

  /** The codes of a block that brings its own (3.2.7). */
  private codes(): Codes | null {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    const stated = this.bits(4) + 4;
    const order = new Uint8Array(LENGTHS_ORDER.length);
    for (const place of LENGTHS_ORDER.slice(0, stated)) order[place] = this.bits(3);
    const code = codeOf(order, false);
    if (code === null || literals > 286 || distances > 30) return null;
    const lengths = this.lengths(code, literals + distances);
    // A block without an end would have none.
    return lengths === null || lengths[END_OF_BLOCK] === 0 ? null : codesOf(lengths.subarray(0, literals), lengths.subarray(literals));
  }

  private lengths(code: Code, count: number): Uint8Array | null {
    const lengths = new Uint8Array(count);
    for (let at = 0; at < count;) {
      const symbol = this.symbol(code);
      const isRepeated = symbol >= 16;
      if (this.isBroken || (symbol === 16 && at === 0)) return null;
      const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : isRepeated ? 11 + this.bits(7) : 1;
      if (at + times > count) return null;
      lengths.fill(symbol === 16 ? lengths[at - 1] ?? 0 : isRepeated ? 0 : symbol, at, at + times);
      at += times;
    }
    return lengths;
  }
}
