import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR } from "../../src/kernel/clock";
import {
  addDays, businessDateAt, cutOffOn, datesBetween, isZone, LATEST_CUT_OFF_MINUTES, nextTimeOfDay, parseBusinessDate, windowOf,
  type BusinessDate, type CutOff, type DaySchedule,
} from "../../src/kernel/day";

const ZONES = [
  "America/New_York", "Europe/Berlin", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kolkata",
  "Africa/Cairo", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns", "Africa/Casablanca", "Asia/Tehran", "Pacific/Chatham",
  "America/Santiago", "Asia/Gaza", "Asia/Tokyo", "UTC",
];

function date(text: string): BusinessDate {
  const parsed = parseBusinessDate(text);
  if (parsed === null) throw new Error(`${text} is no date`);
  return parsed;
}

function schedule(zone: string, ...cutOffs: readonly (readonly [from: string, minutes: number])[]): DaySchedule {
  return { zone, cutOffs: cutOffs.map(([from, minutes]) => ({ from: date(from), minutes })) };
}

/** What a clock on the wall shows, asked of the runtime and not of the code under test. */
function wallOf(instant: number, zone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return parts.format(instant);
}

const dates = fc.integer({ min: 0, max: 7_700 }).map((days) => addDays(date("2009-01-01"), days));
const minutes = fc.integer({ min: 0, max: LATEST_CUT_OFF_MINUTES });
const schedules: fc.Arbitrary<DaySchedule> = fc.record({
  zone: fc.constantFrom(...ZONES),
  cutOffs: fc.array(fc.record({ from: dates, minutes }), { minLength: 1, maxLength: 4 })
    .map((cutOffs: CutOff[]) => cutOffs.toSorted((one, other) => (one.from < other.from ? -1 : 1))),
});

describe("a business date", () => {
  it("is read when it exists", () => {
    expect(parseBusinessDate("2024-02-29")).toBe("2024-02-29");
    expect(parseBusinessDate("2026-12-31")).toBe("2026-12-31");
  });

  it("is refused when it does not exist or is written otherwise", () => {
    for (const text of ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-04-01", "2026-4-1", "2026-04-01T00:00", " 2026-04-01", "", "0000-01-01"]) {
      expect(parseBusinessDate(text), text).toBeNull();
    }
  });

  it("moves over months, years and leap days", () => {
    expect(addDays(date("2026-12-31"), 1)).toBe("2027-01-01");
    expect(addDays(date("2024-03-01"), -1)).toBe("2024-02-29");
    expect(addDays(date("2026-03-08"), 0)).toBe("2026-03-08");
  });

  it("lists ranges with both ends, and nothing for a range that ends before it begins", () => {
    expect(datesBetween(date("2026-02-27"), date("2026-03-01"))).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
    expect(datesBetween(date("2026-03-01"), date("2026-03-01"))).toEqual(["2026-03-01"]);
    expect(datesBetween(date("2026-03-02"), date("2026-03-01"))).toEqual([]);
  });

  it("throws on a range that nobody meant", () => {
    expect(() => datesBetween(date("2000-01-01"), date("2026-01-01"))).toThrow("bounded");
  });
});

describe("a zone", () => {
  it("is one that the runtime knows by name", () => {
    for (const zone of ZONES) expect(isZone(zone), zone).toBe(true);
  });

  it("is refused when unknown, empty, or a mere offset that no daylight saving follows", () => {
    for (const zone of ["", "Mars/Olympus", "America/", "+05:30", "-0800", "GMT+25"]) expect(isZone(zone), zone).toBe(false);
  });
});

