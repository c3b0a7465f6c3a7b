/** What the pages of certificates promise before anything is asked of the server: the same number and the same last day as it gives. */
import { describe, expect, test } from "vitest";
import { expiryOf as expiryOfServer, numberOf as numberOfServer } from "../../src/features/certificates/rules";
import type { BusinessDate } from "../../src/kernel/day";
import { expiryOf, numberOf } from "../../web/src/pages/certificates/beforehand";
import { templateWords } from "../../web/src/pages/certificates/words";
import { newKey } from "../../web/src/ui/new-key";

describe("what is shown beforehand", () => {
  test("is the number that the server will give", () => {
    for (const [numberPrefix, nextNumber] of [["HC-", 1], ["", 42], ["W", 1_234_567]] as const) expect(numberOf({ numberPrefix, nextNumber })).toBe(numberOfServer(numberPrefix, nextNumber));
  });

  test("is the last day that the server will count, and nothing for a date that is none", () => {
    for (const [issuedOn, months] of [["2026-01-31", 1], ["2024-02-29", 12], ["2026-07-14", null], ["2026-12-31", 1_200]] as const) expect(expiryOf(issuedOn, months)).toBe(expiryOfServer(issuedOn as BusinessDate, months));
    for (const issuedOn of ["", "2026-02-30", "tomorrow"]) expect(expiryOf(issuedOn, 12)).toBeNull();
  });

  test("says how long it holds in whole years where it can", () => {
    expect([1, 6, 12, 24, 30].map(templateWords.months)).toEqual(["1 month", "6 months", "1 year", "2 years", "30 months"]);
  });
});

test("a key is an id that the server takes, and never the same", () => {
  const keys = Array.from({ length: 200 }, newKey);
  for (const key of keys) expect(key).toMatch(/^[a-z2-7]{26}$/);
  expect(new Set(keys).size).toBe(keys.length);
});
