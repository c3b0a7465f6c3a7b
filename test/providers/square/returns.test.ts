import { describe, expect, it } from "vitest";
import { HOUR } from "../../../src/kernel/clock";
import { checkSalesDay, type SalesDay } from "../../../src/ledger/sales-day";
import { priceOrder } from "../../../src/providers/square/simulator-pricing";
import { orderRefundOf, returnOf } from "../../../src/providers/square/simulator-returns";
import { money, type Order } from "../../../src/providers/square/simulator-wire";
import { givenOrders, noon, readDay, window, type World } from "./given";
import { back, pay, plainRefund, sale } from "./sales";

const taxes = [{ id: "TAX", name: "Tax", percentage: "10" }];
const yesterday = window.start - 5 * HOUR;

async function balanced(world: World, locationId = "LA", of = window): Promise<SalesDay> {
  const { day } = await readDay(world, locationId, of);
  expect(checkSalesDay(day).ok).toBe(true);
  return day;
}

const refundedBy = (day: SalesDay): Record<string, number> => Object.fromEntries(day.tenders.map((row) => [row.kind, row.outMinor]));

describe("goods that come back", () => {
  it("are booked on the day they come back, by category, with tax and discount reversed", async () => {
    const discounts = [{ name: "Off", percentage: "10" }];
    const sold = sale({ closedAt: yesterday, lines: [{ variationId: "VAR_BOWL", unitMinor: 1_000 }], discounts, taxes });
    const returned = back(sold);
    const day = await balanced(givenOrders([sold, returned.order], [returned.refund]));
    expect(day.categories).toEqual([{ id: "CAT_FOOD", label: "Food", grossMinor: 0, returnedMinor: 1_000 }]);
    expect([day.discounts, day.taxes[0]?.outMinor, refundedBy(day)]).toEqual([{ inMinor: 0, outMinor: 100 }, 90, { card: 990 }]);
  });

  it("may take tip and service charge with them, and a comp stays a comp", async () => {
    const sold = sale({
      id: "T", discounts: [{ name: "Comp", minor: 25 }], charges: [{ name: "Auto gratuity", minor: 80, type: "AUTO_GRATUITY" }],
      tenders: (due) => [pay("T", due, { tipMinor: 50 })],
    });
    const returned = back(sold, { withExtras: true });
    const day = await balanced(givenOrders([sold, returned.order], [returned.refund]));
    expect([day.tips, day.comps]).toEqual([{ inMinor: 50, outMinor: 50 }, { inMinor: 25, outMinor: 25 }]);
    expect(day.serviceCharges).toEqual([{ id: "auto-gratuity:Auto gratuity", label: "Auto gratuity", inMinor: 80, outMinor: 80 }]);
  });

  it.each([true, false])("had tax inside their price (left in the gross: %s)", async (grossHoldsTax) => {
    const inclusive = [{ id: "TAX", name: "GST", percentage: "10", type: "INCLUSIVE" as const }];
    const sold = sale({ lines: [{ variationId: "VAR_BOWL", unitMinor: 1_100 }], taxes: inclusive, grossHoldsTax });
    const returned = back(sold);
    const day = await balanced(givenOrders([sold, returned.order], [returned.refund]));
    expect(day.categories).toMatchObject([{ grossMinor: 1_000, returnedMinor: 1_000 }]);
  });

  it("may be an unused gift card", async () => {
    const sold = sale({ lines: [{ itemType: "GIFT_CARD", unitMinor: 2_500 }] });
    const returned = back(sold);
    expect((await balanced(givenOrders([sold, returned.order], [returned.refund]))).giftCards)
      .toMatchObject({ inMinor: 2_500, outMinor: 2_500 });
  });

  it("may be rounded in cash, which counts the other way round", async () => {
    const sold = sale({ id: "R", lines: [{ variationId: "VAR_DRIP", unitMinor: 303 }], tenders: (due) => [pay("R", due, { type: "CASH" })] });
    const { order, refund } = back(sold);
    const adjusted = { uid: "r", name: "Cash rounding", amount_money: money(2, "USD") };
    const world = givenOrders(
      [sold, { ...order, returns: (order.returns ?? []).map((one) => ({ ...one, rounding_adjustment: adjusted })) }],
      [{ ...refund, amount_money: money(305, "USD") }],
    );
    expect((await balanced(world)).roundingMinor).toBe(-2);
  });

  it("may be exchanged for dearer ones: both sides stand gross, and only the difference is taken", async () => {
    const sold = sale({ closedAt: yesterday });
    const exchange = priceOrder({
      id: "X", locationId: "LA", currency: "USD", createdAt: noon, closedAt: noon, lines: [{ variationId: "VAR_BOWL", unitMinor: 1_395 }],
      returns: [returnOf(sold, { lines: [0], withExtras: false })], tenders: (due) => [pay("X", due)],
    });
    const day = await balanced(givenOrders([sold, exchange]));
    expect(day.categories.map((row) => [row.label, row.grossMinor, row.returnedMinor]))
      .toEqual([["Coffee", 0, 425], ["Food", 1_395, 0]]);
    expect(day.tenders).toMatchObject([{ kind: "card", inMinor: 970, outMinor: 0 }]);
  });

  it("need no sale that Square still knows", async () => {
    const returned = back(sale(), { isUnlinked: true });
    expect(refundedBy(await balanced(givenOrders([returned.order], [returned.refund])))).toEqual({ card: 425 });
  });
});

