/** Sealed objects: any stretch opens to what it was, and nothing else opens at all. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { systemClock, systemRandom } from "../../src/kernel/clock";
import { newId, type ShopId } from "../../src/kernel/ids";
import { aesKey } from "../../src/platform/aes-gcm";
import { CHUNK_BYTES, openedSizeOfOne, openStream, sealedSize, sealedStretch, sealStream, SEALED_CHUNK_BYTES, SealBroken } from "../../src/platform/sealed-stream";
import type { Stretch } from "../../src/platform/objects";
import { createShopKey, objectKeyOf } from "../../src/platform/vault";

const key = await aesKey(new Uint8Array(32).fill(7));
const SIZES = [0, 1, 27, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 5];

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that tell where they stand. */
function plainOf(size: number): Bytes {
  return Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >>> 8)) & 0xff);
}

/** A stream of pieces of a length that fits no chunk. */
function streamOf(bytes: Uint8Array, piece = 10_007): ReadableStream<Uint8Array> {
  const pieces = Array.from({ length: Math.ceil(bytes.byteLength / piece) }, (_, index) => bytes.slice(index * piece, (index + 1) * piece));
  return new ReadableStream({ pull: (controller) => {
    const next = pieces.shift();
    if (next === undefined) controller.close();
    else controller.enqueue(next);
  } });
}

async function through(stream: ReadableStream<Uint8Array>): Promise<Bytes> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function seal(plain: Bytes, { plainBytes = plain.byteLength, offset = 0, piece = 10_007, as = key } = {}): Promise<Bytes> {
  return await through(streamOf(plain, piece).pipeThrough(sealStream({ key: as, random: systemRandom, plainBytes, offset })));
}

async function open(sealed: Uint8Array, plainBytes: number, stretch: Stretch = { offset: 0, length: plainBytes }, as = key): Promise<Bytes> {
  const { offset, length } = sealedStretch(stretch, plainBytes);
  return await through(streamOf(sealed.slice(offset, offset + length)).pipeThrough(openStream({ key: as, plainBytes, stretch })));
}

/** As much as came out before the stream broke, and whether it broke as a broken seal does. */
async function opened(sealed: Uint8Array, plainBytes: number): Promise<{ readonly bytes: number; readonly isBroken: boolean }> {
  let bytes = 0;
  try {
    for await (const piece of streamOf(sealed).pipeThrough(openStream({ key, plainBytes, stretch: { offset: 0, length: plainBytes } }))) bytes += piece.byteLength;
    return { bytes, isBroken: false };
  } catch (error) {
    return { bytes, isBroken: error instanceof SealBroken };
  }
}

describe("what is sealed", () => {
  it.each(SIZES)("of %i bytes opens to what it was, in the length that was said", async (size) => {
    const sealed = await seal(plainOf(size));
    expect(sealed.byteLength).toBe(sealedSize(size));
    expect(await open(sealed, size)).toEqual(plainOf(size));
  });

  it("holds nothing of the plain bytes, and is another every time", async () => {
    const plain = new Uint8Array(new TextEncoder().encode("a very private sentence ".repeat(4_000)));
    const [one, other] = [await seal(plain), await seal(plain)];
    expect(new TextDecoder("latin1").decode(one)).not.toContain("private");
    expect(one).not.toEqual(other);
  });

  it("opens at every stretch, whatever chunks it begins and ends in", async () => {
    const size = 3 * CHUNK_BYTES + 5;
    const [plain, sealed] = [plainOf(size), await seal(plainOf(size))];
    const edges = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES, size - 1];
    for (const offset of edges) for (const end of [...edges, size].filter((one) => one > offset)) {
      const length = end - offset;
      expect(sealedStretch({ offset, length }, size).length % SEALED_CHUNK_BYTES === 0 || end > 3 * CHUNK_BYTES).toBe(true);
      expect(await open(sealed, size, { offset, length }), `${offset} ${length}`).toEqual(plain.slice(offset, end));
    }
  });

  it("opens at any stretch of any length, cut in any pieces", async () => {
    await fc.assert(fc.asyncProperty(fc.nat(200_000), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 70_000 }), async (size, from, to, piece) => {
      const plain = plainOf(size + 1);
      // Single bytes of a long text are a hundred thousand reads, and tell no more than some hundred do.
      const sealed = await seal(plain, { piece: Math.max(piece, Math.ceil(plain.byteLength / 500)) });
      const offset = from % plain.byteLength;
      const length = 1 + (to % (plain.byteLength - offset));
      expect(await open(sealed, plain.byteLength, { offset, length })).toEqual(plain.slice(offset, offset + length));
    }), { numRuns: 60 });
  });

  it("in parts joins to one whole, and a part can be sent again with other contents", async () => {
    const size = 5 * CHUNK_BYTES + 100;
    const plain = plainOf(size);
    const part = async (index: number, of: Bytes) => await seal(of.slice(index * 2 * CHUNK_BYTES, (index + 1) * 2 * CHUNK_BYTES), { plainBytes: size, offset: index * 2 * CHUNK_BYTES });
    const first = await part(1, plainOf(size).fill(1));
    const parts = await Promise.all([0, 1, 2].map(async (index) => await part(index, plain)));
    expect(new Set([parts[0]?.byteLength, parts[1]?.byteLength])).toEqual(new Set([2 * SEALED_CHUNK_BYTES]));
    expect(await open(new Uint8Array(await new Blob(parts).arrayBuffer()), size)).toEqual(plain);
    // The nonces differ, so that two contents of one place tell nothing of each other.
    expect(first.slice(0, 12)).not.toEqual(parts[1]?.slice(0, 12));
  });

  it("in one chunk tells its length, and no length is made up for anything else", () => {
    for (const size of [0, 1, CHUNK_BYTES]) expect(openedSizeOfOne(sealedSize(size))).toBe(size);
    for (const size of [0, 27, SEALED_CHUNK_BYTES + 1]) expect(openedSizeOfOne(size)).toBeNull();
  });
});

