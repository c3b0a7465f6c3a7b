/** One day at the till becomes one entry in the books, at a known cost, however often it is asked for. */
import { describe, expect, it } from "vitest";
import { DAY as DAY_MS } from "../../../src/kernel/clock";
import { booked, BOWL, date, dayRow, entryRows, LATTE, orderOf, sell, sync, syncMessage } from "../../support/days";
import { countedBindings } from "../../support/counting";
import { givenShop, givenWorld } from "../../support/given";

const DAY = date("2026-07-14");

async function givenSales(options: Parameters<typeof givenShop>[1] = {}) {
  const given = givenWorld();
  const shop = await givenShop(given, options);
  sell(given, shop.locations[0], DAY, [{ id: "A", tipMinor: 100 }, { id: "B", lines: [BOWL, LATTE], tender: "CASH" }]);
  return { given, shop };
}

describe("a closed day", () => {
  it("is read, posted once, read back and recorded", async () => {
    const { given, shop } = await givenSales();
    await sync(given, shop, DAY);
    const day = await dayRow(shop, DAY);
    expect(day).toMatchObject({ state: "posted", revision: 1, pending: null, leaseToken: null, reason: null });
    expect(day.totals).toMatchObject({ orderCount: 2, tips: { inMinor: 100 } });
    expect(booked(given, shop)).toEqual([{ id: expect.any(String), number: "DB-L00-260714-S1", date: "2026-07-14" }]);
    const [entry] = await entryRows(shop, DAY);
    expect(entry).toMatchObject({ documentNumber: "DB-L00-260714-S1", postedBy: "daybook", mappingVersion: 1, dayFingerprint: day.fingerprint });
    expect(day.attempts.map(({ text }) => text)).toEqual([
      "Read from Square: 2 orders folded, none kept. Sending DB-L00-260714-S1",
      "Posted to QuickBooks Online as DB-L00-260714-S1 and read back: equal to the cent",
    ]);
  });

  it("costs at most six rows and three round trips beside the planner's, which looks at the whole shard", async () => {
    const { given, shop } = await givenSales({ startsOn: DAY });
    await given.env.SHARD_0.prepare("UPDATE location SET next_due_at = NULL WHERE shop_id <> ?1").bind(shop.shopId).run();
    const counted = countedBindings(given.env);
    await given.jobs.scheduled(counted.env);
    const planner = { ...counted.cost };
    // For the whole shard: one look at what is due and one write, one at which audit logs have grown, one each at stray
    // objects, at messages and at lists that are due, and at files of contacts that nobody goes on with.
    expect(planner).toMatchObject({ trips: 7, rowsWritten: 2 });
    await given.queue.deliver(given.jobs.queue, counted.env);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(counted.cost.trips - planner.trips).toBe(3);
    expect(counted.cost.rowsWritten).toBeLessThanOrEqual(6);
  });

  it("writes no row when it is read again and nothing has changed", async () => {
    const { given, shop } = await givenSales();
    await sync(given, shop, DAY);
    const counted = countedBindings(given.env);
    for (const post of ["as_set", "yes", "no"] as const) await given.queue.binding.sendBatch([syncMessage(shop, DAY, { post })]);
    await given.queue.deliver(given.jobs.queue, counted.env);
    expect(counted.cost).toMatchObject({ trips: 3, rowsWritten: 0 });
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("without sales is a state of its own, and becomes a day when its sales arrive late", async () => {
    const given = givenWorld();
    const shop = await givenShop(given);
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "no_sales", revision: 0 });
    expect(booked(given, shop)).toEqual([]);
    sell(given, shop.locations[0], DAY, [{ id: "LATE" }]);
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });

  it("waits as ready where the shop posts by hand, whatever the queue brings", async () => {
    for (const mode of ["preview", "approve"] as const) {
      const { given, shop } = await givenSales({ mode });
      await sync(given, shop, DAY);
      await sync(given, shop, DAY);
      expect(await dayRow(shop, DAY)).toMatchObject({ state: "ready", revision: 0, pending: null });
      expect(booked(given, shop)).toEqual([]);
    }
  });

  it("is posted by a message of somebody who may, in their name", async () => {
    const { given, shop } = await givenSales({ mode: "preview" });
    const by = `person:${shop.visit().person.id}`;
    await sync(given, shop, DAY, { post: "yes", by });
    expect(await entryRows(shop, DAY)).toMatchObject([{ postedBy: by }]);
  });
});

describe("a posted day that changes at the till", () => {
  it("and is only read says so and posts nothing more, and says that it is as posted when it is again", async () => {
    const { given, shop } = await givenSales();
    await sync(given, shop, DAY);
    const { control } = given.providers.square;
    control.putOrder(orderOf(shop.locations[0], DAY, { id: "C" }));
    await sync(given, shop, DAY, { post: "no" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "changed", revision: 1, reason: null, totals: { orderCount: 3 } });
    control.removeOrder("C");
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", totals: { orderCount: 2 } });
    expect(booked(given, shop)).toHaveLength(1);
    expect(await entryRows(shop, DAY)).toHaveLength(1);
  });
});

describe("an answer that is lost", () => {
  it("makes the day uncertain, and the look-up records the entry that had arrived", async () => {
    const { given, shop } = await givenSales();
    given.providers.quickbooks.control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await given.queue.deliver(given.jobs.queue, given.env);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "uncertain", pending: { documentNumber: "DB-L00-260714-S1" } });
    expect(booked(given, shop)).toHaveLength(1);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(await entryRows(shop, DAY)).toMatchObject([{ externalId: booked(given, shop)[0]?.id }]);
  });

  it("is looked up before the same entry is sent again, when it had not arrived", async () => {
    const { given, shop } = await givenSales();
    const { control } = given.providers.quickbooks;
    control.misbehave({ misbehaviour: { kind: "html", status: 502 }, method: "POST", path: "journalentry" });
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    const calls = control.calls().map(({ method, path }) => `${method} ${path.split("/").slice(4).join("/").replace(/\d+$/, "id")}`);
    expect(calls.filter((call) => call.includes("journalentry") || call.includes("query"))).toEqual([
      // A shop's first days look around for what others posted, a query for each kind of record, and for their own number.
      ...Array.from({ length: 5 }, () => "GET query"),
      "POST journalentry", "GET query", "POST journalentry", "GET journalentry/id",
    ]);
  });

  it("keeps the entry that was sent, though the mapping changes before it is looked up", async () => {
    const { given, shop } = await givenSales();
    given.providers.quickbooks.control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await given.queue.deliver(given.jobs.queue, given.env);
    await given.env.SHARD_0.prepare("INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) SELECT shop_id, 2, json_remove(accounts, '$.tip'), saved_by, 2 FROM mapping WHERE shop_id = ?1")
      .bind(shop.shopId).run();
    await given.drain();
    expect(await entryRows(shop, DAY)).toMatchObject([{ mappingVersion: 1 }]);
  });
});

describe("a token that has run out", () => {
  it("is renewed on the way, and the day is posted", async () => {
    const { given, shop } = await givenSales();
    given.pass(2 * 3_600_000);
    given.providers.quickbooks.control.expireAccess(shop.merchant.realm);
    given.pass(DAY_MS);
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });
});
