/**
 * Small files that would become large, and large ones made of nothing: each is refused or cleaned in time that grows
 * with its bytes (attack 49, zip and pixel bombs). In Node, since the clock of workerd stands still while code runs.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { joined, toBigEndian, toLittleEndian, written, type Bytes } from "../../../../src/features/documents/media/bytes";
import { cleanPhoto } from "../../../../src/features/documents/media/clean-photo";
import { box, fullBox } from "../../../../src/features/documents/media/heic-boxes";
import { deflated } from "../../../../src/features/documents/media/inflate";
import type { PhotoType } from "../../../../src/features/documents/media/photo";
import { greyPixel, heic, IEND, ihdr, iloc, infe, jpeg, png, segment, vp8l, webp } from "./built";

/** The largest photo that is taken, less room for what stands around. */
const FULL = 24_900_000;
/** Generous: the machine may be busy. A loop that runs over the square of 25 MB would take years. */
const MOST_SECONDS = 8;

async function outcome(bytes: Bytes, type: PhotoType): Promise<string> {
  const start = performance.now();
  const photo = await cleanPhoto(bytes, type);
  expect((performance.now() - start) / 1000).toBeLessThan(MOST_SECONDS);
  if (photo.ok) return photo.value.bytes.length < 1000 ? "kept, and small" : "kept";
  return photo.failure.kind === "invalid_input" ? photo.failure.message : photo.failure.kind;
}

const many = (count: number, piece: Uint8Array): Bytes => joined(Array.from({ length: count }, () => piece));
const sized = (width: number, height: number): Bytes => fullBox("ispe", 0, 0, toBigEndian(width, 4), toBigEndian(height, 4));
let zeros: Bytes;
beforeAll(async () => {
  zeros = await deflated(new Uint8Array(100_000_000));
});

describe("more pixels than can be shown", () => {
  it.each([
    ["JPEG", jpeg(65_535, 65_535, Uint8Array.of(1)), "image/jpeg"],
    ["PNG, one side", png(ihdr(30_001, 1), IEND), "image/png"],
    ["PNG, both sides", png(ihdr(20_000, 20_000), IEND), "image/png"],
    ["PNG, sixteen bits", png({ name: "IHDR", data: ihdr(10_000, 12_000, 6).data.with(8, 16) }, IEND), "image/png"],
    ["PNG, the largest number", png(ihdr(0xffffffff, 0xffffffff), IEND), "image/png"],
    ["WebP", webp(vp8l(16_384, 16_384)), "image/webp"],
    ["HEIC", heic({ ispe: sized(0xffffffff, 0xffffffff) }), "image/heic"],
  ] as const)("are refused: %s", async (_, bytes, type) => {
    expect(await outcome(bytes, type)).toMatch(/120 million/);
  });

  it("are refused where one tile is shown 65,536 times", async () => {
    const grid = joined([Uint8Array.of(0, 1, 255, 255), toBigEndian(16, 4), toBigEndian(16, 4)]);
    const bytes = heic({
      iinf: fullBox("iinf", 0, 0, toBigEndian(2, 2), infe(1, "grid"), infe(2, "hvc1")),
      iref: fullBox("iref", 0, 0, box("dimg", toBigEndian(1, 2), toBigEndian(65_535, 2), many(65_535, toBigEndian(2, 2)))),
      iloc: iloc([[1, 0, 0, grid.length], [2, 1, 0, 8]]),
      ispe: sized(10_000, 10_000),
    });
    expect(await outcome(bytes, "image/heic")).toMatch(/120 million|damaged/);
  });
});

describe("what swells", () => {
  it("is refused where pixels hold more than the head promises", async () => {
    expect(await outcome(png(ihdr(1, 1), { name: "IDAT", data: zeros }, IEND), "image/png")).toMatch(/damaged/);
  });

  it("is not even opened in a text", async () => {
    expect(await outcome(await greyPixel({ name: "zTXt", data: joined([written("a\0\0"), zeros]) }), "image/png")).toBe("kept, and small");
  });

  it("goes where it is a colour profile", async () => {
    expect(await outcome(await greyPixel({ name: "iCCP", data: joined([written("a\0\0"), zeros]) }), "image/png")).toBe("kept, and small");
  });

  it("is looked through where it is honest, without being kept in memory", async () => {
    const pixels = await deflated(new Uint8Array(10_001 * 10_000));
    expect(await outcome(png(ihdr(10_000, 10_000), { name: "IDAT", data: pixels }, IEND), "image/png")).toBe("kept");
  });

  it("is refused where the same bytes of a HEIC are named a thousand times", async () => {
    const ids = Array.from({ length: 1000 }, (_, index) => index + 2);
    const bytes = heic({
      iinf: fullBox("iinf", 0, 0, toBigEndian(1001, 2), infe(1, "grid"), ...ids.map((id) => infe(id, "hvc1"))),
      iref: fullBox("iref", 0, 0, box("dimg", toBigEndian(1, 2), toBigEndian(ids.length, 2), ...ids.map((id) => toBigEndian(id, 2)))),
      iloc: iloc([[1, 1, 0, 8], ...ids.map((id) => [id, 0, 0, 1_000_000] as const)]),
      more: [new Uint8Array(2_000_000)],
    });
    expect(await outcome(bytes, "image/heic")).toMatch(/damaged/);
  });
});