describe("money that goes back", () => {
  const sold = sale({ id: "SOLD", closedAt: yesterday, tenders: (due) => [pay("SOLD", due, { type: "SQUARE_GIFT_CARD" })] });

  it("goes to the tender that paid: a gift card is told from a card by the payment", async () => {
    const returned = back(sold);
    expect(returned.refund.destination_type).toBe("CARD");
    expect(refundedBy(await balanced(givenOrders([sold, returned.order], [returned.refund])))).toEqual({ gift_card: 425 });
  });

  it("goes where the refund says when that is another tender", async () => {
    const returned = back(sold, { destination: "CASH" });
    expect(refundedBy(await balanced(givenOrders([sold, returned.order], [returned.refund])))).toEqual({ cash: 425 });
  });

  it("goes to a gift card when the refund itself says so", async () => {
    const paid = sale({ closedAt: yesterday });
    const { order, refund } = back(paid);
    const details = { card_details: { card: { card_brand: "SQUARE_GIFT_CARD" } } };
    expect(refundedBy(await balanced(givenOrders([paid, order], [{ ...refund, destination_details: details }]))))
      .toEqual({ gift_card: 425 });
  });

  it.each([
    ["OTHER", "other"], ["THIRD_PARTY_CARD", "third_party"],
  ] as const)("outside Square goes back to the %s that paid", async (type, kind) => {
    const paid = sale({ id: `E${type}`, tenders: (due) => [pay(`E${type}`, due, { type })] });
    const returned = back(paid);
    expect(returned.refund.destination_type).toBe("EXTERNAL");
    expect(refundedBy(await balanced(givenOrders([paid, returned.order], [returned.refund])))).toEqual({ [kind]: 425 });
  });

  it("without goods is a return that is not allocated, on the day of the refund, and a warning", async () => {
    const old = sale({ closedAt: yesterday, id: "OLD" });
    const today = sale({ id: "TODAY" });
    const reading = await readDay(givenOrders([old, today], [plainRefund(old, 100), plainRefund(today, 25)]));
    expect(reading.day.categories.find((row) => row.id === "unallocated")).toEqual(
      { id: "unallocated", label: "Refunds without goods", grossMinor: 0, returnedMinor: 125 },
    );
    expect([refundedBy(reading.day), checkSalesDay(reading.day).ok]).toEqual([{ card: 125 }, true]);
    expect(reading.warnings).toEqual(["2 refunds name no goods and are under \"Refunds without goods\""]);
  });

  it("without any order or payment is booked where the refund says", async () => {
    const { order_id: _, payment_id: __, ...unlinked } = plainRefund(sale(), 300, { destination_type: "BANK_ACCOUNT", unlinked: true });
    expect(refundedBy(await balanced(givenOrders([], [unlinked])))).toEqual({ bank: 300 });
  });

  it("counts while it is on its way, and not when it failed or was rejected", async () => {
    const paid = sale({ id: "PAID" });
    const refunds = (["PENDING", "COMPLETED", "FAILED", "REJECTED"] as const).map((status, index) => plainRefund(paid, 10 ** index, { status }));
    expect(refundedBy(await balanced(givenOrders([paid], refunds)))).toEqual({ card: 11 });
  });

  it("is read to the last page", async () => {
    const paid = sale({ id: "MANY", lines: [{ variationId: "VAR_BOWL", unitMinor: 100_000 }] });
    const refunds = Array.from({ length: 250 }, () => plainRefund(paid, 10));
    expect(refundedBy(await balanced(givenOrders([paid], refunds)))).toEqual({ card: 2_500 });
  });
});

