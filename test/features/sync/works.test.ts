/** One day at the till becomes one entry in the books. */
import { describe, expect, it } from "vitest";
import { booked, BOWL, date, dayRow, entryRows, LATTE, sell, sync } from "../../support/days";
import { givenShop, givenWorld } from "../../support/given";

const DAY = date("2026-07-14");

describe("a closed day", () => {
  it("is read, posted once, read back and recorded", async () => {
    const given = givenWorld();
    const shop = await givenShop(given);
    sell(given, shop.locations[0], DAY, [{ id: "A", tipMinor: 100 }, { id: "B", lines: [BOWL, LATTE], tender: "CASH" }]);
    await sync(given, shop, DAY);
    const day = await dayRow(shop, DAY);
    expect(day).toMatchObject({ state: "posted", revision: 1, pending: null, leaseToken: null });
    expect(booked(given, shop)).toEqual([{ id: expect.any(String), number: "DB-L00-260714-S1", date: "2026-07-14" }]);
    const [entry] = await entryRows(shop, DAY);
    expect(entry).toMatchObject({ documentNumber: "DB-L00-260714-S1", postedBy: "daybook", mappingVersion: 1, dayFingerprint: day.fingerprint });
  });
});
