import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windowOf, type BusinessDate } from "../../../src/kernel/day";
import { checkSalesDay } from "../../../src/ledger/sales-day";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import type { GeneratedDay } from "../../../src/providers/square/simulator-day";
import { generateOrders, generateSales } from "../../../src/providers/square/simulator-orders";
import { cafeProfile, lateNightProfile, type Profile } from "../../../src/providers/square/simulator-profile";
import { listedSource } from "../../../src/providers/square/simulator-source";
import type { Order } from "../../../src/providers/square/simulator-wire";
import { date, givenSquare, readDay, schedule, window } from "./given";
import { expected, flatten } from "./oracle";

const catalogue = cafeCatalogue("USD");
const busy: Profile = {
  ...cafeProfile, returnShare: 0.12, plainRefundShare: 0.08, giftCardSoldShare: 0.06, compShare: 0.06, oddTenderShare: 0.2,
};
const profiles: readonly Profile[] = [
  cafeProfile, lateNightProfile, busy,
  { ...busy, taxes: [{ id: "TAX_GST", name: "GST", percentage: "10", type: "INCLUSIVE" }], grossHoldsTax: true, cashCoinMinor: 5 },
  { ...busy, taxes: [{ id: "TAX_IN", name: "Included", percentage: "8.25", type: "INCLUSIVE" }] },
  { ...busy, taxes: [{ id: "TAX_1", name: "State", percentage: "4" }, { id: "TAX_2", name: "City", percentage: "4.5" }], cashCoinMinor: 10 },
  { ...busy, taxes: [] },
];

type Case = { readonly day: GeneratedDay; readonly earlierSales: readonly Order[] };

function generated(seed: number, profile: Profile, volume: number): Case {
  const request = { seed: `seed-${seed}`, locationId: "LA", date, window, catalogue, volume, profile };
  const yesterday = "2026-07-13" as BusinessDate;
  const earlierSales = generateSales({ ...request, date: yesterday, window: windowOf(schedule, yesterday) });
  return { day: generateOrders({ ...request, earlierSales }), earlierSales };
}

const anyCase = fc.record({ seed: fc.integer(), profile: fc.constantFrom(...profiles), volume: fc.integer({ min: 0, max: 60 }) });

describe("any generated day", () => {
  it("is read to the same totals as a naive second reading makes, and balances by itself", async () => {
    await fc.assert(fc.asyncProperty(anyCase, async ({ seed, profile, volume }) => {
      const { day, earlierSales } = generated(seed, profile, volume);
      const reading = await readDay(givenSquare(listedSource([day, { orders: earlierSales, refunds: [] }])));
      expect(flatten(reading.day)).toEqual(expected({ ...day, objects: catalogue.objects }, [...day.orders, ...earlierSales]));
      expect(checkSalesDay(reading.day).ok).toBe(true);
    }), { numRuns: 120 });
  });

  it("is made again from the same seed, and not from another", () => {
    expect(generated(7, busy, 40)).toEqual(generated(7, busy, 40));
    expect(generated(7, busy, 40)).not.toEqual(generated(8, busy, 40));
  });
});