const SIZE = 3 * CHUNK_BYTES + 5;
const chunk = (sealed: Uint8Array, index: number) => sealed.slice(index * SEALED_CHUNK_BYTES, (index + 1) * SEALED_CHUNK_BYTES);
const joined = async (...pieces: readonly Uint8Array<ArrayBuffer>[]) => new Uint8Array(await new Blob([...pieces]).arrayBuffer());

describe("what is not what was sealed", () => {
  it("does not open: a bit changed in nonce, ciphertext or tag, of the first chunk, one within, and the last", async () => {
    const sealed = await seal(plainOf(SIZE));
    for (const [at, whole] of [0, 1, 3].flatMap((index) => [0, 11, 12, 13, -17, -16, -1].map((place) => [place < 0 ? Math.min((index + 1) * SEALED_CHUNK_BYTES, sealed.byteLength) + place : index * SEALED_CHUNK_BYTES + place, index * CHUNK_BYTES] as const))) {
      const changed = sealed.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await opened(changed, SIZE), String(at)).toEqual({ bytes: whole, isBroken: true });
    }
  });

  it("does not open: cut short at a chunk, within one, by a byte, or empty", async () => {
    const sealed = await seal(plainOf(SIZE));
    for (const length of [0, 1, 27, SEALED_CHUNK_BYTES - 1, SEALED_CHUNK_BYTES, 3 * SEALED_CHUNK_BYTES, sealed.byteLength - 1]) {
      expect((await opened(sealed.slice(0, length), SIZE)).isBroken, String(length)).toBe(true);
    }
    // Not even where the length on record is cut to match: each chunk knows how long the whole is.
    expect(await opened(sealed.slice(0, SEALED_CHUNK_BYTES), CHUNK_BYTES)).toEqual({ bytes: 0, isBroken: true });
  });

  it("does not open: chunks that changed places, came twice, or are left out, and more than there was", async () => {
    const sealed = await seal(plainOf(SIZE));
    const [a, b, c, d] = [0, 1, 2, 3].map((index) => chunk(sealed, index)) as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
    for (const other of [[b, a, c, d], [a, a, c, d], [a, c, d], [a, b, c, d, d], [d, a, b, c]]) expect((await opened(await joined(...other), SIZE)).isBroken).toBe(true);
  });

  it("does not open: a chunk of another object, of another version, of another shop, or under another name", async () => {
    const keeper = { masters: { current: "k1", keys: new Map([["k1", new Uint8Array(32).fill(1)]]) }, random: systemRandom, clock: systemClock };
    const [ours, theirs] = [newId<ShopId>(systemRandom), newId<ShopId>(systemRandom)];
    const wrapped = await createShopKey(keeper, ours);
    const named = async (shop: ShopId, name: string) => {
      const made = await objectKeyOf(keeper, shop, wrapped, name);
      return made.ok ? made.value : null;
    };
    const own = await named(ours, "a/b/c");
    if (own === null) throw new Error("the shop's own key opens");
    const sealed = await seal(plainOf(SIZE), { as: own });
    expect(await open(sealed, SIZE, undefined, own)).toEqual(plainOf(SIZE));
    expect(await open(sealed, SIZE, undefined, await named(ours, "a/b/c") ?? key)).toEqual(plainOf(SIZE));
    await expect(open(sealed, SIZE, undefined, await named(ours, "a/b/d") ?? key)).rejects.toThrow();
    expect(await named(theirs, "a/b/c")).toBeNull();
    const mixed = await joined(chunk(sealed, 0), chunk(await seal(plainOf(SIZE), { as: key }), 1), sealed.slice(2 * SEALED_CHUNK_BYTES));
    await expect(open(mixed, SIZE, undefined, own)).rejects.toThrow();
  });

  it("does not open: one byte changed, wherever, in whatever object", async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 140_000 }), fc.nat(), fc.integer({ min: 1, max: 255 }), async (size, place, change) => {
      const sealed = await seal(plainOf(size));
      const at = place % sealed.byteLength;
      sealed[at] = (sealed[at] ?? 0) ^ change;
      expect((await opened(sealed, size)).isBroken).toBe(true);
    }), { numRuns: 60 });
  });
});
