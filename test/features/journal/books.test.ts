/** Daybook's own journal keeps what it is given once, refuses what books refuse, and shows one shop nothing of another. */
import { describe, expect, it } from "vitest";
import { closePeriod, connectionById, refreshConnection, viewConnections } from "../../../src/features/connections/service";
import { beginOwnBooks, ownAccess, ownBooks } from "../../../src/features/journal/service";
import { STARTER_CHART } from "../../../src/features/journal/rules";
import { entryOf, type Entry } from "../../../src/ledger/entry";
import type { LineKey } from "../../../src/ledger/mapping";
import { suggestAccounts } from "../../../src/ledger/suggestion";
import { linesOf } from "../../../src/ledger/lines";
import type { EntryOrder } from "../../../src/providers/registry";
import { shardsOf } from "../../../src/platform/env";
import { date } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { journalOf, takeOwnBooks } from "../../support/journal";
import { must } from "../../support/people";
import { twoMerchants } from "./given";

async function givenBooks() {
  const given = givenWorld();
  const shop = await givenShop(given);
  const id = await takeOwnBooks(given, shop);
  return { given, shop, id, access: ownAccess(shop.db, given.world) };
}

function entry(minor = 1_200, debit = "card-clearing", credit = "sales"): Entry {
  const line = (key: string, account: string, side: "debit" | "credit") => ({ key: key as LineKey, description: key, account: { id: account, name: account }, side, minor });
  return entryOf("USD", [line("tender:card", debit, "debit"), line("sales:c", credit, "credit")]);
}

function order(changes: Partial<EntryOrder> = {}): EntryOrder {
  return { entry: entry(), date: date("2026-07-14"), documentNumber: "DB-L00-260714-S1", requestId: "request-1", memo: "Daybook", method: "journal", ...changes };
}

const rowsIn = async (given: GivenWorld, shop: GivenShop) => (
  (await shardsOf(given.env)[shop.shard]?.prepare("SELECT count(*) AS many FROM own_entry WHERE shop_id = ?1").bind(shop.shopId).first<number>("many")) ?? 0
);

describe("Daybook's own journal", () => {
  it("is connected with a press: a chart that a day can be mapped over, and no address outside", async () => {
    const { shop, id, access } = await givenBooks();
    expect((await viewConnections(shop.db)).connections.find((one) => one.id === id)).toMatchObject({ providerName: "Daybook's own journal", role: "books", state: "connected", currency: "USD", closedThrough: null });
    expect(must(await ownBooks.accounts(access)).map(({ name }) => name).toSorted()).toEqual(STARTER_CHART.map(({ name }) => name).toSorted());
  });

  it("has an account to suggest for what a café sells and takes", async () => {
    const { access } = await givenBooks();
    const accounts = must(await ownBooks.accounts(access));
    const { cafeDay } = await import("../mapping/shop");
    const suggested = suggestAccounts(linesOf(cafeDay()), accounts, { version: 0, accounts: {} }, "USD");
    const names = Object.fromEntries(suggested.map(({ key, account }) => [key, account.name]));
    expect(names).toMatchObject({ "tender:card": "Card Clearing", "tender:cash": "Cash on Hand", tip: "Tips Payable", "tax:T1": "Sales Tax Payable", gift_card_sold: "Gift Cards Outstanding" });
  });

  it("writes an entry, finds it by number and date, and reads it back", async () => {
    const { access } = await givenBooks();
    const written = must(await ownBooks.createEntry(access, order()));
    expect(written.lines).toEqual([{ accountId: "card-clearing", side: "debit", minor: 1_200 }, { accountId: "sales", side: "credit", minor: 1_200 }]);
    expect(must(await ownBooks.findEntry(access, "DB-L00-260714-S1", date("2026-07-14"), "journal"))).toEqual(written);
    expect(must(await ownBooks.findEntry(access, "DB-L00-260714-S1", date("2026-07-15"), "journal"))).toBeNull();
    expect(must(await ownBooks.readEntry(access, written.id, "journal"))).toEqual(written);
    expect(await ownBooks.readEntry(access, "nothing", "journal")).toMatchObject({ failure: { kind: "not_found" } });
  });

  it("writes one request once, however often and at once it is asked", async () => {
    const { given, shop, access } = await givenBooks();
    const answers = await Promise.all(Array.from({ length: 12 }, async () => await ownBooks.createEntry(access, order())));
    expect(new Set(answers.map((answer) => JSON.stringify(must(answer))))).toHaveProperty("size", 1);
    // A repeat with other contents brings the first answer, as QuickBooks does: reading back finds the difference.
    expect(must(await ownBooks.createEntry(access, order({ entry: entry(999) }))).lines[0]).toMatchObject({ minor: 1_200 });
    expect(await rowsIn(given, shop)).toBe(1);
  });

  it("refuses a number that is taken, and accounts that it does not have", async () => {
    const { given, shop, access } = await givenBooks();
    must(await ownBooks.createEntry(access, order()));
    expect(await ownBooks.createEntry(access, order({ requestId: "request-2" }))).toMatchObject({ failure: { kind: "duplicate_number" } });
    const unknown = order({ requestId: "request-3", documentNumber: "DB-L00-260714-S3", entry: entry(5, "card-clearing", "nothing") });
    expect(await ownBooks.createEntry(access, unknown)).toMatchObject({ failure: { kind: "account_unknown", accountIds: ["nothing"] } });
    const foreign = { ...entry(), currency: "EUR" };
    expect(await ownBooks.createEntry(access, order({ requestId: "request-4", documentNumber: "DB-4", entry: foreign }))).toMatchObject({ failure: { kind: "currency_mismatch" } });
    expect(await rowsIn(given, shop)).toBe(1);
  });

  it("never changes and never deletes an entry", async () => {
    const { given, shop, access } = await givenBooks();
    must(await ownBooks.createEntry(access, order()));
    const shard = shardsOf(given.env)[shop.shard];
    for (const sql of ["UPDATE own_entry SET memo = 'other' WHERE shop_id = ?1", "DELETE FROM own_entry WHERE shop_id = ?1"]) {
      await expect(shard?.prepare(sql).bind(shop.shopId).run()).rejects.toThrow("append-only");
    }
  });

  it("creates an account once by its name, whatever its case, and none that cannot be read", async () => {
    const { access } = await givenBooks();
    const made = must(await ownBooks.createAccount(access, { name: " Bakery sales ", ...ownBooks.newAccountTypes.income }));
    expect(made).toMatchObject({ name: "Bakery sales", class: "income", currency: "USD", isActive: true, isPostable: true });
    expect(await ownBooks.createAccount(access, { name: "BAKERY SALES", ...ownBooks.newAccountTypes.income })).toMatchObject({ failure: { kind: "conflict" } });
    for (const name of ["", "x".repeat(101), "a\u0000b", "\u202Eevil", "\ud800"]) {
      expect(await ownBooks.createAccount(access, { name, ...ownBooks.newAccountTypes.income })).toMatchObject({ failure: { kind: "invalid_input" } });
    }
  });

  it("is begun once: connecting again finds the chart, the entries and the closed period as they were", async () => {
    const { given, shop, id, access } = await givenBooks();
    must(await ownBooks.createEntry(access, order()));
    must(await closePeriod(given.world, shop.visit(), id, "2026-07-14"));
    await shop.db.orm.batch(beginOwnBooks(shop.db, "EUR", 9) as never);
    await takeOwnBooks(given, shop);
    expect(await rowsIn(given, shop)).toBe(1);
    expect(must(await ownBooks.describe(access))).toMatchObject({ currency: "USD", closedThrough: "2026-07-14" });
    expect(await journalOf(shop, id)).toMatchObject({ closedThrough: "2026-07-14", state: "connected" });
    expect(must(await refreshConnection(given.world, given.env, shop.visit(), id)).connections.find((one) => one.id === id)).toMatchObject({ closedThrough: "2026-07-14" });
  });
});

