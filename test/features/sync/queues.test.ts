/** Two queues for one day: it is read on its till's and posted on its books', and neither waits for the other's provider. */
import { describe, expect, it } from "vitest";
import { createJobs } from "../../../src/jobs";
import type { SyncDay } from "../../../src/features/sync/messages";
import { postDayNow, viewDay } from "../../../src/features/sync/service";
import { booked, date, dayRow, orderOf, sell, sync, syncMessage } from "../../support/days";
import { countedBindings } from "../../support/counting";
import { givenShop, givenWorld, type GivenWorld, type ShopOptions } from "../../support/given";
import { deliverOne, type Waiting } from "../../support/queue";

const DAY = date("2026-07-14");

async function givenSales(options: ShopOptions = {}) {
  const given = givenWorld({ ownQueues: true });
  const shop = await givenShop(given, options);
  sell(given, shop.locations[0], DAY, [{ id: "A", tipMinor: 100 }, { id: "B", tender: "CASH" }]);
  return { given, shop };
}

/** Days that wait, by queue and stage; payouts wait beside them. */
const standing = ({ queue }: GivenWorld) => queue.waiting().filter(({ body }) => (body as { readonly kind: string }).kind === "sync-day").map((message) => [message.queue, payloadOf(message).stage ?? "read"]);
const payloadOf = ({ body }: Waiting) => (body as { readonly payload: SyncDay }).payload;
const deliver = async ({ queue, jobs, env }: GivenWorld) => await queue.deliver(jobs.queue, env);

