import { describe, expect, test } from "vitest";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import { line } from "./caller";
import { anOrder, CAFE, date, failureOf, givenBooks, valueOf } from "./given";

const RANGE = { from: date("2026-01-01"), to: date("2026-01-31") };

function givenFound() {
  const books = givenBooks();
  const journal = (more: Record<string, unknown>) => {
    if (!books.control.addEntry(CAFE, { TxnDate: "2026-01-05", Line: [line("Debit", "6", 12.5), line("Credit", "20", 12.5)], ...more }).ok) throw new Error("refused");
  };
  return { ...books, journal };
}

describe("what looks like sales that somebody else posted", () => {
  test("is found by the till or connector that it names, wherever it names it, the latest first", async () => {
    const { open, control, journal } = givenFound();
    journal({ TxnDate: "2026-01-05", DocNumber: "9", PrivateNote: "Daily summary, square" });
    journal({ TxnDate: "2026-01-06", DocNumber: "COMMERCE SYNC 17" });
    const sale = { Line: [{ Amount: 80, Description: "Sales" }] };
    control.addRecord(CAFE, "SalesReceipt", { ...sale, TxnDate: "2026-01-07", DocNumber: "1007", CustomerRef: { value: "4", name: "Clover Customer" } });
    control.addRecord(CAFE, "Deposit", { TxnDate: "2026-01-08", Line: [{ Amount: 77.5, Description: "SQUARE INC *TRANSFER" }] });
    control.addRecord(CAFE, "Invoice", { ...sale, TxnDate: "2026-01-09", DocNumber: "55", PrivateNote: "Synder" });
    expect(valueOf(await quickbooks.findLookalikes(await open(), RANGE))).toEqual([
      { id: "3", type: "Invoice", documentNumber: "55", date: "2026-01-09", totalMinor: 8_000, reason: "its memo names Synder" },
      { id: "2", type: "Deposit", documentNumber: "", date: "2026-01-08", totalMinor: 7_750, reason: "one of its lines names Square" },
      { id: "1", type: "Sales receipt", documentNumber: "1007", date: "2026-01-07", totalMinor: 8_000, reason: "its customer is named Clover" },
      { id: "2", type: "Journal entry", documentNumber: "COMMERCE SYNC 17", date: "2026-01-06", totalMinor: 1_250, reason: "its number names Commerce Sync" },
      { id: "1", type: "Journal entry", documentNumber: "9", date: "2026-01-05", totalMinor: 1_250, reason: "its memo names Square" },
    ]);
  });

  test("is found by a day's date and total though it names nothing", async () => {
    const { open, journal } = givenFound();
    journal({ TxnDate: "2026-01-05", PrivateNote: "by hand" });
    const access = await open();
    expect(valueOf(await quickbooks.findLookalikes(access, RANGE))).toEqual([]);
    const days = [{ date: date("2026-01-05"), totalMinor: 1_250 }];
    expect(valueOf(await quickbooks.findLookalikes(access, { ...RANGE, days }))).toMatchObject([{ reason: "it has the same date and total as that day" }]);
    expect(valueOf(await quickbooks.findLookalikes(access, { ...RANGE, days: [{ date: date("2026-01-06"), totalMinor: 1_250 }] }))).toEqual([]);
  });

  test("is never Daybook's own, never outside the range, and never a word inside another", async () => {
    const { open, journal } = givenFound();
    const access = await open();
    valueOf(await quickbooks.createEntry(access, anOrder({ memo: "Daybook: sales of Square Café" })));
    journal({ TxnDate: "2025-12-31", PrivateNote: "Square" });
    journal({ TxnDate: "2026-02-01", PrivateNote: "Square" });
    journal({ PrivateNote: "Squared away; toaster repaired; squares of linen" });
    expect(valueOf(await quickbooks.findLookalikes(access, RANGE))).toEqual([]);
  });

  test("is at most a hundred", async () => {
    const { open, journal } = givenFound();
    for (let index = 0; index < 130; index += 1) journal({ PrivateNote: "Toast" });
    expect(valueOf(await quickbooks.findLookalikes(await open(), RANGE))).toHaveLength(100);
  });

  test("is not found, rather than declared absent, where the books do not answer", async () => {
    const { open, control } = givenFound();
    control.misbehave({ misbehaviour: { kind: "status", status: 503 }, path: "/query", skip: 2 });
    expect(failureOf(await quickbooks.findLookalikes(await open(), RANGE)).kind).toBe("provider_down");
  });
});
