import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildEntry, isBalanced, type Entry } from "../../src/ledger/entry";
import { dayTotals, hasNoSales, type SalesDay } from "../../src/ledger/sales-day";
import { balancedDay, differenceOf, foldOf, mappingFor, sayings } from "./random-day";

function entryFor(day: SalesDay): Entry {
  const built = buildEntry(day, mappingFor(day));
  if (!built.ok) throw new Error(JSON.stringify(built.failure));
  return built.value;
}

describe("any day at random", () => {
  it("either balances to the cent or is refused with the exact difference", () => {
    fc.assert(fc.property(sayings, (all) => {
      const day = foldOf(all).finish();
      const built = buildEntry(day, mappingFor(day));
      const differenceMinor = differenceOf(all);
      if (built.ok) expect([differenceMinor, isBalanced(built.value.lines)]).toEqual([0, true]);
      else if (built.failure.kind === "out_of_balance") expect(built.failure.differenceMinor).toBe(differenceMinor);
      else expect([built.failure.kind, hasNoSales(day)]).toEqual(["invalid_day", true]);
    }), { numRuns: 1_000 });
  });

  it("that balances has an entry whose total is the till's, and no line that is negative or nothing", () => {
    fc.assert(fc.property(balancedDay, (day) => {
      fc.pre(!hasNoSales(day));
      const entry = entryFor(day);
      expect(entry.lines.every((line) => Number.isSafeInteger(line.minor) && line.minor > 0)).toBe(true);
      expect(entry.totalMinor).toBe(dayTotals(day).takingsMinor);
    }), { numRuns: 1_000 });
  });

  it("that is one cent off is refused for that cent", () => {
    fc.assert(fc.property(balancedDay, fc.constantFrom(-1, 1), (day, cent) => {
      const [tender] = day.tenders;
      fc.pre(tender !== undefined && tender.inMinor + cent >= 0);
      const off = { ...day, tenders: day.tenders.map((row) => (row === tender ? { ...row, inMinor: row.inMinor + cent } : row)) };
      expect(buildEntry(off, mappingFor(off))).toMatchObject({ failure: { kind: "out_of_balance", differenceMinor: -cent } });
    }));
  });

  it("without sales is exactly one without lines", () => {
    fc.assert(fc.property(balancedDay, (day) => {
      expect(buildEntry(day, mappingFor(day)).ok).toBe(!hasNoSales(day));
    }));
  });

  it("has each key at most once on a side, but for tips, which are refunded and paid out", () => {
    fc.assert(fc.property(balancedDay, (day) => {
      fc.pre(!hasNoSales(day));
      const places = entryFor(day).lines.filter((line) => line.key !== "tip").map((line) => `${line.key} ${line.side}`);
      expect(new Set(places).size).toBe(places.length);
    }));
  });
});
