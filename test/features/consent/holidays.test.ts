/** The business days by which a revocation must be honoured, held against a second way to find them. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type BusinessDate } from "../../../src/kernel/day";
import { federalHolidays, isBusinessDay, lastDayAllowed } from "../../../src/features/consent/holidays";

/** As the Office of Personnel Management publishes them ("Federal Holidays"). */
const PUBLISHED: Readonly<Record<number, string>> = {
  2021: "2021-01-01 2021-01-18 2021-02-15 2021-05-31 2021-06-18 2021-07-05 2021-09-06 2021-10-11 2021-11-11 2021-11-25 2021-12-24",
  2022: "2021-12-31 2022-01-17 2022-02-21 2022-05-30 2022-06-20 2022-07-04 2022-09-05 2022-10-10 2022-11-11 2022-11-24 2022-12-26",
  2026: "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25",
  2027: "2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-07-05 2027-09-06 2027-10-11 2027-11-11 2027-11-25 2027-12-24",
  2028: "2027-12-31 2028-01-17 2028-02-21 2028-05-29 2028-06-19 2028-07-04 2028-09-04 2028-10-09 2028-11-10 2028-11-23 2028-12-25",
};

/** Whether a date is a holiday, judged from the date alone: which weekday it is, and the how-manieth of its month. */
function isHoliday(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  const [month, day, weekday] = [date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCDay()];
  const nth = Math.ceil(day / 7);
  const isFixed = ["1-1", "6-19", "7-4", "11-11", "12-25"].some((fixed) => {
    const near = weekday === 1 ? [0, -1] : weekday === 5 ? [0, 1] : [0];
    return near.some((shift) => {
      const kept = new Date(date.getTime() + shift * 86_400_000);
      return `${kept.getUTCMonth() + 1}-${kept.getUTCDate()}` === fixed;
    });
  });
  const isMonday = weekday === 1 && ((month === 1 && nth === 3) || (month === 2 && nth === 3) || (month === 5 && day > 24) || (month === 9 && nth === 1) || (month === 10 && nth === 2));
  return isFixed || isMonday || (weekday === 4 && month === 11 && nth === 4);
}

const dates = fc.integer({ min: 0, max: 29_000 }).map((days) => addDays("2021-07-01" as BusinessDate, days));

describe("federal holidays", () => {
  it("are those that are published", () => {
    for (const [year, listed] of Object.entries(PUBLISHED)) expect(federalHolidays(Number(year)).join(" ")).toBe(listed);
  });

  it("are found alike by a rule for the year and by a rule for the day, for eighty years", () => {
    fc.assert(fc.property(dates, (date) => {
      const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
      expect([date, isBusinessDay(date)]).toEqual([date, weekday !== 0 && weekday !== 6 && !isHoliday(date)]);
    }), { numRuns: 2_000 });
  });

  it("leave Juneteenth out before it was one", () => {
    expect(federalHolidays(2020)).toHaveLength(10);
  });
});

describe("the last day allowed", () => {
  it("is the tenth business day after the day of the word", () => {
    expect(lastDayAllowed("2026-11-20" as BusinessDate)).toBe("2026-12-07"); // Thanksgiving between
    expect(lastDayAllowed("2026-12-24" as BusinessDate)).toBe("2027-01-11"); // Christmas and New Year
    expect(lastDayAllowed("2026-07-14" as BusinessDate)).toBe("2026-07-28");
    expect(lastDayAllowed("2026-07-18" as BusinessDate)).toBe("2026-07-31"); // said on a Saturday
  });

  it("is a business day with nine others between, however it falls", () => {
    fc.assert(fc.property(dates, (date) => {
      const last = lastDayAllowed(date);
      let business = 0;
      for (let day = addDays(date, 1); day <= last; day = addDays(day, 1)) if (isBusinessDay(day)) business += 1;
      expect([isBusinessDay(last), business]).toEqual([true, 10]);
    }));
  });
});
