/** Photos as devices write them come out with their pixels as they were, and with nothing that tells where, when, with what or by whom. */
import { describe, expect, it } from "vitest";
import { toBigEndian, type Bytes } from "../../../../src/features/documents/media/bytes";
import { cleanPhoto } from "../../../../src/features/documents/media/clean-photo";
import { box, fullBox } from "../../../../src/features/documents/media/heic-boxes";
import type { Photo } from "../../../../src/features/documents/media/photo";
import { heic } from "./built";
import { codedPixels } from "./coded";
import { PHONE, PICTURES, TABLET, type Picture } from "./pictures";

async function cleaned({ bytes, type }: Picture): Promise<Photo> {
  const photo = await cleanPhoto(bytes, type);
  if (!photo.ok) throw new Error(`refused: ${JSON.stringify(photo.failure)}`);
  return photo.value;
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

/** What exiftool finds, by group and name; see `vitest.config.ts`. */
const asked = async (bytes: Bytes): Promise<Response> => await fetch("https://exiftool.test/", { method: "POST", body: bytes });
const HAS_EXIFTOOL = (await asked(PHONE.bytes)).ok;
async function tagsOf(bytes: Bytes): Promise<readonly string[]> {
  const [tags = {}] = await (await asked(bytes)).json<Record<string, unknown>[]>();
  return Object.entries(tags).map(([name, value]) => `${name}=${String(value)}`);
}

/** Groups that describe the picture itself; of Exif, the orientation alone. */
const HARMLESS = /^(?:SourceFile|ExifTool:ExifToolVersion|System:|File:|JFIF:|PNG:|RIFF:|QuickTime:|Meta:|ICC-header:|ICC_Profile:|IFD0:Orientation|Composite:(?:ImageSize|Megapixels)=)/;
const TELLING = /PLANTED|GPS|Comment|Thumbnail|Make=(?!$)|Warning|ProfileDateTime=(?!2000:01:01)/;

describe("the sizes of a HEIC", () => {
  it.each([[0, 16, 8], [1, 8, 16], [2, 16, 8], [3, 8, 16]])("are those that are seen, turned %i times to the left", async (turns, width, height) => {
    const bytes = heic({ turn: box("irot", Uint8Array.of(turns)), ispe: fullBox("ispe", 0, 0, toBigEndian(16, 4), toBigEndian(8, 4)) });
    const photo = await cleaned({ ...TABLET, bytes });
    expect([photo.width, photo.height]).toEqual([width, height]);
  });
});

describe.each(PICTURES)("$name", (picture) => {
  it("keeps its size as it is seen", async () => {
    const { width, height } = await cleaned(picture);
    expect({ width, height }).toEqual({ width: picture.width, height: picture.height });
  });

  it("keeps its coded pixels byte for byte", async () => {
    const { bytes } = await cleaned(picture);
    const pixels = codedPixels(bytes, picture.type);
    expect(pixels.length).toBeGreaterThan(150);
    expect(codedPixels(picture.bytes, picture.type)).toContain(pixels);
  });

  it("holds nothing that was planted in it", async () => {
    expect(latin1(picture.bytes)).toContain("PLANTED");
    const { bytes } = await cleaned(picture);
    expect(latin1(bytes).replaceAll("\0", "")).not.toMatch(/PLANTED|alert|Ann Muster/);
  });

  it("comes out of a second cleaning as it went in", async () => {
    const { bytes } = await cleaned(picture);
    expect((await cleaned({ ...picture, bytes })).bytes).toEqual(bytes);
  });

  it.skipIf(!HAS_EXIFTOOL)("has no tag left that tells anything (skipped where exiftool is not installed: apt-get install libimage-exiftool-perl)", async () => {
    expect((await tagsOf(picture.bytes)).filter((tag) => TELLING.test(tag)).length).toBeGreaterThan(3);
    const tags = await tagsOf((await cleaned(picture)).bytes);
    expect(tags.length).toBeGreaterThan(10);
    expect(tags.filter((tag) => !HARMLESS.test(tag) || TELLING.test(tag))).toEqual([]);
  });
});
