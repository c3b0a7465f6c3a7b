/** Under a day's number stands something else than was sent: it is left alone, looked up at every attempt, and once it is gone the day is posted. */
import { describe, expect, it } from "vitest";
import { booked, date, dayRow, entryRows, orderOf, sell, sync, syncMessage } from "../../support/days";
import { givenShop, givenWorld, type ShopOptions, type WorldOptions } from "../../support/given";
import { visitorOf } from "../../support/serve";

const DAY = date("2026-07-14");

/** Somebody changed the entry while its answer was lost: the day is held. */
async function givenOther(options: ShopOptions = {}, world: WorldOptions = {}) {
  const given = givenWorld(world);
  const shop = await givenShop(given, { startsOn: DAY, ...options });
  sell(given, shop.locations[0], DAY, [{ id: "A", tipMinor: 100 }]);
  const books = given.providers.quickbooks.control;
  const { realm } = shop.merchant;
  const lose = async () => {
    books.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    await given.queue.binding.sendBatch([syncMessage(shop, DAY, { why: "retry", post: "yes" })]);
    while (books.entries(realm).length === 0) await given.queue.deliver(given.jobs.queue, given.env);
    const [entry] = books.entries(realm);
    if (entry === undefined) throw new Error("the entry had arrived");
    const elsewhere = books.accounts(realm).find(({ Name }) => Name === "Sales")?.Id ?? "";
    const lines = entry.Line.map((line) => ({ ...line, JournalEntryLineDetail: { ...line.JournalEntryLineDetail, AccountRef: { value: elsewhere } } }));
    expect(books.editEntry(realm, entry.Id, { Line: lines }).ok).toBe(true);
    await given.drain();
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "entry_differs", documentNumber: "DB-L00-260714-S1" } });
    return entry.Id;
  };
  const retry = async (role: "tech" | "owner" = "owner") => {
    expect((await visitorOf(given, shop, role)("POST", `/days/${shop.locations[0].id}/${DAY}/retry`)).status).toBe(200);
    await given.drain();
    const { state, reason } = await dayRow(shop, DAY);
    return reason?.kind ?? state;
  };
  const lookUps = () => books.calls({ path: "query" }).filter(({ query }) => decodeURIComponent(query).includes("DB-L00-260714-S1")).length;
  return { given, shop, books, realm, lose, retry, lookUps };
}

describe.each([["one queue", false], ["a queue for each provider", true]])("an entry that a person deletes, with %s", (_, ownQueues) => {
  it("is posted anew, and not taken for the one that its request id once made; as often as that happens", async () => {
    const { given, shop, books, realm, lose, retry } = await givenOther({}, { ownQueues });
    books.deleteEntry(realm, await lose());
    books.deleteEntry(realm, await lose());
    expect(await retry()).toBe("posted");
    expect(booked(given, shop)).toHaveLength(1);
    const [entry] = await entryRows(shop, DAY);
    expect(entry).toMatchObject({ documentNumber: "DB-L00-260714-S1", externalId: booked(given, shop)[0]?.id });
  });

  it("is posted once, though the answer to the new one is lost as well and its message comes twice", async () => {
    const { given, shop, books, realm, lose } = await givenOther({}, { ownQueues });
    books.deleteEntry(realm, await lose());
    books.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    await given.queue.binding.sendBatch([syncMessage(shop, DAY, { why: "retry" }), syncMessage(shop, DAY, { why: "retry" })]);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(booked(given, shop)).toHaveLength(1);
  });
});

describe.each([["one queue", false], ["a queue for each provider", true]])("an entry that stays, with %s", (_, ownQueues) => {
  it("keeps its day held and looked up, whoever tries again and however the shop posts", async () => {
    const { given, shop, lose, retry, lookUps } = await givenOther({}, { ownQueues });
    await lose();
    await given.env.SHARD_0.prepare("UPDATE posting_rule SET mode = 'approve' WHERE shop_id = ?1").bind(shop.shopId).run();
    const before = lookUps();
    expect([await retry("tech"), await retry("owner"), await retry("tech")]).toEqual(["entry_differs", "entry_differs", "entry_differs"]);
    expect(lookUps()).toBe(before + 1);
    given.providers.square.control.putOrder(orderOf(shop.locations[0], DAY, { id: "B" }));
    expect([await retry("tech"), (await dayRow(shop, DAY)).totals?.orderCount]).toEqual(["entry_differs", 2]);
    expect(await retry("owner")).toBe("entry_differs");
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("is not forgotten over a line without an account: that is told in the history, once", async () => {
    const { given, shop, books, realm, lose, retry } = await givenOther({}, { ownQueues });
    const id = await lose();
    const save = (version: number, accounts: string) => given.env.SHARD_0.prepare(
      `INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) SELECT shop_id, ?2, ${accounts}, saved_by, ?2 FROM mapping WHERE shop_id = ?1 AND version = 1`,
    ).bind(shop.shopId, version).run();
    await save(2, "json_remove(accounts, '$.tip')");
    expect([await retry(), await retry()]).toEqual(["entry_differs", "entry_differs"]);
    expect((await dayRow(shop, DAY)).attempts.filter(({ text }) => text.includes("“Tips” has no account yet"))).toHaveLength(1);
    books.deleteEntry(realm, id);
    await save(3, "accounts");
    expect(await retry()).toBe("posted");
    expect(booked(given, shop)).toHaveLength(1);
  });
});

describe("a till that is away", () => {
  it("does not make Daybook forget what may stand in the books", async () => {
    const { given, shop, lose } = await givenOther();
    await lose();
    given.providers.square.control.revoke(shop.merchant.merchantId);
    await sync(given, shop, DAY, { why: "retry", post: "yes" });
    expect((await dayRow(shop, DAY)).reason?.kind).toBe("entry_differs");
  });
});
