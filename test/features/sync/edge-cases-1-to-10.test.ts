/** The edge cases of a till's day in the books, as the accounting reference numbers them (§3): the first ten. */
import { describe, expect, it } from "vitest";
import { daysView, dayView } from "../../../src/features/days/contract";
import { DAY as DAY_MS } from "../../../src/kernel/clock";
import type { Order } from "../../../src/providers/square/simulator-wire";
import { booked, BOWL, date, dayRow, orderOf, sell, sync, syncMessage } from "../../support/days";
import { givenShop, givenWorld, type ShopOptions } from "../../support/given";
import { payoutRows, readPayoutsOf } from "../../support/payouts";
import { accountIn, forgetEarlierShops, inBooks, LATTE_BY_CARD, night, paid, ring } from "../../support/ringing";
import { visitorOf } from "../../support/serve";

const DAY = date("2026-07-14");
const BEFORE = date("2026-07-13");

async function givenPlace(options: ShopOptions = {}, zone = "America/New_York") {
  const given = givenWorld({ merchants: [{ locations: [{ name: "Pier", zone }] }] });
  await forgetEarlierShops(given);
  const shop = await givenShop(given, options);
  const [place] = shop.locations;
  const owner = visitorOf(given, shop);
  const path = `/days/${place.id}/${DAY}`;
  const decide = async (kind: string) => {
    expect((await owner("POST", `${path}/decide`, { kind })).status).toBe(200);
    await given.drain();
  };
  return { given, shop, place, owner, decide, path, books: given.providers.quickbooks.control, till: given.providers.square.control };
}

/** The same basket, not paid yet. */
function asCheck({ closed_at: _closed, tenders: _tenders, ...order }: Order): Order {
  return { ...order, state: "OPEN", net_amount_due_money: order.total_money };
}

describe("sales that are in the books already", () => {
  it("3.1 sales that the bank feed added stop the day until a person has looked, and card sales never touch the bank account", async () => {
    const { given, shop, place, books, decide } = await givenPlace();
    ring(given, place, DAY, { id: "A" });
    books.addRecord(shop.merchant.realm, "Deposit", { TxnDate: DAY, Line: [{ Amount: 4.63, Description: "SQUARE INC TRANSFER" }] });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "already_in_books", recordType: "Deposit" } });
    expect(inBooks({ given, shop })).toEqual({});
    await decide("lookalike_accepted");
    expect(inBooks({ given, shop })).toEqual(LATTE_BY_CARD);
  });

  it("3.2 a retry after a lost answer, a message that comes five times and two planners post a day once", async () => {
    const { given, shop, place, books } = await givenPlace({ startsOn: DAY });
    ring(given, place, DAY, { id: "A" });
    books.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry", times: 2 });
    await Promise.all([given.jobs.scheduled(given.env), given.jobs.scheduled(given.env)]);
    await given.queue.binding.sendBatch(Array.from({ length: 5 }, () => syncMessage(shop, DAY)));
    await given.drain();
    expect(booked(given, shop).map(({ number }) => number)).toEqual(["DB-L00-260714-S1"]);
    expect(inBooks({ given, shop })).toEqual(LATTE_BY_CARD);
  });

  it.each([["first", 0], ["ninth", 8]])("3.2 an entry that somebody wrote by hand under Daybook's own number is recognised and not doubled: a shop's %s", async (_, daysBefore) => {
    const where = await givenPlace();
    const { given, shop, place, books } = where;
    for (const on of Array.from({ length: daysBefore }, (_, nth) => date(`2026-07-0${nth + 1}`))) {
      ring(given, place, on, { id: on });
      await sync(given, shop, on);
    }
    ring(given, place, DAY, { id: "A" });
    const line = (PostingType: "Debit" | "Credit", name: string, Amount: number) => (
      { Amount, DetailType: "JournalEntryLineDetail", JournalEntryLineDetail: { PostingType, AccountRef: { value: accountIn(where, name) } } }
    );
    const Line = [line("Debit", "Square Clearing", 4.63), line("Credit", "Coffee Sales", 4.25), line("Credit", "Sales Tax Payable", 0.38)];
    expect(books.addEntry(shop.merchant.realm, { DocNumber: "DB-L00-260714-S1", TxnDate: DAY, Line }).ok).toBe(true);
    await sync(given, shop, DAY);
    expect(inBooks(where, "DB-L00-260714-S1")).toEqual(LATTE_BY_CARD);
    expect(booked(given, shop)).toHaveLength(daysBefore + 1);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });
});

