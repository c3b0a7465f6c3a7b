/** Each known export, in the headings that it has had, and any other by its columns. */
import { describe, expect, it } from "vitest";
import { checkSalesDay } from "../../../src/ledger/sales-day";
import { combineHalves, PLAIN, recognise, suggestColumns, type Layout } from "../../../src/providers/file/index";
import { CLOVER_ITEMS, CLOVER_PAYMENTS, folded, ITEMS_2018, ITEMS_2024, ITEMS_2026, onlyDay, reading, sheet, TRANSACTIONS_2018, TRANSACTIONS_2026 } from "./reading";

const EASTERN = "Eastern Time (US & Canada)";
const item = (cells: Readonly<Record<string, string>>) => ({ Date: "2026-07-14", Time: "10:15:00", "Time Zone": EASTERN, "Event Type": "Payment", "Transaction ID": "T1", Location: "Main", Discounts: "$0.00", Tax: "$0.00", ...cells });
const paid = (cells: Readonly<Record<string, string>>) => ({ Date: "2026-07-14", Time: "10:15:00", "Time Zone": EASTERN, "Event Type": "Payment", "Transaction ID": "T1", Location: "Main", "Transaction Status": "Complete", ...cells });

const ITEMS = [
  item({ Category: "Drinks", Item: "Latte", "Gross Sales": "$1,004.50", Discounts: "-$4.50", Tax: "$80.00", "Transaction ID": "T1" }),
  item({ Category: "Drinks", Item: "Tea", "Gross Sales": "$3.00", Tax: "$0.24", "Transaction ID": "T1" }),
  item({ Category: "", Item: "Custom Amount", "Gross Sales": "$10.00", "Transaction ID": "T2" }),
  item({ Category: "Food", Item: "Bagel", "Gross Sales": "-$5.00", Discounts: "$1.00", Tax: "-$0.32", "Event Type": "Refund", "Transaction ID": "T3" }),
  item({ Category: "Gift Cards", Item: "Card", "Gross Sales": "$25.00", "Itemization Type": "Gift Card", "Transaction ID": "T4" }),
];
const TRANSACTIONS = [
  paid({ "Gross Sales": "$1,007.50", Discounts: "-$4.50", "Net Sales": "$1,003.00", Tax: "$80.24", Tip: "$20.00", "Total Collected": "$1,103.24", Card: "$1,103.24" }),
  paid({ "Gross Sales": "$10.00", "Net Sales": "$10.00", "Total Collected": "$10.00", Cash: "$10.00", "Transaction ID": "T2" }),
  paid({ "Gross Sales": "-$5.00", Discounts: "$1.00", "Net Sales": "-$4.00", Tax: "-$0.32", "Total Collected": "-$4.32", Card: "-$4.32", "Event Type": "Refund", "Transaction ID": "T3" }),
  paid({ "Gift Card Sales": "$25.00", "Total Collected": "$25.00", "Other Tender": "$25.00", "Other Tender Type": "Check", "Transaction ID": "T4" }),
];

describe("Square's items", () => {
  it.each([["2018", ITEMS_2018], ["2026", ITEMS_2026]])("of %s bring goods by category, what came back, discounts and tax", async (year, header) => {
    const rows = ITEMS.slice(0, year === "2018" ? 4 : 5);
    const day = await onlyDay(sheet(header, rows));
    expect(day.categories).toEqual([
      { id: "named:drinks", label: "Drinks", grossMinor: 100_750, returnedMinor: 0 },
      { id: "named:food", label: "Food", grossMinor: 0, returnedMinor: 500 },
      { id: "uncategorized", label: "Uncategorized", grossMinor: 1_000, returnedMinor: 0 },
    ]);
    expect(day).toMatchObject({ discounts: { inMinor: 450, outMinor: 100 }, taxes: [{ inMinor: 8_024, outMinor: 32 }], tenders: [], orderCount: rows.length - 1 });
    expect(day.giftCards.inMinor).toBe(year === "2018" ? 0 : 2_500);
  });

  it("of a file whose gross holds the tax are read by its product sales", async () => {
    const day = await onlyDay(sheet(ITEMS_2024, [{ Date: "14/07/2026", Category: "Tea", Item: "Pot", "Product Sales": "$5.00", Discounts: "-$1.00", "Net Sales": "$4.00", Tax: "$0.40", "Gross Sales": "$4.40", "Event Type": "Payment" }]), { currency: "AUD" });
    expect(day).toMatchObject({ categories: [{ grossMinor: 500 }], discounts: { inMinor: 100 }, taxes: [{ inMinor: 40 }] });
  });
});

