/** What is asked of the lane before a provider is called must cover what is then called. */
import { describe, expect, it } from "vitest";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import { square } from "../../../src/providers/square/index";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { cafeProfile } from "../../../src/providers/square/simulator-profile";
import { generatedSource } from "../../../src/providers/square/simulator-source";
import { xero } from "../../../src/providers/xero/index";
import { date, dayRow, entryRows, sell, sync } from "../../support/days";
import { drawerOf } from "../../support/drawer";
import { givenShop, givenWorld, type ShopOptions } from "../../support/given";

const DAY = date("2026-07-14");
const schedule = { zone: "America/New_York", cutOffs: [{ from: date("2009-01-01"), minutes: 0 }] };

describe("a day of one page with sales, refunds and a drawer", () => {
  it("makes as many calls to the till as its pace was asked for, and no more", async () => {
    const id = "LPACED";
    const place = { id, schedule, catalogue: cafeCatalogue("USD"), profile: { ...cafeProfile, plainRefundShare: 0.05 }, volumeOn: () => 200 };
    const given = givenWorld({ merchants: [{ locations: [{ id, name: "Pier" }] }], orders: generatedSource("pace", [place], DAY, DAY) });
    const shop = await givenShop(given);
    const { control } = given.providers.square;
    control.putDrawer(drawerOf(shop.locations[0], DAY));
    const before = control.journal().length;
    await sync(given, shop, DAY, { post: "no" });
    expect((await dayRow(shop, DAY)).totals?.orderCount).toBeGreaterThan(190);
    const calls = control.journal().slice(before).map(({ path }) => path);
    expect(calls.toSorted()).toEqual([
      "/v2/cash-drawers/shifts", `/v2/cash-drawers/shifts/DRAWER-${DAY}/events`,
      "/v2/catalog/batch-retrieve", "/v2/catalog/batch-retrieve", "/v2/gift-cards/activities", "/v2/orders/batch-retrieve", "/v2/orders/search", "/v2/orders/search", "/v2/refunds",
    ]);
    expect(calls).toHaveLength(square.callsToReadDay);
  });
});

describe("an entry", () => {
  /** Posts two days, and answers how many calls the second one made when there was no need to look around any more. */
  async function callsOfPosting(options: ShopOptions, method: "journal" | "receipt") {
    const given = givenWorld();
    const shop = await givenShop(given, options);
    await given.env.SHARD_0.prepare("UPDATE posting_rule SET method = ?2 WHERE shop_id = ?1").bind(shop.shopId, method).run();
    const { quickbooks: qbo, xero: theirs } = given.providers;
    const calls = () => (options.books === "xero" ? theirs.control.calls() : qbo.control.calls()).filter(({ path }) => !/oauth2|connect/.test(path)).length;
    const post = async (on: typeof DAY) => {
      sell(given, shop.locations[0], on, [{ id: `S${on}` }]);
      const before = calls();
      await sync(given, shop, on);
      expect((await dayRow(shop, on)).state).toBe("posted");
      return calls() - before;
    };
    const first = await post(date("2026-07-12"));
    const [entry] = await entryRows(shop, date("2026-07-12"));
    return { first, second: await post(date("2026-07-13")), accounts: new Set(entry?.lines.map(({ account }) => account.id)).size };
  }

  it.each([
    ["QuickBooks' journal", quickbooks.calls, {}, "journal"], ["QuickBooks' receipts", quickbooks.calls, {}, "receipt"], ["Xero", xero.calls, { books: "xero" }, "journal"],
  ] as const)("in %s makes as many calls as its pace was asked for: the first of a shop, and any other", async (_, calls, options, method) => {
    const { first, second, accounts } = await callsOfPosting(options, method);
    // A look-up that finds nothing makes no calls for what it found.
    const least = calls.post[method] + calls.findLookalikes;
    const most = least + calls.find[method];
    const within = (limit: number) => expect.toSatisfy((made: number) => made <= limit && made >= least);
    expect([first, second]).toEqual([within(most + accounts * calls.newAccount[method]), within(most)]);
  });
});
