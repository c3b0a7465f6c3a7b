/** A report on paper opens in somebody else's reader, says every figure, and survives whatever names hold. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ReportDay, ReportView } from "../../../src/features/reports/contract";
import { reportPdf } from "../../../src/features/reports/pdf";
import { fonts, HAS_READER } from "../certificates/paper";

const directory = mkdtempSync(path.join(os.tmpdir(), "daybook-pdf-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function pagesOf(view: ReportView): Promise<string[]> {
  const file = path.join(directory, "report.pdf");
  writeFileSync(file, await reportPdf(view, fonts));
  return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
}

function dayOf(index: number, changes: Partial<ReportDay> = {}): ReportDay {
  return {
    locationId: "l".repeat(26), locationName: "Pier", date: `2026-07-${String((index % 31) + 1).padStart(2, "0")}`, state: "posted", currency: "USD",
    figures: { grossMinor: 120_000, reductionsMinor: 0, returnsMinor: 0, netMinor: 120_000, taxMinor: 10_650, tipsMinor: 0, collectedMinor: 130_650 },
    tillMinor: 130_650, booksMinor: 130_650, ties: true, numbers: ["DB-PIR-260701-S1"], ...changes,
  };
}

function viewOf(changes: Partial<ReportView> = {}): ReportView {
  return {
    from: "2026-07-01", to: "2026-07-31", shop: "Harbour Coffee", zone: "America/New_York", generatedAt: Date.UTC(2026, 7, 1, 9, 30), location: null, locations: [],
    totals: [{
      currency: "USD", days: 31,
      summary: [{ label: "Gross sales", minor: 3_720_000, isTotal: false }, { label: "Returns", minor: -12_345, isTotal: false }, { label: "Net sales", minor: 3_707_655, isTotal: true }],
      categories: [{ label: "Coffee", inMinor: 3_720_000, outMinor: 12_345, netMinor: 3_707_655 }],
      taxes: [{ label: "City tax 8.875%", inMinor: 330_150, outMinor: 0, netMinor: 330_150 }],
      tenders: [{ label: "Card", inMinor: 4_037_805, outMinor: 0, netMinor: 4_037_805 }],
      tieOut: { tillMinor: 4_050_150, booksMinor: 4_050_150, notPostedMinor: 0, postedDays: 31, ties: true },
    }],
    posted: [{ currency: "USD", accounts: [{ account: "Card clearing", debitMinor: 4_037_805, creditMinor: 0 }, { account: "Sales", debitMinor: 12_345, creditMinor: 4_050_150 }], debitMinor: 4_050_150, creditMinor: 4_050_150 }],
    states: [], days: Array.from({ length: 31 }, (_, index) => dayOf(index)), changes: [], ...changes,
  };
}

describe.skipIf(!HAS_READER)("a report on paper (skipped where pdftotext is not installed: apt-get install poppler-utils)", () => {
  it("says shop, period, when it was made, every figure and every total", async () => {
    const text = (await pagesOf(viewOf())).join("\n");
    for (const said of [
      "Harbour Coffee", "2026-07-01 to 2026-07-31, all locations", "Generated 2026-08-01 09:30 UTC", "37,200.00", "-123.45", "37,076.55", "City tax 8.875%", "3,301.50", "40,378.05",
      "Posted by account, USD", "40,378.05", "Till 40,501.50 = Books 40,501.50, 31 days in the books", "1,306.50",
    ]) expect(text, said).toContain(said);
  });

  it("goes on over pages, each with its head, its columns and its number", async () => {
    const pages = await pagesOf(viewOf({ days: Array.from({ length: 400 }, (_, index) => dayOf(index)) }));
    expect(pages.length).toBeGreaterThan(6);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain("Harbour Coffee");
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    }
    expect(pages.at(-1)).toContain("Net sales");
    expect(pages.join("\n").match(/^ *2026-07-\d\d +Pier/gm)).toHaveLength(400);
  });

  it("draws hostile and foreign names in their own letters, and one that no font has as an empty box", async () => {
    const names = ["売上 💰", "\u202Ecod.exe", "(Tj) ET \\) >> endstream", "Žižkov Café Łódź", "Кофейня", "קפה הנמל", "alpha\u0000beta\ngamma", "\ud800", "", "x".repeat(5_000), "%%EOF"];
    const pages = await pagesOf(viewOf({ shop: "Ünï (Tj) \\ 売", days: names.map((locationName, index) => dayOf(index, { locationName })) }));
    const text = pages.join("\n");
    for (const said of ["Ünï (Tj) \\ □", "□□ □", "cod.exe", "Žižkov Café Łódź", "Кофейня", "קפה הנמל", "alpha beta gamma", "xxx...", "%%EOF"]) expect(text, said).toContain(said);
    expect(text.match(/1,306\.50/g)).toHaveLength(names.length * 2);
  });

  it("shows what was posted later with its reason, a day that does not tie, and a range that was never read", async () => {
    const change = { locationId: "l".repeat(26), locationName: "Pier", date: "2026-07-03", kind: "correction" as const, documentNumber: "DB-PIR-260703-C2", bookedOn: "2026-08-01", cause: "2 late sales", currency: "USD", totalMinor: 1_234, postedAt: 1 };
    const text = (await pagesOf(viewOf({ changes: [change], days: [dayOf(2, { ties: false, booksMinor: 129_416 })] }))).join("\n");
    for (const said of ["DB-PIR-260703-C2", "2 late sales", "12.34", "1,294.16", "no"]) expect(text, said).toContain(said);
    expect((await pagesOf(viewOf({ totals: [], posted: [], days: [] }))).join("\n")).toContain("No day of this range was read.");
  });

  it("fetches no font for what every reader's own has, and is small then", async () => {
    const unfetched = () => Promise.reject(new Error("nobody needs a font here"));
    const plain = await reportPdf(viewOf({ shop: "Café “Ünï” – half" }), unfetched);
    expect(plain.byteLength).toBeLessThan(20_000);
  });
});
