import { describe, expect, test } from "vitest";
import type { DayCell, ShownState } from "../../src/features/days/contract";
import type { BusinessDate } from "../../src/kernel/day";
import { daysAddress, readFilters } from "../../web/src/pages/days/filters";
import { addMonths, lastOf, monthsToChoose, moveBy, weeksOf } from "../../web/src/pages/days/month";
import { isMoving, summarise, takingsOf, tally } from "../../web/src/pages/days/summary";

const date = (text: string) => text as BusinessDate;
const cell = (state: ShownState, takingsMinor: number | null = 100, locationId = "a"): DayCell => ({ locationId, date: "2026-07-14", state, takingsMinor, headline: null });

describe("a month", () => {
  test("is whole weeks from Monday, with nothing outside of it", () => {
    const weeks = weeksOf("2026-07");
    expect(weeks).toHaveLength(5);
    expect(weeks[0]).toEqual([null, null, "2026-07-01", "2026-07-02", "2026-07-03", "2026-07-04", "2026-07-05"]);
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(31);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
  });

  test("of four exact weeks has four rows, and one that spills over has six", () => {
    expect(weeksOf("2027-02")).toHaveLength(4);
    expect(weeksOf("2026-08")).toHaveLength(6);
  });

  test("follows another across a year", () => {
    expect([addMonths("2026-01", -1), addMonths("2025-12", 1), addMonths("2026-07", -19)]).toEqual(["2025-12", "2026-01", "2024-12"]);
    expect(lastOf("2028-02")).toBe("2028-02-29");
  });

  test("can be chosen from two years back, and further where a location began earlier", () => {
    expect(monthsToChoose("2026-07-14", ["2026-06-01"])).toHaveLength(24);
    expect(monthsToChoose("2026-07-14", ["2023-01-05"]).at(-1)).toBe("2023-01");
  });
});

describe("keys in the calendar", () => {
  test("move by a day, a week, to the ends of the week, and by a month", () => {
    const from = date("2026-07-14");
    expect(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"].map((key) => moveBy(key, from)))
      .toEqual(["2026-07-13", "2026-07-15", "2026-07-07", "2026-07-21", "2026-07-13", "2026-07-19", "2026-06-14", "2026-08-14"]);
  });

  test("that go to a shorter month stop at its last day", () => {
    expect(moveBy("PageUp", date("2026-03-31"))).toBe("2026-02-28");
  });

  test("that mean nothing here are left to the page", () => {
    expect([moveBy("a", date("2026-07-14")), moveBy("Tab", date("2026-07-14"))]).toEqual([null, null]);
  });
});

describe("a date over all locations", () => {
  test("shows the location that needs a person most, and leads there", () => {
    const summary = summarise([cell("posted", 200, "a"), cell("held", 100, "b"), cell("no_sales", null, "c")]);
    expect([summary?.state, summary?.word, summary?.locationId, summary?.takingsMinor]).toEqual(["held", "1 of 3 held", "b", 300]);
  });

  test("says one word where all agree, also where one is final and another posted", () => {
    expect(summarise([cell("final"), cell("posted")])?.word).toBe("Posted");
  });

  test("is nothing where no day is kept, and has no takings where nothing was read", () => {
    expect(summarise([])).toBeNull();
    expect(summarise([cell("missing", null)])?.takingsMinor).toBeNull();
    expect(takingsOf([cell("missing", null)])).toBeNull();
  });
});

describe("a month in one line", () => {
  test("counts each kind once, in a fixed order, without kinds that do not occur or days that are open", () => {
    expect(tally([cell("failed"), cell("posted"), cell("final"), cell("open", null), cell("collecting")]))
      .toEqual([{ name: "posted", days: 2 }, { name: "failed", days: 1 }, { name: "working", days: 1 }]);
  });

  test("is asked again only while something moves", () => {
    expect([isMoving([cell("posted"), cell("uncertain")]), isMoving([cell("posted"), cell("held"), cell("ready")])]).toEqual([true, false]);
  });
});

describe("the address", () => {
  const today = "2026-07-14";

  test("gives back what it was made from", () => {
    const filters = { month: "2026-05", location: "b", view: "table", state: "held" } as const;
    const query = Object.fromEntries(new URLSearchParams(daysAddress(filters, today).split("?")[1]));
    expect(readFilters(query, today)).toEqual(filters);
  });

  test("is short where everything is as usual", () => {
    expect(daysAddress({ month: "2026-07", location: null, view: "calendar", state: null }, today)).toBe("/days");
  });

  test("that makes no sense shows this month, all locations, no filter", () => {
    const usual = { month: "2026-07", location: null, view: "calendar", state: null };
    expect(readFilters({ month: "2026-13", at: "", view: "no", state: "nonsense" }, today)).toEqual(usual);
    expect(readFilters({ month: "2031-01", state: ["held", "failed"] }, today)).toEqual(usual);
  });
});
