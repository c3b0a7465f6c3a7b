/** What is asked of the lane before a day is read must cover what the reading then calls. */
import { describe, expect, it } from "vitest";
import { CALLS_TO_READ_DAY } from "../../../src/features/sync/ask";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { cafeProfile } from "../../../src/providers/square/simulator-profile";
import { generatedSource } from "../../../src/providers/square/simulator-source";
import { date, dayRow, sync } from "../../support/days";
import { givenShop, givenWorld } from "../../support/given";

const DAY = date("2026-07-14");
const schedule = { zone: "America/New_York", cutOffs: [{ from: date("2009-01-01"), minutes: 0 }] };

describe("a day of one page with sales and refunds", () => {
  it("makes as many calls to the till as its pace was asked for, and no more", async () => {
    const id = "LPACED";
    const place = { id, schedule, catalogue: cafeCatalogue("USD"), profile: { ...cafeProfile, plainRefundShare: 0.05 }, volumeOn: () => 200 };
    const given = givenWorld({ merchants: [{ locations: [{ id, name: "Pier" }] }], orders: generatedSource("pace", [place], DAY, DAY) });
    const shop = await givenShop(given);
    const { control } = given.providers.square;
    const before = control.journal().length;
    await sync(given, shop, DAY, { post: "no" });
    expect((await dayRow(shop, DAY)).totals?.orderCount).toBeGreaterThan(190);
    const calls = control.journal().slice(before).map(({ path }) => path);
    expect(calls.toSorted()).toEqual([
      "/v2/catalog/batch-retrieve", "/v2/catalog/batch-retrieve", "/v2/orders/batch-retrieve", "/v2/orders/search", "/v2/orders/search", "/v2/refunds",
    ]);
    expect(calls).toHaveLength(CALLS_TO_READ_DAY);
  });
});
