import { describe, expect, test } from "vitest";
import { SHOWN_STATES, type DayView } from "../../src/features/days/contract";
import type { BackfillView } from "../../src/features/sync/contract";
import type { BusinessDate } from "../../src/kernel/day";
import { isOnItsWay, isWaiting } from "../../web/src/pages/day/motion";
import { verdictOf } from "../../web/src/pages/day/tie-out";
import { dayCount, problemOf, progressText, shownBackfills } from "../../web/src/pages/days/backfill";

const day = (state: DayView["state"], tillMinor: number | null, entryMinor: number | null, booksMinor: number | null, lines: unknown[] = [], imbalanceMinor = 0) => ({
  state, tieOut: { currency: "USD", tillMinor, entryMinor, booksMinor, imbalanceMinor }, explanation: { lines },
});

describe("the tie-out strip", () => {
  test("ties only where till, entry and books are equal to the cent", () => {
    expect(verdictOf(day("posted", 100, 100, 100))).toMatchObject({ tone: "ties", text: "Ties to the cent", tillIsEntry: true, entryIsBooks: true });
    expect(verdictOf(day("posted", 100, 100, 101))).toMatchObject({ tone: "failed", text: "0.01 more in the books than in the entry", entryIsBooks: false });
    expect(verdictOf(day("changed", 400, 100, 100))).toMatchObject({ tone: "held", text: "3.00 more in the till than in the entry", tillIsEntry: false });
  });

  test("never ties a till whose own sides differ, and says by how much", () => {
    expect(verdictOf(day("held", 100, 100, 100, [], 5))).toMatchObject({ tone: "held", text: "0.05 more in the till's sales than in its tenders", tillIsEntry: false, entryIsBooks: true });
    expect(verdictOf(day("held", 100, null, null, [], -250))).toMatchObject({ tone: "held", text: "2.50 more in the till's tenders than in its sales", tillIsEntry: null });
  });

  test("says what is missing before there is anything to compare", () => {
    expect(verdictOf(day("missing", null, null, null)).text).toBe("Not read yet");
    expect(verdictOf(day("held", 100, null, null, [1, 2])).text).toBe("2 lines need an account");
    expect(verdictOf(day("held", 100, null, null)).text).toBe("No entry can be built yet");
    expect(verdictOf(day("no_sales", null, null, null)).text).toBe("No sales, nothing to post");
  });

  test("tells a day that waits from one that was refused and one that is on its way", () => {
    expect([verdictOf(day("ready", 100, 100, null)), verdictOf(day("failed", 100, 100, null)), verdictOf(day("posting", 100, 100, null)), verdictOf(day("uncertain", 100, 100, null))].map((verdict) => verdict.text))
      .toEqual(["Ready, not posted yet", "Not in the books yet", "On its way to the books", "Being looked up in the books"]);
  });
});

describe("the page of a day", () => {
  const seen = (state: DayView["state"], lines: unknown[] = []) => ({ state, proposal: null, explanation: { lines } });

  test("asks on at once while the day is on its way", () => {
    expect((["posting", "uncertain", "collecting"] as const).every((state) => isOnItsWay(seen(state)))).toBe(true);
    expect(isOnItsWay({ ...seen("held", [1]), proposal: {} })).toBe(true);
    expect(isOnItsWay(seen("held", [1]))).toBe(false);
  });

  test("looks again now and then while somebody may mend the day elsewhere, and leaves a day at rest alone", () => {
    expect(SHOWN_STATES.filter((state) => isWaiting({ state }))).toEqual(["ready", "held", "failed", "changed", "missing"]);
    expect((["posted", "final", "corrected", "no_sales", "open"] as const).some((state) => isWaiting({ state }) || isOnItsWay(seen(state)))).toBe(false);
  });
});

describe("a back-fill", () => {
  const today = "2026-07-15" as BusinessDate;
  const request = (from: string, to: string, locations = ["a", "b"]) => ({ from, to, locations, post: false });

  test("counts the days of every location, both ends included", () => {
    expect(dayCount(request("2026-07-01", "2026-07-14"))).toBe(28);
  });

  test("is refused with the field that is wrong", () => {
    expect(problemOf(request("2026-07-01", "2026-07-14"), today)).toBeNull();
    expect(problemOf(request("2026-07-10", "2026-07-01"), today)?.field).toBe("from");
    expect(problemOf(request("2026-07-01", "2026-07-15"), today)?.field).toBe("to");
    expect(problemOf(request("", "2026-07-14"), today)?.field).toBe("from");
    expect(problemOf(request("2026-07-01", "2026-07-14", []), today)?.field).toBe("locations");
    expect(problemOf(request("2019-01-01", "2026-07-14"), today)?.text).toContain("2,000");
  });

  test("tells how far it is and how long it will take", () => {
    const running: BackfillView = { id: "x", from: "2026-01-01", to: "2026-06-30", post: true, locations: ["a"], dayCount: 181, doneCount: 42, outcomes: [], problems: [], requestedAt: 0, isFinished: false };
    expect(progressText(running, 36_000)).toBe("42 of 181 days, about 2 minutes");
    expect(progressText({ ...running, doneCount: 0 }, 36_000)).toBe("0 of 181 days");
    const finished = { ...running, id: "y", isFinished: true, requestedAt: 5 };
    const older = { ...finished, id: "z", requestedAt: 2 };
    expect(shownBackfills([running, finished], new Set()).map((one) => one.id)).toEqual(["x"]);
    expect(shownBackfills([older, finished], new Set()).map((one) => one.id)).toEqual(["y"]);
    expect(shownBackfills([older, finished], new Set(["y"]))).toEqual([]);
  });
});
