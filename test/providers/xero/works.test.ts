import { describe, expect, test } from "vitest";
import { MINUTE, SECOND } from "../../../src/kernel/clock";
import { xero } from "../../../src/providers/xero/index";
import { parseXeroDate } from "../../../src/providers/xero/wire";
import { BAKERY, CAFE, DATE, date, givenBooks, valueOf } from "./given";

describe("the organisation", () => {
  test("says its name, its currency and that nothing is locked", async () => {
    const { open } = givenBooks();
    expect(valueOf(await xero.describe(await open()))).toEqual({ name: "Kestrel Coffee", currency: "USD", closedThrough: null });
    expect(valueOf(await xero.describe(await open(BAKERY)))).toMatchObject({ name: "Linnet Bakery", currency: "GBP" });
  });

  test.each([
    [{ periodLockDate: "2025-12-31", endOfYearLockDate: "2024-12-31" }, "2025-12-31"],
    [{ periodLockDate: "2024-06-30", endOfYearLockDate: "2024-12-31" }, "2024-12-31"],
    [{ periodLockDate: null, endOfYearLockDate: "2023-03-31" }, "2023-03-31"],
  ])("is closed through the later of its two lock dates: %j", async (locks, closedThrough) => {
    const { open, control } = givenBooks();
    control.setOrganisation(CAFE, locks);
    expect(valueOf(await xero.describe(await open()))).toMatchObject({ closedThrough });
  });

  test.each([
    ["/Date(1546214400000+0000)/", "2018-12-31"], ["/Date(1546214400000)/", "2018-12-31"], ["/Date(-86400000+0000)/", "1969-12-31"],
    ["2026-01-05", "2026-01-05"], ["2026-01-05T00:00:00", "2026-01-05"], ["/Date(soon)/", null], ["", null], ["2026-02-30", null],
  ])("reads %s as %s", (text, expected) => {
    expect(parseXeroDate(text)).toBe(expected);
  });
});

describe("the chart of accounts", () => {
  test("comes whole, with codes in front, archived accounts marked and what Xero keeps by itself not postable", async () => {
    const { open, control, accountId } = givenBooks();
    control.setAccountStatus(CAFE, accountId("Tea Sales"), "ARCHIVED");
    control.setAccountStatus(CAFE, accountId("Loan"), "DELETED");
    const chart = valueOf(await xero.accounts(await open()));
    const named = (name: string) => chart.find((account) => account.name.endsWith(name));
    expect(named("Coffee Sales")).toEqual({
      id: accountId("Coffee Sales"), name: "201 Coffee Sales", type: "REVENUE", class: "income", currency: "USD", isActive: true, isPostable: true,
    });
    expect(named("Tea Sales")).toMatchObject({ isActive: false });
    expect(named("Loan")).toBeUndefined();
    expect(named("Business Bank Account")).toMatchObject({ name: "Business Bank Account", isPostable: false });
    expect(chart.filter(({ isPostable }) => !isPostable).map(({ name }) => name)).toEqual([
      "Business Bank Account", "091 Business Savings", "610 Accounts Receivable", "800 Accounts Payable", "820 GST", "860 Rounding", "960 Retained Earnings",
    ]);
  });

  test("is extended under the first free code of its kind", async () => {
    const { open, control } = givenBooks();
    const made = valueOf(await xero.createAccount(await open(), { name: " Catering ", ...xero.newAccountTypes.income }));
    expect(made).toMatchObject({ name: "205 Catering", type: "REVENUE", class: "income", isActive: true, isPostable: true });
    const kinds = Object.values(xero.newAccountTypes);
    for (const [index, kind] of kinds.entries()) valueOf(await xero.createAccount(await open(), { name: `New ${index}`, ...kind }));
    expect(control.accounts(CAFE).slice(-kinds.length).map(({ Class }) => Class)).toEqual(["REVENUE", "REVENUE", "LIABILITY", "ASSET", "EXPENSE"]);
  });
});

