/** Payouts as Square lists them become totals that tie, by the business dates of what they settle; no part is kept. */
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../src/kernel/clock";
import { addDays, businessDateAt, windowOf, type BusinessDate } from "../../../src/kernel/day";
import { checkPayout, type Payout } from "../../../src/ledger/payout";
import { createSend } from "../../../src/providers/send";
import { square } from "../../../src/providers/square";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { generateOrders } from "../../../src/providers/square/simulator-orders";
import { payoutIdOf } from "../../../src/providers/square/simulator-payouts";
import { priceOrder } from "../../../src/providers/square/simulator-pricing";
import { cafeProfile } from "../../../src/providers/square/simulator-profile";
import { listedSource } from "../../../src/providers/square/simulator-source";
import type { Order, PaymentRefund } from "../../../src/providers/square/simulator-wire";
import { connect, date, givenOrders, givenSquare, noon, schedule, transportOf, window, type World } from "./given";

type Asked = Partial<Parameters<NonNullable<typeof square.readPayouts>>[1]>;

async function read(world: World, asked: Asked = {}) {
  const { access } = await connect(world);
  return await square.readPayouts?.(access, {
    locationId: "LA", currency: "USD", window: { start: window.start - 7 * DAY, end: world.now() },
    dateOf: (instant) => businessDateAt(schedule, instant), isKnown: () => false, ...asked,
  });
}

async function payoutsOf(world: World, asked: Asked = {}): Promise<readonly Payout[]> {
  const payouts = await read(world, asked);
  if (payouts?.ok !== true) throw new Error(JSON.stringify(payouts));
  return payouts.value;
}

const sale = (id: string, minor: number, at = noon): Order => priceOrder({
  id, locationId: "LA", currency: "USD", createdAt: at, closedAt: at, lines: [{ name: "Thing", unitMinor: minor }],
  tenders: (due) => [{ id: `${id}-PAYMENT`, type: "CARD", minor: due }],
});

const refund = (id: string, minor: number, at = noon): PaymentRefund => ({
  id, status: "COMPLETED", location_id: "LA", order_id: `${id}-ORDER`, payment_id: `${id}-PAYMENT`, reason: "", destination_type: "CARD",
  amount_money: { amount: minor, currency: "USD" }, created_at: new Date(at).toISOString(), updated_at: new Date(at).toISOString(), unlinked: false,
});

/** A Square at which the night after the sales is over. */
function morningAfter(orders: readonly Order[], refunds: readonly PaymentRefund[] = []): World {
  const world = givenOrders(orders, refunds);
  world.pass(6 * HOUR);
  return world;
}

describe("the payouts of a location", () => {
  it("are what was paid by card less refunds and fees, dated the next banking day, each settling its business date", async () => {
    const world = morningAfter([sale("A", 10_000), sale("B", 5_000)], [refund("R", 2_000)]);
    expect(await payoutsOf(world)).toEqual([{
      id: payoutIdOf("LA", date), version: "1", processor: { id: "square", name: "Square" }, arrivalDate: "2026-07-15", currency: "USD",
      destination: "bank", hasFailed: false, chargesMinor: 15_000, refundsMinor: 2_000, feesMinor: 270 + 140, disputesMinor: 0, withheldMinor: 0,
      adjustments: [], netMinor: 15_000 - 2_000 - 410, settles: [{ date, minor: 13_000 }],
    }]);
  });

  it("split a batch that runs from midnight to midnight by the hour at which the shop ends its day", async () => {
    const afterMidnight = window.start - HOUR; // 3 in the morning of the 14th, on the shop's 13th
    const world = morningAfter([sale("LATE", 3_000, afterMidnight), sale("NOON", 4_000)]);
    expect((await payoutsOf(world)).map(({ settles }) => settles)).toEqual([[{ date: addDays(date, -1), minor: 3_000 }, { date, minor: 4_000 }]]);
  });

  it("of a weekend arrive together on Monday", async () => {
    const days = ["2026-07-10", "2026-07-11", "2026-07-12"].map((on) => windowOf(schedule, on as BusinessDate).start + 8 * HOUR);
    const world = morningAfter(days.map((at, index) => sale(`W${index}`, 1_000, at)));
    expect((await payoutsOf(world)).map(({ arrivalDate }) => arrivalDate)).toEqual(["2026-07-13", "2026-07-13", "2026-07-13"]);
  });

  it("take money from the bank where more was given back than taken", async () => {
    const [payout] = await payoutsOf(morningAfter([sale("A", 1_000)], [refund("R", 6_000)]));
    expect(payout).toMatchObject({ netMinor: 1_000 - 36 - 6_000, chargesMinor: 1_000, refundsMinor: 6_000 });
  });

  it("tell fees, chargebacks, repayments and what is held back apart, and tie to the cent", async () => {
    const world = morningAfter([sale("A", 10_000)]);
    world.control.changePayout(payoutIdOf("LA", date), { extra: [
      { type: "DISPUTE", grossMinor: -1_500, feeMinor: 0 }, { type: "SQUARE_CAPITAL_PAYMENT", grossMinor: -700 }, { type: "RESERVE_HOLD", grossMinor: -300 },
      { type: "DEPOSIT_FEE", grossMinor: -90 }, { type: "A_TYPE_OF_NEXT_YEAR", grossMinor: -11 },
    ] });
    const [payout] = await payoutsOf(world);
    if (payout === undefined) throw new Error("there is a payout");
    expect(payout).toMatchObject({ feesMinor: 270 + 90, disputesMinor: 1_500, withheldMinor: 300, netMinor: 10_000 - 270 - 1_500 - 700 - 300 - 90 - 11 });
    expect(payout.adjustments.map(({ id, minor }) => [id, minor])).toEqual([["loan", 700], ["other", 11]]);
    expect(checkPayout(payout)).toEqual({ ok: true, value: undefined });
  });

  it("that are held are not told until they are sent, and one that failed says so in another version", async () => {
    const world = morningAfter([sale("A", 10_000)]);
    const id = payoutIdOf("LA", date);
    world.control.changePayout(id, { sentAt: null });
    expect(await payoutsOf(world)).toEqual([]);
    world.control.changePayout(id, { sentAt: world.now() });
    const [sent] = await payoutsOf(world);
    world.control.changePayout(id, { status: "FAILED" });
    const [failed] = await payoutsOf(world);
    expect([sent?.hasFailed, failed?.hasFailed, sent?.version === failed?.version]).toEqual([false, true, false]);
  });

  it("that are known in this version are not read again, and nothing of another location is told", async () => {
    const world = morningAfter([sale("A", 10_000)]);
    expect(await payoutsOf(world, { isKnown: (id, version) => id === payoutIdOf("LA", date) && version === "1" })).toEqual([]);
    expect(world.control.journal().some(({ path }) => path.endsWith("/payout-entries"))).toBe(false);
    expect(await payoutsOf(world, { locationId: "LC" })).toEqual([]);
  });
});