describe("the window of a business day", () => {
  it("lasts 23, 24 or 25 hours as the clocks do", () => {
    const newYork = schedule("America/New_York", ["2020-01-01", 0]);
    const hours = ["2026-03-07", "2026-03-08", "2026-11-01"].map((text) => {
      const { start, end } = windowOf(newYork, date(text));
      return (end - start) / HOUR;
    });
    expect(hours).toEqual([24, 23, 25]);
  });

  it("moves half an hour on Lord Howe Island", () => {
    const lordHowe = schedule("Australia/Lord_Howe", ["2020-01-01", 0]);
    const { start, end } = windowOf(lordHowe, date("2026-04-05"));
    expect((end - start) / HOUR).toBe(24.5);
  });

  it("begins at the cut-off on the wall and not at midnight", () => {
    const pier = schedule("America/New_York", ["2020-01-01", 120]);
    const { start, end } = windowOf(pier, date("2026-07-14"));
    expect(new Date(start).toISOString()).toBe("2026-07-14T06:00:00.000Z");
    expect(new Date(end).toISOString()).toBe("2026-07-15T06:00:00.000Z");
  });

  it("keeps a tab across midnight on the evening that it belongs to", () => {
    const pier = schedule("America/New_York", ["2020-01-01", 120]);
    expect(businessDateAt(pier, Date.parse("2026-07-15T01:59:59.999-04:00"))).toBe("2026-07-14");
    expect(businessDateAt(pier, Date.parse("2026-07-15T02:00:00-04:00"))).toBe("2026-07-15");
  });

  it("takes a skipped wall time as far behind the jump as it stood", () => {
    const shop = schedule("America/New_York", ["2020-01-01", 150]);
    expect(new Date(windowOf(shop, date("2026-03-08")).start).toISOString()).toBe("2026-03-08T07:30:00.000Z");
  });

  it("takes the first of two equal wall times", () => {
    const shop = schedule("America/New_York", ["2020-01-01", 90]);
    expect(new Date(windowOf(shop, date("2026-11-01")).start).toISOString()).toBe("2026-11-01T05:30:00.000Z");
  });

  it("stays begun when the clocks go back over midnight, as they did in Newfoundland", () => {
    const stJohns = schedule("America/St_Johns", ["2009-01-01", 0]);
    const instant = Date.parse("2009-11-01T03:00:00Z");
    expect(wallOf(instant, "America/St_Johns")).toBe("2009-10-31 23:30");
    expect(windowOf(stJohns, date("2009-11-01")).start).toBe(Date.parse("2009-11-01T02:30:00Z"));
    expect(businessDateAt(stJohns, instant)).toBe("2009-11-01");
  });

  it("begins at one o'clock where midnight is skipped", () => {
    const saoPaulo = schedule("America/Sao_Paulo", ["2009-01-01", 0]);
    const { start } = windowOf(saoPaulo, date("2018-11-04"));
    expect(wallOf(start, "America/Sao_Paulo")).toBe("2018-11-04 01:00");
    expect(wallOf(start - 1, "America/Sao_Paulo")).toBe("2018-11-03 23:59");
  });

  it("is empty for the date that Samoa never lived, whatever the cut-off", () => {
    for (const cutOff of [0, 240, 720]) {
      const apia = schedule("Pacific/Apia", ["2009-01-01", cutOff]);
      const { start, end } = windowOf(apia, date("2011-12-30"));
      expect(end - start).toBe(0);
      expect(businessDateAt(apia, start)).toBe("2011-12-31");
      expect(businessDateAt(apia, start - 1)).toBe("2011-12-29");
    }
  });

  it("absorbs a change of cut-off in the day before it, and re-cuts no other", () => {
    const before = schedule("Europe/Berlin", ["2020-01-01", 0]);
    const after = schedule("Europe/Berlin", ["2020-01-01", 0], ["2026-05-10", 240]);
    expect(windowOf(after, date("2026-05-08"))).toEqual(windowOf(before, date("2026-05-08")));
    const last = windowOf(after, date("2026-05-09"));
    expect((last.end - last.start) / HOUR).toBe(28);
    expect(cutOffOn(after, date("2026-05-09"))).toBe(0);
    expect(cutOffOn(after, date("2026-05-10"))).toBe(240);
  });

  it("uses the first cut-off for dates before it, and throws without any", () => {
    expect(cutOffOn(schedule("UTC", ["2026-05-10", 240]), date("2020-01-01"))).toBe(240);
    expect(() => cutOffOn({ zone: "UTC", cutOffs: [] }, date("2020-01-01"))).toThrow("at least one cut-off");
  });
});