describe("a closed period", () => {
  it("takes no entry on or before its last day, and takes them again once it is opened", async () => {
    const { given, shop, id, access } = await givenBooks();
    must(await closePeriod(given.world, shop.visit(), id, "2026-07-14"));
    expect(await ownBooks.createEntry(access, order())).toMatchObject({ failure: { kind: "period_closed", closedThrough: "2026-07-14" } });
    expect((await ownBooks.createEntry(access, order({ date: date("2026-07-15"), requestId: "r2", documentNumber: "DB-2" }))).ok).toBe(true);
    must(await closePeriod(given.world, shop.visit(), id, null));
    expect((await ownBooks.createEntry(access, order())).ok).toBe(true);
    const acts = await shardsOf(given.env)[shop.shard]?.prepare("SELECT action FROM audit WHERE shop_id = ?1 AND action LIKE 'books.%' ORDER BY seq").bind(shop.shopId).all();
    expect(acts?.results.map((row) => row["action"])).toEqual(["books.closed", "books.reopened"]);
  });

  it("brings a repeat of what was written before it the first answer", async () => {
    const { given, shop, id, access } = await givenBooks();
    const first = must(await ownBooks.createEntry(access, order()));
    must(await closePeriod(given.world, shop.visit(), id, "2026-07-14"));
    expect(must(await ownBooks.createEntry(access, order()))).toEqual(first);
  });

  it("ends before today, and is the journal's alone", async () => {
    const { given, shop, id } = await givenBooks();
    for (const text of ["2026-07-15", "2027-01-01", "2026-02-30"]) {
      expect(await closePeriod(given.world, shop.visit(), id, text)).toMatchObject({ failure: { kind: "invalid_input" } });
    }
    expect(await closePeriod(given.world, shop.visit(), shop.booksId, "2026-07-01")).toMatchObject({ failure: { kind: "not_found" } });
  });
});

describe("one shop's journal", () => {
  it("is nothing to another shop: neither its entries, nor its numbers, nor its closing", async () => {
    const { given, ours, theirs } = await twoMerchants();
    const [id] = [await takeOwnBooks(given, ours), await takeOwnBooks(given, theirs)];
    const [mine, other] = [ownAccess(ours.db, given.world), ownAccess(theirs.db, given.world)];
    const written = must(await ownBooks.createEntry(mine, order()));
    expect(await ownBooks.readEntry(other, written.id, "journal")).toMatchObject({ failure: { kind: "not_found" } });
    expect(must(await ownBooks.findEntry(other, "DB-L00-260714-S1", date("2026-07-14"), "journal"))).toBeNull();
    expect((await ownBooks.createEntry(other, order())).ok).toBe(true);
    expect(await closePeriod(given.world, theirs.visit(), id, "2026-07-14")).toMatchObject({ failure: { kind: "not_found" } });
    expect(await connectionById(theirs.db, id)).toBeNull();
  });

  it("opens for an access of its own and for no other", async () => {
    const { access } = await givenBooks();
    await expect(ownBooks.accounts({ ...access })).rejects.toThrow("own journal");
    await expect(access.send({ method: "GET", url: "https://example.com/" })).rejects.toThrow("nowhere outside");
  });
});
