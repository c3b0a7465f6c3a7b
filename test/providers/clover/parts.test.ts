import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../src/kernel/clock";
import { addSalesDays, checkSalesDay } from "../../../src/ledger/sales-day";
import { TENDERS } from "../../../src/providers/clover/simulator-draft";
import { balancedDay, givenClover, noon, readDay, window } from "./given";
import { ofMenu, sale } from "./sales";

const nextDay = { start: window.end, end: window.end + DAY };

describe("an order that is paid in parts", () => {
  it("is revenue as far as it is paid; the rest is an open check", async () => {
    const world = givenClover([sale({ lines: [ofMenu("House beans"), ofMenu("House beans")], payments: [{ amountMinor: 925 }] })]);
    const reading = await readDay(world);
    expect(reading.day.categories).toMatchObject([{ grossMinor: 925 }]);
    expect(reading.openChecks).toEqual({ count: 1, minor: 2_775 });
    expect(reading.warnings).toEqual(["1 order is paid in part and counted as far as paid"]);
    expect(checkSalesDay(reading.day).ok).toBe(true);
  });

  it("gives each day the part that was paid on it, together the whole, to the cent", async () => {
    const terms = { lines: [ofMenu("Burger"), ofMenu("Chowder"), ofMenu("Latte")], discounts: [{ name: "Ten", percentage: 10 }], servicePercentage: 180_000 };
    const split = sale({
      ...terms,
      payments: [{ amountMinor: 1_001, tender: TENDERS.cash }, { amountMinor: 777, at: noon + HOUR }, { at: window.end + HOUR }],
    });
    const world = givenClover([split]);
    const one = await balancedDay(world);
    const other = await balancedDay(world, nextDay);
    const both = addSalesDays(one, other);
    const whole = await balancedDay(givenClover([sale(terms)]));
    expect({ ...both, orderCount: 1, tenders: [] }).toEqual({ ...whole, tenders: [] });
    expect((await readDay(world)).openChecks.count).toBe(0);
  });

  it("keeps surcharges of both days apart from the goods of both", async () => {
    const lines = [ofMenu("House beans"), ofMenu("House beans")];
    const charges = [{ type: "CREDIT_SURCHARGE", amount: 15 }];
    const world = givenClover([sale({ lines, payments: [{ amountMinor: 1_000, charges }, { charges, at: window.end + HOUR }] })]);
    const [one, other] = [await balancedDay(world), await balancedDay(world, nextDay)];
    expect([one, other].map((day) => [day.categories[0]?.grossMinor, day.serviceCharges[0]?.inMinor, day.tenders[0]?.inMinor])).toEqual([[1_000, 15, 1_015], [2_700, 15, 2_715]]);
  });

  it("takes the cent that Clover leaves open for rounding: 4.41 is due, 4.40 is paid", async () => {
    const reading = await readDay(givenClover([sale({ lines: [ofMenu("House beans", { priceMinor: 441 })], payments: [{ amountMinor: 440 }], state: "open" })]));
    expect([reading.day.roundingMinor, reading.openChecks.count]).toEqual([-1, 0]);
    expect(checkSalesDay(reading.day).ok).toBe(true);
  });

  it("counts checks that nobody has paid, and none that were deleted or came to nothing", async () => {
    const empty = sale({ lines: [], payments: [] });
    const [gone] = sale({ payments: [] }).orders;
    if (gone === undefined) throw new Error("a sale has an order");
    const world = givenClover([sale({ payments: [] }), sale({ payments: [] }), empty, { ...empty, orders: [{ ...gone, deletedTimestamp: noon }] }]);
    expect((await readDay(world)).openChecks).toEqual({ count: 2, minor: 2 * 517 });
  });

  it("adds up for any order split in any way", async () => {
    const menu = ["Latte", "Cortado", "Burger", "Chowder", "House beans", "Gift card"];
    const anySplit = fc.record({
      names: fc.array(fc.constantFrom(...menu), { minLength: 1, maxLength: 5 }), percentage: fc.integer({ min: 0, max: 60 }), service: fc.constantFrom(0, 180_000, 125_000),
      cuts: fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 3 }), states: fc.boolean(),
    });
    await fc.assert(fc.asyncProperty(anySplit, async ({ names, percentage, service, cuts, states }) => {
      const terms = { lines: names.map((name) => ofMenu(name)), discounts: [{ name: "Off", percentage }], servicePercentage: service };
      const due = sale(terms).payments[0]?.amount ?? 0;
      const amounts = cuts.map((cut) => Math.floor((due * cut) / 400));
      const payments = [...amounts.map((amountMinor) => ({ amountMinor, statesTax: states })), { statesTax: states }];
      const day = await balancedDay(givenClover([sale({ ...terms, payments })]));
      const whole = await balancedDay(givenClover([sale({ ...terms, payments: [{ statesTax: states }] })]));
      expect(day).toEqual(whole);
    }), { numRuns: 60 });
  });
});
