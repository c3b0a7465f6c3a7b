/** The edge cases of a till's day in the books, as the accounting reference numbers them (§3): the last ten. */
import { env as runtime } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { planChecks } from "../../../src/features/checks/service";
import { dayView } from "../../../src/features/days/contract";
import { DAY as DAY_MS, HOUR } from "../../../src/kernel/clock";
import { DAY, entriesInBooks, givenPostedDay } from "../../support/corrections";
import { booked, BOWL, date, dayRow, sell, sync } from "../../support/days";
import { drawerOf, paidOut } from "../../support/drawer";
import { givenShop, givenWorld, type ShopOptions, type WorldOptions } from "../../support/given";
import { changePayout, onlyPayout, readPayoutsOf } from "../../support/payouts";
import { accountIn, forgetEarlierShops, inBooks, LATTE_BY_CARD, night, paid, ring } from "../../support/ringing";
import { visitorOf } from "../../support/serve";

const BEFORE = date("2026-07-13");

async function givenPlace(options: ShopOptions = {}, world: WorldOptions = {}) {
  const given = givenWorld(world);
  await forgetEarlierShops(given);
  const shop = await givenShop(given, options);
  return { given, shop, place: shop.locations[0], owner: visitorOf(given, shop), till: given.providers.square.control, books: given.providers.quickbooks.control };
}

/** The sales receipts of the simulated books: each line's amount by the account that its item stands for. */
function receiptsInBooks({ given, shop }: Pick<Awaited<ReturnType<typeof givenPlace>>, "given" | "shop">) {
  const { control } = given.providers.quickbooks;
  const { realm } = shop.merchant;
  const names = new Map(control.accounts(realm).map(({ Id, Name }) => [Id, Name]));
  const items = new Map(control.records(realm, "Item").map(({ Id, IncomeAccountRef }) => [Id, names.get((IncomeAccountRef as Reference).value) ?? ""]));
  return control.records(realm, "SalesReceipt").map(({ DocNumber, TotalAmt, Line, TxnTaxDetail }) => ({
    DocNumber, TotalAmt, TotalTax: (TxnTaxDetail as { readonly TotalTax: number } | undefined)?.TotalTax ?? 0,
    lines: Object.fromEntries((Line as readonly ReceiptLine[]).flatMap(({ Amount, SalesItemLineDetail: detail }) => (detail === undefined ? [] : [[items.get(detail.ItemRef.value) ?? "", Amount]]))),
  }));
}

type Reference = { readonly value: string };
type ReceiptLine = { readonly Amount: number; readonly SalesItemLineDetail?: { readonly ItemRef: Reference } };

