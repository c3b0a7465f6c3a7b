import { describe, expect, it } from "vitest";
import { SeenOrders } from "../../../src/providers/square/seen-orders";

describe("which orders were folded", () => {
  it("takes each of 100,000 ids once, and counts them", () => {
    const seen = new SeenOrders();
    const ids = Array.from({ length: 100_000 }, (_, index) => `LMAIN_20260714_${index.toString(36)}`);
    expect(ids.filter((id) => !seen.add(id))).toEqual([]);
    expect(ids.filter((id) => seen.add(id))).toEqual([]);
    expect(seen.size).toBe(100_000);
  });

  it("tells ids apart that differ in one character, in case, in order or in length", () => {
    const seen = new SeenOrders();
    const ids = ["", "A", "a", "AA", "AAA", "AB", "BA", "\u0000", "\u0000\u0000", "CAISENgvlJ6jLWAzERDzjyHVybY", "CAISENgvlJ6jLWAzERDzjyHVybZ"];
    expect(ids.filter((id) => seen.add(id))).toEqual(ids);
  });
});