describe("windows of any zone, cut-off and change of cut-off", () => {
  it("tile: a day ends where the next begins, and none runs backwards", () => {
    fc.assert(fc.property(schedules, dates, (schedule, date) => {
      const today = windowOf(schedule, date);
      expect(windowOf(schedule, addDays(date, 1)).start).toBe(today.end);
      expect(today.end).toBeGreaterThanOrEqual(today.start);
    }), { numRuns: 400 });
  });

  it("hold every instant exactly once: the date at an instant is the one whose window holds it", () => {
    const instants = fc.integer({ min: Date.UTC(2009, 0, 3), max: Date.UTC(2030, 0, 1) });
    fc.assert(fc.property(schedules, instants, (schedule, instant) => {
      const { start, end } = windowOf(schedule, businessDateAt(schedule, instant));
      expect(start).toBeLessThanOrEqual(instant);
      expect(instant).toBeLessThan(end);
    }), { numRuns: 400 });
  });

  it("are found again from their first and their last millisecond", () => {
    fc.assert(fc.property(schedules, dates, (schedule, date) => {
      const { start, end } = windowOf(schedule, date);
      fc.pre(start < end);
      expect(businessDateAt(schedule, start)).toBe(date);
      expect(businessDateAt(schedule, end - 1)).toBe(date);
    }), { numRuns: 400 });
  });

  it("begin when the wall shows the cut-off, unless the clocks skip it", () => {
    fc.assert(fc.property(fc.constantFrom(...ZONES), minutes, dates, (zone, minutes, date) => {
      const { start } = windowOf({ zone, cutOffs: [{ from: date, minutes }] }, date);
      const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
      const isSkipped = offsetAt(start - 24 * HOUR, zone) < offsetAt(start + 24 * HOUR, zone);
      if (!isSkipped) expect(wallOf(start, zone)).toBe(`${date} ${clock}`);
    }), { numRuns: 400 });
  });

  it("tile through every change of the clocks of eleven years in the zones that change oddest", () => {
    for (const zone of ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Africa/Cairo"]) {
      for (const cutOff of [0, 150]) expect(holesOf(schedule(zone, ["2009-01-01", cutOff])), zone).toEqual([]);
    }
  });
});

/** The dates of 2009 to 2019 whose window does not begin where the one before ends, or lasts other than 23 to 25 hours. */
function holesOf(schedule: DaySchedule): BusinessDate[] {
  return weeksOfChange(schedule).flatMap((monday) => datesBetween(monday, addDays(monday, 6))).filter((today) => {
    const { start, end } = windowOf(schedule, today);
    const isLived = schedule.zone !== "Pacific/Apia" || today !== "2011-12-30";
    const hours = (end - start) / HOUR;
    return start !== windowOf(schedule, addDays(today, -1)).end || hours < (isLived ? 23 : 0) || hours > 25;
  });
}

/** The first dates of the weeks that are not 168 hours long: only in those did the clocks change. Never none. */
function weeksOfChange(schedule: DaySchedule): BusinessDate[] {
  const weeks = Array.from({ length: 52 * 11 }, (_, week) => addDays(date("2009-01-05"), 7 * week));
  const changes = weeks.filter((monday) => windowOf(schedule, addDays(monday, 7)).start - windowOf(schedule, monday).start !== 168 * HOUR);
  expect(changes.length, schedule.zone).toBeGreaterThan(4);
  return changes;
}

/** Minutes that a zone's wall clock is ahead of UTC. */
function offsetAt(instant: number, zone: string): number {
  return (Date.parse(`${wallOf(instant, zone).replace(" ", "T")}:00Z`) - Math.floor(instant / 60_000) * 60_000) / 60_000;
}

describe("the next time of day", () => {
  it.each([
    ["later today", "America/New_York", "2026-07-14T09:00:00Z", "2026-07-14T10:00:00Z"],
    ["tomorrow, where it is that very minute", "America/New_York", "2026-07-14T10:00:00Z", "2026-07-15T10:00:00Z"],
    ["an hour later by the sun once the clocks went back", "America/New_York", "2026-10-31T12:00:00Z", "2026-11-01T11:00:00Z"],
    ["the day after one that its zone never lived", "Pacific/Apia", "2011-12-30T06:00:00Z", "2011-12-30T16:00:00Z"],
  ])("is %s", (_, zone, now, next) => {
    expect(new Date(nextTimeOfDay(zone, 6 * 60, Date.parse(now))).toISOString()).toBe(next.replace("Z", ".000Z"));
  });
});
