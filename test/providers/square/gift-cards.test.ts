/** Gift cards given away are owed like any other, and cost the shop what nobody paid for them. */
import { describe, expect, it } from "vitest";
import { checkSalesDay } from "../../../src/ledger/sales-day";
import { createSend } from "../../../src/providers/send";
import { square } from "../../../src/providers/square";
import type { GiftCardIncrease } from "../../../src/providers/square/simulator-state";
import { connect, givenOrders, givenSquare, noon, readDay, transportOf, window } from "./given";
import { pay, sale } from "./sales";

const increase = (changes: Partial<GiftCardIncrease> = {}): GiftCardIncrease => ({
  id: "G", locationId: "LA", at: noon, minor: 5_000, gan: "7783320001234567", reason: "COMPLIMENTARY", ...changes,
});
const card = (unitMinor: number) => ({ name: "Gift card", itemType: "GIFT_CARD" as const, unitMinor });

async function given(...increases: readonly GiftCardIncrease[]) {
  const world = givenSquare();
  for (const one of increases) world.control.putGiftCardIncrease(one);
  return (await readDay(world)).day.giftCards;
}

describe("a card that grew without a sale", () => {
  it("was given away: as a present, or to make up for something", async () => {
    expect(await given(increase(), increase({ id: "G2", minor: 700, reason: "SUPPORT_ISSUE" }))).toEqual({ inMinor: 0, outMinor: 0, promotionalMinor: 5_700 });
  });

  it("because a payment with it was undone was not: the payment is on no order either", async () => {
    expect((await given(increase({ reason: "TRANSACTION_VOIDED" }))).promotionalMinor).toBe(0);
  });

  it("counts on its own day and at its own location, from the first instant to the last", async () => {
    const at = { first: window.start, last: window.end - 1, before: window.start - 1, after: window.end };
    const all = Object.entries(at).map(([id, instant], index) => increase({ id, at: instant, minor: 10 ** index }));
    expect((await given(...all, increase({ id: "LB", locationId: "LB", minor: 77_777 }))).promotionalMinor).toBe(11);
  });

  it("is found on every page, however many cards are sold and redeemed beside it", async () => {
    const world = givenOrders([sale({ id: "S", lines: [card(2_500)] }), sale({ id: "R", tenders: (due) => [pay("R", due, { type: "SQUARE_GIFT_CARD" })] })]);
    for (let index = 0; index < 230; index += 1) world.control.putGiftCardIncrease(increase({ id: `G${index}`, minor: 1 }));
    expect((await readDay(world)).day.giftCards).toEqual({ inMinor: 2_500, outMinor: 0, promotionalMinor: 230 });
  });
});

describe("a card that is sold below its value", () => {
  it("is owed whole; what was taken off is given away and no discount on the other goods", async () => {
    const world = givenOrders([sale({ lines: [card(10_000), { name: "Latte", variationId: "VAR_LATTE_S", unitMinor: 10_000 }], discounts: [{ name: "A fifth off", percentage: "20" }] })]);
    const { day } = await readDay(world);
    expect(day).toMatchObject({ giftCards: { inMinor: 8_000, promotionalMinor: 2_000 }, discounts: { inMinor: 2_000 }, tenders: [{ inMinor: 16_000 }] });
    expect(checkSalesDay(day).ok).toBe(true);
  });

  it("or for nothing is no discount at all, and the next order's discounts are its own", async () => {
    const free = sale({ lines: [card(5_000)], discounts: [{ name: "Comp", minor: 5_000 }] });
    const { day } = await readDay(givenOrders([free, sale({ discounts: [{ name: "Comp", minor: 100 }] })]));
    expect(day).toMatchObject({ giftCards: { inMinor: 0, promotionalMinor: 5_000 }, comps: { inMinor: 100 }, discounts: { inMinor: 0 } });
  });
});

describe("activities that cannot be believed", () => {
  const details = { amount_money: { amount: 100, currency: "USD" }, reason: "COMPLIMENTARY" };
  const activity = { id: "G", type: "ADJUST_INCREMENT", location_id: "LA", created_at: new Date(noon).toISOString(), adjust_increment_activity_details: details };

  async function answering(body: unknown) {
    const world = givenSquare();
    const { access } = await connect(world);
    const send = createSend(async (request) => (new URL(request.url).pathname === "/v2/gift-cards/activities" ? Response.json(body) : await transportOf(world.app)(request)), square.manifest);
    return await square.readDay({ ...access, send }, { locationId: "LA", currency: "USD", window });
  }

  it.each([
    ["that are no list", { gift_card_activities: {} }, "provider_unreadable"],
    ["without an id", { gift_card_activities: [{ ...activity, id: undefined }] }, "provider_unreadable"],
    ["without a time", { gift_card_activities: [{ ...activity, created_at: "" }] }, "provider_unreadable"],
    ["in another currency", { gift_card_activities: [{ ...activity, adjust_increment_activity_details: { ...details, amount_money: { amount: 1, currency: "EUR" } } }] }, "currency_mismatch"],
    ["whose pages do not end", { cursor: "again" }, "provider_unreadable"],
  ])("%s are refused", async (_, body, kind) => {
    expect(await answering(body)).toMatchObject({ ok: false, failure: { kind } });
  });

  it("and those of another kind or reason, or told twice, add nothing", async () => {
    const others = [{ ...activity, id: "R", type: "REDEEM" }, { ...activity, id: "X", adjust_increment_activity_details: { ...details, reason: "NEW_REASON" } }, activity];
    expect(await answering({ gift_card_activities: [activity, ...others] })).toMatchObject({ ok: true, value: { day: { giftCards: { promotionalMinor: 100 } } } });
  });
});