describe("books that do not take a day", () => {
  it("3.21 an account that goes inactive is told the evening before a day needs it, fails the day, and takes it once it is active again", async () => {
    await runtime.DIRECTORY.batch(["DELETE FROM shop_check", "DELETE FROM daily_letter"].map((sql) => runtime.DIRECTORY.prepare(sql)));
    const where = await givenPlace({}, { ownQueues: true });
    const { given, shop, place, books } = where;
    const evening = async () => {
      await planChecks(given.world, given.env, 0);
      await given.drain();
    };
    await evening();
    const coffee = accountIn(where, "Coffee Sales");
    books.setAccountActive(shop.merchant.realm, coffee, false);
    given.pass(DAY_MS);
    await evening();
    const told = await runtime.DIRECTORY.prepare("SELECT count(*) AS count FROM letter WHERE kind = 'mapping_trouble' AND recipient = ?1").bind(`${shop.visit().person.id}@example.com`).first("count");
    expect(told).toBe(1);
    ring(given, place, DAY, { id: "A" });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "failed", reason: { kind: "account_inactive", accountIds: [coffee] } });
    expect(inBooks(where)).toEqual({});
    books.setAccountActive(shop.merchant.realm, coffee, true);
    await sync(given, shop, DAY, { why: "retry" });
    expect(inBooks(where)).toEqual(LATTE_BY_CARD);
  });

  it("3.22 what changes in a closed period waits, and is posted on the first open day once somebody who may says so", async () => {
    const { given, shop, late, close, decide, books } = await givenPostedDay();
    await close("2026-07-31", false);
    late("C");
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "period_closed", closedThrough: "2026-07-31" } });
    // The closing date was read first: nothing was tried.
    expect(books.calls({ method: "POST", path: "journalentry" })).toHaveLength(1);
    expect(await decide("first_open_day")).toBe(200);
    expect(booked(given, shop).map(({ number, date: on }) => [number, on])).toEqual([["DB-L00-260714-S1", DAY], ["DB-L00-260714-C2", "2026-08-01"]]);
    expect(inBooks({ given, shop }, "DB-L00-260714-C2")).toEqual(LATTE_BY_CARD);
    expect(entriesInBooks({ given, shop })[1]?.PrivateNote).toContain("Re: 2026-07-14, books closed through 2026-07-31.");
  });

  it("3.23 a subscription that lapsed pauses the days with the reason, and they are posted by themselves once it is paid again", async () => {
    const { given, shop, place, books } = await givenPlace({ startsOn: BEFORE });
    books.setCompany(shop.merchant.realm, { status: "lapsed" });
    for (const on of ["2026-07-13", "2026-07-14", "2026-07-15"]) ring(given, place, date(on), { id: on });
    await night(given);
    for (const on of [BEFORE, DAY]) expect(await dayRow(shop, on)).toMatchObject({ state: "failed", reason: { kind: "subscription_lapsed", provider: "quickbooks" } });
    books.setCompany(shop.merchant.realm, { status: "active" });
    given.pass(DAY_MS);
    await night(given);
    expect(booked(given, shop).map(({ number }) => number).toSorted()).toEqual(["DB-L00-260713-S1", "DB-L00-260714-S1", "DB-L00-260715-S1"]);
    expect(inBooks({ given, shop })).toEqual({ "Square Clearing": 3 * 463, "Coffee Sales": -3 * 425, "Sales Tax Payable": -3 * 38 });
  });

  it.each([["JPY", 0], ["KWD", 3]])("3.24 a shop in %s, of %d decimals, is posted to the smallest coin", async (currency, digits) => {
    const { given, shop, place } = await givenPlace({}, { merchants: [{ locations: [{ name: "Pier" }], currency }] });
    ring(given, place, DAY, { id: "A", currency });
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).reason).toBeNull();
    expect(inBooks({ given, shop }, "DB-L00-260714-S1", digits)).toEqual(LATTE_BY_CARD);
    expect(entriesInBooks({ given, shop })[0]?.CurrencyRef?.value ?? currency).toBe(currency);
  });

  it("3.24 a till in another currency than its books is held and never converted", async () => {
    const { given, shop, place } = await givenPlace({}, { merchants: [{ locations: [{ name: "Pier" }], currency: "CAD", company: { currency: "USD" } }] });
    await given.env.SHARD_0.prepare("UPDATE connection SET currency = 'USD' WHERE shop_id = ?1 AND role = 'books'").bind(shop.shopId).run();
    ring(given, place, DAY, { id: "A", currency: "CAD" });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "currency_mismatch", expected: "USD", found: "CAD" } });
    expect(inBooks({ given, shop })).toEqual({});
  });
});

