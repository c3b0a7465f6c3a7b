/** The edge cases of a till's day in the books, as the accounting reference numbers them (§3): the second ten. */
import { describe, expect, it } from "vitest";
import { dayView } from "../../../src/features/days/contract";
import { HOUR, systemRandom } from "../../../src/kernel/clock";
import { windowOf } from "../../../src/kernel/day";
import { draftSale } from "../../../src/providers/clover/simulator-draft";
import { draftRefund } from "../../../src/providers/clover/simulator-returns";
import { idOf } from "../../../src/providers/clover/simulator-state";
import type { BridgesView } from "../../../src/features/payouts/contract";
import { ofMenu } from "../../providers/clover/sales";
import { BOWL, date, dayRow, LATTE, sync } from "../../support/days";
import { givenShop, givenWorld, type ShopOptions } from "../../support/given";
import { bookedByAccount, givenOpenKitchen, NEW_YORK } from "../../support/kitchen";
import { changePayout, readPayoutsOf } from "../../support/payouts";
import { accountIn, comeBack, inBooks, LATTE_BY_CARD, mapLine, paid, ring } from "../../support/ringing";
import { visitorOf } from "../../support/serve";

const DAY = date("2026-07-14");

async function givenPlace(options: ShopOptions = {}) {
  const given = givenWorld();
  const shop = await givenShop(given, options);
  const [place] = shop.locations;
  const owner = visitorOf(given, shop);
  const path = `/days/${place.id}/${DAY}`;
  return {
    given, shop, place, owner, till: given.providers.square.control, books: given.providers.quickbooks.control, window: windowOf(place, DAY),
    view: async () => dayView.parse((await owner("GET", path)).body),
  };
}

const cloverId = () => `S${idOf(systemRandom, 12)}`;

describe("money that comes late or goes elsewhere", () => {
  it("3.11 an offline payment that arrives 71 hours after the close is posted by itself, and the day is final only then", async () => {
    const { given, shop, place, view, window } = await givenPlace();
    ring(given, place, DAY, { id: "A" });
    await sync(given, shop, DAY);
    expect(await view()).toMatchObject({ isFinal: false, provisionalUntil: window.end + 72 * HOUR });
    given.pass(window.end + 71 * HOUR - given.now());
    ring(given, place, DAY, { id: "OFFLINE", lines: [BOWL] });
    await sync(given, shop, DAY, { why: "reread" });
    expect(inBooks({ given, shop }, "DB-L00-260714-C2")).toEqual({ "Square Clearing": 1_519, "Food Sales": -1_395, "Sales Tax Payable": -124 });
    given.pass(2 * HOUR);
    await sync(given, shop, DAY, { why: "reread" });
    expect(await view()).toMatchObject({ isFinal: true, provisionalUntil: null });
  });

  it("3.12 a deposit that is not what was taken is bridged from the sales by fees and by what is on its way", async () => {
    const { given, shop, place, owner } = await givenPlace({ payouts: true, startsOn: date("2026-07-13") });
    ring(given, place, date("2026-07-13"), { id: "MON" });
    ring(given, place, DAY, { id: "TUE" });
    ring(given, place, DAY, { id: "CASH", tenders: (due) => [paid("CASH", due, { type: "CASH" })] });
    for (const on of ["2026-07-13", "2026-07-14"]) await sync(given, shop, date(on));
    changePayout(given, place, DAY, { sentAt: null });
    await readPayoutsOf(given, shop);
    const view = (await owner("GET", "/payouts/bridge?from=2026-07-13&to=2026-07-14")).body as BridgesView;
    expect(view.bridges).toMatchObject([{ takenMinor: 926, onItsWayMinor: 463, unexplainedMinor: 0, grossSettledMinor: 463, feesMinor: 22, depositsMinor: 441 }]);
    expect(view.clearing?.balanceMinor).toBe(463);
    expect(inBooks({ given, shop })).toMatchObject({ Checking: 441, "Merchant Fees": 22, "Square Clearing": 463, "Undeposited Funds": 463 });
  });

  it("3.13 a card sale that is refunded in cash takes the cash and leaves the card's clearing as it is", async () => {
    const { given, shop, place, window } = await givenPlace();
    const sale = ring(given, place, date("2026-07-13"), { id: "A" });
    await sync(given, shop, date("2026-07-13"));
    comeBack(given, sale, { at: window.start + 9 * HOUR, destination: "CASH" });
    await sync(given, shop, DAY);
    expect(inBooks({ given, shop }, "DB-L00-260714-S1")).toEqual({ "Undeposited Funds": -463, "Returns and Refunds": 425, "Sales Tax Payable": 38 });
    expect(inBooks({ given, shop })["Square Clearing"]).toBe(463);
  });
});