describe("tracking categories", () => {
  test("come with their options, archived ones included", async () => {
    const { open, control } = givenBooks();
    const [region] = control.tracking(CAFE);
    control.setOptionStatus(CAFE, region?.Options[1]?.TrackingOptionID ?? "", "ARCHIVED");
    const found = valueOf(await xero.dimensions(await open()));
    expect(found.map(({ name, options }) => ({ name, options: options.map(({ name: option, isActive }) => [option, isActive]) }))).toEqual([
      { name: "Region", options: [["North", true], ["South", false]] },
      { name: "Department", options: [["Bar", true], ["Kitchen", true]] },
    ]);
    expect(valueOf(await xero.dimensions(await open(BAKERY)))).toEqual([]);
  });
});

describe("an entry", () => {
  test("is posted as one manual journal, debits positive, to the cent, with its number in front and a link back", async () => {
    const world = givenBooks();
    const { control, accountId } = world;
    const order = world.anOrder({ lines: [["debit", "Square Clearing", 12_050, "Card"], ["debit", "Discounts Given", 7], ["credit", "Coffee Sales", 12_057, "Sales, Coffee"]] });
    const booked = valueOf(await xero.createEntry(await world.open(), order));
    const [journal] = control.journals(CAFE);
    expect(journal).toMatchObject({
      id: booked.id, narration: "DB-HAR-260105-S1 Harbour, 5 January 2026", date: "2026-01-05", status: "POSTED", lineAmountTypes: "NoTax",
      url: "https://daybook.example/?entry=DB-HAR-260105-S1",
    });
    expect(journal?.lines.map(({ AccountCode, LineAmount, Description }) => [AccountCode, LineAmount, Description])).toEqual([
      ["640", 120.5, "Card"], ["220", 0.07, "Sales"], ["201", -120.57, "Sales, Coffee"],
    ]);
    expect(booked).toEqual({
      id: journal?.id, documentNumber: "DB-HAR-260105-S1", date: "2026-01-05", currency: "USD",
      lines: [
        { accountId: accountId("Square Clearing"), side: "debit", minor: 12_050 }, { accountId: accountId("Discounts Given"), side: "debit", minor: 7 },
        { accountId: accountId("Coffee Sales"), side: "credit", minor: 12_057 },
      ],
    });
    const body = control.calls({ method: "PUT" })[0]?.body;
    expect(body).toContain('"LineAmount":120.50,');
    expect(body).toContain('"LineAmount":-120.57,');
  });

  test("carries its tags as tracking, by ids", async () => {
    const world = givenBooks();
    const [region, department] = world.control.tracking(CAFE);
    const tags = [[region, 1], [department, 0]].map(([category, at]) => {
      const { TrackingCategoryID: dimension, Options } = category as NonNullable<typeof region>;
      return { dimension, option: Options[at as number]?.TrackingOptionID ?? "", name: "" };
    });
    valueOf(await xero.createEntry(await world.open(), world.anOrder({ tags })));
    expect(world.control.journals(CAFE)[0]?.lines[0]?.Tracking.map(({ Name, Option }) => [Name, Option])).toEqual([["Region", "South"], ["Department", "Bar"]]);
  });

  test("is created once per request id, however often it is sent", async () => {
    const world = givenBooks();
    const access = await world.open();
    const first = valueOf(await xero.createEntry(access, world.anOrder()));
    expect(valueOf(await xero.createEntry(access, world.anOrder()))).toEqual(first);
    expect(world.control.journals(CAFE)).toHaveLength(1);
  });

  test("whose answer was lost is found by its number and date, and is read back by its id", async () => {
    const world = givenBooks();
    const access = await world.open();
    world.control.misbehave({ misbehaviour: { kind: "lost" }, method: "PUT" });
    expect(await xero.createEntry(access, world.anOrder())).toMatchObject({ ok: false, failure: { kind: "answer_lost" } });
    const found = valueOf(await xero.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"));
    expect(found).toMatchObject({ documentNumber: "DB-HAR-260105-S1", date: DATE });
    expect(valueOf(await xero.readEntry(access, found?.id ?? "", "journal"))).toEqual(found);
    expect(valueOf(await xero.findEntry(access, "DB-HAR-260105-S1", date("2026-01-06"), "journal"))).toBeNull();
    expect(valueOf(await xero.findEntry(access, "DB-HAR-260105-S", DATE, "journal"))).toBeNull();
    expect(valueOf(await xero.findEntry(access, "DB-HAR-260105-S11", DATE, "journal"))).toBeNull();
  });

  test("is found on a day with more journals than a page holds, and though a person changed its narration", async () => {
    const world = givenBooks();
    const access = await world.open();
    const JournalLines = [["Square Clearing", 1], ["Coffee Sales", -1]].map(([name, LineAmount]) => ({ AccountID: world.accountId(String(name)), LineAmount }));
    for (let count = 0; count < 1_100; count += 1) world.control.addJournal(CAFE, { Narration: `By hand ${count}`, Date: DATE, Status: "POSTED", JournalLines });
    const booked = valueOf(await xero.createEntry(access, world.anOrder()));
    world.pass(SECOND);
    world.control.editJournal(CAFE, booked.id, { Narration: "Sales of the 5th" });
    expect(valueOf(await xero.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"))).toEqual(booked);
  });

  test("that a person edited, voided or copied after an instant is among those that changed since", async () => {
    const world = givenBooks();
    const access = await world.open();
    const ids: string[] = [];
    for (const revision of [1, 2, 3]) ids.push(valueOf(await xero.createEntry(access, world.anOrder({ documentNumber: `DB-HAR-260105-S${revision}`, requestId: `r${revision}` }))).id);
    world.pass(MINUTE);
    const since = world.now();
    expect(await xero.entriesChangedSince?.(access, since)).toEqual({ ok: true, value: [] });
    world.pass(SECOND);
    world.control.voidJournal(CAFE, ids[0] ?? "");
    world.control.editJournal(CAFE, ids[2] ?? "", { Date: "2026-01-06" });
    world.control.addJournal(CAFE, { Narration: "Rent", Status: "DRAFT", JournalLines: world.control.journals(CAFE)[1]?.lines });
    expect(await xero.entriesChangedSince?.(access, since)).toEqual({ ok: true, value: [ids[0], ids[2]] });
  });
});

describe("what somebody else posted", () => {
  test("is found by the name of a till or connector, or by a total like one of ours on the day; nothing else is", async () => {
    const world = givenBooks();
    const access = await world.open();
    valueOf(await xero.createEntry(access, world.anOrder()));
    const hand = (Narration: string, amount: number, more: Record<string, unknown> = {}) => world.control.addJournal(CAFE, {
      Narration, Date: DATE, Status: "POSTED", ...more,
      JournalLines: [["Undeposited Funds", amount], ["Food Sales", -amount]].map(([name, LineAmount]) => ({ AccountID: world.accountId(String(name)), LineAmount })),
    });
    hand("Bookkeep: Square daily summary", 99.5);
    hand("Takings of the day", 12.5);
    hand("Takings of another day", 12.5, { Date: "2026-01-04" });
    hand("Rent", 700);
    hand("Squarely rounded", 3);
    hand("Clover sales", 40, { Status: "DRAFT" });
    hand("Clover sales", 40, { Date: "2026-02-01" });
    const found = valueOf(await xero.findLookalikes(access, { from: date("2026-01-01"), to: date("2026-01-31") }));
    expect(found.map(({ type, date: on, totalMinor, reason }) => ({ type, on, totalMinor, reason }))).toEqual([
      { type: "Manual journal", on: "2026-01-05", totalMinor: 9_950, reason: "its narration names Square" },
      { type: "Manual journal", on: "2026-01-05", totalMinor: 1_250, reason: "its total is that of an entry of Daybook's on the same day" },
    ]);
  });
});

test("the addresses for people are at Xero", () => {
  expect(xero.manifest.entryUrl?.(CAFE, "an-id&x=1")).toBe("https://go.xero.com/Journal/View.aspx?invoiceID=an-id%26x%3D1");
  expect(xero.accountsUrl(CAFE)).toBe("https://go.xero.com/GeneralLedger/ChartOfAccounts.aspx");
  expect(xero.methods).toEqual(["journal"]);
});