describe("batches, places and tags", () => {
  it("3.25 a card batch that comes late holds its payout and not the day", async () => {
    const { given, shop, place } = await givenPlace({ payouts: true, startsOn: DAY });
    ring(given, place, DAY, { id: "A" });
    changePayout(given, place, DAY, { sentAt: null });
    await night(given);
    expect(inBooks({ given, shop })).toEqual(LATTE_BY_CARD);
    // To the Tuesday after; sent on Monday, it is at the bank.
    given.pass(6 * DAY_MS);
    changePayout(given, place, DAY, { sentAt: given.now() - DAY_MS });
    await readPayoutsOf(given, shop);
    expect((await onlyPayout(shop)).state).toBe("posted");
    expect(inBooks({ given, shop })).toEqual({ Checking: 441, "Merchant Fees": 22, "Coffee Sales": -425, "Sales Tax Payable": -38 });
  });

  it("3.26 two places of one company have numbers of their own, also where the books refuse a number twice", async () => {
    const { given, shop, books } = await givenPlace({}, { merchants: [{ locations: [{ name: "Pier" }, { name: "Market" }], company: { warnsOfDuplicates: true } }] });
    for (const location of shop.locations) {
      ring(given, location, DAY, { id: `A-${location.id}` });
      await sync(given, shop, DAY, { locationId: location.id });
    }
    expect(booked(given, shop).map(({ number }) => number)).toEqual(["DB-L00-260714-S1", "DB-L01-260714-S1"]);
    expect(inBooks({ given, shop }, "DB-L01-260714-S1")).toEqual(LATTE_BY_CARD);
    expect(books.entries(shop.merchant.realm)).toHaveLength(2);
  });

  it("3.27 a class that is set up late stands on new days; posted ones keep what they have until they are taken back and posted anew", async () => {
    const { given, shop, place, owner, books } = await givenPlace();
    for (const on of [BEFORE, DAY]) sell(given, place, on, [{ id: on }]);
    await sync(given, shop, BEFORE);
    const classes = [{ Id: "1", Name: "Bar", Active: true }];
    books.setCompany(shop.merchant.realm, { tracksClasses: true, classes });
    await given.env.SHARD_0.prepare("INSERT INTO chart (shop_id, connection_id, accounts, dimensions, read_at) VALUES (?, ?, '[]', ?, 1)")
      .bind(shop.shopId, shop.booksId, JSON.stringify([{ id: "class", name: "Class", options: [{ id: "1", name: "Bar", isActive: true }] }])).run();
    expect((await owner("PUT", "/mapping", { version: 1, tags: { lines: {}, locations: { [place.id]: { class: "1" } } } })).status).toBe(200);
    await sync(given, shop, DAY);
    const tagged = () => entriesInBooks({ given, shop }).map(({ DocNumber, Line }) => [DocNumber, Line.filter(({ JournalEntryLineDetail: detail }) => detail?.["ClassRef"] !== undefined).length]);
    expect(tagged()).toEqual([["DB-L00-260713-S1", 0], ["DB-L00-260714-S1", 3]]);
    sell(given, place, BEFORE, [{ id: "LATE" }]);
    await sync(given, shop, BEFORE);
    expect(tagged().at(-1)).toEqual(["DB-L00-260713-C2", 0]);
    const path = `/days/${place.id}/${BEFORE}`;
    expect((await owner("POST", `${path}/undo`)).status).toBe(200);
    await given.drain();
    const { proposal } = dayView.parse((await owner("GET", path)).body);
    expect((await owner("POST", `${path}/post`, { fingerprint: proposal?.fingerprint })).status).toBe(200);
    await given.drain();
    expect(tagged().slice(3)).toEqual([["DB-L00-260713-R3", 0], ["DB-L00-260713-R4", 0], ["DB-L00-260713-S5", 3]]);
  });
});

