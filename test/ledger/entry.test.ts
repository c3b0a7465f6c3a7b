import { describe, expect, it } from "vitest";
import type { LedgerFailure } from "../../src/kernel/failure";
import { buildEntry, entryOf, isBalanced, roundingLimitOf, totals, type Entry, type Side } from "../../src/ledger/entry";
import { linesOf } from "../../src/ledger/lines";
import type { Mapping } from "../../src/ledger/mapping";
import { createSalesDayFold, dayTotals, emptySalesDay, hasNoSales, type SalesDay, type SalesDayFold } from "../../src/ledger/sales-day";
import {
  giftCardDay, giftCardLines, giftCardMapping, giftCardTotalMinor, lineOf, ordinaryDay, ordinaryLines, ordinaryMapping, ordinaryTotalMinor,
  printed, refundDay, refundLines, refundMapping, refundTotalMinor,
} from "./examples";
import { mappingFor } from "./random-day";

function entryFor(day: SalesDay, mapping: Mapping = mappingFor(day)): Entry {
  const built = buildEntry(day, mapping);
  if (!built.ok) throw new Error(JSON.stringify(built.failure));
  return built.value;
}

function refusalOf(day: SalesDay, mapping: Mapping = mappingFor(day)): LedgerFailure["kind"] | "built" {
  const built = buildEntry(day, mapping);
  return built.ok ? "built" : (built.failure.kind as LedgerFailure["kind"]);
}

function dayOf(tell: (fold: SalesDayFold) => void, currency = "USD"): SalesDay {
  const fold = createSalesDayFold(currency);
  fold.order();
  tell(fold);
  return fold.finish();
}

/** Key, side and amount of each line. */
function shape(entry: Entry): (readonly [string, Side, number])[] {
  return entry.lines.map(({ key, side, minor }) => [key, side, minor]);
}

describe("the worked examples of the accounting reference", () => {
  it.each([
    ["A, an ordinary day", ordinaryDay(), ordinaryMapping, ordinaryLines, ordinaryTotalMinor],
    ["B, refunds exceed sales", refundDay(), refundMapping, refundLines, refundTotalMinor],
    ["C, gift cards", giftCardDay(), giftCardMapping, giftCardLines, giftCardTotalMinor],
  ])("%s: every line to the cent, in the bookkeeper's order", (_name, day, mapping, lines, totalMinor) => {
    const entry = entryFor(day, mapping);
    expect(printed(entry)).toEqual(lines);
    expect(entry.totalMinor).toBe(totalMinor);
    expect(totals(entry)).toEqual({ debitMinor: totalMinor, creditMinor: totalMinor });
    expect(dayTotals(day).takingsMinor).toBe(totalMinor);
  });

  it("says what each line is in words of its own", () => {
    expect(entryFor(ordinaryDay(), ordinaryMapping).lines.map((line) => line.description)).toEqual([
      "Card", "Cash", "Cash short", "Supplies", "Tips paid in cash", "Discounts", "Comps", "Returns, Food", "Returns, Merch",
      "Sales tax refunded", "Sales, Beverage", "Sales, Food", "Sales, Merch", "Service charge", "Sales tax", "Tips",
    ]);
  });

  it("leaves gift cards sold out of revenue, and moves the liability by what cards are worth", () => {
    const lines = entryFor(giftCardDay(), giftCardMapping).lines;
    const liability = lines.filter((line) => line.account.name === "Gift-card liability")
      .reduce((total, line) => total + (line.side === "credit" ? line.minor : -line.minor), 0);
    expect(liability).toBe(27_500);
    expect(dayTotals(giftCardDay()).netMinor).toBe(120_000);
  });
});

