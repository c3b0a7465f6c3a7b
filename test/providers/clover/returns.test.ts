import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../src/kernel/clock";
import { CATEGORIES, SALES_TAX } from "../../../src/providers/clover/simulator-cafe";
import { TENDERS } from "../../../src/providers/clover/simulator-draft";
import { draftCredit, draftRefund, draftReversal } from "../../../src/providers/clover/simulator-returns";
import { EMPTY_BATCH, type Batch } from "../../../src/providers/clover/simulator-wire";
import { balancedDay, givenClover, noon, readDay, row, window } from "./given";
import { freshId, ofMenu, sale } from "./sales";

const nextDay = { start: window.end, end: window.end + DAY };
const yesterday = noon - DAY;

/** A sale of yesterday with what came back of it; the order is as it stands afterwards. */
function withRefund(sold: Batch, refunded: Batch): Batch {
  return { ...sold, orders: refunded.orders, refunds: refunded.refunds };
}

describe("refunds", () => {
  it("stand on the day on which the money went back, by the lines that came back, with their tax and tip", async () => {
    const sold = sale({ at: yesterday, lines: [ofMenu("Latte"), ofMenu("Burger")], payments: [{ tipMinor: 300 }] });
    const world = givenClover([withRefund(sold, draftRefund(sold, { id: freshId("R"), at: noon, lines: [0], tipMinor: 50 }))]);
    const day = await balancedDay(world);
    expect(day.categories).toEqual([{ id: CATEGORIES.coffee.id, label: "Coffee", grossMinor: 0, returnedMinor: 475 }]);
    expect(row(day.taxes, SALES_TAX.id)).toMatchObject({ inMinor: 0, outMinor: 42 });
    expect(day.tips).toEqual({ inMinor: 0, outMinor: 50 });
    expect(day.tenders).toMatchObject([{ kind: "card", inMinor: 0, outMinor: 475 + 42 + 50 }]);
  });

  it("leave the day of the sale as it was", async () => {
    const sold = sale({ lines: [ofMenu("Latte"), ofMenu("Burger")] });
    const world = givenClover([withRefund(sold, draftRefund(sold, { id: freshId("R"), at: window.end + HOUR, lines: [1] }))]);
    expect(await balancedDay(world)).toEqual(await balancedDay(givenClover([sale({ lines: [ofMenu("Latte"), ofMenu("Burger")] })])));
    expect((await balancedDay(world, nextDay)).categories).toMatchObject([{ id: CATEGORIES.kitchen.id, returnedMinor: 1_395 }]);
  });

  it("give back the discount and the service charge with the goods", async () => {
    const sold = sale({ at: yesterday, lines: [ofMenu("Burger")], discounts: [{ name: "Ten", percentage: 10 }, { name: "Comp", amount: -100 }], servicePercentage: 180_000 });
    const day = await balancedDay(givenClover([withRefund(sold, draftRefund(sold, { id: freshId("R"), at: noon }))]));
    expect([day.categories[0]?.returnedMinor, day.discounts.outMinor, day.comps.outMinor]).toEqual([1_395, 140, 100]);
    expect(day.serviceCharges).toMatchObject([{ outMinor: 208 }]);
  });

  it("go to the tender that they name, else to the payment's", async () => {
    const sold = sale({ at: yesterday, payments: [{ tender: TENDERS.vouchers }] });
    const toCash = draftRefund(sold, { id: freshId("R"), at: noon, tender: TENDERS.cash });
    expect((await balancedDay(givenClover([withRefund(sold, toCash)]))).tenders).toMatchObject([{ kind: "cash", outMinor: 517 }]);
    const toPayer = draftRefund(sold, { id: freshId("R"), at: noon });
    expect((await balancedDay(givenClover([withRefund(sold, toPayer)]))).tenders).toMatchObject([{ kind: "other", id: TENDERS.vouchers.id, outMinor: 517 }]);
  });

  it("of an amount alone are refunds without goods, and said to be", async () => {
    const sold = sale({ at: yesterday });
    const reading = await readDay(givenClover([withRefund(sold, draftRefund(sold, { id: freshId("R"), at: noon, amountMinor: 200 }))]));
    expect(reading.day.categories).toEqual([{ id: "unallocated", label: "Refunds without goods", grossMinor: 0, returnedMinor: 200 }]);
    expect(reading.warnings).toHaveLength(1);
  });

  it("of more than the named goods are worth put the rest on its own line, and of less give back in proportion", async () => {
    const sold = sale({ at: yesterday, lines: [ofMenu("House beans")] });
    const refunded = draftRefund(sold, { id: freshId("R"), at: noon, lines: [0] });
    const changed = (by: number): Batch => withRefund(sold, { ...refunded, refunds: refunded.refunds.map((one) => ({ ...one, amount: one.amount + by })) });
    const more = await balancedDay(givenClover([changed(3)]));
    expect(more.categories.map(({ id, returnedMinor }) => [id, returnedMinor])).toEqual([[CATEGORIES.retail.id, 1_850], ["unallocated", 3]]);
    expect((await balancedDay(givenClover([changed(-850)]))).categories).toMatchObject([{ id: CATEGORIES.retail.id, returnedMinor: 1_000 }]);
  });

  it.each(["FAIL", "PENDING", "VOIDED"] as const)("that are %s gave nothing back", async (status) => {
    const sold = sale({ at: yesterday });
    const day = await balancedDay(givenClover([withRefund(sold, draftRefund(sold, { id: freshId("R"), at: noon, status }))]));
    expect(day.tenders).toEqual([]);
  });

  it("of a gift card lessen what is owed, not what was sold", async () => {
    const sold = sale({ at: yesterday, lines: [ofMenu("Gift card")] });
    const day = await balancedDay(givenClover([withRefund(sold, draftRefund(sold, { id: freshId("R"), at: noon }))]));
    expect([day.giftCards.outMinor, day.categories]).toEqual([2_500, []]);
  });
});