describe("many days, many hands", () => {
  it("3.28 the six hundredth day is posted like the first: nothing is counted against a cap", async () => {
    const { given, shop, place } = await givenPlace();
    ring(given, place, BEFORE, { id: "FIRST" });
    await sync(given, shop, BEFORE);
    for (const table of ["day", "entry"]) {
      const row = await given.env.SHARD_0.prepare(`SELECT * FROM ${table} WHERE shop_id = ?1`).bind(shop.shopId).first();
      const columns = Object.keys(row ?? {});
      const copied: Readonly<Record<string, string>> = { business_date: "date('2024-01-01', '+' || n || ' days')", document_number: "'OLD-' || n", external_id: "'OLD-' || n" };
      await given.env.SHARD_0.prepare(`WITH RECURSIVE days (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM days WHERE n < 598)
        INSERT INTO ${table} (${columns.join(", ")}) SELECT ${columns.map((column) => copied[column] ?? column).join(", ")} FROM ${table}, days WHERE shop_id = ?1`).bind(shop.shopId).run();
    }
    expect(await given.env.SHARD_0.prepare("SELECT count(*) AS count FROM day WHERE shop_id = ?1 AND state = 'posted'").bind(shop.shopId).first("count")).toBe(599);
    ring(given, place, DAY, { id: "LAST" });
    await sync(given, shop, DAY);
    expect(inBooks({ given, shop }, "DB-L00-260714-S1")).toEqual(LATTE_BY_CARD);
  });

  it("3.29 of two tabs that save the mapping the later is told so, and of two that approve a day one entry comes", async () => {
    const where = await givenPlace({ mode: "approve" });
    const { given, shop, place, owner } = where;
    await given.env.SHARD_0.prepare("INSERT INTO chart (shop_id, connection_id, accounts, read_at) VALUES (?1, ?2, ?3, 1)").bind(shop.shopId, shop.booksId, JSON.stringify(
      ["Tea Sales", "Sales"].map((name) => ({ id: accountIn(where, name), name, type: "Income", class: "income", currency: "USD", isActive: true, isPostable: true })),
    )).run();
    ring(given, place, DAY, { id: "A" });
    await sync(given, shop, DAY);
    const save = async (name: string) => (await owner("PUT", "/mapping", { version: 1, accounts: { "sales:CAT_COFFEE": accountIn(where, name) } })).status;
    expect([await save("Tea Sales"), await save("Sales")]).toEqual([200, 409]);
    await given.drain();
    const path = `/days/${place.id}/${DAY}`;
    const { proposal } = dayView.parse((await owner("GET", path)).body);
    const approve = async () => await owner("POST", `${path}/post`, { fingerprint: proposal?.fingerprint });
    await Promise.all([approve(), approve()]);
    await given.drain();
    expect((await approve()).status).toBe(409);
    expect(booked(given, shop)).toHaveLength(1);
    expect(inBooks(where)).toEqual({ "Square Clearing": 463, "Tea Sales": -425, "Sales Tax Payable": -38 });
  });

  it.each(["journal", "receipt"])("3.30 tips that are paid out of the drawer beyond the cash that was taken stand on cash's credit side (as a %s)", async (method) => {
    const { given, shop, place, owner, books, till } = await givenPlace();
    expect((await owner("PUT", "/posting", { method })).status).toBe(200);
    ring(given, place, DAY, { id: "CASH", tenders: (due) => [paid("CASH", due, { type: "CASH" })] });
    ring(given, place, DAY, { id: "CARD", lines: [BOWL], tenders: (due) => [paid("CARD", due, { tipMinor: 2_000 })] });
    const drawer = drawerOf(place, DAY);
    const emptied = { ...drawer, movements: [paidOut("Tips for Ann and Bo", 2_000, drawer.openedAt + HOUR)] };
    // The float pays what the day's cash cannot.
    expect(till.expectedCash(emptied)).toBe(drawer.floatMinor - 1_537);
    till.putDrawer({ ...emptied, counted: { at: given.now(), minor: drawer.floatMinor - 1_537 } });
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    if (method === "journal") {
      // 4.63 of cash taken, 20.00 handed out: 15.37 more left the drawer than came in. The tips are settled.
      expect(inBooks({ given, shop })).toEqual({ "Undeposited Funds": -1_537, "Square Clearing": 3_519, "Coffee Sales": -425, "Food Sales": -1_395, "Sales Tax Payable": -162 });
    } else {
      // What a receipt takes in is positive: cash that went out stands beside the sales, the card against them, and the tax apart.
      expect(receiptsInBooks({ given, shop })).toEqual([{
        DocNumber: "DB-L00-260714-S1", TotalAmt: 0, TotalTax: 1.62,
        lines: { "Undeposited Funds": 15.37, "Square Clearing": -35.19, "Coffee Sales": 4.25, "Food Sales": 13.95 },
      }]);
      expect(books.entries(shop.merchant.realm)).toEqual([]);
    }
  });
});
