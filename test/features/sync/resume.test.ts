/** A connection that comes back takes up by itself what it had stopped. */
import { describe, expect, it } from "vitest";
import { dayView } from "../../../src/features/days/contract";
import { connectionBackMessage } from "../../../src/features/connections/service";
import { laneOf } from "../../../src/platform/lane-client";
import { message } from "../../../src/platform/queue";
import { booked, date, dayRow, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { grantFrom } from "../../support/providers";
import { visitorOf } from "../../support/serve";

const DAY = date("2026-07-14");

async function givenEnded() {
  const given = givenWorld({ ownQueues: true });
  const shop = await givenShop(given);
  sell(given, shop.locations[0], DAY, [{ id: "A" }]);
  given.providers.square.control.revoke(shop.merchant.merchantId);
  await sync(given, shop, DAY);
  return { given, shop };
}

/** As a consent leaves it: tokens in the lane, the row connected. */
async function reconnect(given: GivenWorld, { shopId, tillId, merchant }: GivenShop): Promise<void> {
  const tokens = await grantFrom(given.providers, "square", merchant.merchantId, given.now());
  await laneOf(given.env, shopId, tillId).install({ provider: "square", tokens });
  await given.env.SHARD_0.prepare("UPDATE connection SET state = 'connected' WHERE shop_id = ?1").bind(shopId).run();
}

const sayBack = async (given: GivenWorld, { shopId, shard }: GivenShop) => await given.queue.binding.sendBatch([message(connectionBackMessage, { shopId, shard })]);

describe("a connection that comes back", () => {
  it("has the days read and posted that waited for it, on the queues of their providers", async () => {
    const { given, shop } = await givenEnded();
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "failed", reason: { kind: "reconnect_needed" } });
    await reconnect(given, shop);
    await sayBack(given, shop);
    await given.queue.deliver(given.jobs.queue, given.env);
    expect(given.queue.waiting().map(({ queue }) => queue)).toEqual(["daybook-square"]);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });

  it("is told of twice, and nothing is posted twice", async () => {
    const { given, shop } = await givenEnded();
    await reconnect(given, shop);
    await sayBack(given, shop);
    await sayBack(given, shop);
    await given.drain();
    expect(booked(given, shop)).toHaveLength(1);
  });

  it.each(["preview", "approve"] as const)("brings the days that waited as far as ready in mode %s, with their entry to look at", async (mode) => {
    const { given, shop } = await givenEnded();
    expect((await visitorOf(given, shop)("PUT", "/posting", { mode })).status).toBe(200);
    await reconnect(given, shop);
    await sayBack(given, shop);
    await given.drain();
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "ready", reason: null, totals: { orderCount: 1 } });
    expect(booked(given, shop)).toEqual([]);
  });

  it("asks again for a day that was approved while its books were away", async () => {
    const given = givenWorld({ ownQueues: true });
    const shop = await givenShop(given);
    const owner = visitorOf(given, shop);
    await owner("PUT", "/posting", { mode: "approve" });
    sell(given, shop.locations[0], DAY, [{ id: "A" }]);
    await sync(given, shop, DAY);
    const path = `/days/${shop.locations[0].id}/${DAY}`;
    const seen = dayView.parse((await owner("GET", path)).body);
    await owner("POST", `${path}/post`, { fingerprint: seen.proposal?.fingerprint });
    await given.env.SHARD_0.prepare("UPDATE connection SET state = 'reconnect_needed' WHERE shop_id = ?1 AND role = 'books'").bind(shop.shopId).run();
    await given.drain();
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "failed", reason: { kind: "reconnect_needed" } });
    await given.env.SHARD_0.prepare("UPDATE connection SET state = 'connected' WHERE shop_id = ?1").bind(shop.shopId).run();
    await sayBack(given, shop);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("ready");
    expect(booked(given, shop)).toEqual([]);
    expect((await owner("POST", `${path}/post`, { fingerprint: seen.proposal?.fingerprint })).status).toBe(200);
    await given.drain();
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("leaves alone what waits for something else", async () => {
    const { given, shop } = await givenEnded();
    await given.env.SHARD_0.prepare("UPDATE day SET reason = '{\"kind\":\"subscription_lapsed\",\"provider\":\"quickbooks\"}' WHERE shop_id = ?1").bind(shop.shopId).run();
    await reconnect(given, shop);
    await sayBack(given, shop);
    await given.drain();
    expect((await dayRow(shop, DAY)).state).toBe("failed");
  });
});