describe("credits", () => {
  const tax = { ...SALES_TAX, taxableAmount: 1_000, taxAmount: 89 };

  it("are money back without a sale, with the tax that they state", async () => {
    const credit = draftCredit({ id: freshId("K"), at: noon, amountMinor: 1_089, tender: TENDERS.cash, taxes: [tax] });
    const day = await balancedDay(givenClover([{ ...EMPTY_BATCH, credits: [credit] }]));
    expect(day.categories).toMatchObject([{ id: "unallocated", returnedMinor: 1_000 }]);
    expect(day.taxes).toMatchObject([{ id: SALES_TAX.id, outMinor: 89 }]);
    expect(day.tenders).toMatchObject([{ kind: "cash", outMinor: 1_089 }]);
  });

  it("that were taken back stand on their day, and their reversal on its own", async () => {
    const given = draftCredit({ id: freshId("K"), at: noon, amountMinor: 1_089, tender: TENDERS.cash, taxes: [tax] });
    const { credit, reversal } = draftReversal(given, window.end + HOUR);
    const world = givenClover([{ ...EMPTY_BATCH, credits: [credit], credit_refunds: [reversal] }]);
    expect((await balancedDay(world)).tenders).toMatchObject([{ kind: "cash", inMinor: 0, outMinor: 1_089 }]);
    expect(await balancedDay(world, nextDay)).toMatchObject({ tenders: [{ kind: "cash", inMinor: 1_089, outMinor: 0 }], taxes: [{ inMinor: 89 }] });
  });

  it("that were voided before anything came of them are none", async () => {
    const credit = draftCredit({ id: freshId("K"), at: noon, amountMinor: 500, tender: TENDERS.credit, isVoided: true });
    expect((await balancedDay(givenClover([{ ...EMPTY_BATCH, credits: [credit] }]))).tenders).toEqual([]);
  });
});