describe("Square's transactions", () => {
  it.each([["2018", TRANSACTIONS_2018], ["2026", TRANSACTIONS_2026]])("of %s are a day by themselves that balances, its goods in one sum", async (year, header) => {
    const rows = year === "2018" ? TRANSACTIONS.map((cells) => Object.fromEntries(Object.entries(cells).filter(([name]) => name !== "Transaction Status"))) : TRANSACTIONS;
    const day = await onlyDay(sheet(header, rows));
    expect(checkSalesDay(day).ok).toBe(true);
    expect(day.tenders.map(({ kind, inMinor, outMinor }) => [kind, inMinor, outMinor])).toEqual([["card", 110_324, 432], ["cash", 1_000, 0], ["check", 2_500, 0]]);
    expect(day).toMatchObject({ tips: { inMinor: 2_000, outMinor: 0 }, giftCards: { inMinor: 2_500 }, categories: [{ id: "uncategorized", grossMinor: 101_750, returnedMinor: 500 }] });
  });

  it("count what Cash App took once, whether or not another column holds it already", async () => {
    const own = await onlyDay(sheet(TRANSACTIONS_2026, [paid({ "Gross Sales": "$8.00", "Total Collected": "$8.00", "Cash App": "$8.00" })]));
    expect(own.tenders).toMatchObject([{ kind: "wallet", label: "Cash App", inMinor: 800 }]);
    const within = await onlyDay(sheet(TRANSACTIONS_2026, [paid({ "Gross Sales": "$8.00", "Total Collected": "$8.00", Card: "$8.00", "Cash App": "$8.00" })]));
    expect(within.tenders).toMatchObject([{ kind: "card", inMinor: 800 }]);
  });

  it("whose tenders do not add up are named by their line, and the others taken", async () => {
    const { bad, days } = await folded(sheet(TRANSACTIONS_2026, [TRANSACTIONS[0] ?? {}, paid({ "Gross Sales": "$9.00", "Total Collected": "$9.00", Card: "$8.00" })]));
    expect(bad).toEqual([{ line: 3, reason: "The tenders of this line do not add up to its \"total collected\"." }]);
    expect(days).toHaveLength(1);
  });

  it("with a partial refund show it as a refund without goods", async () => {
    const day = await onlyDay(sheet(TRANSACTIONS_2026, [paid({ "Partial Refunds": "-$3.00", "Total Collected": "-$3.00", Card: "-$3.00", "Event Type": "Refund" })]));
    expect(day.categories).toMatchObject([{ id: "unallocated", returnedMinor: 300 }]);
    expect(checkSalesDay(day).ok).toBe(true);
  });
});

describe("two halves of a day", () => {
  it("make one that balances: goods by category, money by tender", async () => {
    const goods = await onlyDay(sheet(ITEMS_2026, ITEMS));
    const money = await onlyDay(sheet(TRANSACTIONS_2026, TRANSACTIONS));
    const whole = combineHalves(goods, money);
    expect(whole.ok && whole.value.categories.map(({ id }) => id)).toEqual(["named:drinks", "named:food", "uncategorized"]);
    expect(whole.ok && checkSalesDay(whole.value).ok).toBe(true);
  });

  it("that disagree say by how much, and by what was paid", async () => {
    const goods = await onlyDay(sheet(ITEMS_2026, ITEMS.slice(1)));
    const money = await onlyDay(sheet(TRANSACTIONS_2026, TRANSACTIONS));
    const whole = combineHalves(goods, money);
    expect(whole).toMatchObject({ ok: false, failure: { kind: "out_of_balance", differenceMinor: -100_450 + 450 } });
    expect(!whole.ok && "message" in whole.failure && whole.failure.message).toContain("Card 1,098.92, Cash 10.00, Check 25.00");
  });
});

const cloverPaid = (cells: Readonly<Record<string, string>>) => ({ "Payment Date": "14-Jul-2026 09:34 PM EDT", Result: "SUCCESS", Currency: "USD", ...cells });
const cloverItem = (cells: Readonly<Record<string, string>>) => ({ "Line Item Date": "14-Jul-2026 09:30 PM EDT", "Order Payment State": "Paid", Refunded: "false", Exchanged: "false", "Total Discount": "0.00", ...cells });

