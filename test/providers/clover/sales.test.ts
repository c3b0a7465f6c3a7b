import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../src/kernel/clock";
import { checkSalesDay } from "../../../src/ledger/sales-day";
import { CATEGORIES, PREPARED_FOOD_TAX, SALES_TAX } from "../../../src/providers/clover/simulator-cafe";
import { TENDERS } from "../../../src/providers/clover/simulator-draft";
import { balancedDay, givenClover, MERCHANT, noon, readDay, row, tryDay, window } from "./given";
import { ofMenu, sale } from "./sales";

const nextDay = { start: window.end, end: window.end + DAY };

describe("a day's sales", () => {
  it("are its payments, by category, tax and tender, with the tip beside the amount", async () => {
    const day = await balancedDay(givenClover([
      sale({ payments: [{ tipMinor: 100 }] }),
      sale({ lines: [ofMenu("Burger"), ofMenu("Latte")], payments: [{ tender: TENDERS.cash }] }),
    ]));
    expect(day.categories.map(({ label, grossMinor }) => [label, grossMinor])).toEqual([["Coffee", 950], ["Kitchen", 1_395]]);
    // 8.875 % of 4.75 is 42.156 cents, of 18.70 it is 165.96; 1 % of 13.95 is 13.95.
    expect(row(day.taxes, SALES_TAX.id)).toMatchObject({ inMinor: 42 + 166, label: "NY Sales Tax 8.875%" });
    expect(row(day.taxes, PREPARED_FOOD_TAX.id)).toMatchObject({ inMinor: 14 });
    expect(day.tips).toEqual({ inMinor: 100, outMinor: 0 });
    expect(day.tenders.map(({ kind, id, inMinor }) => [kind, id, inMinor])).toEqual([["card", "", 617], ["cash", "", 2_050]]);
    expect(day.orderCount).toBe(2);
  });

  it("counts what was paid on the day, whenever it was ordered, and nothing of the days around it", async () => {
    const world = givenClover([
      sale({ at: window.start - 2 * HOUR, payments: [{ at: noon }] }),
      sale({ at: window.end - HOUR, payments: [{ at: window.end }] }),
      sale({ at: window.start, payments: [{ at: window.start }] }),
      sale({ at: window.start - 1 }),
      sale({ at: window.end }),
    ]);
    expect((await readDay(world)).orderCount).toBe(2);
    expect((await readDay(world, nextDay)).orderCount).toBe(2);
  });

  it("is empty on a day without any, and says so", async () => {
    const reading = await readDay(givenClover());
    expect(reading).toMatchObject({ orderCount: 0, openChecks: { count: 0, minor: 0 }, warnings: [] });
    expect(reading.day.tenders).toEqual([]);
  });

  it("keeps discounts apart from comps, on lines and on the order, to the cent", async () => {
    const day = await balancedDay(givenClover([sale({
      lines: [ofMenu("Burger", { discounts: [{ name: "Happy hour", percentage: 15 }, { name: "Oops", amount: -37 }] }), ofMenu("Latte", { discounts: [{ name: "Comp", percentage: 100 }] })],
      discounts: [{ name: "Neighbour", percentageDecimal: 75_000 }, { name: "Comped - kitchen", amount: -100 }],
    })]));
    // 13.95 less 15 % (2.09) less 0.37 is 11.49; 7.5 % of that is 0.86.
    expect(day.discounts.inMinor).toBe(209 + 37 + 86);
    expect(day.comps.inMinor).toBe(475 + 100);
    expect(day.categories.reduce((sum, { grossMinor }) => sum + grossMinor, 0)).toBe(1_395 + 475);
  });

  it("posts the tax that the payment states, and no product of rate and base", async () => {
    const stated = sale();
    const [payment] = stated.payments;
    if (payment === undefined) throw new Error("a sale is paid");
    const odd = { ...payment, amount: payment.amount + 1, taxAmount: 43, taxRates: { elements: [{ ...SALES_TAX, taxableAmount: 475, taxAmount: 43 }] } };
    const day = await balancedDay(givenClover([{ ...stated, payments: [odd] }]));
    expect([row(day.taxes, SALES_TAX.id)?.inMinor, day.roundingMinor]).toEqual([43, 0]);
  });

  it("reckons the tax where a payment says nothing of it", async () => {
    const day = await balancedDay(givenClover([sale({ lines: [ofMenu("Burger")], payments: [{ statesTax: false }] })]));
    expect(day.taxes.map(({ id, inMinor }) => [id, inMinor])).toEqual([[SALES_TAX.id, 124], [PREPARED_FOOD_TAX.id, 14]]);
  });

  it("takes an inclusive tax out of the goods that hold it", async () => {
    const vat = { id: "TAXVAT0000023", name: "VAT", rate: 2_300_000 };
    const day = await balancedDay(givenClover([sale({
      isVat: true, lines: [ofMenu("Latte", { priceMinor: 1_230, taxRates: [vat] }), ofMenu("House beans", { priceMinor: 500 })], discounts: [{ name: "Ten", percentage: 10 }],
    })]));
    // 90 % of 12.30 is 11.07, of which 2.07 is tax; the beans hold none.
    expect(day.taxes.map(({ inMinor }) => inMinor)).toEqual([207]);
    expect(day.categories.map(({ label, grossMinor }) => [label, grossMinor])).toEqual([["Coffee", 1_230 - 207], ["Retail", 500]]);
    expect(day.discounts.inMinor).toBe(173);
  });

  it("puts gift cards sold with the liabilities, fees and service charges on lines of their own", async () => {
    const day = await balancedDay(givenClover([
      sale({ lines: [ofMenu("Gift card")] }),
      sale({ lines: [ofMenu("Latte"), { name: "Delivery fee", priceMinor: 399, isOrderFee: true }], servicePercentage: 180_000 }),
    ]));
    expect(day.giftCards).toMatchObject({ inMinor: 2_500 });
    expect(day.serviceCharges.map(({ id, inMinor }) => [id, inMinor])).toEqual([["SERV1CECHARGE", 157], ["order-fee:Delivery fee", 399]]);
  });

  it("books surcharges inside what was paid, and cash discounts as discounts", async () => {
    const day = await balancedDay(givenClover([
      sale({ payments: [{ charges: [{ type: "CREDIT_SURCHARGE", amount: 15 }] }] }),
      sale({ payments: [{ tender: TENDERS.cash, charges: [{ type: "CASH_DISCOUNT", amount: -20 }] }] }),
    ]));
    expect(day.serviceCharges).toEqual([{ id: "charge:CREDIT_SURCHARGE", label: "Credit surcharge", inMinor: 15, outMinor: 0 }]);
    expect(day.discounts.inMinor).toBe(20);
    expect(day.tenders.map(({ kind, inMinor }) => [kind, inMinor])).toEqual([["card", 532], ["cash", 497]]);
  });

  it.each([
    ["credit", "card", ""], ["debit", "card", ""], ["cash", "cash", ""], ["check", "check", ""], ["giftCard", "third_party", "external_gift_card"],
    ["external", "third_party", "external_payment"], ["vouchers", "other", TENDERS.vouchers.id],
  ] as const)("takes the tender %s as %s %s", async (name, kind, id) => {
    const day = await balancedDay(givenClover([sale({ payments: [{ tender: TENDERS[name] }] })]));
    expect(day.tenders).toMatchObject([{ kind, id, inMinor: 517 }]);
  });

  it("pays cashback out of the drawer", async () => {
    const day = await balancedDay(givenClover([sale({ payments: [{ tender: TENDERS.debit, cashbackMinor: 2_000 }] })]));
    expect(day.tenders.map(({ kind, inMinor, outMinor }) => [kind, inMinor, outMinor])).toEqual([["card", 2_517, 0], ["cash", 0, 2_000]]);
  });

  it("calls a coin of cash rounding what it is, and a cent of a card's", async () => {
    const day = await balancedDay(givenClover([
      sale({ payments: [{ tender: TENDERS.cash, amountMinor: 515 }] }), sale({ payments: [{ amountMinor: 516 }] }),
    ]));
    expect(day.roundingMinor).toBe(-3);
  });

  it("leaves out what failed, was voided, is only held, or was made in test mode", async () => {
    const world = givenClover([
      sale({ payments: [{ result: "FAIL" }, { result: "SUCCESS", amountMinor: 517 }] }), sale({ payments: [{ result: "VOIDED" }], state: "locked" }),
      sale({ payments: [{ result: "AUTH" }], state: "locked" }), sale({ isTest: true }),
    ]);
    const reading = await readDay(world);
    expect(reading.day.tenders).toMatchObject([{ kind: "card", inMinor: 517 }]);
    expect(reading.warnings).toEqual(["1 order was made in test mode and is left out"]);
    expect(reading.openChecks.count).toBe(0);
  });

  it("counts an order for nothing, for its goods were given", async () => {
    const day = await balancedDay(givenClover([sale({ discounts: [{ name: "Comp", percentage: 100 }], payments: [] })]));
    expect([day.comps.inMinor, day.categories[0]?.grossMinor, day.orderCount]).toEqual([475, 475, 1]);
  });

  it("finds hidden and deleted orders by their payments", async () => {
    const lost = sale();
    const world = givenClover([sale({ state: null }), { ...lost, orders: [] }]);
    const reading = await readDay(world);
    expect(reading.day.categories.map(({ id, grossMinor }) => [id, grossMinor])).toEqual([[CATEGORIES.coffee.id, 475], ["uncategorized", 475]]);
    expect(reading.warnings).toEqual(["1 paid order was deleted at Clover and its goods are under \"Uncategorized\""]);
    expect(checkSalesDay(reading.day).ok).toBe(true);
  });

  it("keeps deleted items and categories under their ids, and counts an item of two categories once", async () => {
    const reading = await readDay(givenClover([sale({ lines: [ofMenu("Winter stout cake"), ofMenu("Chowder"), ofMenu("Oven mitt"), { name: "Custom", priceMinor: 300 }] })]));
    expect(reading.day.categories.map(({ id, grossMinor }) => [id, grossMinor])).toEqual([
      [CATEGORIES.old.id, 650], [CATEGORIES.kitchen.id, 1_150], ["uncategorized", 1_700],
    ]);
    expect(reading.warnings).toEqual(["1 item stands in several categories and is counted in the first"]);
  });

  it("does not balance, and says by how much, where the payments are not what the lines come to", async () => {
    const reading = await readDay(givenClover([sale({ payments: [{ amountMinor: 617, statesTax: false }] })]));
    expect(reading.warnings).toEqual(["The payments of 1 order and its lines differ by 1.00 USD"]);
    expect(checkSalesDay(reading.day)).toMatchObject({ ok: false, failure: { kind: "out_of_balance", differenceMinor: -100 } });
  });

  it("refuses an order in another currency than the location's", async () => {
    expect(await tryDay(givenClover([sale({ currency: "CAD" })]))).toMatchObject({ ok: false, failure: { kind: "currency_mismatch", expected: "USD", found: "CAD" } });
  });

  it("reads a late offline payment into the day on which it was made, once it is settled", async () => {
    const world = givenClover([sale({ payments: [{ isOffline: true, result: "OFFLINE_RETRYING" }], state: "locked" })]);
    expect((await readDay(world)).warnings).toEqual(["1 payment taken offline has not been settled yet, and counts once Clover settles it"]);
    const late = sale({ payments: [{ isOffline: true }] });
    world.pass(5 * DAY);
    world.control.put(MERCHANT, late);
    expect((await readDay(world)).day.tenders).toMatchObject([{ kind: "card", inMinor: 517 }]);
  });

  it("sees a tip that is adjusted before closeout, and a void", async () => {
    const [kept, voided] = [sale(), sale()];
    const world = givenClover([kept, voided]);
    world.control.adjustTip(MERCHANT, kept.payments[0]?.id ?? "", 250);
    world.control.voidPayment(MERCHANT, voided.payments[0]?.id ?? "");
    const { day } = await readDay(world);
    expect([day.tips.inMinor, day.tenders[0]?.inMinor]).toEqual([250, 767]);
  });
});

describe("stated tax that does not agree with itself", () => {
  const stated = (taxAmount: number, ofRate: number) => {
    const sold = sale();
    const payments = sold.payments.map((one) => ({ ...one, taxAmount, taxRates: { elements: [{ ...SALES_TAX, taxableAmount: 475, taxAmount: ofRate }] } }));
    return givenClover([{ ...sold, payments }]);
  };

  it("is what the payment says in sum: more than its rates is tax without a name, less is taken from them", async () => {
    expect((await balancedDay(stated(43, 42))).taxes.map(({ id, inMinor }) => [id, inMinor])).toEqual([[SALES_TAX.id, 42], ["tax", 1]]);
    expect((await balancedDay(stated(41, 42))).taxes.map(({ id, inMinor }) => [id, inMinor])).toEqual([[SALES_TAX.id, 41]]);
  });
});
