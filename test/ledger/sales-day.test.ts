import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addSalesDays, checkSalesDay, createSalesDayFold, dayTotals, emptySalesDay, hasNoSales, type SalesDay,
} from "../../src/ledger/sales-day";
import { giftCardDay, ordinaryDay, refundDay } from "./examples";
import { anyDay, balancedDay, foldOf, sayings } from "./random-day";

function problemOf(day: SalesDay): string {
  const checked = checkSalesDay(day);
  if (checked.ok) return "none";
  return checked.failure.kind === "invalid_day" ? checked.failure.message : checked.failure.kind;
}

function saleOf(currency: string, soldMinor: number, paidMinor: number): SalesDay {
  const fold = createSalesDayFold(currency);
  fold.category("food", "Food").gross(soldMinor);
  fold.tender("cash", "", "Cash").in(paidMinor);
  return fold.finish();
}

describe("a sales day", () => {
  it.each([["A", ordinaryDay()], ["B", refundDay()], ["C", giftCardDay()]])("of worked example %s is in balance", (_name, day) => {
    expect(checkSalesDay(day)).toEqual({ ok: true, value: day });
  });

  it("in balance passes unchanged, however it was made", () => {
    fc.assert(fc.property(balancedDay, (day) => {
      expect(checkSalesDay(day)).toEqual({ ok: true, value: day });
    }));
  });

  it("says which side is smaller, by how much, in the currency's own decimals", () => {
    const message = (day: SalesDay): unknown => {
      const checked = checkSalesDay(day);
      return checked.ok ? null : checked.failure;
    };
    expect(message(saleOf("USD", 1_000, 1_250))).toEqual({
      kind: "out_of_balance", differenceMinor: -250, currency: "USD",
      message: "The till's sales come to 10.00 but its tenders to 12.50 (Cash 12.50): 2.50 USD is missing from the sales",
    });
    expect(message(saleOf("JPY", 1_001, 1_000))).toMatchObject({
      differenceMinor: 1, message: "The till's sales come to 1,001 but its tenders to 1,000 (Cash 1,000): 1 JPY is missing from the tenders",
    });
    expect(message(saleOf("KWD", 1_001, 1_000))).toMatchObject({
      differenceMinor: 1, message: "The till's sales come to 1.001 but its tenders to 1.000 (Cash 1.000): 0.001 KWD is missing from the tenders",
    });
  });

  it("leaves cash paid out, drawer counts and value given for nothing outside the balance", () => {
    const fold = createSalesDayFold("USD");
    fold.paidOut("expense", "x", "Ice", 500);
    fold.cashOverShort(-3);
    fold.giftCard.promotional(1_000);
    expect(checkSalesDay(fold.finish()).ok).toBe(true);
  });
});

describe("a malformed day is refused in words", () => {
  const day = ordinaryDay();
  it.each([
    ["a negative amount", { ...day, discounts: { inMinor: -1, outMinor: 0 } }, "The amount of discounts is -1, which is no amount"],
    ["a fraction", { ...day, tips: { inMinor: 0.5, outMinor: 0 } }, "The amount of tips is 0.5, which is no amount"],
    ["no number", { ...day, houseAccountPaymentsMinor: Number.NaN }, "The amount of payments on house accounts is NaN, which is no amount"],
    ["a signed fraction", { ...day, roundingMinor: 0.1 }, "The amount of rounding is 0.1, which is no amount"],
    ["more than is exact", { ...day, cashOverShortMinor: 2 ** 53 }, "The amount of cash over or short is 9007199254740992, which is no amount"],
    ["more together than is exact", { ...day, tips: { inMinor: Number.MAX_SAFE_INTEGER, outMinor: 0 } }, "The amounts are too large to be added exactly"],
    ["half an order", { ...day, orderCount: 1.5 }, "1.5 is no number of orders"],
    ["no currency", { ...day, currency: "usd" }, '"usd" is no currency'],
    ["one category twice", { ...day, categories: [...day.categories, ...day.categories] }, "Two of the categories have the same id"],
    ["one tax twice", { ...day, taxes: [...day.taxes, ...day.taxes] }, "Two of the taxes have the same id"],
    ["one tender twice", { ...day, tenders: [...day.tenders, ...day.tenders] }, "Two of the tenders have the same id"],
    ["one paid-out twice", { ...day, paidOuts: [...day.paidOuts, ...day.paidOuts] }, "Two of the paid-outs have the same id"],
    ["a category without id", { ...day, categories: [{ id: "", label: "", grossMinor: 1, returnedMinor: 0 }] }, "One of the categories has an id that cannot be kept"],
    ["an id with a line break", { ...day, taxes: [{ id: "a\nb", label: "", inMinor: 1, outMinor: 0 }] }, "One of the taxes has an id that cannot be kept"],
    ["an endless id", { ...day, serviceCharges: [{ id: "x".repeat(161), label: "", inMinor: 1, outMinor: 0 }] }, "One of the service charges has an id that cannot be kept"],
  ])("for %s", (_name, malformed, message) => {
    expect(problemOf(malformed)).toBe(message);
  });

  it("but not for one id used by different kinds of things", () => {
    const fold = createSalesDayFold("USD");
    fold.tender("other", "1", "A").in(1);
    fold.tender("third_party", "1", "B").out(1);
    fold.paidOut("tips", "1", "C", 1);
    fold.paidOut("expense", "1", "D", 1);
    expect(problemOf(fold.finish())).toBe("none");
  });
});

