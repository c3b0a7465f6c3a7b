/** Whether what was posted is what the till says now, of any day. */
import { assert, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { tieOutOf } from "../../../src/features/reports/rules";
import { buildEntry } from "../../../src/ledger/entry";
import { createSalesDayFold, dayTotals } from "../../../src/ledger/sales-day";
import { balancedDay, mappingFor } from "../../ledger/random-day";

describe("a day that was posted", () => {
  it("ties as long as the till says the same", () => {
    assert(property(balancedDay, (day) => {
      const entry = buildEntry(day, mappingFor(day));
      if (!entry.ok) return;
      const { takingsMinor } = dayTotals(day);
      expect(tieOutOf(day, entry.value.lines)).toEqual({ tillMinor: takingsMinor, booksMinor: takingsMinor, ties: true });
    }));
  });

  it("does not tie once the till's own sides differ, and the books still hold what they held", () => {
    assert(property(balancedDay, (day) => {
      const entry = buildEntry(day, mappingFor(day));
      if (!entry.ok) return;
      const fold = createSalesDayFold("USD");
      fold.add(day);
      fold.tender("check", "ODD", "Odd").in(463);
      expect(tieOutOf(fold.finish(), entry.value.lines)).toMatchObject({ booksMinor: dayTotals(day).takingsMinor, ties: false });
    }));
  });
});