describe("25 MB of nothing", () => {
  const nested = (depth: number): Bytes => {
    const boxes = new Uint8Array(depth * 8);
    for (let level = 0; level < depth; level += 1) boxes.set(joined([toBigEndian(boxes.length - level * 8, 4), written("meta")]), level * 8);
    return boxes;
  };
  const emptyBlocks = (length: number): Bytes => {
    // Eight blocks that each bring a code of their own, of which nothing but the end is used: 92 bits each.
    const order = [0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
    const number = (value: number, bits: number): number[] => Array.from({ length: bits }, (_, bit) => (value >> bit) & 1);
    const block = [0, ...number(2, 2), ...number(0, 10), ...number(14, 4), ...order.flatMap((bits) => number(bits, 3)), 0, ...number(127, 7), 0, ...number(107, 7), 1, 1, 1, 0, 0];
    const eight = Uint8Array.from({ length: block.length }, (_, byte) => number(0, 8).reduce((sum, _, bit) => sum + ((block[(byte * 8 + bit) % block.length] ?? 0) << bit), 0));
    return joined([Uint8Array.of(0x78, 0x9c), many(length / eight.length, eight), Uint8Array.of(3, 0), new Uint8Array(4)]);
  };
  const long = [0, 1, 0xffffffff].map((high) => joined([toBigEndian(1, 4), written("free"), toBigEndian(high, 4), toBigEndian(0xffffffff, 4)]));
  const table = (body: Uint8Array): Bytes => fullBox("iloc", 1, 0, Uint8Array.of(0, 0), toBigEndian(65_535, 2), body);

  it.each([
    ["20,000 segments", "image/jpeg", jpeg(8, 8, Uint8Array.of(1), many(20_000, segment(0xfe, new Uint8Array(4))))],
    ["segments without length", "image/jpeg", jpeg(8, 8, Uint8Array.of(1), many(FULL / 4, Uint8Array.of(0xff, 0xfe, 0, 0)))],
    ["10,000 scans", "image/jpeg", jpeg(8, 8, many(10_000, segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0))))],
    ["chunks without content", "image/png", png(ihdr(1, 1), ...Array.from({ length: 20_000 }, () => ({ name: "teXt", data: new Uint8Array() })), IEND)],
    ["blocks of zlib without content", "image/png", png(ihdr(1, 1), { name: "IDAT", data: emptyBlocks(FULL) }, IEND)],
    ["a chunk longer than the file", "image/png", png(ihdr(1, 1), IEND).with(33, 0xff)],
    ["chunks without content", "image/webp", joined([written("RIFF"), toLittleEndian(FULL + 4, 4), written("WEBPVP8L"), many(FULL / 8, written("JUNK\0\0\0\0"))])],
    ["a RIFF longer than the file", "image/webp", webp(vp8l(3, 5)).with(7, 0xff)],
    ["boxes without content", "image/heic", heic({ more: [many(FULL / 8, box("free"))] })],
    ["boxes in boxes", "image/heic", joined([heic().subarray(0, 24), nested(FULL / 8)])],
    ["boxes of absurd length", "image/heic", heic({ more: long })],
    ["extents without bytes", "image/heic", heic({ iloc: table(many(65_535, joined([toBigEndian(1, 2), toBigEndian(0, 4), toBigEndian(65_535, 2)]))) })],
    ["references to everything", "image/heic", heic({ iref: fullBox("iref", 0, 0, many(180, box("auxl", toBigEndian(1, 2), toBigEndian(65_535, 2), new Uint8Array(131_070)))) })],
  ] as const)("is refused in linear time: %s (%s)", async (_, type, bytes) => {
    expect(await outcome(bytes, type)).toMatch(/damaged|few programs/);
  });

  it.each([
    ["a scan of stuffed bytes", jpeg(8, 8, many(FULL / 2, Uint8Array.of(0xff, 0)))],
    ["a scan of restarts", jpeg(8, 8, many(FULL / 2, Uint8Array.of(0xff, 0xd0)))],
    ["fill bytes", jpeg(8, 8, Uint8Array.of(1), new Uint8Array(FULL).fill(0xff))],
  ] as const)("takes linear time to be kept: %s", async (_, bytes) => {
    expect(await outcome(bytes, "image/jpeg")).toMatch(/^kept/);
  });
});
