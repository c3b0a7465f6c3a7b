/** Which reports a morning files. */
import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/kernel/clock";
import { filingsOf, lookFrom, type ChangedDate } from "../../../src/features/filing/rules";
import { date } from "../../support/days";

const AT = Date.UTC(2026, 7, 5, 9);
const today = date("2026-08-05");
const changed = (on: string, changedAt = AT - DAY): ChangedDate => ({ date: date(on), changedAt });
const file = (dates: readonly ChangedDate[], most = 100) => filingsOf(dates, { today, at: AT, most });

describe("what has changed", () => {
  it("is filed as its day's report, and as its month's once the month is over", () => {
    const { filings } = file([changed("2026-07-31"), changed("2026-08-01")]);
    expect(filings.map(({ span, name, from, to }) => [span, name, from, to])).toEqual([
      ["day", "2026-07-31", "2026-07-31", "2026-07-31"], ["day", "2026-08-01", "2026-08-01", "2026-08-01"], ["month", "2026-07", "2026-07-01", "2026-07-31"],
    ]);
  });

  it.each([["2026-02", "2026-02-28"], ["2024-02", "2024-02-29"], ["2025-12", "2025-12-31"], ["2026-04", "2026-04-30"]])("in the month %s ends on %s", (month, last) => {
    expect(file([changed(`${month}-10`)]).filings).toEqual([{ span: "month", name: month, from: `${month}-01`, to: last, asOf: AT - DAY }]);
  });

  it("on a day that is not over is filed by nobody", () => {
    expect(file([changed("2026-08-05"), changed("2026-08-06")])).toMatchObject({ filings: [], isAll: true });
  });

  it("is taken in the order of the changes, so many at once, and goes on where it stopped", () => {
    const dates = [changed("2026-08-03", 300), changed("2026-08-01", 100), changed("2026-08-02", 200)];
    const first = file(dates, 2);
    expect(first).toMatchObject({ through: 200, isAll: false });
    expect(first.filings.map(({ name }) => name)).toEqual(["2026-08-01", "2026-08-02"]);
    const second = file(dates.filter(({ changedAt }) => changedAt > first.through), 2);
    expect(second).toMatchObject({ through: 300, isAll: true });
  });

  it("in one instant is never taken in part: the next look begins after it", () => {
    const dates = ["2026-08-01", "2026-08-02", "2026-08-03"].map((on) => changed(on, 100));
    expect(file(dates, 1)).toMatchObject({ through: 100, isAll: true });
    expect(file(dates, 1).filings).toHaveLength(3);
  });

  it("within the last minutes is looked at once more: another clock may have written beside it", () => {
    expect(file([changed("2026-08-04", AT - 1)]).through).toBe(AT - 600_000);
  });
});

describe("a morning", () => {
  it("looks as far back as days are read again, on the second of a month over a year, and at first at everything", () => {
    expect(lookFrom(today, 1)).toBe("2026-06-30");
    expect(lookFrom(date("2026-08-02"), 1) < "2025-07-01").toBe(true);
    expect(lookFrom(today, 0)).toBe("1970-01-01");
  });
});
