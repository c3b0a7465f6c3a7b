/** Which days are due: in zones with short, long and half-hour days, after a cut-off changed, and after a planner slept. */
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../../src/kernel/clock";
import { addDays, datesBetween, windowOf, type CutOff } from "../../../src/kernel/day";
import { dueAfter, SETTLE_MINUTES } from "../../../src/features/connections/service";
import { planLocation, spreadSeconds, type DueLocation } from "../../../src/features/sync/plan";
import { date } from "../../support/days";

const at = (minutes: number): readonly CutOff[] => [{ from: date("2009-01-01"), minutes }];

function placeIn(zone: string, cutOffs: readonly CutOff[], from: string): DueLocation {
  return { zone, cutOffs, startsOn: date(from), nextDueAt: dueAfter({ zone, cutOffs }, date(from)) };
}

/** Every date that a planner enqueues which wakes every `everyMs`, and how late each was enqueued. */
function nights(location: DueLocation, untilMs: number, everyMs: number): { readonly dates: string[]; readonly latestMs: number } {
  const dates: string[] = [];
  let place = location;
  let latestMs = 0;
  for (let now = location.nextDueAt - everyMs; now < untilMs; now += everyMs) {
    if (place.nextDueAt > now) continue;
    const plan = planLocation(place, now);
    for (const closed of plan.closed) {
      expect(windowOf(place, closed).end + SETTLE_MINUTES * MINUTE).toBeLessThanOrEqual(now);
      latestMs = Math.max(latestMs, now - dueAfter(place, closed));
    }
    dates.push(...plan.closed);
    expect(plan.nextDueAt).toBeGreaterThan(now);
    place = { ...place, nextDueAt: plan.nextDueAt };
  }
  return { dates, latestMs };
}

describe("every business day is enqueued once, after it has closed and settled", () => {
  const places = [
    ["America/New_York", 0, "2026-03-01"], ["America/New_York", 240, "2026-10-25"], ["Europe/Berlin", 120, "2026-03-20"],
    ["Australia/Lord_Howe", 150, "2026-04-01"], ["Asia/Kolkata", 330, "2026-06-01"], ["America/St_Johns", 90, "2026-10-25"],
    ["America/Sao_Paulo", 0, "2018-10-28"], ["Pacific/Apia", 0, "2011-12-20"],
  ] as const;
  for (const [zone, minutes, from] of places) {
    it(`${zone}, cut-off ${minutes} minutes after midnight, from ${from}`, () => {
      const place = placeIn(zone, at(minutes), from);
      const last = addDays(date(from), 30);
      const { dates, latestMs } = nights(place, dueAfter(place, last) + MINUTE, 15 * MINUTE);
      expect(dates).toEqual(datesBetween(date(from), last));
      expect(latestMs).toBeLessThanOrEqual(15 * MINUTE);
    });
  }

  it("when the cut-off changes on the way, and the days around it are longer or shorter", () => {
    const cutOffs = [{ from: date("2009-01-01"), minutes: 0 }, { from: date("2026-07-10"), minutes: 300 }, { from: date("2026-07-15"), minutes: 60 }];
    const place = placeIn("America/New_York", cutOffs, "2026-07-05");
    const last = date("2026-07-20");
    expect(nights(place, dueAfter(place, last) + MINUTE, 15 * MINUTE).dates).toEqual(datesBetween(date("2026-07-05"), last));
  });

  it("when the planner wakes once in seven hours only", () => {
    const place = placeIn("America/New_York", at(240), "2026-07-01");
    const last = date("2026-07-20");
    expect(nights(place, dueAfter(place, last) + 8 * HOUR, 7 * HOUR).dates).toEqual(datesBetween(date("2026-07-01"), last));
  });
});

describe("a planner that slept", () => {
  it("for a month takes up all of it at once", () => {
    const place = placeIn("America/New_York", at(0), "2026-06-01");
    const plan = planLocation(place, dueAfter(place, date("2026-07-01")));
    expect(plan.closed).toEqual(datesBetween(date("2026-06-01"), date("2026-07-01")));
  });

  it("for a year goes on in parts and leaves the rest due", () => {
    const place = placeIn("America/New_York", at(0), "2025-01-01");
    const now = dueAfter(place, date("2025-12-31"));
    const first = planLocation(place, now);
    expect(first.closed).toHaveLength(62);
    expect(first.nextDueAt).toBeLessThan(now);
    const second = planLocation({ ...place, nextDueAt: first.nextDueAt }, now);
    expect(second.closed[0]).toBe(addDays(first.closed[61] ?? date("2025-01-01"), 1));
  });

  it("looks for missing days of the last 35, and never before the shop's first day", () => {
    const place = { ...placeIn("America/New_York", at(0), "2026-01-01"), nextDueAt: dueAfter({ zone: "America/New_York", cutOffs: at(0) }, date("2026-07-14")) };
    expect(planLocation(place, place.nextDueAt)).toMatchObject({ closed: ["2026-07-14"], gaps: datesBetween(date("2026-06-10"), date("2026-07-13")) });
    expect(planLocation({ ...place, startsOn: date("2026-07-12") }, place.nextDueAt).gaps).toEqual(["2026-07-12", "2026-07-13"]);
  });

  it("looks again at the days 1, 3, 7, 14 and 35 before each that closed, and at none before the shop's first day", () => {
    const place = { ...placeIn("America/New_York", at(0), "2026-01-01"), nextDueAt: dueAfter({ zone: "America/New_York", cutOffs: at(0) }, date("2026-07-14")) };
    expect(planLocation(place, place.nextDueAt).rereads).toEqual(["2026-06-09", "2026-06-30", "2026-07-07", "2026-07-11", "2026-07-13"]);
    expect(planLocation({ ...place, startsOn: date("2026-07-11") }, place.nextDueAt).rereads).toEqual(["2026-07-11", "2026-07-13"]);
    const twoAtOnce = planLocation(place, place.nextDueAt + DAY);
    expect(twoAtOnce.closed).toEqual(["2026-07-14", "2026-07-15"]);
    expect(twoAtOnce.rereads).toEqual(["2026-06-09", "2026-06-10", "2026-06-30", "2026-07-01", "2026-07-07", "2026-07-08", "2026-07-11", "2026-07-12", "2026-07-13"]);
  });

  it("does nothing with a clock that stepped back, but stays due", () => {
    const place = placeIn("America/New_York", at(0), "2026-07-14");
    expect(planLocation(place, place.nextDueAt - DAY)).toEqual({ closed: [], gaps: [], rereads: [], nextDueAt: place.nextDueAt });
  });
});

describe("a location's delay", () => {
  it("is the same every night, below the window, and none without a window", () => {
    expect(spreadSeconds("shop", "one", 600)).toBe(spreadSeconds("shop", "one", 600));
    expect(spreadSeconds("shop", "one", 0)).toBe(0);
    const delays = Array.from({ length: 500 }, (_, index) => spreadSeconds(`shop${index}`, `place${index * 7}`, 600));
    expect(Math.max(...delays)).toBeLessThan(600);
    // Over ten minutes no minute has more than a quarter of them.
    const minutes = Map.groupBy(delays, (delay) => Math.floor(delay / 60));
    expect(Math.max(...[...minutes.values()].map((group) => group.length))).toBeLessThan(125);
  });
});
