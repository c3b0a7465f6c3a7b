/** A posted day that changes at the till: what is missing is posted once, what stands is never touched. */
import { describe, expect, it } from "vitest";
import { booked, BOWL, date, dayRow, entryRows, LATTE, orderOf, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type ShopOptions } from "../../support/given";

const DAY = date("2026-07-14");

async function givenPostedDay(options: ShopOptions = {}) {
  const given = givenWorld();
  const shop = await givenShop(given, options);
  sell(given, shop.locations[0], DAY, [{ id: "A" }, { id: "B", lines: [BOWL, LATTE], tender: "CASH" }]);
  await sync(given, shop, DAY);
  expect((await dayRow(shop, DAY)).state).toBe("posted");
  return { given, shop, till: given.providers.square.control, books: given.providers.quickbooks.control };
}

describe("a late sale", () => {
  it("is posted as the difference, with its cause, and the day ties again", async () => {
    const { given, shop, till } = await givenPostedDay();
    till.putOrder(orderOf(shop.locations[0], DAY, { id: "C" }));
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "corrected", revision: 2, pending: null, totals: { orderCount: 3 } });
    expect(await entryRows(shop, DAY)).toMatchObject([
      { kind: "sales", documentNumber: "DB-L00-260714-S1" },
      { kind: "correction", documentNumber: "DB-L00-260714-C2", bookedOn: DAY, totalMinor: 463, cause: "1 later sale, 4.63 more by card" },
    ]);
    expect(booked(given, shop)).toHaveLength(2);
    await sync(given, shop, DAY);
    expect(booked(given, shop)).toHaveLength(2);
  });
});
