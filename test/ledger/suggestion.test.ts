import { describe, expect, it } from "vitest";
import { isFitting, type LedgerAccount } from "../../src/ledger/account";
import { linesOf, type LineSubject } from "../../src/ledger/lines";
import type { AccountNature, LineKey } from "../../src/ledger/mapping";
import { suggestAccounts } from "../../src/ledger/suggestion";
import { giftCardDay, mappingOf, ordinaryDay, refundDay } from "./examples";

function account(name: string, accountClass: LedgerAccount["class"], change: Partial<LedgerAccount> = {}): LedgerAccount {
  return { id: `id of ${name}`, name, type: "", class: accountClass, isActive: true, isPostable: true, currency: "USD", ...change };
}

const CHART: readonly LedgerAccount[] = [
  account("Checking", "asset"), account("Card clearing", "asset"), account("Undeposited Funds", "asset"),
  account("Accounts Receivable (A/R)", "asset", { type: "Accounts Receivable", isPostable: false }),
  account("Credit Card", "liability", { type: "Credit Card" }), account("Gift cards outstanding", "liability"),
  account("Tips payable", "liability"), account("Sales Tax Payable", "liability"), account("Payroll Taxes", "liability"),
  account("Sales, Food", "income"), account("Sales, Beverages", "income"), account("Sales, Retail", "income"),
  account("Discounts given", "income"), account("Comps", "expense"), account("Refunds", "income"), account("Uncategorized Income", "income"),
  account("Cash over/short", "expense"), account("Supplies", "expense"), account("Marketing", "expense"), account("Owner's equity", "equity"),
];

function subject(key: string, label: string, nature: AccountNature): LineSubject {
  return { key: key as LineKey, label, nature };
}

function suggested(lines: readonly LineSubject[], accounts = CHART, mapped: Readonly<Record<string, string>> = {}): Record<string, string> {
  const all = suggestAccounts(lines, accounts, mappingOf(mapped), "USD");
  return Object.fromEntries(all.map(({ key, account, reason }) => [key, `${account.name}: ${reason}`]));
}

