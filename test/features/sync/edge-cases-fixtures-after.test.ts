/** The fixtures of the accounting reference (§6) that come after a day: late money, odd tenders, and hands in the books. */
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../../src/kernel/clock";
import { windowOf } from "../../../src/kernel/day";
import type { DraftLine } from "../../../src/providers/square/simulator-draft";
import { priceOrder } from "../../../src/providers/square/simulator-pricing";
import { returnOf } from "../../../src/providers/square/simulator-returns";
import { balancesInBooks, DAY, entriesInBooks, givenPostedDay } from "../../support/corrections";
import { booked, BOWL, date, dayRow, LATTE, sync } from "../../support/days";
import { givenShop, givenWorld, type ShopOptions } from "../../support/given";
import { accountIn, comeBack, inBooks, LATTE_BY_CARD, mapLine, paid, ring } from "../../support/ringing";

const BEFORE = date("2026-07-13");
const GIFT_CARD: DraftLine = { name: "Gift card", itemType: "GIFT_CARD", unitMinor: 500 };

async function givenPlace(options: ShopOptions = {}) {
  const given = givenWorld();
  const shop = await givenShop(given, options);
  const [place] = shop.locations;
  return { given, shop, place, till: given.providers.square.control, books: given.providers.quickbooks.control, window: windowOf(place, DAY) };
}

describe("money that comes after the close", () => {
  it("a sale taken offline 71 hours before it arrives is its own day's", async () => {
    const where = await givenPlace();
    const { given, shop, place, window } = where;
    ring(given, place, DAY, { id: "A" });
    await sync(given, shop, DAY);
    given.pass(window.end + 71 * HOUR - given.now());
    ring(given, place, DAY, { id: "OFFLINE", closedAt: window.end - MINUTE });
    await sync(given, shop, DAY, { why: "reread" });
    expect(inBooks(where, "DB-L00-260714-C2")).toEqual(LATTE_BY_CARD);
  });

  it("a tip that settles 35 hours after the close is added to its day", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, window } = where;
    ring(given, place, DAY, { id: "A" });
    await sync(given, shop, DAY);
    given.pass(window.end + 35 * HOUR - given.now());
    till.adjustTip("A", 250);
    await sync(given, shop, DAY, { why: "reread" });
    expect(inBooks(where, "DB-L00-260714-C2")).toEqual({ "Square Clearing": 250, "Tips Payable": -250 });
    expect(inBooks(where)).toEqual({ ...LATTE_BY_CARD, "Square Clearing": 713, "Tips Payable": -250 });
  });

  it("what was taken in exchange on the day of a refund comes back on a later day, and each day stands for itself", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, window } = where;
    const first = ring(given, place, date("2026-07-12"), { id: "FIRST" });
    const at = windowOf(place, BEFORE).start + 10 * HOUR;
    const exchange = priceOrder({
      id: "EXCHANGE", locationId: place.externalId, currency: "USD", createdAt: at, closedAt: at, lines: [BOWL], taxes: [{ id: "TAX_CITY", name: "Sales tax", percentage: "8.875" }],
      returns: [returnOf(first, { lines: [0], withExtras: false })], tenders: (due) => [paid("EXCHANGE", due)],
    });
    till.putOrder(exchange);
    await sync(given, shop, BEFORE);
    expect(inBooks(where)).toEqual({ "Square Clearing": 1_519 - 463, "Food Sales": -1_395, "Returns and Refunds": 425, "Sales Tax Payable": 38 - 124 });
    comeBack(given, exchange, { at: window.start + 9 * HOUR });
    await sync(given, shop, DAY);
    expect(inBooks(where, "DB-L00-260714-S1")).toEqual({ "Square Clearing": -1_519, "Returns and Refunds": 1_395, "Sales Tax Payable": 124 });
    await sync(given, shop, BEFORE);
    expect(booked(given, shop)).toHaveLength(2);
  });

  it("a refund that fails after its day was posted holds the day by its amount, and the entry stands as it is until the till ties again", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, window } = where;
    const sale = ring(given, place, BEFORE, { id: "A" });
    comeBack(given, sale, { at: window.start + 9 * HOUR });
    await sync(given, shop, DAY);
    const posted = inBooks(where);
    const [refund] = Object.values(till.snapshot().refunds);
    if (refund === undefined) throw new Error("the return was paid");
    till.putRefund({ ...refund, status: "FAILED" });
    await sync(given, shop, DAY, { why: "reread" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "out_of_balance", differenceMinor: -463 } });
    expect(inBooks(where)).toEqual(posted);
    till.removeOrder("A-BACK");
    await sync(given, shop, DAY, { why: "reread" });
    expect((await dayRow(shop, DAY)).state).toBe("corrected");
    expect(inBooks(where)).toEqual({});
  });
});

