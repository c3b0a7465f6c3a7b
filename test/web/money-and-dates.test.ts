import { describe, expect, test } from "vitest";
import { amount, count, exactAmount } from "../../web/src/ui/format";
import { ago, cutOffWords, dateIn, longDate, momentIn, monthName, shortDate, timeIn, timeLeft } from "../../web/src/ui/dates";

describe("amounts", () => {
  test("are grouped, and zero is an en dash, but written out in a total", () => {
    expect(amount(240_853, "USD")).toBe("2,408.53");
    expect(amount(0, "USD")).toBe("–");
    expect(exactAmount(0, "USD")).toBe("0.00");
  });

  test("have as many places as their currency has", () => {
    expect(amount(240_853, "JPY")).toBe("240,853");
    expect(amount(240_853, "KWD")).toBe("240.853");
  });

  test("keep every cent of the largest sum that can be held, where a binary fraction would lose it", () => {
    expect(exactAmount(9_007_199_254_740_991, "USD")).toBe("90,071,992,547,409.91");
    expect(exactAmount(-5, "USD")).toBe("−0.05");
  });

  test("are counted with the right word", () => {
    expect([count(1, "day"), count(2, "day"), count(1_200, "day"), count(0, "day")]).toEqual(["1 day", "2 days", "1,200 days", "0 days"]);
  });
});

describe("dates", () => {
  test("are written as a shop says them", () => {
    expect([longDate("2026-07-14"), shortDate("2026-07-14"), monthName("2026-07")]).toEqual(["Tuesday 14 July 2026", "Tue 14 Jul", "July 2026"]);
  });

  test("of an instant are those of the shop's wall clock, not the reader's", () => {
    const instant = Date.parse("2026-07-15T02:30:00Z");
    expect([dateIn("America/New_York", instant), timeIn("America/New_York", instant)]).toEqual(["2026-07-14", "22:30"]);
    expect(momentIn("Asia/Kolkata", instant)).toBe("Wed 15 Jul 08:00");
  });

  test("say a closing hour in words", () => {
    expect([cutOffWords(0), cutOffWords(120), cutOffWords(270)]).toEqual(["midnight", "02:00", "04:30"]);
  });

  test("tell how long ago something was", () => {
    const now = Date.parse("2026-07-15T12:00:00Z");
    const minutes = (many: number) => ago(now - many * 60_000, now, "UTC");
    expect([minutes(0), minutes(1), minutes(59), minutes(60), minutes(119), minutes(300), minutes(3_000)]).toEqual(["just now", "1 minute ago", "59 minutes ago", "1 hour ago", "1 hour ago", "5 hours ago", "on 13 July 2026"]);
  });
});

describe("the time left", () => {
  test("is told from what is done, in words without false precision", () => {
    expect(timeLeft(42, 181, 36_000)).toBe("about 2 minutes");
    expect(timeLeft(90, 100, 20_000)).toBe("about 10 seconds");
    expect(timeLeft(1, 3, 60_000)).toBe("about 2 minutes");
  });

  test("is not told before anything is done, nor after everything is", () => {
    expect([timeLeft(0, 100, 5_000), timeLeft(100, 100, 5_000), timeLeft(5, 100, 0)]).toEqual(["", "", ""]);
  });
});
