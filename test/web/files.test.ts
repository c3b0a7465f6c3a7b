/** The first lines of a file as whoever maps its columns sees them. */
import { describe, expect, it } from "vitest";
import { datesOf, decimalsOf, previewOf, rowsOf, textOf } from "../../web/src/pages/files/preview";

describe("the first lines of a file", () => {
  it("are read in this browser, whatever divides them", () => {
    expect(rowsOf("a,b\n1,2\n", 5)).toEqual([["a", "b"], ["1", "2"]]);
    expect(rowsOf("a;b\r\n\"x;\"\"y\"\"\";2\r\n\r\n3;", 5)).toEqual([["a", "b"], ["x;\"y\"", "2"], ["3", ""]]);
    expect(rowsOf("a\tb\r1\t2", 5)).toEqual([["a", "b"], ["1", "2"]]);
    expect(rowsOf("", 5)).toEqual([]);
  });

  it("are at most five, of a file of any length", async () => {
    const { headings, rows } = await previewOf(new Blob(["a,b\n", "1,2\n".repeat(100_000)]));
    expect([headings, rows.length]).toEqual([["a", "b"], 5]);
  });

  it("have their letters in every encoding", () => {
    expect(textOf(Uint8Array.from([0x63, 0x72, 0xe8, 0x6d, 0x65]))).toBe("crème");
    expect(textOf(new TextEncoder().encode("crème"))).toBe("crème");
    expect(textOf(Uint8Array.from([0xff, 0xfe, 0x63, 0, 0xe8, 0]))).toBe("cè");
  });

  it("tell the order of day and month, and the mark of fractions, where they can", () => {
    expect([datesOf(["5/7/26", "13/7/26"]), datesOf(["7/13/2026"]), datesOf(["5/7/26"]), datesOf(["2026-07-14"])]).toEqual(["dmy", "mdy", null, null]);
    expect([decimalsOf(["1.234,50 €"]), decimalsOf(["$1,234.50"]), decimalsOf(["12"]), decimalsOf([])]).toEqual(["comma", "point", null, null]);
  });
});
