/** The fixtures of the accounting reference (§6): its worked examples (§2.2), and days of every kind, from the till to the books. */
import { describe, expect, it } from "vitest";
import { HOUR } from "../../../src/kernel/clock";
import { windowOf } from "../../../src/kernel/day";
import { dayTotals } from "../../../src/ledger/sales-day";
import { orderRefundOf } from "../../../src/providers/square/simulator-returns";
import { money, type Order } from "../../../src/providers/square/simulator-wire";
import type { DraftLine } from "../../../src/providers/square/simulator-draft";
import { booked, BOWL, date, dayRow, LATTE, sync } from "../../support/days";
import { givenShop, givenWorld, type ShopOptions } from "../../support/given";
import { drawerOf, paidOut } from "../../support/drawer";
import { comeBack, inBooks, mapLine, paid, ring } from "../../support/ringing";

const DAY = date("2026-07-14");
const BEFORE = date("2026-07-13");

async function givenPlace(options: ShopOptions = {}, zone = "America/New_York") {
  const given = givenWorld({ merchants: [{ locations: [{ name: "Pier", zone }] }] });
  const shop = await givenShop(given, options);
  const [place] = shop.locations;
  return { given, shop, place, till: given.providers.square.control, noon: windowOf(place, DAY).start + 12 * HOUR };
}

const FOOD: DraftLine = { name: "Food", variationId: "VAR_BOWL", unitMinor: 0 };
const BEVERAGE: DraftLine = { name: "Beverage", variationId: "VAR_LATTE_S", unitMinor: 0 };
const MERCH: DraftLine = { name: "Merch", variationId: "VAR_GREEN", unitMinor: 0 };

const taxOf = (percentage: string) => [{ id: "TAX_CITY", name: "Sales tax", percentage }];