describe("a night with a queue for each provider", () => {
  it("reads on the till's queue, saves the totals, and posts them on the books' without reading again", async () => {
    const { given, shop } = await givenSales({ startsOn: DAY });
    for (const shard of [given.env.SHARD_0, given.env.SHARD_1]) await shard.prepare("UPDATE location SET next_due_at = NULL WHERE shop_id <> ?1").bind(shop.shopId).run();
    await given.jobs.scheduled(given.env);
    expect(standing(given)).toEqual([["daybook-square", "read"]]);
    await deliver(given);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "ready", pending: null, totals: { orderCount: 2 } });
    expect(given.providers.quickbooks.control.calls({ path: "journalentry" })).toEqual([]);
    expect(standing(given)).toEqual([["daybook-quickbooks", "post"]]);
    const reads = given.providers.square.control.journal().length;
    await deliver(given);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(given.providers.square.control.journal()).toHaveLength(reads);
    expect(booked(given, shop)).toHaveLength(1);
    expect((await dayRow(shop, DAY)).attempts.map(({ text }) => text)).toEqual([
      "Read from Square: 2 orders folded, none kept. QuickBooks Online is next",
      "Sending DB-L00-260714-S1",
      "Posted to QuickBooks Online as DB-L00-260714-S1 and read back: equal to the cent",
    ]);
  });

  it("puts no total and no name into the message that is handed on", async () => {
    const { given, shop } = await givenSales();
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await deliver(given);
    expect(given.queue.waiting().map(payloadOf)).toEqual([{
      shopId: shop.shopId, shard: 0, locationId: shop.locations[0].id, date: DAY, why: "closed", post: "as_set", by: "daybook", backfillId: null, postponed: 0, stage: "post",
    }]);
  });

  it("costs five round trips and at most five rows, in both stages together", async () => {
    const { given, shop } = await givenSales();
    const { env, cost } = countedBindings(given.env);
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await given.queue.deliver(given.jobs.queue, env);
    expect(cost).toMatchObject({ trips: 2, rowsWritten: 1 });
    await given.queue.deliver(given.jobs.queue, env);
    expect(cost.trips).toBe(5);
    expect(cost.rowsWritten).toBeLessThanOrEqual(5);
  });

  it("posts what was saved last, when the till was read again in between", async () => {
    const { given, shop } = await givenSales();
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await deliver(given);
    const handedOn = given.queue.take();
    given.providers.square.control.putOrder(orderOf(shop.locations[0], DAY, { id: "C" }));
    await sync(given, shop, DAY, { post: "no" });
    for (const message of handedOn) given.queue.put(message);
    await given.drain();
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", totals: { orderCount: 3 } });
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("posts nothing in the second stage for a day that was stopped meanwhile", async () => {
    const { given, shop } = await givenSales();
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await deliver(given);
    await given.env.SHARD_0.prepare("UPDATE day SET state = 'held', reason = '{\"kind\":\"invalid_day\",\"message\":\"\"}' WHERE shop_id = ?1").bind(shop.shopId).run();
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("held");
    expect(booked(given, shop)).toEqual([]);
  });

  it("ends with one entry when either stage's message comes three times, and in the wrong order", async () => {
    const { given, shop } = await givenSales();
    for (let copy = 0; copy < 3; copy += 1) await given.queue.binding.sendBatch([syncMessage(shop, DAY, { stage: "post" }), syncMessage(shop, DAY)]);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("starts an approval on the books' queue", async () => {
    const { given, shop } = await givenSales({ mode: "approve" });
    await sync(given, shop, DAY);
    const view = await viewDay(given.world, given.env, shop.visit(), shop.locations[0].id, DAY);
    const fingerprint = view.ok ? view.value.proposal?.fingerprint : undefined;
    await postDayNow({ world: given.world, env: given.env, visit: shop.visit() }, { location: shop.locations[0].id, date: DAY }, fingerprint ?? "");
    expect(standing(given)).toEqual([["daybook-quickbooks", "post"]]);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });

  it("looks a lost entry up on the books' queue, though its message came by the till's", async () => {
    const { given, shop } = await givenSales();
    given.providers.quickbooks.control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await deliver(given);
    await deliver(given);
    expect((await dayRow(shop, DAY)).state).toBe("uncertain");
    given.queue.take();
    const reads = given.providers.square.control.journal().length;
    await given.queue.bindings.SYNC_SQUARE?.sendBatch([syncMessage(shop, DAY, { why: "gap" })]);
    await deliver(given);
    expect(standing(given)).toEqual([["daybook-quickbooks", "post"]]);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(given.providers.square.control.journal()).toHaveLength(reads);
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("lets what is put off come again on the queue that it came from", async () => {
    const given = givenWorld({ ownQueues: true, pace: { callsPerMinute: 0.5, callsAtOnce: 5 } });
    const shop = await givenShop(given);
    for (const queue of ["daybook-square", "daybook-sync"]) {
      const jobs = createJobs(given.world);
      const message = { id: "m", body: syncMessage(shop, DAY, { post: "no" }).body, dueAt: 0, attempts: 1 };
      for (let copy = 0; copy < 2; copy += 1) await deliverOne(message, queue, { consume: jobs.queue, env: given.env, again: () => undefined });
    }
    expect(new Set(given.queue.waiting().map((message) => message.queue))).toEqual(new Set(["daybook-square", "daybook-sync"]));
  });
});

describe("the trailing window", () => {
  const nights = async (given: GivenWorld, count: number) => {
    for (let night = 0; night < count; night += 1) {
      given.pass(86_400_000);
      await given.jobs.scheduled(given.env);
      await given.drain();
    }
  };

  it("finds a sale that was rung up offline and arrived three days late", async () => {
    const { given, shop } = await givenSales({ startsOn: DAY });
    await sync(given, shop, DAY);
    await nights(given, 1);
    given.providers.square.control.putOrder(orderOf(shop.locations[0], DAY, { id: "OFFLINE" }));
    await nights(given, 3);
    expect((await dayRow(shop, DAY)).totals).toMatchObject({ orderCount: 3 });
  });

  it("writes no row for a day that has not changed", async () => {
    const { given, shop } = await givenSales({ startsOn: DAY });
    await sync(given, shop, DAY);
    const before = (await dayRow(shop, DAY)).changedAt;
    const { env, cost } = countedBindings(given.env);
    await given.queue.binding.sendBatch([syncMessage(shop, DAY, { why: "reread" })]);
    await given.queue.deliver(given.jobs.queue, env);
    expect(cost).toMatchObject({ trips: 1, rowsWritten: 0 });
    expect((await dayRow(shop, DAY)).changedAt).toBe(before);
  });

  it("does not post a day that was left ready, whatever the shop's rule says by now", async () => {
    const { given, shop } = await givenSales({ startsOn: DAY, mode: "preview" });
    await given.jobs.scheduled(given.env);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("ready");
    await given.env.SHARD_0.prepare("UPDATE posting_rule SET mode = 'automatic' WHERE shop_id = ?1").bind(shop.shopId).run();
    await nights(given, 1);
    expect((await dayRow(shop, DAY)).state).toBe("ready");
    expect(booked(given, shop).filter((entry) => entry.date === DAY)).toEqual([]);
  });
});
