/** What keeps a day from its first posting until somebody decides: checks that are open, and sales that are in the books already. */
import { describe, expect, it, vi } from "vitest";
import { dayView } from "../../../src/features/days/contract";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import type { FoundRecord } from "../../../src/providers/registry";
import { ok } from "../../../src/kernel/result";
import type { Order } from "../../../src/providers/square/simulator-wire";
import { DAY } from "../../support/corrections";
import { booked, date, dayRow, entryRows, orderOf, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type ShopOptions } from "../../support/given";
import { visitorOf } from "../../support/serve";

async function givenSales(options: ShopOptions = {}) {
  const given = givenWorld();
  const shop = await givenShop(given, options);
  sell(given, shop.locations[0], DAY, [{ id: "A" }]);
  const owner = visitorOf(given, shop);
  const path = `/days/${shop.locations[0].id}/${DAY}`;
  const decide = async (kind: string) => {
    const { status } = await owner("POST", `${path}/decide`, { kind });
    await given.drain();
    return status;
  };
  return { given, shop, owner, path, decide, view: async () => dayView.parse((await owner("GET", path)).body) };
}

/** The same basket, not paid yet. */
function asCheck({ closed_at: _closed, tenders: _tenders, ...order }: Order): Order {
  return { ...order, state: "OPEN", net_amount_due_money: order.total_money };
}

describe("open checks", () => {
  it("hold their day, and closing them lets it be posted with them", async () => {
    const { given, shop, view } = await givenSales();
    const check = orderOf(shop.locations[0], DAY, { id: "TAB" });
    given.providers.square.control.putOrder(asCheck(check));
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "open_checks", count: 1, openMinor: 463 } });
    expect((await view()).explanation).toMatchObject({ title: "A check of this day is still open", fixes: [{ act: "read_again" }, { act: "waive_open_checks" }] });
    given.providers.square.control.putOrder(check);
    await sync(given, shop, DAY, { why: "reread" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", totals: { orderCount: 2 } });
  });

  it("are left out by a person's decision, and paid later they are a correction of their own day or a sale of another", async () => {
    const { given, shop, decide } = await givenSales();
    const check = orderOf(shop.locations[0], DAY, { id: "TAB" });
    given.providers.square.control.putOrder(asCheck(check));
    await sync(given, shop, DAY);
    expect(await decide("open_checks_waived")).toBe(200);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", totals: { orderCount: 1 } });
    given.providers.square.control.putOrder(check);
    await sync(given, shop, DAY, { why: "reread" });
    expect((await entryRows(shop, DAY)).map(({ kind }) => kind)).toEqual(["sales", "correction"]);
  });

  it("do not hold the days of a shop that posts without them, and the history says so", async () => {
    const { given, shop, owner } = await givenSales();
    await owner("PUT", "/posting", { openChecks: "post" });
    given.providers.square.control.putOrder(asCheck(orderOf(shop.locations[0], DAY, { id: "TAB" })));
    await sync(given, shop, DAY);
    const day = await dayRow(shop, DAY);
    expect(day.state).toBe("posted");
    expect(day.attempts[0]?.text).toContain("1 check is still open and not included");
  });

  it("of another day do not hold this one", async () => {
    const { given, shop } = await givenSales();
    given.providers.square.control.putOrder(asCheck(orderOf(shop.locations[0], date("2026-07-13"), { id: "TAB" })));
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });
});

describe("what stands in the books already", () => {
  const record = (changes: Partial<FoundRecord> = {}): FoundRecord => (
    { id: "77", type: "Sales receipt", documentNumber: "SQ-0714", date: DAY, totalMinor: 463, reason: "its memo names Square", ...changes }
  );
  // The provider's own reading of its books is tested with it; here it is what it answered.
  const finding = (records: readonly FoundRecord[]) => vi.spyOn(quickbooks, "findLookalikes").mockImplementation(async () => ok(records));

  it("holds a new shop's day with what was found, until a person says that it is something else", async () => {
    const { given, shop, decide, view } = await givenSales();
    const found = finding([record()]);
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "already_in_books", recordId: "77", reason: "its total is the same to the cent" } });
    expect(booked(given, shop)).toEqual([]);
    expect((await view()).explanation?.fixes.map(({ act }) => act)).toEqual(["open_books", "retry", "accept_lookalike"]);
    expect(await decide("lookalike_accepted")).toBe(200);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    found.mockRestore();
  });

  it("is no concern where it is Daybook's own, of another date, or gone", async () => {
    const { given, shop } = await givenSales();
    const found = finding([record({ documentNumber: "DB-L01-260714-S1" }), record({ date: date("2026-07-13") })]);
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(found).toHaveBeenCalledTimes(1);
    found.mockRestore();
  });

  it("is looked for before the first days of a shop and in back-fills, and not for ever", async () => {
    const { given, shop } = await givenSales({ startsOn: date("2026-07-01") });
    const found = finding([]);
    for (let day = 1; day <= 9; day += 1) {
      const on = date(`2026-07-${day.toString().padStart(2, "0")}`);
      sell(given, shop.locations[0], on, [{ id: `D${day}` }]);
      await sync(given, shop, on);
    }
    expect(found).toHaveBeenCalledTimes(7);
    await sync(given, shop, DAY, { why: "backfill" });
    expect(found).toHaveBeenCalledTimes(8);
    found.mockRestore();
  });
});
