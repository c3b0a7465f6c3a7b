/** Text before it is set: what is left out, and lines of two directions in the order in which they stand (UAX #9). */
import { describe, expect, it } from "vitest";
import { directionOf, inVisualOrder, readable } from "../../../src/features/paper/text";

const order = (text: string) => inVisualOrder(text).map((stretch) => stretch.text);

describe("readable text", () => {
  it.each([
    ["  two  words ", "two words"], ["e\u0301", "é"], ["a\u0000b\tc", "a b c"], ["a\u202Eb\u200Bc\u00ADd", "abcd"], ["\ud800", "\ufffd"], ["a\n\n b", "a\n\n b"], ["\u3000wide\u00a0", "wide"], ["", ""],
  ])("of %j is %j", (text, expected) => {
    expect(readable(text)).toBe(expected);
  });
});

describe("a line", () => {
  it.each<[string, string[]]>([
    ["plain", ["plain"]], ["", []], ["a שלום b", ["a ", "שלום", " b"]],
    // Read from the right: the sentence's end stands at the left, and the figures as they are.
    ["שלום 123", ["123", "שלום "]], ["(חדש) Linea 2024", ["Linea 2024", ")חדש( "]],
    ["محمد abc علي", [" علي", "abc", "محمد "]],
    ["a שלום 12 עולם b", ["a ", " עולם", "12", "שלום ", " b"]],
  ])("of %j stands as %j", (text, expected) => {
    expect(order(text)).toEqual(expected);
  });

  it("is read from the right where its first letter is", () => {
    expect(["שלום abc", "abc שלום", "123 שלום", ""].map(directionOf)).toEqual(["rtl", "ltr", "rtl", "ltr"]);
  });

  it("of a paragraph that is read from the right is so too, whatever it begins with", () => {
    expect(inVisualOrder("Linea חדש", "rtl").map(({ text }) => text)).toEqual([" חדש", "Linea"]);
    expect(inVisualOrder("Linea.", "rtl").map(({ text }) => text)).toEqual([".", "Linea"]);
  });

  it("loses and doubles no letter, whatever it mixes", () => {
    for (const text of ["(א)ב[ג]", "١٢٣ abc ٤٥٦", "🙂 שלום 🙂", "a\u0301ב\u05b0", "))((", "א".repeat(500)]) {
      expect(Array.from(order(text).join("")).toSorted().join("").replace(/[()[\]]/g, "")).toBe(Array.from(text).toSorted().join("").replace(/[()[\]]/g, ""));
    }
  });
});
