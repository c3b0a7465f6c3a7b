import { describe, expect, test } from "vitest";
import { caller, codeOf, entry, line, type Json } from "./caller";
import { BAKERY, CAFE, DATE, givenBooks } from "./given";

describe("a journal entry", () => {
  test.each<[string, string, Json]>([
    ["2010", "an unknown property", entry({ Unicorn: 1 })],
    ["2050", "a number of 22 characters", entry({ DocNumber: "N".repeat(22) })],
    ["2050", "a note of 4,001 characters", entry({ PrivateNote: "n".repeat(4_001) })],
    ["2060", "a date that is none", entry({ TxnDate: "2026-02-30" })],
    ["2250", "no lines", { TxnDate: DATE }],
    ["2250", "one line", entry({ Line: [line("Debit", "6", 0)] })],
    ["2260", "no side", entry({ Line: [{ Amount: 1, DetailType: "JournalEntryLineDetail", JournalEntryLineDetail: { AccountRef: { value: "6" } } }, line("Credit", "20", 1)] })],
    ["2170", "a third side", entry({ Line: [line("Left", "6", 1), line("Credit", "20", 1)] })],
    ["2170", "another kind of line", entry({ Line: [{ ...line("Debit", "6", 1), DetailType: "SalesItemLineDetail" }, line("Credit", "20", 1)] })],
    ["2290", "a negative amount", entry({ Line: [line("Debit", "6", -1), line("Credit", "20", -1)] })],
    ["2100", "an amount in text", entry({ Line: [line("Debit", "6", "1.00"), line("Credit", "20", 1)] })],
    ["2100", "a fraction of a cent", entry({ Line: [line("Debit", "6", 1.005), line("Credit", "20", 1.005)] })],
    ["2020", "no amount", entry({ Line: [line("Debit", "6", undefined), line("Credit", "20", 1)] })],
    ["2020", "no account", entry({ Line: [line("Debit", "6", 1), { ...line("Credit", "20", 1), JournalEntryLineDetail: { PostingType: "Credit" } }] })],
    ["2300", "a cent too much", entry({ Line: [line("Debit", "6", 12.51), line("Credit", "20", 12.5)] })],
    ["2500", "an account that is not there", entry({ Line: [line("Debit", "6", 1), line("Credit", "999", 1)] })],
    ["610", "an inactive account", entry({ Line: [line("Debit", "6", 1), line("Credit", "22", 1)] })],
    ["6000", "payables without a vendor", entry({ Line: [line("Debit", "6", 1), line("Credit", "10", 1)] })],
    ["5030", "a class while classes are off", entry({ Line: [line("Debit", "6", 1, { ClassRef: { value: "1" } }), line("Credit", "20", 1)] })],
    ["6000", "a foreign currency", entry({ CurrencyRef: { value: "EUR" } })],
  ])("is refused with %s for %s", async (code, _, body) => {
    const world = givenBooks();
    world.control.setAccountActive(CAFE, "22", false);
    const { call } = await caller(world);
    const answer = await call("POST", "/journalentry", body);
    expect([answer.status, codeOf(answer.json)]).toEqual([400, code]);
    expect(world.control.entries(CAFE)).toHaveLength(0);
  });

  test("with a class, a department, a customer on receivables, in a multicurrency company: all taken when switched on", async () => {
    const world = givenBooks();
    const item = { Id: "1", Name: "Uptown", Active: true };
    world.control.setCompany(CAFE, { tracksClasses: true, tracksDepartments: true, classes: [item], departments: [item], multicurrency: true });
    const tags = { ClassRef: { value: "1" }, DepartmentRef: { value: "1" }, Entity: { Type: "Customer", EntityRef: { value: "7" } } };
    const { call } = await caller(world);
    const body = entry({ CurrencyRef: { value: "EUR" }, Line: [line("Debit", "4", 3, tags), line("Credit", "20", 3)] });
    expect((await call("POST", "/journalentry", body)).status).toBe(200);
    const foreignBank = entry({ CurrencyRef: { value: "EUR" }, Line: [line("Debit", "1", 3), line("Credit", "20", 3)] });
    expect(codeOf((await call("POST", "/journalentry", foreignBank)).json)).toBe("6000");
    const unknownClass = entry({ Line: [line("Debit", "6", 3, { ClassRef: { value: "9" } }), line("Credit", "20", 3)] });
    expect(codeOf((await call("POST", "/journalentry", unknownClass)).json)).toBe("2500");
  });

  test("is changed and deleted by a bookkeeper only with its current SyncToken", async () => {
    const world = givenBooks();
    const { call } = await caller(world);
    await call("POST", "/journalentry", entry({ DocNumber: "A" }));
    const change = { Id: "1", SyncToken: "0", sparse: true, PrivateNote: "seen" };
    expect((await call("POST", "/journalentry", change)).json["JournalEntry"]).toMatchObject({ SyncToken: "1", DocNumber: "A", PrivateNote: "seen" });
    expect(codeOf((await call("POST", "/journalentry", change)).json)).toBe("5010");
    expect(codeOf((await call("POST", "/journalentry?operation=delete", { Id: "1", SyncToken: "0" })).json)).toBe("5010");
    const deleted = await call("POST", "/journalentry?operation=delete", { Id: "1", SyncToken: "1" });
    expect(deleted.json["JournalEntry"]).toEqual({ status: "Deleted", domain: "QBO", Id: "1" });
    expect(codeOf((await call("GET", "/journalentry/1")).json)).toBe("610");
  });

  test("is voided to zero and stays", async () => {
    const world = givenBooks();
    const { call } = await caller(world);
    await call("POST", "/journalentry", entry({ DocNumber: "A" }));
    await call("POST", "/journalentry?operation=update&include=void", { Id: "1", SyncToken: "0" });
    expect(world.control.entries(CAFE)[0]?.Line.map(({ Amount }) => Amount)).toEqual([0, 0]);
  });

  test("cannot be changed in a closed period, nor moved into one", async () => {
    const world = givenBooks();
    world.control.addEntry(CAFE, entry());
    world.control.addEntry(CAFE, entry({ TxnDate: "2026-02-01" }));
    world.control.setCompany(CAFE, { bookCloseDate: "2026-01-31" });
    expect(world.control.editEntry(CAFE, "1", { PrivateNote: "x" })).toMatchObject({ ok: false, failure: { code: "6200" } });
    expect(world.control.deleteEntry(CAFE, "1")).toMatchObject({ ok: false, failure: { code: "6200" } });
    expect(world.control.editEntry(CAFE, "2", { TxnDate: "2026-01-31" })).toMatchObject({ ok: false, failure: { code: "6200" } });
  });

  test("of a taken number is let in by include=allowduplicatedocnum, and the refusal names the holder", async () => {
    const world = givenBooks();
    world.control.setCompany(CAFE, { warnsOfDuplicates: true });
    const { call } = await caller(world);
    await call("POST", "/journalentry", entry({ DocNumber: "A" }));
    expect((await call("POST", "/journalentry", entry({ DocNumber: "a" }))).text).toContain("DocNumber=a is assigned to TxnType=Journal Entry with TxnId=1");
    expect((await call("POST", "/journalentry?include=allowduplicatedocnum", entry({ DocNumber: "A" }))).status).toBe(200);
  });

  test("with a request id of 51 characters is refused, and one of 50 is kept per company", async () => {
    const world = givenBooks();
    const [cafe, bakery] = [await caller(world), await caller(world, BAKERY)];
    expect(codeOf((await cafe.call("POST", `/journalentry?requestid=${"r".repeat(51)}`, entry())).json)).toBe("2130");
    const id = "r".repeat(50);
    for (const { call } of [cafe, cafe, bakery]) expect((await call("POST", `/journalentry?requestid=${id}`, entry())).status).toBe(200);
    expect([world.control.entries(CAFE).length, world.control.entries(BAKERY).length]).toEqual([1, 1]);
  });
});
