/** Numbers, expiries, paper and what a stranger may see of a name. */
import { describe, expect, it } from "vitest";
import { expiryOf, masked, numberOf, paperOf, readIssueDate, stateOf } from "../../../src/features/certificates/rules";
import type { BusinessDate } from "../../../src/kernel/day";

const date = (text: string) => text as BusinessDate;

describe("a number", () => {
  it.each([["HC-", 1, "HC-00001"], ["", 99_999, "99999"], ["W", 100_000, "W100000"], ["A-", 9_999_999, "A-9999999"]])("of %j at %i is %s", (prefix, next, number) => {
    expect(numberOf(prefix, next)).toBe(number);
  });
});

describe("an expiry", () => {
  it.each([
    ["2026-07-14", 24, "2028-07-14"], ["2026-01-31", 1, "2026-02-28"], ["2028-01-31", 1, "2028-02-29"], ["2024-02-29", 12, "2025-02-28"], ["2026-12-31", 2, "2027-02-28"], ["2026-07-14", null, null],
  ])("of %s and %s months is %s", (issuedOn, months, expected) => {
    expect(expiryOf(date(issuedOn), months)).toBe(expected);
  });

  it("is passed on the day after it, and revoked comes before expired", () => {
    const row = { revokedAt: null, expiresOn: date("2026-07-14") };
    expect([stateOf(row, date("2026-07-14")), stateOf(row, date("2026-07-15")), stateOf({ ...row, revokedAt: 1 }, date("2026-07-15")), stateOf({ revokedAt: null, expiresOn: null }, date("2099-01-01"))]).toEqual(["valid", "expired", "revoked", "valid"]);
  });
});

describe("a date of issue", () => {
  it("is one of the calendar, not before 1990 and at most a year ahead", () => {
    const today = date("2026-07-14");
    for (const text of ["2026-07-14", "1990-01-01", "2027-07-15"]) expect(readIssueDate(text, today).ok, text).toBe(true);
    for (const text of ["2026-02-30", "1989-12-31", "2027-07-16", "", "today"]) expect(readIssueDate(text, today).ok, text).toBe(false);
  });
});

describe("a name before strangers", () => {
  it.each([
    ["Dana Lee", "D… L…"], ["  Ágnes   Mária Kovács-Nagy ", "Á… M… K…"], ["(Dr.) “Ada”", "D… A…"], ["محمد علي", "م… ع…"], ["𐐀𐐀 Smith", "𐐀… S…"], ["a b c d e f", "a… b… c… d…"], ["…", ""], ["Mono", "M…"],
  ])("%s is %s", (name, expected) => {
    expect(masked(name)).toBe(expected);
  });
});

describe("paper", () => {
  it("is Letter in North America and A4 elsewhere", () => {
    expect(["USD", "CAD", "MXN", "EUR", "GBP", "JPY"].map(paperOf)).toEqual(["letter", "letter", "letter", "a4", "a4", "a4"]);
  });
});
