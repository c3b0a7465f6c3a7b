import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deltaBetween, EDITED, editBetween, mappingOfTarget, oneSideOfPosted, postedOfTill, reverse, withPostedTags } from "../../src/ledger/correction";
import { buildEntry, entryOf, isBalanced, type EntryLine } from "../../src/ledger/entry";
import { linesOf } from "../../src/ledger/lines";
import { createSalesDayFold, hasNoSales, type SalesDay } from "../../src/ledger/sales-day";
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

describe("the mapping of a target", () => {
  const account = (name: string) => ({ id: `id of ${name}`, name });
  const day = (): SalesDay => {
    const fold = createSalesDayFold("USD");
    fold.category("food", "Food").gross(500);
    fold.tender("cash", "", "Cash").in(500);
    return fold.finish();
  };
  const posted = [lineOf("tender:cash", "Cash", "debit", 300), lineOf("sales:food", "Food", "credit", 300)];
  const now = mappingOf({ "sales:food": "Meals", "tender:cash": "Till", uncategorized: "Suspense" });
  const standing = { posted, uncategorized: account("Suspense"), takesUnknown: false };

  it("keeps what stands in the books where it stands, and sends what is new where the mapping of now says", () => {
    expect(mappingOfTarget(day(), now, standing).accounts).toMatchObject({ "sales:food": { id: "id of Food" }, "tender:cash": { id: "id of Cash" } });
    expect(mappingOfTarget(day(), now, { ...standing, posted: [] }).accounts).toMatchObject({ "sales:food": { id: "id of Meals" }, "tender:cash": { id: "id of Till" } });
  });

  it("forgets what was taken back: it goes where the mapping of now says", () => {
    const back = reverse(entryOf("USD", posted)).lines;
    expect(mappingOfTarget(day(), now, { ...standing, posted: [...posted, ...back] }).accounts).toMatchObject({ "sales:food": { id: "id of Meals" } });
  });

  it("moves what stands with the unknown lines once it is mapped, and leaves it there until then", () => {
    const unknown = [lineOf("tender:cash", "Cash", "debit", 300), lineOf("sales:food", "Suspense", "credit", 300)];
    expect(mappingOfTarget(day(), now, { ...standing, posted: unknown }).accounts).toMatchObject({ "sales:food": { id: "id of Meals" } });
    const unmapped = mappingOf({ "tender:cash": "Till", uncategorized: "Suspense" });
    expect(mappingOfTarget(day(), unmapped, { ...standing, posted: unknown }).accounts).toMatchObject({ "sales:food": { id: "id of Suspense" } });
  });

  it("sends sales without an account to the unknown lines only where the shop says so, and tenders never", () => {
    const empty = mappingOf({ uncategorized: "Suspense" });
    const without = { ...standing, posted: [] };
    expect(mappingOfTarget(day(), empty, without).accounts).not.toHaveProperty("sales:food");
    const accounts = mappingOfTarget(day(), empty, { ...without, takesUnknown: true }).accounts;
    expect(accounts).toMatchObject({ "sales:food": { id: "id of Suspense" } });
    expect(accounts).not.toHaveProperty("tender:cash");
  });

  it("keeps the tags of what stands: new tags are no change of a day", () => {
    const tag = (option: string) => ({ tags: [{ dimension: "class", option, name: option }] });
    const [cash, food] = posted;
    if (cash === undefined || food === undefined) throw new Error("both were posted");
    expect(withPostedTags([{ ...food, minor: 500, ...tag("new") }], [cash, { ...food, ...tag("old") }])).toEqual([{ ...food, minor: 500, ...tag("old") }]);
    expect(withPostedTags([{ ...food, ...tag("new") }], [cash, food])).toEqual([food]);
    expect(withPostedTags([{ ...food, ...tag("new") }], [])).toEqual([{ ...food, ...tag("new") }]);
    expect(deltaBetween([{ ...food, ...tag("one") }], [{ ...food, ...tag("two") }])).toHaveLength(2);
  });
});

describe("a change by hand", () => {
  const posted = [lineOf("tender:card", "Card", "debit", 463), lineOf("sales:a", "Coffee", "credit", 463)];

  it("is the difference of what is there from what was posted, per account, and adding it back comes to the target", () => {
    const edits = editBetween(posted, [{ accountId: "id of Card", side: "debit", minor: 400 }, { accountId: "id of Other", side: "credit", minor: 400 }]);
    const delta = deltaBetween(posted, [...posted, ...edits]);
    expect(delta.map(({ key, account, side, minor }) => [key, account.id, side, minor])).toEqual([
      [EDITED, "id of Card", "debit", 63], [EDITED, "id of Other", "debit", 400], [EDITED, "id of Coffee", "credit", 463],
    ]);
    expect(isBalanced(delta)).toBe(true);
    expect(deltaBetween(posted, [...posted, ...edits, ...delta])).toEqual([]);
    expect(postedOfTill([...posted, ...delta])).toEqual(posted);
  });

  it("of an entry that is gone is all of it, the other way round; of one that is as it was, nothing", () => {
    expect(editBetween(posted, []).map(({ account, side }) => [account.id, side])).toEqual([["id of Coffee", "debit"], ["id of Card", "credit"]]);
    expect(editBetween(posted, posted.map(({ account, side, minor }) => ({ accountId: account.id, side, minor })))).toEqual([]);
  });
});

describe("one side of everything posted", () => {
  it("is the target's side after any sequence of corrections and reversals, and what it was before the last of them", () => {
    fc.assert(fc.property(balancedDay, balancedDay, (before, after) => {
      const [was, is] = [linesOf(before), linesOf(after)];
      const side = (lines: readonly { readonly side: string; readonly minor: number }[]) => lines.filter((line) => line.side === "debit").reduce((total, line) => total + line.minor, 0);
      const posted = [...linesFor(before), ...deltaBetween(linesFor(after), linesFor(before))];
      expect(oneSideOfPosted(is, posted)).toBe(side(is));
      expect(oneSideOfPosted(was, linesFor(before))).toBe(side(was));
    }));
  });

  it("is smaller than the target's by what is missing of it", () => {
    const target = [lineOf("tender:card", "Card", "debit", 900), lineOf("sales:a", "Coffee", "credit", 900)];
    const posted = [lineOf("tender:card", "Card", "debit", 463), lineOf("sales:a", "Coffee", "credit", 463)];
    expect(oneSideOfPosted(target, posted)).toBe(463);
    expect(oneSideOfPosted([], posted)).toBe(463);
  });
});
