import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentsOf } from "../../../src/features/messages/segments";

const repeated = (text: string, times: number) => text.repeat(times);

describe("what a text costs", () => {
  it.each([
    ["nothing", "", "gsm7", 0, 160],
    ["a word", "Hello", "gsm7", 1, 155],
    ["as much as one holds", repeated("a", 160), "gsm7", 1, 0],
    ["one more than one holds", repeated("a", 161), "gsm7", 2, 145],
    ["two full parts", repeated("a", 306), "gsm7", 2, 0],
    ["one more than two hold", repeated("a", 307), "gsm7", 3, 152],
    ["what the alphabet has beyond ASCII", "@£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", "gsm7", 1, 119],
    ["the extension table, two each", "^{}\\[~]|€", "gsm7", 1, 142],
    ["eighty of the extension table", repeated("€", 80), "gsm7", 1, 0],
    ["one more, where an escape would stand alone at the end of the first part", repeated("€", 81), "gsm7", 2, 143],
    ["an escape that does not fit what is left", `${repeated("a", 152)}€${repeated("a", 10)}`, "gsm7", 2, 141],
    ["what looks like the alphabet and is not", "façade", "ucs2", 1, 64],
    ["a typographic apostrophe", "it’s", "ucs2", 1, 66],
    ["as much as one holds in UCS-2", repeated("ж", 70), "ucs2", 1, 0],
    ["one more in UCS-2", repeated("ж", 71), "ucs2", 2, 63],
    ["35 faces", repeated("😀", 35), "ucs2", 1, 0],
    ["36 faces: 33 fit a part of 67 units whole", repeated("😀", 36), "ucs2", 2, 61],
    ["a family that is not parted", `${repeated("ж", 64)}👨‍👩‍👧‍👦`, "ucs2", 2, 56],
    ["a letter and its mark that are not parted", `${repeated("ж", 66)}e\u0301${repeated("ж", 10)}`, "ucs2", 2, 55],
    ["a letter under more marks than a segment holds", `e${repeated("\u0301", 200)}`, "ucs2", 3, 0],
  ])("%s", (_name, body, encoding, segments, left) => {
    expect(segmentsOf(body)).toMatchObject({ encoding, segments, left });
  });

  /** Said another way: lay the octets of every character down and look where the cuts fall. */
  it("agrees with laying the septets down one by one", () => {
    const septets = fc.array(fc.constantFrom(...Array.from("aB3 @£Δ€^{}~|\n")), { maxLength: 700 });
    fc.assert(fc.property(septets, (characters) => {
      const laid = characters.flatMap((character) => ("€^{}~|".includes(character) ? ["escape", character] : [character]));
      let segments = laid.length === 0 ? 0 : 1;
      if (laid.length > 160) {
        for (let from = 0; from < laid.length;) {
          const end = Math.min(from + 153, laid.length);
          from = laid[end - 1] === "escape" ? end - 1 : end;
          if (from < laid.length) segments += 1;
        }
      }
      expect(segmentsOf(characters.join("")).segments).toBe(segments);
    }));
  });

  it("never takes fewer than the bare count, and no more than whole characters can cost", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (body) => {
      const { encoding, segments, characters, left } = segmentsOf(body);
      const [alone, joined, longest] = encoding === "gsm7" ? [160, 153, 2] : [70, 67, 40];
      expect(segments).toBeGreaterThanOrEqual(characters <= alone ? Math.min(characters, 1) : Math.ceil(characters / joined));
      expect(segments).toBeLessThanOrEqual(Math.max(1, Math.ceil(characters / (joined - longest))));
      expect(left).toBeGreaterThanOrEqual(0);
    }));
  });
});