describe("the worked examples", () => {
  it("A: discounts, comps, a service charge, the tax that the till collected, tips, partial refunds, paid-outs and a short drawer", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, noon } = where;
    await mapLine(where, "service_charge:CHARGE", "Service Charges");
    await mapLine(where, "paid_out:expense", "Petty Cash Expenses");
    const taxes = taxOf("8.25");
    const food = ring(given, place, BEFORE, { id: "Y1", lines: [{ ...FOOD, unitMinor: 1_800 }], taxes });
    const merch = ring(given, place, BEFORE, { id: "Y2", lines: [{ ...MERCH, unitMinor: 3_000 }], taxes, tenders: (due) => [paid("Y2", due, { type: "CASH" })] });
    const sold = ring(given, place, DAY, {
      id: "A", taxes, lines: [{ ...FOOD, unitMinor: 124_000 }, { ...BEVERAGE, unitMinor: 61_000 }, { ...MERCH, unitMinor: 15_000 }],
      discounts: [{ name: "Neighbours", minor: 6_000 }, { name: "Comp", minor: 2_500 }], charges: [{ id: "CHARGE", name: "Service", minor: 3_600 }],
      tenders: () => [paid("A", 168_790, { tipMinor: 21_450 }), paid("A2", 42_113, { type: "CASH" })],
    });
    // Rate times base is 157.99; order by order the till collected 158.03, and that is what is owed.
    till.putOrder({ ...sold, taxes: (sold.taxes ?? []).map((tax) => ({ ...tax, applied_money: money(15_803, "USD") })) });
    comeBack(given, food, { at: noon });
    comeBack(given, merch, { at: noon });
    const drawer = drawerOf(place, DAY, { movements: [paidOut("Supplies for Ann", 4_500, noon), paidOut("Tips out", 12_000, noon)] });
    expect(till.expectedCash(drawer)).toBe(drawer.floatMinor + 22_365);
    till.putDrawer({ ...drawer, counted: { at: drawer.endedAt ?? 0, minor: drawer.floatMinor + 22_190 } });
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual({
      "Square Clearing": 188_291, "Undeposited Funds": 22_190, "Cash Over and Short": 175, "Petty Cash Expenses": 4_500, "Discounts Given": 6_000, Comps: 2_500, "Returns and Refunds": 4_800,
      "Food Sales": -124_000, "Coffee Sales": -61_000, "Tea Sales": -15_000, "Service Charges": -3_600, "Sales Tax Payable": 397 - 15_803, "Tips Payable": 12_000 - 21_450,
    });
    // Before what stands on both sides is netted (tips, tax), the day comes to the table's total.
    const { totals } = await dayRow(shop, DAY);
    expect(totals === null ? null : dayTotals(totals).takingsMinor).toBe(240_853);
  });

  it("B: refunds exceed sales, part of them as store credit; the clearing account stands on the credit side", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, noon } = where;
    const taxes = taxOf("7");
    const lines = (food: number, merch: number) => [{ ...FOOD, unitMinor: food }, { ...MERCH, unitMinor: merch }];
    const gift = ring(given, place, BEFORE, { id: "Y", taxes, lines: lines(64_000, 6_000), discounts: [{ name: "Sale", minor: 6_400 }] });
    ring(given, place, DAY, {
      id: "A", taxes, lines: lines(18_000, 4_500), discounts: [{ name: "Sale", minor: 1_500 }],
      tenders: () => [paid("A", 16_050), paid("A2", 6_420, { type: "CASH" })],
    });
    const returned = comeBack(given, gift, { at: noon, lines: [0, 1] });
    const [whole] = Object.values(till.snapshot().refunds);
    if (whole === undefined) throw new Error("the return is paid by a refund");
    const card = { ...whole, amount_money: money(53_052, "USD") };
    const credit = {
      ...whole, id: `${whole.id}-2`, amount_money: money(15_000, "USD"),
      destination_details: { card_details: { card: { card_brand: "SQUARE_GIFT_CARD" } } },
    };
    for (const refund of [card, credit]) till.putRefund(refund);
    till.putOrder({ ...returned, refunds: [card, credit].map(orderRefundOf) });
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual({
      "Square Clearing": -37_002, "Undeposited Funds": 6_420, "Gift Cards Outstanding": -15_000, "Discounts Given": 1_500 - 6_400, "Returns and Refunds": 70_000,
      "Food Sales": -18_000, "Tea Sales": -4_500, "Sales Tax Payable": 4_452 - 1_470,
    });
  });

  it("C: gift cards sold, redeemed (a tip too), given for nothing and refunded are a debt and no income", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, noon } = where;
    const card = (unitMinor: number): DraftLine => ({ name: "Gift card", itemType: "GIFT_CARD", unitMinor });
    const unused = ring(given, place, BEFORE, { id: "Y", lines: [card(2_500)], taxes: [] });
    ring(given, place, DAY, {
      id: "A", taxes: taxOf("6"), lines: [{ ...FOOD, unitMinor: 90_000, isTaxable: false }, { ...MERCH, unitMinor: 30_000 }, card(50_000)],
      tenders: () => [
        paid("A", 108_800, { tipMinor: 10_000 }), paid("A2", 40_000, { type: "CASH" }), paid("A3", 23_000, { type: "SQUARE_GIFT_CARD", tipMinor: 2_000 }),
      ],
    });
    till.putGiftCardIncrease({ id: "BONUS", locationId: place.externalId, at: noon, minor: 5_000, gan: "7783320001234567", reason: "COMPLIMENTARY" });
    comeBack(given, unused, { at: noon });
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual({
      "Square Clearing": 116_300, "Undeposited Funds": 40_000, "Gift Cards Outstanding": 25_000 + 2_500 - 55_000, Promotions: 5_000,
      "Food Sales": -90_000, "Tea Sales": -30_000, "Sales Tax Payable": -1_800, "Tips Payable": -12_000,
    });
  });

  it("D: a late card sale and a voided cash order are one difference", async () => {
    const where = await givenPlace();
    const { given, shop, place, till } = where;
    const taxes = taxOf("8.25");
    ring(given, place, DAY, { id: "CASH", taxes, lines: [{ ...FOOD, unitMinor: 2_000 }], tenders: (due) => [paid("CASH", due, { type: "CASH" })] });
    ring(given, place, DAY, { id: "A", taxes, lines: [{ ...FOOD, unitMinor: 10_000 }] });
    await sync(given, shop, DAY);
    ring(given, place, DAY, { id: "LATE", taxes, lines: [{ ...FOOD, unitMinor: 4_200 }] });
    till.removeOrder("CASH");
    await sync(given, shop, DAY);
    expect(inBooks(where, "DB-L00-260714-C2")).toEqual({ "Square Clearing": 4_547, "Food Sales": -2_200, "Sales Tax Payable": -182, "Undeposited Funds": -2_165 });
  });
});

