/** What holds or fails a day: always with its reason, never with an entry too many, and with a way back. */
import { describe, expect, it } from "vitest";
import { HOUR } from "../../../src/kernel/clock";
import { booked, BOWL, date, dayRow, entryRows, orderOf, sell, sync, syncMessage } from "../../support/days";
import { givenShop, givenWorld, type ShopOptions, type WorldOptions } from "../../support/given";

const DAY = date("2026-07-14");

async function givenSales(options: ShopOptions = {}, world: WorldOptions = {}) {
  const given = givenWorld(world);
  const shop = await givenShop(given, options);
  sell(given, shop.locations[0], DAY, [{ id: "A", lines: [BOWL], tipMinor: 100 }]);
  const books = given.providers.quickbooks.control;
  const accountOf = (name: string) => books.accounts(shop.merchant.realm).find((account) => account.Name === name)?.Id ?? "";
  return { given, shop, books, till: given.providers.square.control, accountOf };
}

describe("before the books are called", () => {
  it("a day with lines that have no account is held, and names each of them", async () => {
    const { given, shop, books } = await givenSales({ unmapped: ["sales:CAT_FOOD", "return:CAT_FOOD", "tip"] });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({
      state: "held", reason: { kind: "unmapped", lines: [{ key: "sales:CAT_FOOD", label: "Food" }, { key: "tip", label: "Tips" }] }, totals: { orderCount: 1 },
    });
    expect(books.calls({ path: "journalentry" })).toEqual([]);
  });

  it("a day that does not tie is held, with the difference to the cent", async () => {
    const { given, shop, till, books } = await givenSales();
    const order = orderOf(shop.locations[0], DAY, { id: "B" });
    const [tender] = order.tenders ?? [];
    if (tender === undefined) throw new Error("a sale is paid");
    till.putOrder({ ...order, tenders: [{ ...tender, amount_money: { ...tender.amount_money, amount: tender.amount_money.amount - 200 } }] });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "out_of_balance", differenceMinor: 200, currency: "USD" } });
    expect(books.calls({ path: "journalentry" })).toEqual([]);
    till.putOrder(order);
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });

  it("a day of a period that is known to be closed is held", async () => {
    const { given, shop, books } = await givenSales({ closedThrough: DAY });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "period_closed", closedThrough: DAY } });
    expect(books.calls({ path: "journalentry" })).toEqual([]);
  });

  it("a day in another currency than the books is held", async () => {
    const { given, shop } = await givenSales();
    await given.env.SHARD_0.prepare("UPDATE connection SET currency = 'CAD' WHERE shop_id = ?1 AND role = 'books'").bind(shop.shopId).run();
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "currency_mismatch", expected: "CAD", found: "USD" } });
  });

  it("a held day that is read again unchanged is not written again", async () => {
    const { given, shop } = await givenSales({ unmapped: ["tip"] });
    await sync(given, shop, DAY);
    const before = await dayRow(shop, DAY);
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toEqual(before);
  });
});