describe("days and their edges", () => {
  it("3.3 a day that was lost on the way is shown as missing and found the next night; one without sales is a state of its own", async () => {
    const { given, shop, place, owner } = await givenPlace({ startsOn: date("2026-07-12") });
    for (const on of ["2026-07-12", "2026-07-14"]) ring(given, place, date(on), { id: on });
    await given.jobs.scheduled(given.env);
    for (const message of given.queue.take()) {
      if (!JSON.stringify(message.body).includes("2026-07-12")) given.queue.put(message);
    }
    await given.drain();
    const states = async () => daysView.parse((await owner("GET", "/days?from=2026-07-12&to=2026-07-14")).body).cells.map(({ state }) => state);
    expect(await states()).toEqual(["missing", "no_sales", "posted"]);
    given.pass(DAY_MS);
    await night(given);
    expect(await states()).toEqual(["posted", "no_sales", "posted"]);
    expect(inBooks({ given, shop }, "DB-L00-260712-S1")).toEqual(LATTE_BY_CARD);
  });

  it.each([
    // 23 hours: the clocks go from 2 to 3.
    ["America/New_York", "2026-03-08", Date.UTC(2026, 2, 8, 5), Date.UTC(2026, 2, 9, 4)],
    // 25 hours: what is sold at half past one may be sold at either.
    ["America/New_York", "2025-11-02", Date.UTC(2025, 10, 2, 4), Date.UTC(2025, 10, 3, 5)],
    // A day that has no midnight and begins at one.
    ["America/Santiago", "2025-09-07", Date.UTC(2025, 8, 7, 4), Date.UTC(2025, 8, 8, 3)],
  ])("3.4 a day whose clocks change (%s, %s) holds its own sales, and its neighbours theirs", async (zone, on, start, end) => {
    const { given, shop, place } = await givenPlace({}, zone);
    const at = (id: string, closedAt: number, unitMinor: number) => ring(given, place, date(on), { id, closedAt, taxes: [], lines: [{ ...BOWL, unitMinor }] });
    at("BEFORE", start - 1, 1);
    at("FIRST", start, 10);
    at("ONE", start + 1.5 * 3_600_000, 100);
    at("TWO", start + 2.5 * 3_600_000, 1_000);
    at("LAST", end - 1, 10_000);
    at("AFTER", end, 100_000);
    const days = [-1, 0, 1].map((days) => date(new Date(Date.parse(on) + days * DAY_MS).toISOString().slice(0, 10)));
    for (const day of days) await sync(given, shop, day);
    const numbers = days.map((day) => `DB-L00-${day.slice(2).replaceAll("-", "")}-S1`);
    expect(numbers.map((number) => inBooks({ given, shop }, number)["Square Clearing"])).toEqual([1, 11_110, 100_000]);
  });

  it("3.5 what is sold before the cut-off belongs to the night before, from the day on which the cut-off was set and not earlier", async () => {
    const { given, shop, place } = await givenPlace();
    const at = (id: string, closedAt: number, unitMinor: number) => ring(given, place, DAY, { id, closedAt, taxes: [], lines: [{ ...BOWL, unitMinor }] });
    at("NIGHT-12", Date.UTC(2026, 6, 12, 6), 1); // 2 in the morning of New York
    at("NIGHT-14", Date.UTC(2026, 6, 14, 6), 10);
    at("NIGHT-15", Date.UTC(2026, 6, 15, 6), 100);
    await sync(given, shop, date("2026-07-12"));
    await given.env.SHARD_0.prepare("UPDATE location SET cut_offs = ?2 WHERE shop_id = ?1")
      .bind(shop.shopId, JSON.stringify([{ from: "2009-01-01", minutes: 0 }, { from: "2026-07-14", minutes: 240 }])).run();
    for (const on of ["2026-07-11", "2026-07-12", "2026-07-13", "2026-07-14"]) await sync(given, shop, date(on));
    expect(booked(given, shop).map(({ number }) => [number, inBooks({ given, shop }, number)["Square Clearing"]])).toEqual([
      ["DB-L00-260712-S1", 1], ["DB-L00-260713-S1", 10], ["DB-L00-260714-S1", 100],
    ]);
  });

  it("3.6 a payout batch that is cut at midnight settles two business days that are cut at four, and clearing comes to nothing", async () => {
    const { given, shop, place, owner } = await givenPlace({ payouts: true, startsOn: BEFORE, cutOffs: [{ from: date("2009-01-01"), minutes: 240 }] });
    ring(given, place, BEFORE, { id: "MON" });
    ring(given, place, BEFORE, { id: "LATE", closedAt: Date.UTC(2026, 6, 14, 5, 30) });
    ring(given, place, DAY, { id: "TUE" });
    for (const on of [BEFORE, DAY]) await sync(given, shop, on);
    expect(inBooks({ given, shop })["Square Clearing"]).toBe(3 * 463);
    await readPayoutsOf(given, shop);
    expect(inBooks({ given, shop })).toMatchObject({ "Merchant Fees": 3 * 22, Checking: 3 * 441 });
    expect(inBooks({ given, shop })["Square Clearing"]).toBeUndefined();
    const second = (await payoutRows(shop)).at(-1);
    expect((await owner("GET", `/payouts/${second?.id}`)).body).toMatchObject({ row: { ties: true }, settles: [{ date: BEFORE, minor: 463 }, { date: DAY, minor: 463 }] });
  });

  it("3.7 a tab that was opened on Monday and paid on Tuesday is Tuesday's sale", async () => {
    const { given, shop, place } = await givenPlace();
    ring(given, place, DAY, { id: "TAB", createdAt: Date.UTC(2026, 6, 13, 23) });
    for (const on of [BEFORE, DAY]) await sync(given, shop, on);
    expect((await dayRow(shop, BEFORE)).state).toBe("no_sales");
    expect(inBooks({ given, shop }, "DB-L00-260714-S1")).toEqual(LATTE_BY_CARD);
    expect(booked(given, shop)).toHaveLength(1);
  });
});