describe("a busy week", () => {
  it("is read through all its pages to the same cents that the till itself took by card", async () => {
    const catalogue = cafeCatalogue("USD");
    const days = Array.from({ length: 7 }, (_, back) => addDays(date, -back)).map((on) => generateOrders({
      seed: "payouts", locationId: "LA", date: on, window: windowOf(schedule, on), catalogue, volume: 160, profile: { ...cafeProfile, oddTenderShare: 0, giftCardRedeemedShare: 0 },
    }));
    const world = givenSquare(listedSource(days));
    world.pass(6 * HOUR);
    const payouts = await payoutsOf(world, { window: { start: window.start - 30 * DAY, end: world.now() } });
    expect(payouts.every((payout) => checkPayout(payout).ok)).toBe(true);
    const settled = payouts.flatMap(({ settles }) => settles).filter((one) => one.date === date).reduce((total, { minor }) => total + minor, 0);
    const { access } = await connect(world);
    const reading = await square.readDay(access, { locationId: "LA", currency: "USD", window });
    if (!reading.ok) throw new Error(reading.failure.kind);
    const card = reading.value.day.tenders.find(({ kind }) => kind === "card");
    expect(settled).toBe((card?.inMinor ?? 0) - (card?.outMinor ?? 0));
  });

  it("leaves no payment, refund or order in what is kept", async () => {
    const text = JSON.stringify(await payoutsOf(morningAfter([sale("SECRETSALE", 10_000)], [refund("SECRETREFUND", 100)])));
    expect(text).not.toMatch(/SECRET|PAYMENT|poe_/);
  });
});

describe("payouts that cannot be believed", () => {
  const answering = async (world: World, path: string, body: unknown) => {
    const { access } = await connect(world);
    const send = createSend(async (request) => (new URL(request.url).pathname === path ? Response.json(body) : await transportOf(world.app)(request)), square.manifest);
    return await square.readPayouts?.({ ...access, send }, {
      locationId: "LA", currency: "USD", window, dateOf: (instant) => businessDateAt(schedule, instant), isKnown: () => false,
    });
  };
  const usd = (amount: number) => ({ amount, currency: "USD" });
  const head = { id: "P", arrival_date: "2026-07-15", status: "SENT", type: "BATCH", amount_money: usd(900) };

  it.each([
    ["without an id", { ...head, id: undefined }, "provider_unreadable"],
    ["with an id that is a path", { ...head, id: "../../v2/orders" }, "provider_unreadable"],
    ["without a date", { ...head, arrival_date: "soon" }, "provider_unreadable"],
    ["in another currency", { ...head, amount_money: { amount: 1, currency: "EUR" } }, "currency_mismatch"],
    ["of half a cent", { ...head, amount_money: usd(0.5) }, "provider_unreadable"],
  ])("%s are refused", async (_, payout, kind) => {
    expect(await answering(givenSquare(), "/v2/payouts", { payouts: [payout] })).toMatchObject({ ok: false, failure: { kind } });
  });

  it.each([
    ["that have no time", { payout_entries: [{ id: "E", type: "CHARGE", gross_amount_money: usd(10_000), net_amount_money: usd(9_730) }] }],
    ["that never end", { payout_entries: [], cursor: "again" }],
    ["that are no list", { payout_entries: "none" }],
  ])("with parts %s are refused", async (_, body) => {
    const world = morningAfter([sale("A", 10_000)]);
    expect(await answering(world, `/v2/payouts/${payoutIdOf("LA", date)}/payout-entries`, body)).toMatchObject({ ok: false, failure: { kind: "provider_unreadable" } });
  });

  it.each(["rate_limited", "unavailable", "truncated"] as const)("fail as the till does when it is %s", async (kind) => {
    const world = morningAfter([sale("A", 10_000)]);
    world.control.fault({ kind, path: "/v2/payouts/" });
    expect(await read(world)).toMatchObject({ ok: false, failure: { kind: kind === "rate_limited" ? "provider_busy" : kind === "unavailable" ? "provider_down" : "provider_unreadable" } });
  });
});
