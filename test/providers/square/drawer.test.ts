/** What a cash drawer adds to a day of its location: paid-outs, over and short, and nothing of what was typed. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../src/kernel/clock";
import { addDays, windowOf } from "../../../src/kernel/day";
import { checkSalesDay } from "../../../src/ledger/sales-day";
import { netTenders } from "../../../src/ledger/tender";
import { createSend } from "../../../src/providers/send";
import { square } from "../../../src/providers/square";
import { purposeOf } from "../../../src/providers/square/drawer-words";
import type { DrawerShift } from "../../../src/providers/square/simulator-state";
import { drawer, moved } from "./drawers";
import { connect, date, givenOrders, givenSquare, noon, readDay, schedule, transportOf, window, type World } from "./given";
import { pay, sale } from "./sales";

const cashSale = (id: string, minor: number, closedAt = noon) => sale({
  id, closedAt, lines: [{ name: "Thing", unitMinor: minor }], tenders: (due) => [pay(id, due, { type: "CASH" })],
});

async function dayOf(shifts: readonly DrawerShift[], world: World = givenOrders([cashSale("S", 20_000)])) {
  for (const shift of shifts) world.control.putDrawer(shift);
  return (await readDay(world)).day;
}

describe("a drawer that was counted", () => {
  it("is short by what is missing from its float, its sales and what was paid in, less what was paid out", async () => {
    const movements = [moved("PAID_IN", 5_000), moved("PAID_OUT", 4_500), moved("PAID_OUT", 12_000, { description: "Tip out, Ann & Bo" }), moved("NO_SALE", 0)];
    const counted = 10_000 + 20_000 + 5_000 - 16_500 - 175;
    const day = await dayOf([drawer({ movements, counted: { at: window.end, minor: counted } })]);
    expect(day).toMatchObject({
      cashOverShortMinor: -175,
      paidOuts: [{ id: "expense", label: "Paid out of the drawer", purpose: "expense", minor: 4_500 }, { id: "tips", label: "Tips paid out of the drawer", purpose: "tips", minor: 12_000 }],
    });
    // What stands in the drawer less its float, and what was put in is a part of the float.
    expect(netTenders(day)).toEqual([{ kind: "cash", id: "", label: "Cash", minor: counted - 10_000 - 5_000 }]);
    expect(checkSalesDay(day).ok).toBe(true);
  });

  it("may be over, and two drawers of a day are added up", async () => {
    const early = drawer({ id: "D1", endedAt: window.start + 6 * HOUR, counted: { at: window.end, minor: 10_300 } });
    const late = drawer({ id: "D2", openedAt: window.start + 6 * HOUR, counted: { at: window.end, minor: 29_900 } });
    expect((await dayOf([early, late])).cashOverShortMinor).toBe(300 - 100);
  });

  it("on the next morning counts for the day on which it was ended", async () => {
    const world = givenOrders([cashSale("S", 20_000)]);
    const shift = drawer({ counted: { at: window.end + 30 * HOUR, minor: 29_000 } });
    expect((await dayOf([shift], world)).cashOverShortMinor).toBe(-1_000);
    expect((await readDay(world, "LA", windowOf(schedule, addDays(date, 1)))).day.cashOverShortMinor).toBe(0);
  });

  it.each([["not ended", { endedAt: null }], ["ended and not counted", {}]])("is neither over nor short while it is %s, and what left it is booked", async (_, changes) => {
    const day = await dayOf([drawer({ ...changes, movements: [moved("PAID_OUT", 700)] })]);
    expect([day.cashOverShortMinor, day.paidOuts.map(({ minor }) => minor)]).toEqual([0, [700]]);
  });

  it("of another location, or of another day, is none of this day's", async () => {
    const other = { counted: { at: window.end, minor: 1 }, movements: [moved("PAID_OUT", 700)] };
    const before = { ...other, id: "D0", openedAt: window.start - 20 * HOUR, endedAt: window.start - HOUR };
    const day = await dayOf([drawer({ ...other, locationId: "LB" }), drawer(before), drawer({ ...other, id: "D9", openedAt: window.end, endedAt: window.end + HOUR })]);
    expect([day.cashOverShortMinor, day.paidOuts]).toEqual([0, []]);
  });
});

describe("what was put into a drawer", () => {
  it("is booked nowhere and said", async () => {
    const world = givenOrders([]);
    world.control.putDrawer(drawer({ movements: [moved("PAID_IN", 2_050, { description: "change from Zelda" })] }));
    const { day, warnings } = await readDay(world);
    expect(day).toEqual((await readDay(givenOrders([]))).day);
    expect(warnings).toEqual(["20.50 USD was put into the cash drawer; it belongs to the float and is not booked"]);
  });
});

describe("what cash was taken for", () => {
  it.each([
    ["Tips", "tips"], ["tip-out friday", "tips"], ["GRATUITY Ann", "tips"], ["Stipend", "expense"], ["", "expense"], ["Milk", "expense"], ["\u0000=cmd()", "expense"],
    ["Transfer out to another drawer", "moved"], ["Bank deposit", "moved"], ["safe drop", "moved"], ["Safeway", "expense"],
  ])("%j is %s", (description, purpose) => expect(purposeOf(description)).toBe(purpose));

  it("has a line of its own where it was only moved, for it is still the shop's", async () => {
    const day = await dayOf([drawer({ movements: [moved("PAID_OUT", 8_000, { description: "Bank deposit" }), moved("PAID_OUT", 200)] })]);
    expect(day.paidOuts.map(({ id, purpose, minor }) => [id, purpose, minor])).toEqual([["expense", "expense", 200], ["moved", "moved", 8_000]]);
  });
});

describe("a shift of several days", () => {
  const days = [-2, -1, 0, 1].map((offset) => windowOf(schedule, addDays(date, offset)));
  const [first, last] = [days[0]?.start ?? 0, (days.at(-1)?.end ?? 0) - 1];

  it("gives each cent to one day, so that all days together say what the drawers say", async () => {
    const instant = fc.integer({ min: first, max: last });
    const movement = fc.record({ at: instant, minor: fc.integer({ min: 1, max: 9_999 }), description: fc.constantFrom("Milk", "Tips", "Bank") });
    const anyShift = fc.record({ ends: fc.tuple(instant, instant), movements: fc.array(movement, { maxLength: 5 }), difference: fc.integer({ min: -500, max: 500 }) });
    await fc.assert(fc.asyncProperty(fc.array(anyShift, { maxLength: 4 }), async (shifts) => {
      const world = givenSquare();
      world.pass(2 * DAY);
      let [paidOut, overShort] = [0, 0];
      shifts.forEach(({ ends, movements, difference }, index) => {
        const [openedAt, endedAt] = [Math.min(...ends), Math.max(...ends)];
        const inside = movements.filter(({ at }) => at >= openedAt && at <= endedAt).map((one) => moved("PAID_OUT", one.minor, one));
        const shift = drawer({ id: `D${index}`, openedAt, endedAt, movements: inside });
        world.control.putDrawer({ ...shift, counted: { at: endedAt, minor: world.control.expectedCash(shift) + difference } });
        paidOut += inside.reduce((total, { minor }) => total + minor, 0);
        overShort += difference;
      });
      const read = await Promise.all(days.map(async (one) => (await readDay(world, "LA", one)).day));
      expect(read.reduce((total, day) => total + day.paidOuts.reduce((sum, { minor }) => sum + minor, 0), 0)).toBe(paidOut);
      expect(read.reduce((total, day) => total + day.cashOverShortMinor, 0)).toBe(overShort);
    }), { numRuns: 25 });
  });

  it("of more events than a page holds is read to its end", async () => {
    const movements = Array.from({ length: 1_203 }, () => moved("PAID_OUT", 1));
    const world = givenSquare();
    expect((await dayOf([drawer({ movements })], world)).paidOuts.map(({ minor }) => minor)).toEqual([1_203]);
    expect(world.control.journal().filter(({ path }) => path.endsWith("/events"))).toHaveLength(2);
  });
});

describe("a grant from before the drawer was asked for", () => {
  /** Reads the day with a token that has all scopes but the named ones. */
  async function readWithout(world: World, ...missing: readonly string[]) {
    const { access } = await connect(world);
    const state = world.control.snapshot();
    const tokens = Object.fromEntries(Object.entries(state.tokens).map(([key, token]) => [key, { ...token, scopes: token.scopes.filter((scope) => !missing.includes(scope)) }]));
    world.control.restore({ ...state, tokens });
    return await square.readDay(access, { locationId: "LA", currency: "USD", window });
  }

  it.each([
    [["CASH_DRAWER_READ"], "the cash drawers"], [["GIFTCARDS_READ"], "the gift cards that were given away"],
    [["CASH_DRAWER_READ", "GIFTCARDS_READ"], "the cash drawers and the gift cards that were given away"],
  ])("reads the day without what it may not see (%s), and says so", async (missing, what) => {
    const world = givenOrders([cashSale("S", 20_000)]);
    world.control.putDrawer(drawer({ counted: { at: window.end, minor: 0 }, movements: [moved("PAID_OUT", 700)] }));
    const reading = await readWithout(world, ...missing);
    expect(reading).toMatchObject({ ok: true, value: { day: { tenders: [{ kind: "cash", inMinor: 20_000 }], paidOuts: missing.includes("CASH_DRAWER_READ") ? [] : [{ minor: 700 }] } } });
    expect(reading.ok && reading.value.warnings).toEqual([`Square does not show Daybook ${what}, so they are not included; connect Square again to include them`]);
  });

  it("still fails where anything else may not be seen", async () => {
    expect(await readWithout(givenOrders([cashSale("S", 1)]), "PAYMENTS_READ")).toMatchObject({ ok: false, failure: { kind: "provider_refused", answer: { code: "INSUFFICIENT_SCOPES" } } });
  });
});

