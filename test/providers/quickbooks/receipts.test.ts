import { describe, expect, test } from "vitest";
import { entryOf, type Entry, type EntryLine } from "../../../src/ledger/entry";
import { compareEntries } from "../../../src/ledger/fingerprint";
import { reverse } from "../../../src/ledger/correction";
import type { LineKey } from "../../../src/ledger/mapping";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import { anOrder, CAFE, DATE, failureOf, givenBooks, valueOf } from "./given";

/** Accounts of the café's chart. */
const CLEARING = "6", CASH = "3", COFFEE = "20", RETURNS = "27", TAX = "12", TIPS = "13";

function line(key: string, side: EntryLine["side"], account: string, minor: number, more: Partial<EntryLine> = {}): EntryLine {
  return { key: key as LineKey, description: key, account: { id: account, name: `Account ${account}` }, side, minor, ...more };
}

/** Coffee for 100.00, one returned for 5.00, 8.25 tax taken and 0.41 given back, a tip, paid by card and cash. */
const DAY: Entry = entryOf("USD", [
  line("tender:card", "debit", CLEARING, 9_284), line("tender:cash", "debit", CASH, 1_200), line("return:coffee", "debit", RETURNS, 500), line("tax:t", "debit", TAX, 41),
  line("sales:coffee", "credit", COFFEE, 10_000), line("tax:t", "credit", TAX, 825), line("tip", "credit", TIPS, 200),
]);

const receipt = (entry = DAY, more = {}) => ({ ...anOrder(), entry, method: "receipt" as const, ...more });

describe("a day as a sales receipt", () => {
  test("comes to nothing: sales put on what takings take off, and the tax stands as tax", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    const booked = valueOf(await quickbooks.createEntry(access, receipt()));
    const [made] = control.records(CAFE, "SalesReceipt");
    expect(made).toMatchObject({ DocNumber: "DB-HAR-260105-S1", TxnDate: DATE, TotalAmt: 0, TxnTaxDetail: { TotalTax: 7.84 }, Line: [-92.84, -12, -5, 100, 2, -7.84].map((Amount) => ({ Amount })) });
    expect(control.entries(CAFE)).toHaveLength(0);
    expect(compareEntries(DAY, booked.lines)).toBeNull();
    expect(valueOf(await quickbooks.readEntry(access, booked.id, "receipt"))).toEqual(booked);
    expect(valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", DATE, "receipt"))).toEqual(booked);
    expect(valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"))).toBeNull();
  });

  test("goes through one item of each account, made once and found again", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    valueOf(await quickbooks.createEntry(access, receipt()));
    const items = control.records(CAFE, "Item").map(({ Name, IncomeAccountRef }) => [Name, (IncomeAccountRef as { value: string }).value]);
    expect(items).toEqual([CLEARING, CASH, RETURNS, COFFEE, TIPS].map((id) => [`Daybook Account ${id} (${id})`, id]));
    valueOf(await quickbooks.createEntry(access, receipt(DAY, { documentNumber: "DB-HAR-260106-S1", requestId: "request-2" })));
    expect(control.records(CAFE, "Item")).toHaveLength(items.length);
    expect(control.records(CAFE, "SalesReceipt")).toHaveLength(2);
  });

  test("is posted once however often it is sent, and a lost answer is found by its number", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "/salesreceipt" });
    expect(failureOf(await quickbooks.createEntry(access, receipt())).kind).toBe("answer_lost");
    const found = valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", DATE, "receipt"));
    expect(valueOf(await quickbooks.createEntry(access, receipt()))).toEqual(found);
    expect(control.records(CAFE, "SalesReceipt")).toHaveLength(1);
  });

  test("loses nothing when the answer to an item was lost: the next attempt finds the item", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "/item" });
    expect(failureOf(await quickbooks.createEntry(access, receipt())).kind).toBe("provider_down");
    expect(control.records(CAFE, "SalesReceipt")).toHaveLength(0);
    expect(compareEntries(DAY, valueOf(await quickbooks.createEntry(access, receipt())).lines)).toBeNull();
    expect(control.records(CAFE, "Item")).toHaveLength(5);
  });

  test("keeps classes on its lines and one location for all of them", async () => {
    const { open, control } = givenBooks();
    control.setCompany(CAFE, { tracksClasses: true, tracksDepartments: true, classes: [{ Id: "1", Name: "Bar", Active: true }], departments: [{ Id: "7", Name: "Pier", Active: true }, { Id: "8", Name: "Mill", Active: true }] });
    const access = await open();
    const pier = { dimension: "location", option: "7", name: "Pier" };
    const tagged = entryOf("USD", DAY.lines.map((one) => ({ ...one, tags: one.key === "sales:coffee" ? [{ dimension: "class", option: "1", name: "Bar" }, pier] : [pier] })));
    const booked = valueOf(await quickbooks.createEntry(access, receipt(tagged)));
    expect(control.records(CAFE, "SalesReceipt")[0]).toMatchObject({ DepartmentRef: { value: "7" } });
    expect(compareEntries(tagged, booked.lines)).toBeNull();
    const torn = entryOf("USD", tagged.lines.map((one) => (one.key === "tip" ? { ...one, tags: [{ ...pier, option: "8" }] } : one)));
    expect(failureOf(await quickbooks.createEntry(access, receipt(torn, { requestId: "r2" })))).toMatchObject({ kind: "invalid_input", message: expect.stringContaining("different locations") as string });
  });
});

describe("a sales receipt that cannot be", () => {
  test("gives back more tax than it took, and says so before anything is sent", async () => {
    const { open, control } = givenBooks();
    const failure = failureOf(await quickbooks.createEntry(await open(), receipt(reverse(DAY))));
    expect(failure).toMatchObject({ kind: "invalid_input", message: expect.stringContaining("Post it as a journal entry") as string });
    expect(control.calls({ method: "POST", path: "/v3" })).toHaveLength(0);
  });

  test("falls into a closed period, or names an item that a person made inactive", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.setCompany(CAFE, { bookCloseDate: "2026-01-05" });
    expect(failureOf(await quickbooks.createEntry(access, receipt()))).toMatchObject({ kind: "period_closed", closedThrough: "2026-01-05" });
    expect(control.records(CAFE, "SalesReceipt")).toHaveLength(0);
  });

  test("that a person changed or deleted is not taken for the one that was sent", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    const booked = valueOf(await quickbooks.createEntry(access, receipt()));
    const other = booked.lines.map((one) => (one.isSum ? { ...one, minor: one.minor + 1 } : one));
    expect(compareEntries(DAY, other)).toContain("Account 12");
    expect(failureOf(await quickbooks.readEntry(access, "999", "receipt")).kind).toBe("not_found");
    expect(control.calls({ method: "POST", path: "/salesreceipt" })).toHaveLength(1);
  });
});