describe("a return and its refund on two sides of the cut-off", () => {
  const next = { start: window.end, end: window.end + 24 * HOUR };
  const sold = sale({ closedAt: yesterday, taxes });

  it.each([
    ["the refund a moment later", back(sold, { at: window.end - 1, refundAt: window.end }), window, next],
    ["the refund a moment earlier", back(sold, { at: window.end, refundAt: window.end - 1 }), next, window],
  ])("belong to the day of the return, and both days balance: %s", async (_, { order, refund }, day, other) => {
    const world = givenOrders([sold, order], [refund]);
    expect(refundedBy(await balanced(world, "LA", day))).toEqual({ card: 468 });
    expect((await balanced(world, "LA", other)).tenders).toEqual([]);
  });

  it("belong to the location that took the goods back, wherever they were sold", async () => {
    const { order, refund } = back(sold, { locationId: "LB" });
    const world = givenOrders([sold, order], [refund]);
    expect(refund.location_id).toBe("LA");
    expect(refundedBy(await balanced(world, "LB"))).toEqual({ card: 468 });
    expect((await balanced(world, "LA")).tenders).toEqual([]);
  });

  it("do not balance when the refund failed: the day is told apart, not made to fit", async () => {
    const { order, refund } = back(sold);
    const { day } = await readDay(givenOrders([sold, order], [{ ...refund, status: "FAILED" }]));
    expect(checkSalesDay(day)).toMatchObject({ ok: false, failure: { kind: "out_of_balance" } });
  });
});

describe("the window", () => {
  const at = (id: string, closedAt: number): Order => sale({ id, closedAt });

  it("holds its first instant and its last millisecond, and nothing of its neighbours", async () => {
    const orders = [at("BEFORE", window.start - 1), at("FIRST", window.start), at("LAST", window.end - 1), at("AFTER", window.end)];
    const refunds = orders.map((order, index) => plainRefund(order, 10 ** index, { created_at: order.closed_at ?? "" }));
    const { day, orderCount } = await readDay(givenOrders(orders, refunds));
    expect([orderCount, refundedBy(day)]).toEqual([2, { card: 110 }]);
  });

  it("on a day without sales is a day of nothing, not a failure", async () => {
    expect(await readDay(givenOrders([])))
      .toMatchObject({ orderCount: 0, pageCount: 1, warnings: [], day: { categories: [], tenders: [] } });
  });
});

describe("money that goes back on an exchange, without goods", () => {
  const sold = sale({ closedAt: yesterday });
  const exchange = priceOrder({
    id: "EX", locationId: "LA", currency: "USD", createdAt: noon, closedAt: noon, lines: [{ variationId: "VAR_BOWL", unitMinor: 1_395 }],
    returns: [returnOf(sold, { lines: [0], withExtras: false })], tenders: (due) => [pay("EX", due, { type: "SQUARE_GIFT_CARD" })],
  });
  const next = { start: window.end, end: window.end + 24 * HOUR };

  it.each([
    ["the same day", noon + HOUR, window], ["the next day", window.end + HOUR, next],
  ])("is a refund without goods of %s", async (_, at, day) => {
    const refund = plainRefund(exchange, 100, { created_at: new Date(at).toISOString() });
    const world = givenOrders([sold, { ...exchange, refunds: [orderRefundOf(refund)] }], [refund]);
    for (const one of [window, next]) {
      const read = await balanced(world, "LA", one);
      expect(read.categories.find((row) => row.id === "unallocated")?.returnedMinor).toBe(one === day ? 100 : undefined);
      expect(read.tenders.find((row) => row.kind === "gift_card")?.outMinor ?? 0).toBe(one === day ? 100 : 0);
    }
  });
});