describe("a Clover till", () => {
  it("3.14 that says 4.41 where 4.40 was paid is out by a cent that stands on a line of its own; a dollar holds the day", async () => {
    const kitchen = await givenOpenKitchen(NEW_YORK);
    const { given, put, post, window } = kitchen;
    const at = window.start + 9 * HOUR;
    put(draftSale({ id: cloverId(), at, lines: [ofMenu("House beans", { priceMinor: 441 })], payments: [{ amountMinor: 440 }], state: "open" }));
    await post();
    expect(bookedByAccount(given)).toEqual({ "Square Clearing": 440, "Rounding Differences": 1, Sales: -441 });
    const odd = await givenOpenKitchen(NEW_YORK);
    odd.put(draftSale({ id: cloverId(), at, lines: [ofMenu("House beans", { priceMinor: 440 })], payments: [{ amountMinor: 540, statesTax: false }] }));
    await odd.post();
    expect(bookedByAccount(odd.given)).toEqual({});
    const day = dayView.parse(await odd.visitor.call("GET", `${odd.api}/days/${odd.location}/2026-07-14`));
    expect([day.state, day.explanation?.title]).toEqual(["held", expect.stringContaining("1.00")]);
  });

  it("3.15 that spreads tax over goods without tax is booked as it states: the refund comes to what was given back, tax and all", async () => {
    const { given, put, post, window, visitor, api, location } = await givenOpenKitchen(NEW_YORK);
    const sold = draftSale({ id: cloverId(), at: window.start - 20 * HOUR, lines: [ofMenu("Salad by weight", { unitQty: 1_065 }), ofMenu("House beans")] });
    const refunded = draftRefund(sold, { id: `R${idOf(systemRandom, 12)}`, at: window.start + 9 * HOUR, lines: [1] });
    // Beans carry no tax; the refund says that a dollar of it is.
    const refunds = refunded.refunds.map((refund) => ({ ...refund, taxAmount: 100, taxableAmountRates: { elements: [{ id: "TAXNYCSA1ES01", name: "NY Sales Tax", rate: 887_500, taxableAmount: 1_850, taxAmount: 100 }] } }));
    put({ ...sold, orders: refunded.orders, refunds });
    await post();
    expect(bookedByAccount(given)).toEqual({ "Square Clearing": -1_850, "Sales Tax Payable": 100, "Returns and Refunds": 1_750 });
    const { entries: [entry] } = dayView.parse(await visitor.call("GET", `${api}/days/${location}/2026-07-14`));
    expect(entry?.lines.map(({ description, side, minor }) => [description, side, minor])).toEqual([
      ["Returns, Retail", "debit", 1_750], ["NY Sales Tax 8.875% refunded", "debit", 100], ["Card", "credit", 1_850],
    ]);
  });

  it("3.16 with an order that is half paid has the paid half as revenue, and the rest is an open check", async () => {
    const { given, put, post, window, visitor, api, location } = await givenOpenKitchen(NEW_YORK);
    put(draftSale({ id: cloverId(), at: window.start + 9 * HOUR, lines: [ofMenu("House beans"), ofMenu("House beans")], payments: [{ amountMinor: 925 }] }));
    await post();
    expect(bookedByAccount(given)).toEqual({});
    const held = dayView.parse(await visitor.call("GET", `${api}/days/${location}/2026-07-14`));
    expect(held.explanation?.title).toBe("A check of this day is still open");
    await visitor.call("POST", `${api}/days/${location}/2026-07-14/decide`, { kind: "open_checks_waived" });
    await given.drain();
    expect(bookedByAccount(given)).toEqual({ "Square Clearing": 925, Sales: -925 });
  });
});