describe("days that change afterwards", () => {
  it("3.8 an order of three days ago that is edited is found by the night's re-reading and corrected without anybody", async () => {
    const on = date("2026-07-12");
    const { given, shop, place } = await givenPlace({ startsOn: on });
    ring(given, place, on, { id: "A" });
    await night(given);
    ring(given, place, on, { id: "A", lines: [BOWL] });
    given.pass(DAY_MS);
    await night(given);
    expect(inBooks({ given, shop }, "DB-L00-260712-C2")).toEqual({ "Square Clearing": 1_056, "Coffee Sales": 425, "Food Sales": -1_395, "Sales Tax Payable": -86 });
    expect(inBooks({ given, shop })).toEqual({ "Square Clearing": 1_519, "Food Sales": -1_395, "Sales Tax Payable": -124 });
  });

  it("3.9 a tip of 12.00 that becomes 15.00 the next morning is posted as 3.00 more", async () => {
    const { given, shop, place, till } = await givenPlace();
    ring(given, place, DAY, { id: "A", tenders: (due) => [paid("A", due, { tipMinor: 1_200 })] });
    await sync(given, shop, DAY);
    till.adjustTip("A", 1_500);
    await sync(given, shop, DAY);
    expect(inBooks({ given, shop }, "DB-L00-260714-C2")).toEqual({ "Square Clearing": 300, "Tips Payable": -300 });
  });

  it("3.10 open checks hold their day, are left out by decision, and count once they are paid", async () => {
    const { given, shop, place, till, decide, owner, path } = await givenPlace();
    sell(given, place, DAY, [{ id: "A" }]);
    const check = orderOf(place, DAY, { id: "TAB", lines: [BOWL] });
    till.putOrder(asCheck(check));
    await sync(given, shop, DAY);
    expect(dayView.parse((await owner("GET", path)).body)).toMatchObject({ state: "held", explanation: { title: "A check of this day is still open" } });
    expect(inBooks({ given, shop })).toEqual({});
    await decide("open_checks_waived");
    expect(inBooks({ given, shop })).toEqual(LATTE_BY_CARD);
    till.putOrder(check);
    await sync(given, shop, DAY, { why: "reread" });
    expect(inBooks({ given, shop }, "DB-L00-260714-C2")).toEqual({ "Square Clearing": 1_519, "Food Sales": -1_395, "Sales Tax Payable": -124 });
  });
});
