/** Days made by a seed are the same wherever they are asked for, and every one of them balances. */
import { describe, expect, it } from "vitest";
import { addDays, datesBetween, windowOf, type BusinessDate } from "../../../src/kernel/day";
import { checkSalesDay } from "../../../src/ledger/sales-day";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { cafeProfile, lateNightProfile } from "../../../src/providers/square/simulator-profile";
import { generatedSource } from "../../../src/providers/square/simulator-source";
import { date, givenSquare, readDay, schedule, window } from "./given";

describe("a source of generated days", () => {
  const first = "2026-06-01" as BusinessDate;
  const last = "2026-08-31" as BusinessDate;
  const volumeOn = (on: BusinessDate): number => (on === "2026-07-04" ? 0 : 60);
  const source = generatedSource("demo", [
    { id: "LA", schedule, catalogue: cafeCatalogue("USD"), profile: { ...cafeProfile, returnShare: 0.05, plainRefundShare: 0.05 }, volumeOn },
    { id: "LB", schedule, catalogue: cafeCatalogue("USD"), profile: lateNightProfile, volumeOn },
  ], first, last);

  it("gives each order to exactly one of its days, and finds it again by id", () => {
    const dates = datesBetween(addDays(date, -2), addDays(date, 2));
    const all = [...source.ordersClosed("LA", windowOf(schedule, addDays(date, -2)).start, windowOf(schedule, addDays(date, 2)).end - 1)];
    const byDay = dates.flatMap((on) => {
      const { start, end } = windowOf(schedule, on);
      return [...source.ordersClosed("LA", start, end - 1)];
    });
    expect(byDay).toEqual(all);
    expect(new Set(all.map((order) => order.id)).size).toBe(all.length);
    for (const order of all) expect(source.order(order.id)).toEqual(order);
    const refunds = [...source.refundsCreated("LA", window.start, window.end - 1)];
    expect(refunds.length).toBeGreaterThan(0);
    for (const refund of refunds) expect(source.refund(refund.id)).toEqual(refund);
  });

  it("is shut when it is shut, knows nothing outside its dates, and nobody else's orders", () => {
    const holiday = windowOf(schedule, "2026-07-04" as BusinessDate);
    expect([...source.ordersClosed("LA", holiday.start, holiday.end - 1)].filter((order) => order.returns === undefined)).toEqual([]);
    expect([...source.ordersClosed("LA", 0, windowOf(schedule, first).start - 1)]).toEqual([]);
    expect([...source.ordersClosed("LA", windowOf(schedule, last).end, Date.parse("2030-01-01T00:00:00Z"))]).toEqual([]);
    expect([...source.ordersClosed("L?", window.start, window.end)]).toEqual([]);
    expect([source.order("elsewhere"), source.refund("L?_20260714_x-R")]).toEqual([undefined, undefined]);
  });

  it("keeps a late-night place open past midnight, still on the same business day", () => {
    const times = [...source.ordersClosed("LB", window.start, window.end - 1)].map((order) => order.closed_at ?? "");
    expect(times.some((time) => time > "2026-07-15T04:00:00Z")).toBe(true); // midnight in New York
    expect(times.every((time) => time < "2026-07-15T08:00:00Z")).toBe(true);
  });

  it("gives days that balance, one after another", async () => {
    const world = givenSquare(source);
    for (const on of datesBetween("2026-07-01" as BusinessDate, "2026-07-08" as BusinessDate)) {
      const { day } = await readDay(world, "LA", windowOf(schedule, on));
      expect([on, checkSalesDay(day).ok]).toEqual([on, true]);
    }
  });
});