describe("what a till calls things", () => {
  it("3.17 an order that is paid and never completed is said and not lost: it counts on the day on which it is completed", async () => {
    const { given, shop, place, till, view } = await givenPlace();
    ring(given, place, DAY, { id: "A" });
    const { closed_at, ...order } = ring(given, place, DAY, { id: "PAID", lines: [BOWL] });
    till.putOrder({ ...order, state: "OPEN" });
    await sync(given, shop, DAY);
    expect(inBooks({ given, shop })).toEqual(LATTE_BY_CARD);
    expect((await view()).attempts[0]?.text).toContain("1 order is paid and not completed at Square (15.19 USD); it counts once it is");
    till.putOrder({ ...order, state: "COMPLETED", ...(closed_at === undefined ? {} : { closed_at }) });
    await sync(given, shop, DAY, { why: "reread" });
    expect(inBooks({ given, shop }, "DB-L00-260714-C2")).toEqual({ "Square Clearing": 1_519, "Food Sales": -1_395, "Sales Tax Payable": -124 });
  });

  it("3.18 a service charge that is in no net sale has a line of its own", async () => {
    const where = await givenPlace();
    const { given, shop, place } = where;
    await mapLine(where, "service_charge:CHARGE_PARTY", "Service Charges");
    ring(given, place, DAY, { id: "A", charges: [{ id: "CHARGE_PARTY", name: "Large party", percentage: "18" }] });
    await sync(given, shop, DAY);
    // 18 % of 4.25 is 76.5 cents.
    expect(inBooks(where)).toEqual({ "Square Clearing": 540, "Coffee Sales": -425, "Service Charges": -77, "Sales Tax Payable": -38 });
  });

  it("3.19 a renamed category keeps its account; a new one goes to uncategorized sales and moves by itself once it is mapped; a new tender holds the day", async () => {
    const where = await givenPlace({ unmapped: ["sales:CAT_FOOD", "return:CAT_FOOD", "tender:wallet"] });
    const { given, shop, place, owner, till } = where;
    expect((await owner("PUT", "/posting", { unknownLines: "uncategorized" })).status).toBe(200);
    await mapLine(where, "uncategorized", "Sales");
    till.putObject("CAT_COFFEE", { type: "CATEGORY", id: "CAT_COFFEE", is_deleted: false, updated_at: "2026-07-14T00:00:00.000Z", version: 2, present_at_all_locations: true, category_data: { name: "Espresso bar", is_top_level: true } });
    ring(given, place, DAY, { id: "A", lines: [LATTE, BOWL] });
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual({ "Square Clearing": 1_982, "Coffee Sales": -425, Sales: -1_395, "Sales Tax Payable": -162 });
    await mapLine(where, "sales:CAT_FOOD", "Food Sales");
    await sync(given, shop, DAY, { why: "retry" });
    expect(inBooks(where, "DB-L00-260714-C2")).toEqual({ Sales: 1_395, "Food Sales": -1_395 });
    const next = date("2026-07-13");
    ring(given, place, next, { id: "B", tenders: (due) => [paid("B", due, { type: "WALLET" })] });
    await sync(given, shop, next);
    expect(await dayRow(shop, next)).toMatchObject({ state: "held", reason: { kind: "unmapped", lines: [{ key: "tender:wallet" }] } });
    await mapLine(where, "tender:wallet", "Square Clearing");
    await sync(given, shop, next, { why: "retry" });
    expect(inBooks(where, "DB-L00-260713-S1")).toEqual(LATTE_BY_CARD);
  });

  it("3.20 an account that somebody renamed in the books is the same account", async () => {
    const where = await givenPlace();
    const { given, shop, place, books } = where;
    const id = accountIn(where, "Coffee Sales");
    const stored = books.snapshot().flatMap((one) => (one.kind === "account" && one.key === `${shop.merchant.realm}/${id}` ? [one] : []));
    expect(stored).toHaveLength(1);
    books.restore(stored.map((one) => ({ ...one, value: { ...one.value, account: { ...one.value.account, Name: "Espresso income", FullyQualifiedName: "Espresso income" } } })));
    ring(given, place, DAY, { id: "A" });
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual({ "Square Clearing": 463, "Espresso income": -425, "Sales Tax Payable": -38 });
  });
});