describe("tenders and goods of every kind", () => {
  it("a check that is split over cash, card and gift card is one sale and three tenders", async () => {
    const where = await givenPlace();
    ring(where.given, where.place, DAY, {
      id: "A", lines: [LATTE, BOWL],
      tenders: (due) => [paid("A", 1_000, { type: "CASH" }), paid("A2", 300, { type: "SQUARE_GIFT_CARD" }), paid("A3", due - 1_300)],
    });
    await sync(where.given, where.shop, DAY);
    expect(inBooks(where)).toEqual({
      "Undeposited Funds": 1_000, "Gift Cards Outstanding": 300, "Square Clearing": 682, "Coffee Sales": -425, "Food Sales": -1_395, "Sales Tax Payable": -162,
    });
  });

  it("a tip that is paid by gift card lessens what is owed to the card's holder and is owed to the staff", async () => {
    const where = await givenPlace();
    ring(where.given, where.place, DAY, { id: "A", tenders: (due) => [paid("A", due, { type: "SQUARE_GIFT_CARD", tipMinor: 200 })] });
    await sync(where.given, where.shop, DAY);
    expect(inBooks(where)).toEqual({ "Gift Cards Outstanding": 663, "Coffee Sales": -425, "Sales Tax Payable": -38, "Tips Payable": -200 });
  });

  it("a gift card that is redeemed for more than was sold leaves the debt below nothing for all to see, and nothing is plugged", async () => {
    const where = await givenPlace();
    const { given, shop, place } = where;
    ring(given, place, BEFORE, { id: "SOLD", lines: [GIFT_CARD], taxes: [] });
    ring(given, place, DAY, { id: "A", taxes: [], lines: [{ ...LATTE, unitMinor: 700 }], tenders: (due) => [paid("A", due, { type: "SQUARE_GIFT_CARD" })] });
    for (const on of [BEFORE, DAY]) await sync(given, shop, on);
    expect(inBooks(where)).toEqual({ "Square Clearing": 500, "Gift Cards Outstanding": 700 - 500, "Coffee Sales": -700 });
  });

  it("a tender of a kind that did not exist is booked as other, and the day's history says so", async () => {
    const where = await givenPlace();
    const { given, shop, place, till } = where;
    await mapLine(where, "tender:other", "Checking");
    const order = ring(given, place, DAY, { id: "A" });
    const unheard = JSON.parse(JSON.stringify({ ...order, tenders: order.tenders?.map((tender) => ({ ...tender, type: "SEASHELLS" })) })) as typeof order;
    till.putOrder(unheard);
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual({ Checking: 463, "Coffee Sales": -425, "Sales Tax Payable": -38 });
    expect((await dayRow(shop, DAY)).attempts[0]?.text).toContain("1 payment is of a kind that Daybook does not know and is under \"Other\"");
  });

  it("a category that was deleted at the till, or that the till has forgotten, keeps its account", async () => {
    const where = await givenPlace();
    const { given, shop, place, till } = where;
    await mapLine(where, "sales:CAT_OLD", "Merchandise Sales");
    till.putObject("CAT_COFFEE", null);
    ring(given, place, DAY, { id: "A", lines: [LATTE, { name: "T-shirt", variationId: "VAR_TEE", unitMinor: 2_800 }], taxes: [] });
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual({ "Square Clearing": 3_225, "Coffee Sales": -425, "Merchandise Sales": -2_800 });
  });
});