describe("a drawer that cannot be believed", () => {
  const usd = (amount: number) => ({ amount, currency: "USD" });
  const at = new Date(noon).toISOString();
  const shift = { id: "D", state: "CLOSED", opened_at: at, ended_at: at, expected_cash_money: usd(1), closed_cash_money: usd(1) };
  const event = { id: "E", event_type: "PAID_OUT", event_money: usd(5), created_at: at };

  async function answering(shifts: unknown, events: unknown = {}) {
    const world = givenSquare();
    const { access } = await connect(world);
    const send = createSend(async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith("/events")) return Response.json(events);
      return pathname === "/v2/cash-drawers/shifts" ? Response.json(shifts) : await transportOf(world.app)(request);
    }, square.manifest);
    return await square.readDay({ ...access, send }, { locationId: "LA", currency: "USD", window });
  }

  it.each([
    ["whose shifts are no list", { cash_drawer_shifts: "none" }, {}, "provider_unreadable"],
    ["without an id", { cash_drawer_shifts: [{ ...shift, id: undefined }] }, {}, "provider_unreadable"],
    ["whose id is a path", { cash_drawer_shifts: [{ ...shift, id: "../../orders" }] }, {}, "provider_unreadable"],
    ["of another location", { cash_drawer_shifts: [{ ...shift, location_id: "LB" }] }, {}, "provider_unreadable"],
    ["counted in another currency", { cash_drawer_shifts: [{ ...shift, closed_cash_money: { amount: 1, currency: "EUR" } }] }, {}, "currency_mismatch"],
    ["counted to half a cent", { cash_drawer_shifts: [{ ...shift, closed_cash_money: usd(0.5) }] }, {}, "provider_unreadable"],
    ["whose pages do not end", { cash_drawer_shifts: [], cursor: "again" }, {}, "provider_unreadable"],
    ["that paid out under no id", { cash_drawer_shifts: [shift] }, { cash_drawer_shift_events: [{ ...event, id: "" }] }, "provider_unreadable"],
    ["that paid out at no time", { cash_drawer_shifts: [shift] }, { cash_drawer_shift_events: [{ ...event, created_at: "noon" }] }, "provider_unreadable"],
  ])("%s is refused", async (_, shifts, events, kind) => {
    expect(await answering(shifts, events)).toMatchObject({ ok: false, failure: { kind } });
  });

  it("and that lists everything twice counts once; without both amounts it is neither over nor short", async () => {
    const twice = await answering({ cash_drawer_shifts: [shift, { ...shift, closed_cash_money: usd(9) }] }, { cash_drawer_shift_events: [event, event] });
    expect(twice).toMatchObject({ ok: true, value: { day: { cashOverShortMinor: 0, paidOuts: [{ minor: 5 }] } } });
    const { closed_cash_money: _, ...uncounted } = shift;
    expect(await answering({ cash_drawer_shifts: [uncounted] })).toMatchObject({ ok: true, value: { day: { cashOverShortMinor: 0 } } });
  });
});