describe("folding", () => {
  it("adds up by id and sorts by id, whatever the order of the calls", () => {
    const shuffled = sayings.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })));
    fc.assert(fc.property(shuffled, ([all, other]) => {
      expect(foldOf(other).finish()).toEqual(foldOf(all).finish());
    }));
  });

  it("drops rows in which nothing happened", () => {
    const fold = createSalesDayFold("USD");
    fold.category("food", "Food").gross(0);
    fold.tax("t", "Tax").in(0);
    fold.tender("card", "", "Card").out(0);
    fold.paidOut("tips", "", "Tips", 0);
    expect(fold.finish()).toEqual(emptySalesDay("USD"));
  });

  it("keeps one label for an id that has two, independent of the order", () => {
    const label = (labels: readonly string[]): unknown => {
      const fold = createSalesDayFold("USD");
      for (const one of labels) fold.category("food", one).gross(1);
      return fold.finish().categories;
    };
    expect(label(["Food", "Meals", "Food"])).toEqual([{ id: "food", label: "Meals", grossMinor: 3, returnedMinor: 0 }]);
    expect(label(["Meals", "Food", "Food"])).toEqual(label(["Food", "Meals", "Food"]));
    const fold = createSalesDayFold("USD");
    for (const one of ["Ice", "Ice cubes", "Ice"]) {
      fold.tax("t", one).in(1);
      fold.paidOut("expense", "ice", one, 1);
    }
    expect(fold.finish()).toMatchObject({ taxes: [{ label: "Ice cubes" }], paidOuts: [{ label: "Ice cubes", minor: 3 }] });
  });

  it("cuts labels that go on for ever", () => {
    const fold = createSalesDayFold("USD");
    fold.tax("t", "x".repeat(10_000)).in(1);
    expect(fold.finish().taxes[0]?.label).toHaveLength(200);
  });

  it("throws past 2^53, and for what is no integer, rather than lose a cent", () => {
    const fold = createSalesDayFold("USD");
    fold.category("food", "Food").gross(Number.MAX_SAFE_INTEGER);
    expect(() => fold.finish()).not.toThrow();
    fold.category("food", "Food").gross(1);
    expect(() => fold.finish()).toThrow("safe integer");
    expect(() => createSalesDayFold("USD").rounding(0.5)).toThrow("safe integer");
  });

  it("can be read in between and goes on", () => {
    const fold = createSalesDayFold("USD");
    fold.tip.in(1);
    const first = fold.finish();
    fold.tip.in(1);
    expect([first.tips.inMinor, fold.finish().tips.inMinor]).toEqual([1, 2]);
  });
});

describe("merging", () => {
  it("two partial folds equals folding everything", () => {
    fc.assert(fc.property(sayings, sayings, (one, other) => {
      const merged = addSalesDays(foldOf(one).finish(), foldOf(other).finish());
      const whole = foldOf([...one, ...other]).finish();
      expect({ ...merged, orderCount: 0 }).toEqual({ ...whole, orderCount: 0 });
    }));
  });

  it("is associative and commutative, and the empty day changes nothing", () => {
    fc.assert(fc.property(anyDay, anyDay, anyDay, (one, two, three) => {
      expect(addSalesDays(addSalesDays(one, two), three)).toEqual(addSalesDays(one, addSalesDays(two, three)));
      expect(addSalesDays(one, two)).toEqual(addSalesDays(two, one));
      expect(addSalesDays(one, emptySalesDay("USD"))).toEqual(one);
    }));
  });

  it("of two balanced parts is balanced", () => {
    fc.assert(fc.property(balancedDay, balancedDay, (one, other) => {
      expect(checkSalesDay(addSalesDays(one, other)).ok).toBe(true);
    }));
  });

  it("of two currencies is a bug", () => {
    expect(() => addSalesDays(emptySalesDay("USD"), emptySalesDay("EUR"))).toThrow("one currency");
  });
});

describe("the totals of a day", () => {
  it("of worked example A are those of its reference", () => {
    expect(dayTotals(ordinaryDay())).toEqual({
      grossMinor: 200_000, netMinor: 200_000 - 6_000 - 2_500 - 4_800, taxMinor: 15_803 - 397, tipsMinor: 21_450,
      collectedMinor: 232_353 - 5_197, takingsMinor: 240_853,
    });
  });

  it("of worked example B are negative where refunds exceed sales", () => {
    expect(dayTotals(refundDay())).toMatchObject({ netMinor: 22_500 - 70_000 - 1_500 + 6_400, taxMinor: -2_982, collectedMinor: -45_582 - 15_000 + 15_000 });
  });

  it("of an empty day are nothing", () => {
    expect(dayTotals(emptySalesDay("USD"))).toEqual({ grossMinor: 0, netMinor: 0, taxMinor: 0, tipsMinor: 0, collectedMinor: 0, takingsMinor: 0 });
    expect(hasNoSales(emptySalesDay("JPY"))).toBe(true);
  });
});
