import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponentOf, fromDecimal, sum, toDecimal, toReadable } from "../../src/kernel/money";

const currencies = fc.constantFrom("JPY", "USD", "EUR", "KWD", "CLF", "XTS");
const minors = fc.maxSafeInteger();

describe("money", () => {
  it("knows currencies without a minor unit, with hundredths, thousandths and ten-thousandths", () => {
    const places = ["JPY", "KRW", "USD", "KWD", "BHD", "CLF"].map(exponentOf);
    expect(places).toEqual([0, 0, 2, 3, 3, 4]);
  });

  it("treats a code that it does not know as hundredths, whatever the code is called", () => {
    expect(["XTS", "constructor", "__proto__", ""].map(exponentOf)).toEqual([2, 2, 2, 2]);
  });

  it("writes minor units as decimals of the currency", () => {
    expect(toDecimal(241_053, "USD")).toBe("2410.53");
    expect(toDecimal(5, "USD")).toBe("0.05");
    expect(toDecimal(-5, "USD")).toBe("-0.05");
    expect(toDecimal(0, "USD")).toBe("0.00");
    expect(toDecimal(-0, "USD")).toBe("0.00");
    expect(toDecimal(1_500, "JPY")).toBe("1500");
    expect(toDecimal(1_500, "KWD")).toBe("1.500");
    expect(toDecimal(Number.MAX_SAFE_INTEGER, "USD")).toBe("90071992547409.91");
  });

  it("reads back exactly what it wrote, as text, for every amount and currency", () => {
    fc.assert(fc.property(minors, currencies, (minor, currency) => {
      const read = fromDecimal(toDecimal(minor, currency), currency);
      // The longest amounts of JPY have 16 whole digits, one more than is read from outside.
      if (exponentOf(currency) === 0 && Math.abs(minor) >= 1e15) expect(read).toBeNull();
      else expect(read).toBe(minor === 0 ? 0 : minor);
    }));
  });

  it("reads JSON numbers of the usual size exactly", () => {
    fc.assert(fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), (minor) => {
      expect(fromDecimal(Number(toDecimal(minor, "USD")), "USD")).toBe(minor === 0 ? 0 : minor);
    }));
  });

  it("accepts trailing zeros beyond the minor unit and whole numbers", () => {
    expect(fromDecimal("12.5000", "USD")).toBe(1_250);
    expect(fromDecimal("12", "USD")).toBe(1_200);
    expect(fromDecimal("1500.00", "JPY")).toBe(1_500);
    expect(fromDecimal("1.5", "KWD")).toBe(1_500);
    expect(Object.is(fromDecimal("-0.00", "USD"), 0)).toBe(true);
  });

  it("refuses what is finer than the minor unit, too large to be exact, or no amount at all", () => {
    expect(fromDecimal("12.345", "USD")).toBeNull();
    expect(fromDecimal(0.1 + 0.2, "USD")).toBeNull();
    expect(fromDecimal("0.5", "JPY")).toBeNull();
    expect(fromDecimal("999999999999999.99", "USD")).toBeNull();
    for (const text of ["", " 1", "1 ", "+1", "1,000.00", "1.", ".5", "1e3", "٣", "NaN", "--1", "0x10", "1.2.3"]) {
      expect(fromDecimal(text, "USD"), text).toBeNull();
    }
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY, 1e21, 1e-7]) expect(fromDecimal(number, "USD")).toBeNull();
  });

  it("adds exactly, and throws past 2^53 rather than lose a cent", () => {
    expect(sum([])).toBe(0);
    expect(sum([10, -20, 30])).toBe(20);
    expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow("safe integer");
    expect(() => sum([Number.MAX_SAFE_INTEGER, 1, -1])).toThrow("safe integer");
    expect(() => sum([0.5])).toThrow("safe integer");
    expect(() => toDecimal(0.5, "USD")).toThrow("safe integer");
  });

  it("groups thousands for people, the same in every locale", () => {
    expect(toReadable(232_353, "USD")).toBe("2,323.53");
    expect(toReadable(-123_456_789, "USD")).toBe("-1,234,567.89");
    expect(toReadable(99_999, "USD")).toBe("999.99");
    expect(toReadable(-100_000, "JPY")).toBe("-100,000");
    expect(toReadable(1_234_567, "KWD")).toBe("1,234.567");
    expect(toReadable(7, "USD")).toBe("0.07");
  });
});
