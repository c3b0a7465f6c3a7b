import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import { anOrder, BAKERY, CAFE, DATE, date, givenBooks, valueOf } from "./given";

describe("the company", () => {
  test("is described by its name, its currency and no closing date while the books are open", async () => {
    const { open } = givenBooks();
    const company = valueOf(await quickbooks.describe(await open()));
    expect(company).toEqual({ name: "Kestrel Coffee", currency: "USD", closedThrough: null });
  });

  test("says through which date its books are closed", async () => {
    const { open, control } = givenBooks();
    control.setCompany(CAFE, { bookCloseDate: "2025-12-31" });
    expect(valueOf(await quickbooks.describe(await open())).closedThrough).toBe("2025-12-31");
  });
});

describe("the chart of accounts", () => {
  test("is read whole, page after page, with the inactive accounts", async () => {
    const chart = Array.from({ length: 2_345 }, (_, i) => ({
      name: `Account ${i + 1}`, type: "Income", subType: "SalesOfProductIncome", isActive: i % 3 !== 0,
    }));
    const { open, control } = givenBooks({ companies: [{ realm: CAFE, name: "Kestrel Coffee", chart }] });
    const accounts = valueOf(await quickbooks.accounts(await open()));
    expect(accounts).toHaveLength(2_345);
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(2_345);
    expect(accounts.filter(({ isActive }) => !isActive)).toHaveLength(782);
    expect(control.calls({ path: "/query" })).toHaveLength(3);
  });

  test("tells class, currency and what can be posted to", async () => {
    const { open } = givenBooks();
    const accounts = valueOf(await quickbooks.accounts(await open()));
    const named = (name: string) => accounts.find((account) => account.name === name);
    expect(named("Tips Payable")).toEqual({
      id: "13", name: "Tips Payable", type: "Other Current Liability", class: "liability", currency: "USD", isActive: true, isPostable: true,
    });
    expect(named("Coffee Sales")).toMatchObject({ class: "income", isPostable: true });
    expect(named("Accounts Receivable (A/R)")).toMatchObject({ class: "asset", isPostable: false });
    expect(named("Accounts Payable (A/P)")).toMatchObject({ class: "liability", isPostable: false });
  });

  test("shows an inactive account by its own name", async () => {
    const { open, control } = givenBooks();
    control.setAccountActive(CAFE, "20", false);
    const accounts = valueOf(await quickbooks.accounts(await open()));
    expect(accounts.find(({ id }) => id === "20")).toMatchObject({ name: "Coffee Sales", isActive: false });
  });

  test("takes the company's currency where accounts name none", async () => {
    const { open } = givenBooks({ companies: [{ realm: CAFE, name: "喫茶店", currency: "JPY", omitsCurrency: true }] });
    const accounts = valueOf(await quickbooks.accounts(await open()));
    expect(new Set(accounts.map(({ currency }) => currency))).toEqual(new Set(["JPY"]));
  });

  test.each([
    ["Income", "SalesOfProductIncome", "income"], ["Other Current Liability", "OtherCurrentLiabilities", "liability"],
    ["Other Current Asset", "OtherCurrentAssets", "asset"], ["Bank", "CashOnHand", "asset"], ["Expense", "", "expense"],
  ])("grows by an account of type %s", async (type, subType, accountClass) => {
    const { open } = givenBooks();
    const access = await open();
    const created = valueOf(await quickbooks.createAccount(access, { name: "  O'Brien's \\ Søre 咖啡 ", type, subType }));
    expect(created).toMatchObject({ name: "O'Brien's \\ Søre 咖啡", type, class: accountClass, isActive: true });
    expect(valueOf(await quickbooks.accounts(access))).toContainEqual(created);
  });
});

test("every kind of account that a line may need can be created, and is of the class that the line needs", async () => {
  const { open } = givenBooks();
  const access = await open();
  const classes = { income: "income", contra_income: "income", liability: "liability", asset: "asset", expense: "expense" };
  for (const [nature, type] of Object.entries(quickbooks.newAccountTypes)) {
    const created = valueOf(await quickbooks.createAccount(access, { name: `New ${nature}`, ...type }));
    expect([nature, created.class, created.isPostable]).toEqual([nature, classes[nature as keyof typeof classes], true]);
  }
});