describe("Clover's exports", () => {
  const items = sheet(CLOVER_ITEMS, [
    cloverItem({ "Order ID": "O1", "Item Name": "Soup", "Total Revenue": "10.00", "Order Discount Proportion": "-1.00", "Item Total": "9.00", "Tax Amount": "0.72" }),
    cloverItem({ "Order ID": "O1", "Item Name": "Gratuity", "Total Revenue": "1.62", "Item Total": "1.62", "Tax Amount": "0.00", "Service Charge": "True" }),
    cloverItem({ "Order ID": "O2", "Item Name": "Bread", "Total Revenue": "4.00", "Item Total": "4.00", "Tax Amount": "0.32", Refunded: "true" }),
    cloverItem({ "Order ID": "O3", "Item Name": "Open", "Total Revenue": "7.00", "Item Total": "7.00", "Tax Amount": "0.56", "Order Payment State": "Open" }),
  ]);
  const payments = sheet(CLOVER_PAYMENTS, [
    cloverPaid({ "Payment ID": "P1", "Order ID": "O1", Tender: "Credit Card", Amount: "11.34", "Tax Amount": "0.72", "Tip Amount": "2.00" }),
    cloverPaid({ "Payment ID": "P2", "Order ID": "O2", Tender: "Cash", Amount: "4.32", "Tax Amount": "0.32", "Tip Amount": "", "# Refunds": "1", "Refund Amount": "4.32" }),
    cloverPaid({ "Payment ID": "P3", "Order ID": "O2", Tender: "Credit Card", Amount: "99.00", "Tax Amount": "0.00", Result: "FAIL" }),
  ]);

  it("of payments count what succeeded, tips beside the amount, refunds beside the sale", async () => {
    const { days, skippedCount } = await folded(payments);
    expect(skippedCount).toBe(1);
    expect(days[0]?.day.tenders.map(({ kind, inMinor, outMinor }) => [kind, inMinor, outMinor])).toEqual([["card", 1_334, 0], ["cash", 432, 432]]);
    expect(days[0] !== undefined && checkSalesDay(days[0].day).ok).toBe(true);
  });

  it("of line items count what is paid: goods, discounts, service charges, and what came back", async () => {
    const day = await onlyDay(items);
    expect(day).toMatchObject({ categories: [{ id: "uncategorized", grossMinor: 1_400, returnedMinor: 400 }], discounts: { inMinor: 100 }, serviceCharges: [{ inMinor: 162 }] });
  });

  it("together make a day that balances", async () => {
    const whole = combineHalves(await onlyDay(items), (await onlyDay(payments)));
    expect(whole.ok && whole.value).toMatchObject({ taxes: [{ inMinor: 104, outMinor: 32 }], tips: { inMinor: 200 }, categories: [{ returnedMinor: 400 }] });
  });
});

describe("any other file", () => {
  const layout: Layout = {
    ...PLAIN, id: "custom", name: "Kasse", part: "whole", dates: "dmy", decimals: "comma",
    columns: { date: "datum", time: "zeit", category: "warengruppe", quantity: "menge", price: "preis", tax: "mwst", tender: "zahlungsart", refund: "storno" },
  };

  it("is read by the columns that somebody named once", async () => {
    const day = await onlyDay("Datum;Zeit;Warengruppe;Menge;Preis;MwSt;Zahlungsart;Storno\r\n14.07.2026;09:00;Kaffee;2;1.003,50;3,21;Girocard;\r\n14.07.2026;9:05;Kuchen;1;3,00;0,21;Bar;ja\r\n14.07.2026;9:06;Kuchen;1;3,00;0,21;Bar;x\r\n", { layout, currency: "EUR" });
    expect(day.categories).toEqual([{ id: "named:kaffee", label: "Kaffee", grossMinor: 200_700, returnedMinor: 0 }, { id: "named:kuchen", label: "Kuchen", grossMinor: 300, returnedMinor: 300 }]);
    expect(day.tenders.map(({ kind, inMinor, outMinor }) => [kind, inMinor, outMinor])).toEqual([["card", 201_021, 0], ["cash", 321, 321]]);
    expect(checkSalesDay(day).ok).toBe(true);
  });

  it("is not guessed at: its headings come back, with what they could be", async () => {
    const headings = ["transaction_id", "transaction_date", "transaction_time", "transaction_qty", "store_id", "store_location", "product_id", "unit_price", "product_category", "product_type", "product_detail"];
    expect(await reading(`${headings.join(",")}\n1,2023-01-01,07:06:11,2,5,Lower Manhattan,32,3.00,Coffee,a,b\n`)).toEqual({ ok: true, value: { kind: "unknown_layout", headings } });
    expect(recognise(headings)).toBeNull();
    expect(suggestColumns(headings)).toMatchObject({ date: "transaction_date", time: "transaction_time", order: "transaction_id", quantity: "transaction_qty", price: "unit_price", category: "product_category", place: "store_location" });
  });

  it("that lacks a column of its layout is refused by the column's name", async () => {
    expect(await reading("Datum;Warengruppe\n14.07.2026;Kaffee\n", { layout })).toMatchObject({ ok: false, failure: { kind: "invalid_input", message: expect.stringContaining("\"zeit\"") } });
  });
});