describe("days that are not ordinary", () => {
  it("a day without anything has no sales and no entry", () => {
    const day = emptySalesDay("USD");
    expect(hasNoSales(day)).toBe(true);
    expect(refusalOf(day)).toBe("invalid_day");
  });

  it("a day of orders for nothing has no sales either", () => {
    expect(hasNoSales(dayOf((fold) => fold.category("food", "Food").gross(0)))).toBe(true);
  });

  it("a day that was all comps still shows what was given away", () => {
    const day = dayOf((fold) => {
      fold.category("food", "Food").gross(4_000);
      fold.comp.in(4_000);
    });
    expect(shape(entryFor(day))).toEqual([["comp", "debit", 4_000], ["sales:food", "credit", 4_000]]);
    expect(hasNoSales(day)).toBe(false);
  });

  it("a cash-only day debits the drawer", () => {
    const day = dayOf((fold) => {
      fold.category("food", "Food").gross(1_000);
      fold.tender("cash", "", "Cash").in(1_000);
    });
    expect(shape(entryFor(day))).toEqual([["tender:cash", "debit", 1_000], ["sales:food", "credit", 1_000]]);
  });

  it("a day of refunds alone credits the tender", () => {
    const day = dayOf((fold) => {
      fold.category("food", "Food").returned(1_000);
      fold.tax("t", "Tax").out(80);
      fold.tender("card", "", "Card").out(1_080);
    });
    expect(shape(entryFor(day))).toEqual([["return:food", "debit", 1_000], ["tax:t", "debit", 80], ["tender:card", "credit", 1_080]]);
  });

  it("a refund that names no goods goes to its own line", () => {
    const day = dayOf((fold) => {
      fold.category("unallocated", "Refunds without goods").returned(500);
      fold.tender("card", "", "Card").out(500);
    });
    const [first] = entryFor(day).lines;
    expect(first).toMatchObject({ key: "return:unallocated", description: "Refunds without goods", side: "debit", minor: 500 });
  });

  it("a card redeemed beyond what was ever sold lessens the liability all the same", () => {
    const day = dayOf((fold) => {
      fold.category("food", "Food").gross(9_000);
      fold.tender("gift_card", "", "Gift card").in(9_000);
    });
    expect(shape(entryFor(day))).toEqual([["gift_card_redeemed", "debit", 9_000], ["sales:food", "credit", 9_000]]);
  });

  it("a tip paid by gift card is owed to staff like any other", () => {
    const day = dayOf((fold) => {
      fold.category("hair", "Hair").gross(5_000);
      fold.tip.in(1_000);
      fold.tender("gift_card", "", "Gift card").in(6_000);
    });
    expect(shape(entryFor(day))).toEqual([["gift_card_redeemed", "debit", 6_000], ["sales:hair", "credit", 5_000], ["tip", "credit", 1_000]]);
  });

  it("gift cards of several names are one liability", () => {
    const day = dayOf((fold) => {
      fold.category("hair", "Hair").gross(5_000);
      fold.tender("gift_card", "own", "Gift card").in(2_000);
      fold.tender("gift_card", "mall", "Mall card").in(3_000);
    });
    expect(shape(entryFor(day))).toEqual([["gift_card_redeemed", "debit", 5_000], ["sales:hair", "credit", 5_000]]);
  });

  it("cash paid out beyond cash taken stands on the credit side", () => {
    const day = dayOf((fold) => {
      fold.category("food", "Food").gross(1_000);
      fold.tip.in(5_000);
      fold.tender("card", "", "Card").in(5_000);
      fold.tender("cash", "", "Cash").in(1_000);
      fold.paidOut("tips", "", "Tips", 5_000);
    });
    expect(shape(entryFor(day))).toEqual([
      ["tender:card", "debit", 5_000], ["tip", "debit", 5_000], ["sales:food", "credit", 1_000], ["tip", "credit", 5_000],
      ["tender:cash", "credit", 4_000],
    ]);
  });

  it("cash that was moved out of the drawer stands on an account of its own, as one line", () => {
    const day = dayOf((fold) => ["bank", "safe"].forEach((id) => fold.paidOut("moved", id, id, 350)));
    expect(shape(entryFor(day))).toEqual([["cash_moved", "debit", 700], ["tender:cash", "credit", 700]]);
    expect(linesOf(day).map(({ nature }) => nature)).toEqual(["asset", "asset"]);
  });

  it("tips paid out of a drawer that took no cash credit cash", () => {
    const day = dayOf((fold) => fold.paidOut("tips", "", "Tips", 700));
    expect(shape(entryFor(day))).toEqual([["tip", "debit", 700], ["tender:cash", "credit", 700]]);
  });

  it("a drawer that was over credits the difference", () => {
    const day = dayOf((fold) => fold.cashOverShort(125));
    expect(shape(entryFor(day))).toEqual([["tender:cash", "debit", 125], ["cash_over_short", "credit", 125]]);
  });

  it("a house account is charged, and paid later", () => {
    const day = dayOf((fold) => {
      fold.category("food", "Food").gross(3_000);
      fold.tender("house_account", "", "").in(3_000);
      fold.houseAccountPayment(2_000);
      fold.tender("check", "", "").in(2_000);
    });
    expect(shape(entryFor(day))).toEqual([
      ["tender:check", "debit", 2_000], ["tender:house_account", "debit", 3_000],
      ["sales:food", "credit", 3_000], ["house_account_payment", "credit", 2_000],
    ]);
  });

  it("a tender taken and given back in full leaves no line", () => {
    const day = dayOf((fold) => {
      fold.category("food", "Food").gross(100);
      fold.category("food", "Food").returned(100);
      fold.tender("card", "", "Card").in(100);
      fold.tender("card", "", "Card").out(100);
    });
    expect(shape(entryFor(day))).toEqual([["return:food", "debit", 100], ["sales:food", "credit", 100]]);
  });

  it.each([["JPY", 1_100], ["KWD", 1_100]])("a day in %s is booked in its own minor units", (currency, minor) => {
    const day = dayOf((fold) => {
      fold.category("food", "Food").gross(minor);
      fold.tender("cash", "", "Cash").in(minor);
    }, currency);
    expect(entryFor(day)).toMatchObject({ currency, totalMinor: minor });
  });
});

