/** What the reports page shows is in its address, and what it offers leads to the same range. */
import { describe, expect, it } from "vitest";
import type { BusinessDate } from "../../src/kernel/day";
import { fileAddress, journalAddress, monthsOffered, problemOfRange, rangeOf, readReportFilters, reportAddress } from "../../web/src/pages/reports/filters";

const TODAY = "2026-02-14" as BusinessDate;
const HERE = "b".repeat(26);
const at = (text: string) => Object.fromEntries(new URLSearchParams(text.split("?")[1] ?? ""));

describe("the range of a report", () => {
  it("is the month that is running until another is chosen", () => {
    expect(readReportFilters({}, TODAY)).toEqual({ from: "2026-02-01", to: "2026-02-28", location: null });
  });

  it("survives its own address", () => {
    const filters = { from: "2025-12-30" as BusinessDate, to: TODAY, location: HERE };
    expect(readReportFilters(at(reportAddress(filters)), TODAY)).toEqual(filters);
  });

  it.each(["?from=2026-02-30&to=2026-03-01", "?from=2026-03-01&to=2026-02-01", "?from=2020-01-01&to=2026-01-01", "?from=2026-01-01", "?at=../../x"])("takes nothing of an address that makes no sense: %s", (text) => {
    expect(readReportFilters(at(text), TODAY)).toEqual({ from: "2026-02-01", to: "2026-02-28", location: null });
  });

  it("says what is wrong with two dates", () => {
    const date = (text: string) => text as BusinessDate;
    expect(problemOfRange(null, TODAY)).toBe("Enter a date.");
    expect(problemOfRange(date("2026-03-01"), TODAY)).toBe("The first day comes after the last.");
    expect(problemOfRange(date("2025-01-01"), TODAY)).toContain("366 days");
    expect(problemOfRange(date("2025-02-14"), TODAY)).toBeNull();
  });

  it("is offered by the month, this one last", () => {
    expect(monthsOffered(TODAY)).toEqual(["2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"]);
    expect(rangeOf("2024-02")).toEqual({ from: "2024-02-01", to: "2024-02-29" });
  });
});

describe("what is taken away", () => {
  it("is of the same range and location as what is shown", () => {
    const filters = { ...rangeOf("2026-02"), location: HERE };
    expect(at(fileAddress(filters, "pdf"))).toEqual({ format: "pdf", from: "2026-02-01", to: "2026-02-28", location: HERE });
    expect(at(journalAddress({ ...filters, location: null }, "beancount", "booked"))).toEqual({ format: "beancount", by: "booked", from: "2026-02-01", to: "2026-02-28" });
  });
});