describe("suggestions", () => {
  it("map an ordinary café's day without a wrong guess", () => {
    expect(suggested(linesOf(ordinaryDay()))).toEqual({
      "tender:card": "Card clearing: the only card clearing account",
      "tender:cash": "Undeposited Funds: the only cash account",
      cash_over_short: "Cash over/short: the only over-and-short account",
      "paid_out:supplies": "Supplies: its name matches",
      tip: "Tips payable: the only tips liability",
      discount: "Discounts given: the only discount account",
      comp: "Comps: the only account for comps",
      "return:food": "Refunds: the only returns account",
      "return:merch": "Refunds: the only returns account",
      "tax:sales-tax": "Sales Tax Payable: its name matches",
      "sales:food": "Sales, Food: its name matches",
      "sales:beverage": "Sales, Beverages: its name matches",
    });
  });

  it("see the only gift-card liability, and never the shop's credit card", () => {
    expect(suggested(linesOf(giftCardDay()))["gift_card_sold"]).toBe("Gift cards outstanding: the only gift-card liability");
    const without = CHART.filter((account) => account.name !== "Gift cards outstanding");
    expect(suggested(linesOf(giftCardDay()), without)).not.toHaveProperty("gift_card_sold");
    expect(suggested(linesOf(refundDay()), CHART)).not.toHaveProperty("tender:store_credit");
  });

  it("follow what the shop did with other categories", () => {
    const beans = [subject("sales:beans", "Coffee beans", "income")];
    const mapped = { "sales:mugs": "Sales, Retail", "sales:shirts": "Sales, Retail", "sales:cards": "Sales, Retail", "sales:tea": "Sales, Beverages" };
    expect(suggested(beans, CHART, mapped)).toEqual({ "sales:beans": "Sales, Retail: 3 other categories go there" });
    expect(suggested(beans, CHART, { "sales:mugs": "Sales, Retail" })).toEqual({ "sales:beans": "Sales, Retail: 1 other category goes there" });
  });

  it("do not count lines of another kind among the neighbours", () => {
    const taxes = [subject("tax:b", "Levy", "liability")];
    const mapped = { tip: "Credit Card", "tender:store_credit": "Credit Card", "tax:a": "Payroll Taxes" };
    expect(suggested(taxes, CHART, mapped)).toEqual({ "tax:b": "Sales Tax Payable: the only sales-tax liability" });
    expect(suggested(taxes, CHART, { ...mapped, "tax:a": "Tips payable" })).toEqual({ "tax:b": "Tips payable: 1 other tax goes there" });
  });

  it("follow a matching name before the neighbours", () => {
    const mapped = { "sales:mugs": "Sales, Retail", "sales:shirts": "Sales, Retail" };
    expect(suggested([subject("sales:f", "Food", "income")], CHART, mapped)).toEqual({ "sales:f": "Sales, Food: its name matches" });
  });

  it("are silent where two accounts are equally likely", () => {
    expect(suggested([subject("sales:merch", "Merch", "income")])).toEqual({});
    const mapped = { "sales:a": "Sales, Retail", "sales:b": "Sales, Food" };
    expect(suggested([subject("sales:merch", "Merch", "income")], CHART, mapped)).toEqual({});
  });

  it("are silent for lines that have an account, their own or their other half's", () => {
    expect(suggested([subject("tip", "Tips", "liability")], CHART, { tip: "Credit Card" })).toEqual({});
    expect(suggested([subject("return:food", "Returns, Food", "contra_income")], CHART, { "sales:food": "Sales, Food" })).toEqual({});
  });

  it("come again when the account was made inactive", () => {
    const chart = [...CHART, account("Old tips", "liability", { isActive: false })];
    expect(suggested([subject("tip", "Tips", "liability")], chart, { tip: "Old tips" })).toEqual({ tip: "Tips payable: the only tips liability" });
  });

  it("never name a receivable, a payable, an inactive account, a foreign currency or another class", () => {
    const house = [subject("tender:house_account", "House account", "asset")];
    const chart = [
      account("House accounts", "asset", { type: "Accounts Receivable" }), account("House accounts 2", "asset", { isPostable: false }),
      account("House accounts 3", "asset", { isActive: false }), account("House accounts 4", "asset", { currency: "CAD" }),
      account("House accounts 5", "liability"), account("House accounts 6", "equity"),
    ];
    expect(suggested(house, chart)).toEqual({});
    expect(suggested(house, [...chart, account("House accounts 7", "asset")])).toEqual({ "tender:house_account": "House accounts 7: the only house-account asset" });
  });

  it("take a name as a name, whatever it holds", () => {
    for (const label of ["", "constructor", "(.*)+$", "🍕", "x".repeat(10_000)]) {
      expect(suggested([subject("sales:odd", label, "income")]), label.slice(0, 20)).toEqual({});
    }
    expect(suggested([subject("new_kind:1", "Supplies", "expense")])).toEqual({ "new_kind:1": "Supplies: its name matches" });
  });

  it("name each line once", () => {
    const tips = subject("tip", "Tips", "liability");
    expect(suggestAccounts([tips, tips], CHART, mappingOf({}), "USD")).toHaveLength(1);
  });
});

describe("an account fits a line", () => {
  it.each([
    ["income", ["income"]], ["contra_income", ["income", "expense"]], ["liability", ["liability"]], ["asset", ["asset"]],
    ["expense", ["income", "expense"]],
  ] as const)("of nature %s when its class is among %j", (nature, classes) => {
    const all = ["asset", "liability", "equity", "income", "expense"] as const;
    expect(new Set(all.filter((one) => isFitting(account("x", one), nature, "USD")))).toEqual(new Set(classes));
  });
});
