import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type BusinessDate } from "../../src/kernel/day";
import { documentNumber, locationCodeFor, requestIdFor, type EntryKind } from "../../src/ledger/document-number";

const date = "2026-07-14" as BusinessDate;
const kinds = fc.constantFrom<EntryKind>("sales", "correction", "reversal");
const dates = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays("2000-01-01" as BusinessDate, days));
const codes = fc.stringMatching(/^[A-Z0-9]{3}$/);
const revisions = fc.integer({ min: 1, max: 99_999 });

describe("a document number", () => {
  it("says location, date, kind and revision", () => {
    expect(documentNumber({ locationCode: "PIR", date, kind: "sales", revision: 1 })).toBe("DB-PIR-260714-S1");
    expect(documentNumber({ locationCode: "PIR", date, kind: "correction", revision: 2 })).toBe("DB-PIR-260714-C2");
    expect(documentNumber({ locationCode: "PIR", date, kind: "reversal", revision: 3 })).toBe("DB-PIR-260714-R3");
  });

  it("fits into QuickBooks' 21 characters and differs for different entries", () => {
    const entries = fc.record({ locationCode: codes, date: dates, kind: kinds, revision: revisions });
    fc.assert(fc.property(entries, entries, (one, other) => {
      expect(documentNumber(one).length).toBeLessThanOrEqual(21);
      const isSame = JSON.stringify(one) === JSON.stringify(other);
      expect(documentNumber(one) === documentNumber(other)).toBe(isSame);
    }));
  });

  it("is not made of what would not fit or not be unique", () => {
    const made = (change: { locationCode?: string; date?: BusinessDate; revision?: number }) => (): string => (
      documentNumber({ locationCode: "PIR", date, kind: "sales", revision: 1, ...change })
    );
    for (const locationCode of ["PI", "PIER", "pir", "P-R"]) expect(made({ locationCode }), locationCode).toThrow("location code");
    for (const revision of [0, -1, 1.5, 100_000]) expect(made({ revision }), String(revision)).toThrow("revision");
    expect(made({ date: "1926-07-14" as BusinessDate })).toThrow("century");
  });
});

describe("a location code", () => {
  it("sounds like the name", () => {
    const named = ["Pier", "Main Street", "Airport", "Café Zürich", "B", "No. 7", "Lower Manhattan"].map((name) => locationCodeFor(name, []));
    expect(named).toEqual(["PIR", "MNS", "ARP", "CFZ", "BXX", "NO7", "LWR"]);
  });

  it("exists for names without a Latin letter", () => {
    expect(locationCodeFor("カフェ", [])).toBe("LOC");
    expect(locationCodeFor("", [])).toBe("LOC");
  });

  it("is unique within the shop for any names, however alike", () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constant("Main Street")), { maxLength: 200 }), (names) => {
      const taken: string[] = [];
      for (const name of names) taken.push(locationCodeFor(name, taken));
      expect(new Set(taken).size).toBe(names.length);
      expect(taken.every((code) => /^[A-Z0-9]{3}$/.test(code))).toBe(true);
    }), { numRuns: 50 });
  });

  it("counts up where the name is taken", () => {
    expect(locationCodeFor("Pier", new Set(["PIR"]))).toBe("PI2");
    expect(locationCodeFor("Pier", new Set(["PIR", ..."23456789".split("").map((digit) => `PI${digit}`)]))).toBe("P10");
  });
});

describe("a request id", () => {
  const entry = { shopId: "s", books: "9130", locationId: "l", date, kind: "sales" as const, revision: 1, since: 0 };

  it("is the same for every attempt at the same entry, within 50 characters", async () => {
    const id = await requestIdFor(entry);
    expect(id).toMatch(/^[\w-]{43}$/);
    expect(await requestIdFor({ ...entry })).toBe(id);
  });

  it("is new for another shop, company, location, date, kind or revision, and once something else was found under its number", async () => {
    const others = [
      { ...entry, shopId: "t" }, { ...entry, books: "9131" }, { ...entry, locationId: "m" }, { ...entry, date: addDays(date, 1) },
      { ...entry, kind: "correction" as const }, { ...entry, revision: 2 }, { ...entry, since: 1 }, { ...entry, shopId: "s,", books: "9130" }, { ...entry, shopId: 's","9130', books: "" },
    ];
    const ids = await Promise.all([entry, ...others].map(requestIdFor));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
