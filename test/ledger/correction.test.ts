import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deltaBetween, reverse } from "../../src/ledger/correction";
import { buildEntry, entryOf, isBalanced, type EntryLine } from "../../src/ledger/entry";
import { hasNoSales, type SalesDay } from "../../src/ledger/sales-day";
import { correctionLines, correctionMapping, dayAfterCorrection, dayBeforeCorrection, lineOf, mappingOf, printed } from "./examples";
import { balancedDay, balances, mappingFor } from "./random-day";

function linesFor(day: SalesDay, mapping = mappingFor(day)): readonly EntryLine[] {
  if (hasNoSales(day)) return [];
  const built = buildEntry(day, mapping);
  if (!built.ok) throw new Error(JSON.stringify(built.failure));
  return built.value.lines;
}

describe("a correction", () => {
  it("of worked example D is what the reference says, to the cent", () => {
    const delta = deltaBetween(linesFor(dayAfterCorrection(), correctionMapping), linesFor(dayBeforeCorrection(), correctionMapping));
    expect(printed(entryOf("USD", delta))).toEqual(correctionLines);
  });

  it("of a tip that settled the next morning is that difference alone", () => {
    const before = [lineOf("tender:card", "Card clearing", "debit", 1_200), lineOf("tip", "Tips payable", "credit", 1_200)];
    const after = [lineOf("tender:card", "Card clearing", "debit", 1_500), lineOf("tip", "Tips payable", "credit", 1_500)];
    expect(deltaBetween(after, before)).toEqual([
      lineOf("tender:card", "Card clearing", "debit", 300), lineOf("tip", "Tips payable", "credit", 300),
    ]);
  });

  it("of what is already right is nothing", () => {
    fc.assert(fc.property(balancedDay, (day) => {
      expect(deltaBetween(linesFor(day), linesFor(day))).toEqual([]);
    }));
  });

  it("flips the side of what was too much", () => {
    const posted = [lineOf("tender:cash", "Cash", "debit", 500), lineOf("sales:food", "Food", "credit", 500)];
    expect(deltaBetween([], posted)).toEqual([lineOf("sales:food", "Food", "debit", 500), lineOf("tender:cash", "Cash", "credit", 500)]);
  });

  it("moves a line from one account to another when it was mapped elsewhere meanwhile", () => {
    const day = dayBeforeCorrection();
    const elsewhere = mappingOf({ "sales:food": "Meals", "tax:8": "Tax", "tender:card": "Card clearing", "tender:cash": "Cash" });
    expect(printed(entryOf("USD", deltaBetween(linesFor(day, elsewhere), linesFor(day, correctionMapping))))).toEqual([
      ["Food", "debit", 102_000], ["Meals", "credit", 102_000],
    ]);
  });

  it("keeps two lines of one account apart by what they are", () => {
    const target = [lineOf("sales:food", "Sales", "credit", 300), lineOf("return:food", "Sales", "debit", 300)];
    expect(deltaBetween(target, [])).toHaveLength(2);
  });

  it("after any sequence of corrections ends at the target, every step of it balanced and without negative lines", () => {
    fc.assert(fc.property(fc.array(balancedDay, { minLength: 1, maxLength: 6 }), (days) => {
      const posted: EntryLine[] = [];
      for (const day of days) {
        const delta = deltaBetween(linesFor(day), posted);
        expect(isBalanced(delta)).toBe(true);
        expect(delta.every((line) => line.minor > 0)).toBe(true);
        posted.push(...delta);
        expect(balances(posted)).toEqual(balances(linesFor(day)));
        expect(deltaBetween(linesFor(day), posted)).toEqual([]);
      }
    }));
  });
});

describe("a reversal", () => {
  it("and its entry together come to nothing", () => {
    fc.assert(fc.property(balancedDay, (day) => {
      fc.pre(!hasNoSales(day));
      const entry = entryOf("USD", linesFor(day));
      const reversal = reverse(entry);
      expect(reversal.totalMinor).toBe(entry.totalMinor);
      expect(balances([...entry.lines, ...reversal.lines])).toEqual({});
      expect(deltaBetween([], entry.lines).length).toBeLessThanOrEqual(reversal.lines.length);
    }));
  });

  it("says so on every line", () => {
    const entry = entryOf("USD", [lineOf("tip", "Tips", "debit", 1), lineOf("comp", "Comps", "credit", 1)]);
    expect(reverse(entry).lines.map((line) => [line.description, line.side])).toEqual([["Reversed: tip", "credit"], ["Reversed: comp", "debit"]]);
  });
});
