import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf } from "../../src/ledger/lines";
import { accountFor, missingLines, type LineKey } from "../../src/ledger/mapping";
import { createSalesDayFold, type SalesDay } from "../../src/ledger/sales-day";
import { mappingOf, ordinaryDay, ordinaryMapping } from "./examples";
import { balancedDay, mappingFor } from "./random-day";

const nothing = mappingOf({});

function goesTo(accounts: Readonly<Record<string, string>>, key: string): string | null {
  return accountFor(mappingOf(accounts), key as LineKey)?.name ?? null;
}

/** The same day with every label changed, as after a renaming at the till. */
function renamed(day: SalesDay): SalesDay {
  const rename = <Row extends { readonly label: string }>(rows: readonly Row[]): Row[] => rows.map((row) => ({ ...row, label: `New ${row.label}` }));
  return {
    ...day, categories: rename(day.categories), serviceCharges: rename(day.serviceCharges), taxes: rename(day.taxes),
    tenders: rename(day.tenders), paidOuts: rename(day.paidOuts),
  };
}

describe("the lines of a day", () => {
  it("carry keys of the till's ids, labels for people, and the nature of the account", () => {
    const subjects = linesOf(ordinaryDay()).map(({ key, label, nature }) => [key, label, nature]);
    expect(subjects).toEqual([
      ["tender:card", "Card", "asset"],
      ["tender:cash", "Cash", "asset"],
      ["cash_over_short", "Cash over or short", "expense"],
      ["paid_out:supplies", "Supplies", "expense"],
      ["tip", "Tips", "liability"],
      ["discount", "Discounts", "contra_income"],
      ["comp", "Comps", "contra_income"],
      ["return:food", "Returns, Food", "contra_income"],
      ["return:merch", "Returns, Merch", "contra_income"],
      ["tax:sales-tax", "Sales tax", "liability"],
      ["sales:beverage", "Beverage", "income"],
      ["sales:food", "Food", "income"],
      ["sales:merch", "Merch", "income"],
      ["service_charge:service", "Service charge", "income"],
      ["tax:sales-tax", "Sales tax", "liability"],
      ["tip", "Tips", "liability"],
    ]);
  });

  it("do not change their keys or amounts when everything is renamed", () => {
    const bare = (day: SalesDay): unknown => linesOf(day).map(({ key, side, minor, nature }) => [key, side, minor, nature]);
    fc.assert(fc.property(balancedDay, (day) => {
      expect(bare(renamed(day))).toEqual(bare(day));
    }));
  });

  it("are never negative or nothing", () => {
    fc.assert(fc.property(balancedDay, (day) => {
      expect(linesOf(day).every((line) => line.minor > 0)).toBe(true);
    }));
  });

  it("tell custom tenders of one kind apart, and settle store credit and gift cards as debts", () => {
    const fold = createSalesDayFold("USD");
    fold.tender("other", "v1", "Voucher").in(1);
    fold.tender("other", "", "").in(2);
    fold.tender("store_credit", "", "").in(3);
    fold.tender("gift_card", "", "").in(4);
    expect(linesOf(fold.finish()).map(({ key, label, nature }) => [key, label, nature])).toEqual([
      ["gift_card_redeemed", "Gift cards redeemed", "liability"],
      ["tender:other", "Other tender", "asset"],
      ["tender:other:v1", "Voucher", "asset"],
      ["tender:store_credit", "Store credit", "liability"],
    ]);
  });

  it("read well whatever a till calls its categories", () => {
    const fold = createSalesDayFold("USD");
    fold.category("a", " Hot\n\tdrinks\u0000 ").gross(1);
    fold.category("b", "").gross(1);
    fold.category("c", "\uD83C").gross(1);
    fold.tax("t", "  ").in(1);
    expect(linesOf(fold.finish()).map((line) => line.description)).toEqual(["Sales, Hot drinks", "Sales, Uncategorized", "Sales, \uFFFD", "Tax"]);
  });
});

describe("the account of a line", () => {
  it("is its own where it has one", () => {
    expect(goesTo({ "sales:food": "Sales", "return:food": "Returns" }, "return:food")).toBe("Returns");
  });

  it("is its other half's where it has none", () => {
    expect(goesTo({ "sales:food": "Sales" }, "return:food")).toBe("Sales");
    expect(goesTo({ gift_card_sold: "Cards" }, "gift_card_redeemed")).toBe("Cards");
    expect(goesTo({ gift_card_redeemed: "Cards" }, "gift_card_sold")).toBe("Cards");
    expect(goesTo({ "tender:house_account": "House" }, "house_account_payment")).toBe("House");
    expect(goesTo({ house_account_payment: "House" }, "tender:house_account")).toBe("House");
  });

  it("is nobody else's: no tender, tax, discount, comp or category stands in for another", () => {
    const all = { "sales:food": "Sales", "tender:card": "Card", "tender:other": "Other", "tax:a": "Tax", discount: "Discounts", "return:x": "Returns" };
    for (const key of ["sales:drinks", "sales:x", "tender:cash", "tender:other:v1", "tax:b", "comp", "return:unallocated", "tip", "rounding"]) {
      expect(goesTo(all, key), key).toBeNull();
    }
  });

  it("is never something that every object has", () => {
    for (const key of ["constructor", "toString", "__proto__"]) expect(accountFor(nothing, key as LineKey), key).toBeNull();
  });
});

describe("missing lines", () => {
  it("are none when everything is mapped", () => {
    expect(missingLines(ordinaryDay(), ordinaryMapping)).toEqual([]);
  });

  it("are every key of the day once when nothing is", () => {
    fc.assert(fc.property(balancedDay, (day) => {
      const keys = missingLines(day, nothing).map((line) => line.key);
      expect(new Set(keys)).toEqual(new Set(linesOf(day).map((line) => line.key)));
      expect(new Set(keys).size).toBe(keys.length);
      expect(missingLines(day, mappingFor(day))).toEqual([]);
    }));
  });
});