describe("an entry", () => {
  test("is created, found by number and date, and read back by id, the same each time", async () => {
    const { open } = givenBooks();
    const access = await open();
    const created = valueOf(await quickbooks.createEntry(access, anOrder()));
    expect(created).toEqual({
      id: created.id, documentNumber: "DB-HAR-260105-S1", date: DATE, currency: "USD",
      lines: [{ accountId: "6", side: "debit", minor: 1_250, tags: [] }, { accountId: "20", side: "credit", minor: 1_250, tags: [] }],
    });
    expect(valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"))).toEqual(created);
    expect(valueOf(await quickbooks.readEntry(access, created.id, "journal"))).toEqual(created);
  });

  test("is not found under another number, another date or in another company", async () => {
    const { open } = givenBooks();
    const access = await open();
    valueOf(await quickbooks.createEntry(access, anOrder()));
    expect(valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S2", DATE, "journal"))).toBeNull();
    expect(valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", date("2026-01-06"), "journal"))).toBeNull();
    expect(valueOf(await quickbooks.findEntry(await open(BAKERY), "DB-HAR-260105-S1", DATE, "journal"))).toBeNull();
  });

  test("of a number that differs in case only is not taken for ours", async () => {
    const { open } = givenBooks();
    const access = await open();
    valueOf(await quickbooks.createEntry(access, anOrder({ documentNumber: "db-har-260105-s1" })));
    expect(valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"))).toBeNull();
  });

  test("carries hostile text as plain text: quotes, backslashes, markup, other scripts", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    const hostile = `O'Brien\\'s "x" or 1=1`;
    const memo = `<script>alert(1)</script> \u{1F980} \u202Ereversed ' " \\ \n\t${"é".repeat(3_900)}`;
    const order = anOrder({ documentNumber: hostile.slice(0, 21), memo, lines: [["debit", "6", 1, hostile], ["credit", "20", 1, memo]] });
    const created = valueOf(await quickbooks.createEntry(access, order));
    expect(valueOf(await quickbooks.findEntry(access, order.documentNumber, DATE, "journal"))).toEqual(created);
    expect(valueOf(await quickbooks.findEntry(access, "' or DocNumber like '%", DATE, "journal"))).toBeNull();
    const [stored] = control.entries(CAFE);
    expect([stored?.PrivateNote, stored?.Line[0]?.Description, stored?.Line[1]?.Description]).toEqual([memo, hostile, memo]);
  });

  test("keeps every amount to the last minor unit, in currencies with none, two and three places", async () => {
    for (const currency of ["JPY", "USD", "KWD"]) {
      const world = givenBooks({ companies: [{ realm: CAFE, name: "Company", currency }] });
      const access = await world.open();
      const amounts = fc.array(fc.integer({ min: 1, max: 99_999_999_999_999 }), { minLength: 1, maxLength: 20 });
      let request = 0;
      await fc.assert(fc.asyncProperty(amounts, async (minors) => {
        request += 1;
        const debits = minors.map((minor) => ["debit", "6", minor] as const);
        const credits = minors.toReversed().map((minor) => ["credit", "20", minor] as const);
        const order = anOrder({ currency, lines: [...debits, ...credits], requestId: `request-${request}`, documentNumber: `N${request}` });
        const created = valueOf(await quickbooks.createEntry(access, order));
        expect(valueOf(await quickbooks.readEntry(access, created.id, "journal")).lines.map(({ minor }) => minor)).toEqual([...minors, ...minors.toReversed()]);
      }), { numRuns: 40 });
    }
  });

  test("writes amounts as decimal literals with exactly the currency's places", async () => {
    for (const [currency, literal] of [["JPY", "1250"], ["USD", "12.50"], ["KWD", "1.250"]] as const) {
      const { open, control } = givenBooks({ companies: [{ realm: CAFE, name: "Company", currency }] });
      valueOf(await quickbooks.createEntry(await open(), anOrder({ currency })));
      const [call] = control.calls({ method: "POST", path: "/journalentry" });
      expect(call?.body.match(/"Amount":[^,]+/g)).toEqual([`"Amount":${literal}`, `"Amount":${literal}`]);
    }
  });

  test("takes the company's currency where the books name none, and skips remarks", async () => {
    const { open, control } = givenBooks({ companies: [{ realm: CAFE, name: "Company", currency: "KWD", omitsCurrency: true }] });
    const access = await open();
    const created = valueOf(await quickbooks.createEntry(access, anOrder({ currency: "KWD" })));
    expect(created).toMatchObject({ currency: "KWD", lines: [{ minor: 1_250 }, { minor: 1_250 }] });
    const [entry] = control.entries(CAFE);
    expect(control.editEntry(CAFE, created.id, { Line: [...(entry?.Line ?? []), { DetailType: "DescriptionOnly", Description: "Seen by Jo" }] }).ok).toBe(true);
    expect(valueOf(await quickbooks.readEntry(access, created.id, "journal")).lines).toEqual(created.lines);
  });

  test("is shown at an address that names the entry and the company", () => {
    expect(quickbooks.manifest.entryUrl?.(CAFE, "145")).toBe(`https://app.qbo.intuit.com/app/journal?txnId=145&deeplinkcompanyid=${CAFE}`);
  });
});

describe("exactly once", () => {
  test("the same request id brings the first answer and creates nothing, even for another body", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    const first = valueOf(await quickbooks.createEntry(access, anOrder()));
    const again = valueOf(await quickbooks.createEntry(access, anOrder({ lines: [["debit", "6", 999], ["credit", "20", 999]] })));
    expect(again).toEqual(first);
    expect(control.entries(CAFE)).toHaveLength(1);
  });

  test("a hundred attempts at once, with answers lost on the way, leave one entry", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.misbehave({ misbehaviour: { kind: "lost" }, path: "/journalentry", times: 30 });
    const results = await Promise.all(Array.from({ length: 100 }, async () => await quickbooks.createEntry(access, anOrder())));
    expect(results.filter((result) => !result.ok).map((result) => !result.ok && result.failure.kind)).toEqual(Array(30).fill("answer_lost"));
    expect(new Set(results.filter((result) => result.ok).map((result) => JSON.stringify(result))).size).toBe(1);
    expect(control.entries(CAFE)).toHaveLength(1);
  });

  test("after a lost answer the look-up finds exactly one, and repeating brings that one", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.misbehave({ misbehaviour: { kind: "lost" }, path: "/journalentry" });
    expect(await quickbooks.createEntry(access, anOrder())).toMatchObject({ ok: false, failure: { kind: "answer_lost" } });
    const found = valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"));
    expect(found).not.toBeNull();
    expect(valueOf(await quickbooks.createEntry(access, anOrder()))).toEqual(found);
    expect(control.entries(CAFE)).toHaveLength(1);
  });
});