describe("when the books refuse", () => {
  it("for an inactive account, the day fails with the account, and is posted once the account is active again", async () => {
    const { given, shop, books, accountOf } = await givenSales();
    const food = accountOf("Food Sales");
    books.setAccountActive(shop.merchant.realm, food, false);
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "failed", pending: null, reason: { kind: "account_inactive", accountIds: [food] } });
    books.setAccountActive(shop.merchant.realm, food, true);
    await sync(given, shop, DAY, { why: "retry" });
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("for a period that was closed meanwhile, the day is held with the date", async () => {
    const { given, shop, books } = await givenSales();
    books.setCompany(shop.merchant.realm, { bookCloseDate: "2026-07-31" });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "period_closed", closedThrough: "2026-07-31" } });
    expect(booked(given, shop)).toEqual([]);
  });

  it("for a number that is taken, the day fails; when that entry is gone it is looked up first and posted once", async () => {
    const { given, shop, books, accountOf } = await givenSales();
    books.setCompany(shop.merchant.realm, { warnsOfDuplicates: true });
    const line = (PostingType: "Debit" | "Credit", name: string) => ({ Amount: 1, DetailType: "JournalEntryLineDetail", JournalEntryLineDetail: { PostingType, AccountRef: { value: accountOf(name) } } });
    const theirs = books.addEntry(shop.merchant.realm, { DocNumber: "DB-L00-260714-S1", TxnDate: "2026-07-02", Line: [line("Debit", "Checking"), line("Credit", "Sales")] });
    if (!theirs.ok) throw new Error("the bookkeeper may write entries");
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "failed", reason: { kind: "duplicate_number", documentNumber: "DB-L00-260714-S1" } });
    books.deleteEntry(shop.merchant.realm, theirs.value.Id);
    await sync(given, shop, DAY, { why: "retry" });
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(books.calls({ path: "query" }).some((call) => decodeURIComponent(call.query).includes("DB-L00-260714-S1"))).toBe(true);
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("because somebody edited the entry after a lost answer, the day is held and the books are left alone", async () => {
    const { given, shop, books, accountOf } = await givenSales();
    books.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await given.queue.deliver(given.jobs.queue, given.env);
    const [entry] = books.entries(shop.merchant.realm);
    if (entry === undefined) throw new Error("the entry had arrived");
    const lines = entry.Line.map((line) => ({ ...line, JournalEntryLineDetail: { ...line.JournalEntryLineDetail, AccountRef: { value: accountOf("Sales") } } }));
    expect(books.editEntry(shop.merchant.realm, entry.Id, { Line: lines }).ok).toBe(true);
    await given.drain();
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "entry_differs", documentNumber: "DB-L00-260714-S1" } });
    expect(await entryRows(shop, DAY)).toEqual([]);
    await sync(given, shop, DAY, { post: "yes", why: "retry" });
    expect((await dayRow(shop, DAY)).state).toBe("held");
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("with a Retry-After, the message comes again then, and the day is posted once", async () => {
    const { given, shop, books } = await givenSales();
    books.misbehave({ misbehaviour: { kind: "throttle", retryAfterSeconds: 44 }, method: "POST", path: "journalentry" });
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await given.queue.deliver(given.jobs.queue, given.env);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "ready", pending: null });
    expect(given.queue.waiting()).toMatchObject([{ attempts: 2, dueAt: given.now() + 44_000 }]);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("because their grant is dead, the day fails and the connection is marked", async () => {
    const { given, shop, books } = await givenSales();
    books.revoke(shop.merchant.realm);
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "failed", reason: { kind: "reconnect_needed", provider: "quickbooks" } });
    const row = await given.env.SHARD_0.prepare("SELECT state FROM connection WHERE shop_id = ?1 AND role = 'books'").bind(shop.shopId).first("state");
    expect(row).toBe("reconnect_needed");
  });
});

describe("when the till does not answer", () => {
  it("nine times, the day fails visibly, and the next night's planner takes it up again", async () => {
    const { given, shop, till } = await givenSales({ startsOn: DAY });
    till.fault({ kind: "unavailable", path: "/v2/orders", times: 9 });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "failed", reason: { kind: "provider_down", provider: "square" } });
    given.pass(24 * HOUR);
    await given.jobs.scheduled(given.env);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });

  it("because its grant is dead, the day fails and says which provider to connect again", async () => {
    const { given, shop, till } = await givenSales();
    till.revoke(shop.merchant.merchantId);
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "failed", reason: { kind: "reconnect_needed", provider: "square" }, totals: null });
  });

  it("a day that is posted already stays posted", async () => {
    const { given, shop, till } = await givenSales();
    await sync(given, shop, DAY);
    till.revoke(shop.merchant.merchantId);
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });
});

describe("when the pace of a provider leaves no room", () => {
  it("the message is put off without counting as an attempt, and every day is posted in the end", async () => {
    const { given, shop } = await givenSales({}, { pace: { callsPerMinute: 8, callsAtOnce: 3 } });
    for (let round = 0; round < 6; round += 1) await given.queue.binding.sendBatch([syncMessage(shop, DAY, { why: "gap" })]);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(given.queue.dead()).toEqual([]);
    expect(booked(given, shop)).toHaveLength(1);
  });
});

describe("messages that nobody should believe", () => {
  it("of a day that has not closed do nothing", async () => {
    const { given, shop } = await givenSales();
    await sync(given, shop, date("2026-07-15"));
    await sync(given, shop, date("2031-01-01"));
    await expect(dayRow(shop, date("2026-07-15"))).rejects.toThrow();
  });

  it("that are malformed are dropped with a line in the log, and the others of their batch are handled", async () => {
    const { given, shop } = await givenSales();
    const bodies = [
      { kind: "sync-day", payload: { shopId: shop.shopId } }, { kind: "sync-day", payload: null }, { kind: "no-such", payload: {} }, "text", null,
      { kind: "sync-day", payload: { ...syncMessage(shop, DAY).body.payload, date: "2026-02-30" } },
      { kind: "sync-day", payload: { ...syncMessage(shop, DAY).body.payload, extra: 1 } },
    ];
    await given.queue.binding.sendBatch([...bodies.map((body) => ({ body })), syncMessage(shop, DAY)]);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(given.logs.filter((line) => line.includes("queue.malformed"))).toHaveLength(bodies.length);
  });
});