describe("a day is refused", () => {
  it("when it is out of balance, with the difference and the smaller side", () => {
    const day = dayOf((fold) => {
      fold.category("food", "Food").gross(232_353);
      fold.tender("card", "", "Card").in(232_153);
    });
    expect(buildEntry(day, mappingFor(day))).toEqual({
      ok: false,
      failure: {
        kind: "out_of_balance", differenceMinor: 200, currency: "USD",
        message: "The till's sales come to 2,323.53 but its tenders to 2,321.53 (Card 2,321.53): 2.00 USD is missing from the tenders",
      },
    });
  });

  it("when lines have no account, naming every one of them once and nothing else", () => {
    const { "sales:food": _food, "tax:sales-tax": _tax, tip: _tip, ...rest } = ordinaryMapping.accounts as Record<string, { id: string; name: string }>;
    const built = buildEntry(ordinaryDay(), { version: 2, accounts: rest });
    expect(built).toEqual({
      ok: false,
      failure: {
        kind: "unmapped",
        lines: [{ key: "tip", label: "Tips" }, { key: "tax:sales-tax", label: "Sales tax" }, { key: "sales:food", label: "Food" }],
      },
    });
  });

  it("when the rounding is more than a minor unit an order: it is held and never plugged", () => {
    const rounded = (orders: number, minor: number): SalesDay => dayOf((fold) => {
      fold.order(orders - 1);
      fold.category("food", "Food").gross(10_000);
      fold.rounding(minor);
      fold.tender("cash", "", "Cash").in(10_000 + minor);
    });
    expect(refusalOf(rounded(100, 100))).toBe("built");
    expect(refusalOf(rounded(100, -100))).toBe("built");
    const refused = buildEntry(rounded(100, -101), mappingFor(rounded(100, -101)));
    expect(refused).toEqual({
      ok: false, failure: { kind: "rounding_too_large", roundingMinor: -101, limitMinor: 100, currency: "USD" },
    });
  });

  it("for rounding only above the smallest coin on a day of few orders, or above the shop's own limit", () => {
    const day = dayOf((fold) => {
      fold.category("food", "Food").gross(1_000);
      fold.rounding(5);
      fold.tender("cash", "", "Cash").in(1_005);
    });
    expect(roundingLimitOf(day)).toBe(5);
    expect(shape(entryFor(day))).toContainEqual(["rounding", "credit", 5]);
    expect(buildEntry(day, mappingFor(day), { roundingLimitMinor: 4 })).toMatchObject({ ok: false, failure: { kind: "rounding_too_large", limitMinor: 4 } });
  });

  it("when its amounts cancel so that nothing is left to book", () => {
    const day = dayOf((fold) => {
      fold.tender("card", "", "Card").in(100);
      fold.tender("card", "", "Card").out(100);
    });
    expect(hasNoSales(day)).toBe(true);
    expect(refusalOf(day)).toBe("invalid_day");
  });
});

describe("an entry cannot be made", () => {
  it.each([
    ["of no lines", []],
    ["that is unbalanced", [lineOf("tip", "Tips", "debit", 2), lineOf("tip", "Tips", "credit", 1)]],
    ["with a negative line", [lineOf("tip", "Tips", "debit", -1), lineOf("tip", "Tips", "credit", -1)]],
    ["with a line of nothing", [lineOf("tip", "Tips", "debit", 0), lineOf("tip", "Tips", "credit", 0)]],
    ["with a fraction of a cent", [lineOf("tip", "Tips", "debit", 0.5), lineOf("tip", "Tips", "credit", 0.5)]],
  ])("%s", (_name, lines) => {
    expect(() => entryOf("USD", lines)).toThrow("assertion failed");
  });

  it("balance is judged exactly", () => {
    expect(isBalanced([{ side: "debit", minor: 1 }, { side: "credit", minor: 1 }])).toBe(true);
    expect(isBalanced([{ side: "debit", minor: 2 }, { side: "credit", minor: 1 }])).toBe(false);
    expect(isBalanced([])).toBe(true);
  });
});
