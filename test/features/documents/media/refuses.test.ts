/** Photos that are damaged, move, or hide something where pixels should be are refused, with a sentence that says what to do. */
import { describe, expect, it } from "vitest";
import { joined, toBigEndian, written } from "../../../../src/features/documents/media/bytes";
import { checkThumbnail, cleanPhoto } from "../../../../src/features/documents/media/clean-photo";
import { box } from "../../../../src/features/documents/media/heic-boxes";
import { deflated } from "../../../../src/features/documents/media/inflate";
import type { PhotoType } from "../../../../src/features/documents/media/photo";
import { FTYP, greyPixel, heic, IEND, ihdr, iloc, infe, jpeg, png, segment, vp8l, webp } from "./built";
import { DRAWING, PHONE, PICTURES, SCREEN, TABLET } from "./pictures";

const DATA = Uint8Array.of(1, 2, 3, 4);
const GREY = await greyPixel();
const ANIMATED = await greyPixel({ name: "acTL", data: new Uint8Array(8) });
const STRANGE = await greyPixel({ name: "IDOT", data: DATA });
const PIXEL = await deflated(Uint8Array.of(0, 7));

async function saying(bytes: Uint8Array, type: PhotoType): Promise<string> {
  const photo = await cleanPhoto(bytes, type);
  if (photo.ok) return "kept";
  if (photo.failure.kind !== "invalid_input") return photo.failure.kind;
  expect(photo.failure.fields).toEqual([{ path: "file", message: photo.failure.message }]);
  return photo.failure.message;
}

const animated = { name: "VP8X", data: joined([Uint8Array.of(2, 0, 0, 0), new Uint8Array(6)]) };

describe("what is built right", () => {
  it.each([
    ["JPEG", jpeg(8, 8, DATA), "image/jpeg"],
    ["JPEG with fill bytes before a marker", jpeg(8, 8, DATA, Uint8Array.of(0xff, 0xff)), "image/jpeg"],
    ["PNG", GREY, "image/png"],
    ["PNG in seven passes", png(ihdr(1, 1, 0, 1), { name: "IDAT", data: PIXEL }, IEND), "image/png"],
    ["WebP", webp(vp8l(3, 5)), "image/webp"],
    ["HEIC", heic(), "image/heic"],
  ] as const)("is kept, be it ever so small: %s", async (_, bytes, type) => {
    expect(await saying(bytes, type)).toBe("kept");
  });
});

describe("a photo is refused as damaged", () => {
  it.each(PICTURES)("where it ends in the middle: $name", async ({ bytes, type }) => {
    expect(await saying(bytes.subarray(0, Math.floor(bytes.length / 4)), type)).toMatch(/damaged/);
  });

  it.each([
    ["a JPEG without an end", jpeg(8, 8, DATA).slice(0, -2), "image/jpeg"],
    ["a JPEG without a frame", joined([jpeg(8, 8, DATA).subarray(0, 20), segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)), Uint8Array.of(0xff, 0xd9)]), "image/jpeg"],
    ["a JPEG with two frames", jpeg(8, 8, DATA, segment(0xc0, Uint8Array.of(8, 0, 8, 0, 8, 1, 1, 0x11, 0))), "image/jpeg"],
    ["a segment whose length is zero", jpeg(8, 8, DATA, Uint8Array.of(0xff, 0xe1, 0, 0)), "image/jpeg"],
    ["text behind the tables of a JPEG", jpeg(8, 8, DATA, segment(0xdb, joined([new Uint8Array(65), written("PLANTED")]))), "image/jpeg"],
    ["an image within the scan of a JPEG", jpeg(8, 8, joined([DATA, jpeg(8, 8, DATA)])), "image/jpeg"],
    ["a PNG with a wrong CRC", SCREEN.bytes.with(60, 1), "image/png"],
    ["a PNG with text behind its pixels", png(ihdr(1, 1), { name: "IDAT", data: joined([PIXEL, written("PLANTED")]) }, IEND), "image/png"],
    ["a PNG with too few pixels", png(ihdr(2, 2), { name: "IDAT", data: PIXEL }, IEND), "image/png"],
    ["a PNG without a palette that needs one", png(ihdr(1, 1, 3), { name: "IDAT", data: PIXEL }, IEND), "image/png"],
    ["a PNG with pixels in two places", png(ihdr(1, 1), { name: "IDAT", data: PIXEL }, { name: "teXt", data: DATA }, { name: "IDAT", data: PIXEL }, IEND), "image/png"],
    ["a WebP whose chunk is longer than itself", webp(vp8l(3, 5)).with(16, 200), "image/webp"],
    ["a WebP whose canvas is another than its picture", webp({ name: "VP8X", data: new Uint8Array(10) }, vp8l(3, 5)), "image/webp"],
    ["a HEIC without its description", joined([FTYP, box("mdat", DATA)]), "image/heic"],
    ["a HEIC whose picture lies nowhere", heic({ iloc: iloc([[1, 0, 1_000_000, 8]]) }), "image/heic"],
    ["a HEIC whose primary item is not there", heic({ iinf: box("iinf", new Uint8Array(4), toBigEndian(1, 2), infe(2, "hvc1")) }), "image/heic"],
  ] as const)("%s", async (_, bytes, type) => {
    expect(await saying(bytes, type)).toMatch(/damaged.*send the original/);
  });
});

describe("a photo is refused", () => {
  it.each([
    ["that moves: WebP", webp(animated, { name: "ANIM", data: DATA }), "image/webp", /moving picture/],
    ["that moves: PNG", ANIMATED, "image/png", /moving picture/],
    ["without loss, as no browser shows it", jpeg(8, 8, DATA, segment(0xc3, new Uint8Array(9))), "image/jpeg", /few programs/],
    ["with a chunk that must be understood and is not", STRANGE, "image/png", /few programs/],
    ["whose items are of another codec", heic({ iinf: box("iinf", new Uint8Array(4), toBigEndian(1, 2), infe(1, "av01")) }), "image/heic", /few programs/],
    ["that is of another type than was said", PHONE.bytes, "image/png", /not a photo/],
    ["that is nothing", new Uint8Array(), "image/heic", /not a photo/],
  ] as const)("%s", async (_, bytes, type, words) => {
    expect(await saying(bytes, type)).toMatch(words);
  });
});

describe("a small picture", () => {
  it("is cleaned like a photo, and says what it is", async () => {
    const small = await checkThumbnail(DRAWING.bytes);
    expect(small.ok && [small.value.type, small.value.width, small.value.height]).toEqual(["image/webp", 48, 32]);
    expect(small.ok && new TextDecoder("latin1").decode(small.value.bytes)).not.toContain("PLANTED");
  });

  it.each([
    ["of 513 pixels a side", webp(vp8l(513, 2)), /at most 512/],
    ["that some browsers cannot show", TABLET.bytes, /a JPEG, a PNG or a WebP/],
    ["that is none", written("<svg/>"), /a JPEG, a PNG or a WebP/],
    ["that is damaged", DRAWING.bytes.subarray(0, 100), /damaged/],
  ] as const)("is refused %s", async (_, bytes, words) => {
    const small = await checkThumbnail(bytes);
    expect(!small.ok && small.failure.kind === "invalid_input" && small.failure.message).toMatch(words);
  });
});
