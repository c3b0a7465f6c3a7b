/** A day's totals as people read them. */
import { assert, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { buildEntry } from "../../../src/ledger/entry";
import { createSalesDayFold } from "../../../src/ledger/sales-day";
import { totalsView } from "../../../src/features/days/contract";
import { toTieOut, toTotalsView } from "../../../src/features/days/view";
import { balancedDay, mappingFor } from "../../ledger/random-day";

describe("the totals of a day", () => {
  it("fit the contract whatever the till says", () => {
    assert(property(balancedDay, (day) => {
      totalsView.parse(toTotalsView(day));
    }));
  });

  it("name what has no name, and leave out what did not occur", () => {
    const fold = createSalesDayFold("USD");
    fold.category("uncategorized", "").gross(500);
    fold.category("unallocated", " \u0007 ").returned(100);
    fold.tender("card", "", "").in(400);
    const view = toTotalsView(fold.finish());
    expect(view.categories.map(({ label }) => label).toSorted()).toEqual(["Refunds without goods", "Uncategorized"]);
    expect(view.tenders).toEqual([{ key: "tender:card", label: "Card", inMinor: 400, outMinor: 0 }]);
    expect(view.others).toEqual([]);
  });
});

describe("the strip that ties a day", () => {
  it("says the same sum for till and entry of any day that balances", () => {
    assert(property(balancedDay, (day) => {
      const entry = buildEntry(day, mappingFor(day));
      if (!entry.ok) return;
      const { tillMinor, entryMinor } = toTieOut("USD", { totals: day }, [], entry.value);
      expect(tillMinor).toBe(entryMinor);
    }));
  });

  it("is empty where nothing was read", () => {
    expect(toTieOut("USD", { totals: null }, [], null)).toEqual({ currency: "USD", tillMinor: null, entryMinor: null, booksMinor: null, imbalanceMinor: 0 });
  });

  it("says by how much the till's own sides differ, also where one of them is what was posted", () => {
    assert(property(balancedDay, (day) => {
      const entry = buildEntry(day, mappingFor(day));
      if (!entry.ok) return;
      const fold = createSalesDayFold("USD");
      fold.add(day);
      fold.tender("cash", "", "Cash").in(463);
      expect(toTieOut("USD", { totals: day }, [], entry.value).imbalanceMinor).toBe(0);
      expect(toTieOut("USD", { totals: fold.finish() }, [], entry.value).imbalanceMinor).toBe(-463);
    }));
  });
});
