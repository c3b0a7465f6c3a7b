/** What is measured of a zlib stream without opening it is what zlib itself finds when it opens it. */
import { constants, deflateRawSync, deflateSync, inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { joined, written } from "../../../../src/features/documents/media/bytes";
import { zlibLength } from "../../../../src/features/documents/media/zlib-length";
import { numbers } from "./numbers";

const HEAD = Uint8Array.of(0x78, 0x9c);
const TAIL = new Uint8Array(4);
const MOST = 10_000_000;

/** Lines like those of a picture: runs, ramps and noise. */
function picture(length: number, below: (below: number) => number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const run = 1 + below(300);
    const [start, step, noise] = [below(256), below(3), below(4)];
    for (let index = 0; index < run && at < length; index += 1, at += 1) bytes[at] = start + index * step + (noise === 0 ? below(256) : 0);
  }
  return bytes;
}

/** How many bytes zlib finds in a raw stream that it reads to its very end, or null. */
function openedLength(raw: Uint8Array): number | null {
  try {
    const { buffer, engine } = inflateRawSync(raw, { info: true, maxOutputLength: MOST }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    return engine.bytesWritten === raw.length ? buffer.length : null;
  } catch {
    // zlib has no other way to say that a stream is broken.
    return null;
  }
}

describe("the length of a zlib stream", () => {
  const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_FILTERED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED];

  it.each(strategies)("is found at every level, with strategy %i", (strategy) => {
    const below = numbers(strategy);
    for (let level = 0; level <= 9; level += 1) {
      for (const length of [0, 1, 2, 300, 65_536, 200_000]) {
        expect(zlibLength(deflateSync(picture(length, below), { level, strategy }), MOST)).toBe(length);
      }
    }
  });

  it("is none where the stream holds a byte more than it may", () => {
    const stream = deflateSync(new Uint8Array(5000));
    expect([zlibLength(stream, 5000), zlibLength(stream, 4999)]).toEqual([5000, null]);
  });

  it("is none where anything stands behind the end, or the end is missing", () => {
    const stream = deflateSync(written("pixels, pixels, pixels"));
    for (let length = 0; length < stream.length; length += 1) expect(zlibLength(stream.subarray(0, length), MOST)).toBeNull();
    expect(zlibLength(joined([stream, Uint8Array.of(0)]), MOST)).toBeNull();
  });

  it("is what zlib says of 20,000 damaged streams, be it nothing", () => {
    const below = numbers(11);
    const raws = [1, 6, 9].flatMap((level) => strategies.map((strategy) => deflateRawSync(picture(600, below), { level, strategy })));
    let readable = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const raw = new Uint8Array(raws[below(raws.length)] ?? []);
      for (let count = 0; count <= below(3); count += 1) raw[below(raw.length)] = below(256);
      const opened = openedLength(raw);
      if (opened !== null) readable += 1;
      expect(zlibLength(joined([HEAD, raw, TAIL]), MOST), `round ${round}`).toBe(opened);
    }
    expect(readable).toBeGreaterThan(1000);
  });
});