describe("days of every kind", () => {
  it("a zero day is a state and no entry", async () => {
    const { given, shop } = await givenPlace();
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "no_sales", reason: null });
    expect(booked(given, shop)).toEqual([]);
  });

  it("an all-comp day is posted: sales against comps, and nobody paid", async () => {
    const where = await givenPlace();
    ring(where.given, where.place, DAY, { id: "A", discounts: [{ name: "Comp", percentage: "100" }] });
    await sync(where.given, where.shop, DAY);
    expect(inBooks(where)).toEqual({ Comps: 425, "Coffee Sales": -425 });
  });

  it("a cash-only day has no card clearing", async () => {
    const where = await givenPlace();
    ring(where.given, where.place, DAY, { id: "A", tenders: (due) => [paid("A", due, { type: "CASH", cashGivenMinor: 1_000 })] });
    await sync(where.given, where.shop, DAY);
    expect(inBooks(where)).toEqual({ "Undeposited Funds": 463, "Coffee Sales": -425, "Sales Tax Payable": -38 });
  });

  it("a day of nothing but refunds stands the other way round", async () => {
    const where = await givenPlace();
    comeBack(where.given, ring(where.given, where.place, BEFORE, { id: "Y" }), { at: where.noon });
    await sync(where.given, where.shop, DAY);
    expect(inBooks(where)).toEqual({ "Square Clearing": -463, "Returns and Refunds": 425, "Sales Tax Payable": 38 });
  });

  it.each([
    ["Asia/Kolkata", "2026-07-13", Date.UTC(2026, 6, 12, 18, 30), Date.UTC(2026, 6, 13, 18, 30)],
    ["Asia/Kathmandu", "2026-07-13", Date.UTC(2026, 6, 12, 18, 15), Date.UTC(2026, 6, 13, 18, 15)],
    // Its clocks change by half an hour: a day of 24½ hours, and one of 23½.
    ["Australia/Lord_Howe", "2026-04-05", Date.UTC(2026, 3, 4, 13), Date.UTC(2026, 3, 5, 13, 30)],
    ["Australia/Lord_Howe", "2025-10-05", Date.UTC(2025, 9, 4, 13, 30), Date.UTC(2025, 9, 5, 13)],
  ])("a day of a zone of half hours (%s, %s) holds what was sold between its midnights", async (zone, on, start, end) => {
    const where = await givenPlace({}, zone);
    const at = (id: string, closedAt: number, unitMinor: number): Order => ring(where.given, where.place, date(on), { id, closedAt, taxes: [], lines: [{ ...LATTE, unitMinor }] });
    at("BEFORE", start - 1, 1);
    at("FIRST", start, 10);
    at("LAST", end - 1, 100);
    at("AFTER", end, 1_000);
    await sync(where.given, where.shop, date(on));
    expect(inBooks(where)).toEqual({ "Square Clearing": 110, "Coffee Sales": -110 });
  });

  it("a cut-off that changes leaves no hour out and takes none twice", async () => {
    const where = await givenPlace({ cutOffs: [{ from: date("2009-01-01"), minutes: 300 }, { from: DAY, minutes: 120 }] });
    // One sale each hour of two nights and the days between them.
    const first = Date.UTC(2026, 6, 13, 4);
    for (let hour = 0; hour < 52; hour += 1) ring(where.given, where.place, DAY, { id: `H${hour}`, closedAt: first + hour * HOUR, taxes: [], lines: [{ ...LATTE, unitMinor: 1 }] });
    const days = ["2026-07-12", "2026-07-13", "2026-07-14"].map(date);
    for (const on of days) await sync(where.given, where.shop, on);
    // From 5 in the morning of the 13th; the 14th begins and ends at 2.
    expect(booked(where.given, where.shop).map(({ number }) => inBooks(where, number)["Square Clearing"])).toEqual([5, 21, 24]);
  });

  it("a tab across midnight is a sale of the night in which it was paid", async () => {
    const where = await givenPlace({ cutOffs: [{ from: date("2009-01-01"), minutes: 240 }] });
    ring(where.given, where.place, DAY, { id: "TAB", createdAt: Date.UTC(2026, 6, 15, 1), closedAt: Date.UTC(2026, 6, 15, 5, 30), lines: [BOWL] });
    await sync(where.given, where.shop, DAY);
    expect(inBooks(where, "DB-L00-260714-S1")).toEqual({ "Square Clearing": 1_519, "Food Sales": -1_395, "Sales Tax Payable": -124 });
  });
});
