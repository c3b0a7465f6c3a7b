/** Business days out of a file's clock: cut-offs, days of 23 and 25 hours, zones of another place. */
import { describe, expect, it } from "vitest";
import type { BusinessDate } from "../../../src/kernel/day";
import { folded, ITEMS_2026, sheet, type Options } from "./reading";

const THREE_AM = [{ from: "2009-01-01" as BusinessDate, minutes: 180 }];
const HALF_PAST_TWO = [{ from: "2009-01-01" as BusinessDate, minutes: 150 }];

async function datesOf(times: readonly (readonly [string, string, string?])[], options: Options): Promise<Record<string, number>> {
  const rows = times.map(([date, time, zone = "Eastern Time (US & Canada)"], index) => ({ Date: date, Time: time, "Time Zone": zone, Category: "Tea", Item: "Tea", "Gross Sales": "$1.00", "Event Type": "Payment", "Transaction ID": `T${index}` }));
  const { days } = await folded(sheet(ITEMS_2026, rows), options);
  return Object.fromEntries(days.map(({ date, day }) => [date, day.orderCount]));
}

describe("a cut-off at 3 in the morning", () => {
  it("counts the hours after midnight to the night before", async () => {
    expect(await datesOf([["2026-07-14", "23:59:00"], ["2026-07-15", "02:59:59"], ["2026-07-15", "03:00:00"]], { cutOffs: THREE_AM })).toEqual({ "2026-07-14": 2, "2026-07-15": 1 });
  });

  it("leaves out what a file begins with after midnight: the rest of that day is not in it", async () => {
    const rows = [["2026-07-14", "01:00:00"], ["2026-07-14", "12:00:00"]].map(([date = "", time = ""]) => ({ Date: date, Time: time, Category: "Tea", Item: "Tea", "Gross Sales": "$1.00", "Event Type": "Payment" }));
    const { days, begun } = await folded(sheet(ITEMS_2026, rows), { cutOffs: THREE_AM });
    expect([days.map(({ date }) => date), begun.map(({ date }) => date)]).toEqual([["2026-07-14"], ["2026-07-13"]]);
  });

  it("is on the shop's clock, with a day alone where a line has no time", async () => {
    expect(await datesOf([["2026-07-14", ""], ["2026-07-14", "12:00"]], { cutOffs: THREE_AM })).toEqual({ "2026-07-14": 2 });
  });
});

describe("a day of 23 or 25 hours", () => {
  it("is one day: 8 March and 1 November 2026 in New York", async () => {
    const spring = [["2026-03-08", "00:00:00"], ["2026-03-08", "01:59:59"], ["2026-03-08", "03:00:00"], ["2026-03-08", "23:59:59"]] as const;
    const autumn = [["2026-11-01", "00:30:00"], ["2026-11-01", "01:30:00"], ["2026-11-01", "01:30:00"], ["2026-11-01", "23:59:59"]] as const;
    expect(await datesOf([...spring, ...autumn], {})).toEqual({ "2026-03-08": 4, "2026-11-01": 4 });
  });

  it("begins later where the clocks jump over the cut-off", async () => {
    expect(await datesOf([["2026-03-07", "12:00:00"], ["2026-03-08", "03:29:00"], ["2026-03-08", "03:30:00"]], { cutOffs: HALF_PAST_TWO })).toEqual({ "2026-03-07": 2, "2026-03-08": 1 });
  });
});

describe("a zone that is not the location's", () => {
  it("is converted where its name is known, and taken for the shop's own where it is not", async () => {
    expect(await datesOf([["2026-07-14", "22:30:00", "Pacific Time (US & Canada)"], ["2026-07-14", "22:30:00", "Somewhere"]], {})).toEqual({ "2026-07-14": 1, "2026-07-15": 1 });
  });
});