describe("books that say no", () => {
  it("to an inactive account fail the day without a line in the books", async () => {
    const where = await givenPlace();
    where.books.setAccountActive(where.shop.merchant.realm, accountIn(where, "Sales Tax Payable"), false);
    ring(where.given, where.place, DAY, { id: "A" });
    await sync(where.given, where.shop, DAY);
    expect(await dayRow(where.shop, DAY)).toMatchObject({ state: "failed", reason: { kind: "account_inactive" } });
    expect(inBooks(where)).toEqual({});
  });

  it.each([false, true])("to a closed period hold the day, and no entry is dated in it (with a closing password: %s)", async (hasClosingPassword) => {
    const where = await givenPlace();
    where.books.setCompany(where.shop.merchant.realm, { bookCloseDate: "2026-07-31", hasClosingPassword });
    ring(where.given, where.place, DAY, { id: "A" });
    await sync(where.given, where.shop, DAY);
    expect(await dayRow(where.shop, DAY)).toMatchObject({ state: "held", reason: { kind: "period_closed" } });
    expect(booked(where.given, where.shop)).toEqual([]);
  });

  it.each(["2026-07-14", "2026-07-02"])("to a number that somebody used for something else (on %s) stop the day, and what stands there is left alone", async (TxnDate) => {
    const where = await givenPlace();
    const { given, shop, place, books } = where;
    books.setCompany(shop.merchant.realm, { warnsOfDuplicates: true });
    const line = (PostingType: string, name: string) => ({ Amount: 1, DetailType: "JournalEntryLineDetail", JournalEntryLineDetail: { PostingType, AccountRef: { value: accountIn(where, name) } } });
    expect(books.addEntry(shop.merchant.realm, { DocNumber: "DB-L00-260714-S1", TxnDate, Line: [line("Debit", "Checking"), line("Credit", "Sales")] }).ok).toBe(true);
    ring(given, place, DAY, { id: "A" });
    await sync(given, shop, DAY);
    const { state, reason } = await dayRow(shop, DAY);
    expect(["held", "failed"]).toContain(state);
    expect(["entry_differs", "duplicate_number"]).toContain(reason?.kind);
    expect(inBooks(where)).toEqual({ Checking: 100, Sales: -100 });
  });

  it("nothing, for the answer to a create is lost, are asked by number before anything is sent again", async () => {
    const where = await givenPlace();
    const { given, shop, place, books } = where;
    books.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    ring(given, place, DAY, { id: "A" });
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(books.calls({ method: "POST", path: "journalentry" })).toHaveLength(1);
    expect(inBooks(where)).toEqual(LATTE_BY_CARD);
  });
});

describe("an entry that a person changed in the books", () => {
  it("stops the day until somebody decides, and is put right by what is missing and not by a change", async () => {
    const posted = await givenPostedDay();
    const { given, shop, books, decide } = posted;
    const right = balancesInBooks(posted);
    const [entry] = entriesInBooks(posted);
    if (entry === undefined) throw new Error("the day was posted");
    const [from, to] = [accountIn(posted, "Coffee Sales"), accountIn(posted, "Sales")];
    const Line = entry.Line.map((line) => (line.JournalEntryLineDetail?.AccountRef.value === from ? { ...line, JournalEntryLineDetail: { ...line.JournalEntryLineDetail, AccountRef: { value: to } } } : line));
    expect(books.editEntry(shop.merchant.realm, entry.Id, { Line }).ok).toBe(true);
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "books_changed", change: "edited" } });
    expect(booked(given, shop)).toHaveLength(1);
    expect(await decide("edit_corrected")).toBe(200);
    expect(inBooks(posted, "DB-L00-260714-C2")).toEqual({ Sales: 850, "Coffee Sales": -850 });
    expect(balancesInBooks(posted)).toEqual(right);
  });

  it("or deleted stops the day, and is posted again under a number of its own where somebody says so", async () => {
    const posted = await givenPostedDay();
    const { given, shop, books, decide } = posted;
    const right = balancesInBooks(posted);
    expect(books.deleteEntry(shop.merchant.realm, entriesInBooks(posted)[0]?.Id ?? "").ok).toBe(true);
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "books_changed", change: "deleted" } });
    expect(booked(given, shop)).toEqual([]);
    expect(await decide("edit_corrected")).toBe(200);
    expect(booked(given, shop).map(({ number }) => number)).toEqual(["DB-L00-260714-C2"]);
    expect(balancesInBooks(posted)).toEqual(right);
  });
});
