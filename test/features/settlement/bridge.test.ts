/** From takings to deposits, day by day, and what is still on its way: nothing is left over without a name. */
import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/kernel/clock";
import { addDays, windowOf, type BusinessDate } from "../../../src/kernel/day";
import type { BridgesView, BridgeView } from "../../../src/features/payouts/contract";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { generateOrders, generateSales } from "../../../src/providers/square/simulator-orders";
import { cafeProfile } from "../../../src/providers/square/simulator-profile";
import { listedSource } from "../../../src/providers/square/simulator-source";
import { booked, date, sell, sync } from "../../support/days";
import { givenShop, givenWorld, NOW, type GivenShop, type GivenWorld } from "../../support/given";
import { changePayout, payoutRows, readPayoutsOf } from "../../support/payouts";
import { visitorOf } from "../../support/serve";

async function bridgesOf(given: GivenWorld, shop: GivenShop, from: string, to: string): Promise<BridgesView> {
  const { status, body } = await visitorOf(given, shop, "viewer")("GET", `/payouts/bridge?from=${from}&to=${to}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as BridgesView;
}

/** Both ways to the sum in the middle, and from there to the deposits. */
function expectToHold(bridge: BridgeView): void {
  const { takenMinor, refundedMinor, otherDaysMinor, otherPayoutsMinor, onItsWayMinor, unexplainedMinor, grossSettledMinor } = bridge;
  expect(takenMinor - refundedMinor + otherDaysMinor - otherPayoutsMinor - onItsWayMinor - unexplainedMinor).toBe(grossSettledMinor);
  const { feesMinor, chargebacksMinor, adjustmentsMinor, withheldMinor, returnedMinor, depositsMinor } = bridge;
  expect(grossSettledMinor - feesMinor - chargebacksMinor - adjustmentsMinor - withheldMinor - returnedMinor).toBe(depositsMinor);
}

/** An account's balance in the simulated books, debits less credits, added up from the entries themselves. */
function balanceInBooks(given: GivenWorld, shop: GivenShop, name: string): number {
  const { control } = given.providers.quickbooks;
  const account = control.accounts(shop.merchant.realm).find(({ Name }) => Name === name);
  const lines = control.entries(shop.merchant.realm).flatMap((entry) => entry.Line);
  return lines.reduce((total, { Amount, JournalEntryLineDetail: detail }) => {
    if (detail?.AccountRef.value !== account?.Id) return total;
    return total + Math.round((Amount ?? 0) * 100) * (detail?.PostingType === "Debit" ? 1 : -1);
  }, 0);
}

describe("a month of a busy shop", () => {
  const LOCATION = "LBUSY";
  const FIRST = date("2026-06-01");
  const schedule = { zone: "America/New_York", cutOffs: [{ from: date("2009-01-01"), minutes: 0 }] };
  const dates = Array.from({ length: 44 }, (_, index) => addDays(FIRST, index));
  const catalogue = cafeCatalogue("USD");
  const profile = { ...cafeProfile, oddTenderShare: 0, splitShare: 0, giftCardRedeemedShare: 0, giftCardSoldShare: 0, autoGratuityShare: 0, deliveryShare: 0, returnShare: 0.05, plainRefundShare: 0.02 };
  const requestOf = (on: BusinessDate) => ({ seed: "busy", locationId: LOCATION, date: on, window: windowOf(schedule, on), catalogue, volume: 25, profile });
  const orders = listedSource(dates.map((on) => generateOrders({ ...requestOf(on), earlierSales: on === FIRST ? [] : generateSales(requestOf(addDays(on, -1))) })));

  it("ends with the clearing account at what is still on its way and held back, and the bank at its deposits", async () => {
    const given = givenWorld({ orders, merchants: [{ locations: [{ id: LOCATION, name: "Pier" }] }], now: NOW - 30 * DAY });
    const shop = await givenShop(given, { startsOn: FIRST, payouts: true });
    const [place] = shop.locations;
    changePayout(given, place, date("2026-06-18"), { extra: [{ type: "DISPUTE", grossMinor: -2_500 }, { type: "SQUARE_CAPITAL_PAYMENT", grossMinor: -4_000 }] });
    changePayout(given, place, date("2026-06-25"), { extra: [{ type: "RESERVE_HOLD", grossMinor: -3_000 }] });
    changePayout(given, place, date("2026-07-14"), { sentAt: null });
    for (let night = 0; night <= 30; night += 1) {
      await given.jobs.scheduled(given.env);
      await given.drain();
      given.pass(DAY - (given.now() - (NOW - (30 - night) * DAY)));
    }
    const rows = await payoutRows(shop);
    expect(rows.length).toBeGreaterThan(25);
    const { results: days } = await given.env.SHARD_0.prepare("SELECT business_date, reason FROM day WHERE shop_id = ?1 AND state NOT IN ('posted', 'final')").bind(shop.shopId).all();
    expect(days).toEqual([]);
    expect(rows.filter(({ state }) => state !== "posted").map(({ state, arrivalDate }) => [state, arrivalDate])).toEqual([]);
    const { bridges: [june], ageing: [open], clearing } = await bridgesOf(given, shop, "2026-06-01", "2026-06-30");
    if (june === undefined || open === undefined || clearing === null) throw new Error("there is a bridge");
    expectToHold(june);
    expect(june).toMatchObject({ unexplainedMinor: 0, unexplained: [], chargebacksMinor: 2_500, adjustmentsMinor: 4_000, withheldMinor: 3_000 });
    expect(clearing.balanceMinor).toBe(balanceInBooks(given, shop, "Square Clearing"));
    expect(clearing.balanceMinor).toBe(open.openMinor + open.withheldMinor);
    expect([open.openMinor > 0, open.withheldMinor]).toEqual([true, 3_000]);
    expect(open.buckets.find(({ age }) => age === "over 10")?.minor).toBe(0);
    expect(balanceInBooks(given, shop, "Checking")).toBe(rows.reduce((total, { totals }) => total + totals.netMinor, 0));
    expect(new Set(booked(given, shop).map(({ number }) => number)).size).toBe(booked(given, shop).length);
  }, 120_000);
});

describe("the bridge of a few days", () => {
  async function givenTwoDays() {
    const given = givenWorld();
    const shop = await givenShop(given, { startsOn: date("2026-07-13"), payouts: true });
    const [place] = shop.locations;
    sell(given, place, date("2026-07-13"), [{ id: "MON" }]);
    sell(given, place, date("2026-07-14"), [{ id: "TUE" }, { id: "CASH", tender: "CASH" }]);
    for (const on of ["2026-07-13", "2026-07-14"]) await sync(given, shop, date(on));
    return { given, shop, place };
  }

  it("says of each day which payout settled it, and of the others that they are on their way", async () => {
    const { given, shop, place } = await givenTwoDays();
    changePayout(given, place, date("2026-07-14"), { sentAt: null });
    await readPayoutsOf(given, shop);
    const { bridges: [bridge], ageing, clearing } = await bridgesOf(given, shop, "2026-07-13", "2026-07-15");
    if (bridge === undefined) throw new Error("there is a bridge");
    expectToHold(bridge);
    expect(bridge.days).toMatchObject([
      { date: "2026-07-13", takenMinor: 463, openMinor: 0, settled: [{ arrivalDate: "2026-07-14", minor: 463 }] },
      { date: "2026-07-14", takenMinor: 463, openMinor: 463, settled: [] },
    ]);
    expect(bridge).toMatchObject({ onItsWayMinor: 463, grossSettledMinor: 463, feesMinor: 22, depositsMinor: 441 });
    expect(ageing).toMatchObject([{ processor: "Square", currency: "USD", openMinor: 463, withheldMinor: 0, buckets: [{ age: "0-2", minor: 463 }, { minor: 0 }, { minor: 0 }, { minor: 0 }] }]);
    expect(clearing).toEqual({ account: "Square Clearing", currency: "USD", balanceMinor: 463 });
  });

  it("names each day that no payout has settled after ten days, and how old what is open is", async () => {
    const { given, shop, place } = await givenTwoDays();
    changePayout(given, place, date("2026-07-14"), { sentAt: null });
    given.pass(12 * DAY);
    await readPayoutsOf(given, shop, { days: 35 });
    const { bridges: [bridge], ageing: [open] } = await bridgesOf(given, shop, "2026-07-13", "2026-07-15");
    expect(bridge).toMatchObject({ onItsWayMinor: 0, unexplainedMinor: 463, unexplained: [{ date: "2026-07-14", minor: 463 }] });
    expect(open?.buckets.map(({ minor }) => minor)).toEqual([0, 0, 0, 463]);
  });

  it("counts what the bank sent back as not deposited and still on its way", async () => {
    const { given, shop, place } = await givenTwoDays();
    changePayout(given, place, date("2026-07-13"), { status: "FAILED" });
    await readPayoutsOf(given, shop);
    const { bridges: [bridge], ageing: [open], clearing } = await bridgesOf(given, shop, "2026-07-13", "2026-07-15");
    if (bridge === undefined) throw new Error("there is a bridge");
    expectToHold(bridge);
    expect(bridge).toMatchObject({ returnedMinor: 441, depositsMinor: 441 });
    expect([open?.withheldMinor, clearing?.balanceMinor]).toEqual([441, 441]);
  });

  it("has other days' sales apart, where a range begins in the middle", async () => {
    const { given, shop } = await givenTwoDays();
    await readPayoutsOf(given, shop);
    const { bridges: [bridge] } = await bridgesOf(given, shop, "2026-07-14", "2026-07-14");
    if (bridge === undefined) throw new Error("there is a bridge");
    expectToHold(bridge);
    expect(bridge).toMatchObject({ takenMinor: 463, otherDaysMinor: 463, otherPayoutsMinor: 463, grossSettledMinor: 463, onItsWayMinor: 0 });
  });

  it("refuses a range that is reversed, too long or no range", async () => {
    const { given, shop } = await givenTwoDays();
    for (const query of ["from=2026-07-14&to=2026-07-13", "from=2026-01-01&to=2026-07-13", "from=2026-02-31&to=2026-03-01", "from=x&to=y"]) {
      expect((await visitorOf(given, shop)("GET", `/payouts/bridge?${query}`)).status).toBe(400);
    }
  });
});
