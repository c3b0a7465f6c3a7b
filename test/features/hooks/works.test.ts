/** What a provider tells by itself is looked at once, at the provider, and costs nothing while the day is still open. */
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../../src/kernel/clock";
import { windowOf } from "../../../src/kernel/day";
import type { SyncDay } from "../../../src/features/sync/messages";
import { squareHook } from "../../../src/providers/square/simulator-webhook";
import { date, dayRow, entryRows, orderOf, sell, sync } from "../../support/days";
import { onlyPayout, payoutEntryRows, readPayoutsOf } from "../../support/payouts";
import { NOW, type GivenShop, type GivenWorld } from "../../support/given";
import { CLIENTS, DOMAIN } from "../../support/providers";
import { claim, cloudEvent, entityChanged, givenClaimed, paymentEvent, send } from "./senders";

const DAY = date("2026-07-14");

async function givenPosted() {
  const { given, shop } = await givenClaimed({}, { ownQueues: true });
  sell(given, shop.locations[0], DAY, [{ id: "A" }]);
  await sync(given, shop, DAY);
  return { given, shop, noon: windowOf(shop.locations[0], DAY).start + 12 * HOUR };
}

/** The days that are looked at again, by why and whose queue; the hints themselves are taken off the queue first. */
async function looked({ queue, jobs, env }: GivenWorld): Promise<string[]> {
  await queue.deliver(jobs.queue, env);
  return queue.waiting().map(({ body, queue: name }) => {
    const { date: on, why } = (body as { readonly payload: SyncDay }).payload;
    return `${name} ${why} ${on}`;
  });
}

const paid = (shop: GivenShop, at: number) => ({ body: paymentEvent(shop.merchant.merchantId, shop.locations[0].externalId, at) });

describe("a payment of a day that was read", () => {
  it("has its day read again, after a while, and what changed is found", async () => {
    const { given, shop, noon } = await givenPosted();
    given.providers.square.control.putOrder(orderOf(shop.locations[0], DAY, { id: "LATE" }));
    expect((await send(given, "square", paid(shop, noon))).status).toBe(200);
    expect(await looked(given)).toEqual(["daybook-square till_changed 2026-07-14"]);
    await given.drain();
    expect((await dayRow(shop, DAY)).totals).toMatchObject({ orderCount: 2 });
  });

  it("and so has a gift card that grew on it", async () => {
    const { given, shop, noon } = await givenPosted();
    const { merchant: { merchantId }, locations: [{ externalId }] } = shop;
    const news = { kind: "gift_card.activity.created", merchantId, locationId: externalId, at: noon, eventId: "CARD", retry: 0 } as const;
    const hook = await squareHook(news, CLIENTS.SQUARE_WEBHOOK_KEY, `https://${DOMAIN}/hooks/square`);
    expect((await send(given, "square", { text: await hook.text() })).status).toBe(200);
    expect(await looked(given)).toEqual(["daybook-square till_changed 2026-07-14"]);
  });

  it("is one message on the queue that says where to look, and nothing of the payment", async () => {
    const { given, shop, noon } = await givenPosted();
    await send(given, "square", paid(shop, noon));
    const [message] = given.queue.waiting();
    expect(message?.body).toEqual({
      kind: "hook-hints",
      payload: {
        provider: "square", account: shop.merchant.merchantId,
        hints: [{ kind: "till_changed", place: shop.locations[0].externalId, at: noon, objectId: null, eventId: expect.any(String) }],
      },
    });
  });

  it("told a hundred times, by many events, has its day read once", async () => {
    const { given, shop, noon } = await givenPosted();
    for (let event = 0; event < 100; event += 1) await send(given, "square", paid(shop, noon + event * MINUTE));
    expect(await looked(given)).toEqual(["daybook-square till_changed 2026-07-14"]);
  });

  it("told again by the same event, hours later, is not looked at again", async () => {
    const { given, shop, noon } = await givenPosted();
    const event = paid(shop, noon);
    await send(given, "square", event);
    await given.drain();
    given.pass(8 * HOUR);
    await send(given, "square", event);
    expect(await looked(given)).toEqual([]);
  });

  it("told by another event, a quarter of an hour later, is looked at again", async () => {
    const { given, shop, noon } = await givenPosted();
    await send(given, "square", paid(shop, noon));
    await given.drain();
    given.pass(15 * MINUTE);
    await send(given, "square", paid(shop, noon));
    expect(await looked(given)).toEqual(["daybook-square till_changed 2026-07-14"]);
  });

  it("that changed nothing writes nothing", async () => {
    const { given, shop, noon } = await givenPosted();
    const before = await dayRow(shop, DAY);
    await send(given, "square", paid(shop, noon));
    await given.drain();
    expect(await dayRow(shop, DAY)).toEqual(before);
  });

  it("finds its day by the location's own zone and cut-off, and none before the shop's first", async () => {
    const { given, shop } = await givenPosted();
    const { start } = windowOf(shop.locations[0], DAY);
    await send(given, "square", paid(shop, start - 1));
    await send(given, "square", paid(shop, start - 48 * HOUR));
    expect(await looked(given)).toEqual(["daybook-square till_changed 2026-07-13"]);
  });
});

describe("a busy evening", () => {
  it("makes no message at all: what was rung up is read with its day", async () => {
    const { given, shop } = await givenPosted();
    for (let sale = 0; sale < 200; sale += 1) await send(given, "square", paid(shop, NOW - sale * 20_000));
    expect(given.queue.waiting()).toEqual([]);
  });

  it("makes no day be read for a tip that is added hours later, while the day is open", async () => {
    const { given, shop } = await givenPosted();
    await send(given, "square", paid(shop, NOW - 5 * HOUR));
    expect(await looked(given)).toEqual([]);
    const marks = await given.env.DIRECTORY.prepare("SELECT count(*) AS count FROM hook_mark WHERE key LIKE 'event:square:%' AND until > ?1").bind(NOW + 71 * HOUR).first("count");
    await send(given, "square", paid(shop, NOW - 5 * HOUR));
    await looked(given);
    expect(await given.env.DIRECTORY.prepare("SELECT count(*) AS count FROM hook_mark WHERE key LIKE 'event:square:%' AND until > ?1").bind(NOW + 71 * HOUR).first("count")).toBe(marks);
  });
});

describe("an entry that somebody changed in the books", () => {
  it.each(["Update", "Delete", "Void"])("(%s, told in the old form) has its day looked at, on the books' queue", async (operation) => {
    const { given, shop } = await givenPosted();
    const [entry] = await entryRows(shop, DAY);
    expect((await send(given, "quickbooks", { body: entityChanged(shop.merchant.realm, entry?.externalId ?? "", operation) })).status).toBe(200);
    expect(await looked(given)).toEqual(["daybook-quickbooks books_changed 2026-07-14"]);
  });

  it.each(["updated", "deleted", "voided"])("(%s, told as a CloudEvent) has its day looked at, and companies in one delivery are told apart", async (change) => {
    const { given, shop } = await givenPosted();
    const [entry] = await entryRows(shop, DAY);
    const id = entry?.externalId ?? "";
    await send(given, "quickbooks", { body: [cloudEvent("9130000000000001", id, change), cloudEvent(shop.merchant.realm, id, change), cloudEvent(shop.merchant.realm, "999999", change)] });
    expect(await looked(given)).toEqual(["daybook-quickbooks books_changed 2026-07-14"]);
  });

  it("has its payout looked at where that is what it is about, once, and what is different holds it", async () => {
    const { given, shop } = await givenClaimed({ payouts: true, startsOn: DAY }, { ownQueues: true });
    sell(given, shop.locations[0], DAY, [{ id: "A" }]);
    await readPayoutsOf(given, shop);
    const payout = await onlyPayout(shop);
    const [entry] = await payoutEntryRows(shop, payout.id);
    const { realm } = shop.merchant;
    expect(given.providers.quickbooks.control.deleteEntry(realm, entry?.externalId ?? "").ok).toBe(true);
    for (const change of ["updated", "deleted"]) await send(given, "quickbooks", { body: [cloudEvent(realm, entry?.externalId ?? "", change)] });
    await given.queue.deliver(given.jobs.queue, given.env);
    expect(given.queue.waiting()).toMatchObject([{ queue: "daybook-quickbooks", body: { payload: { payoutId: payout.id, looks: true } } }]);
    await given.drain();
    expect(await onlyPayout(shop)).toMatchObject({ state: "held", reason: { kind: "books_changed", change: "deleted" } });
  });

  it("is not looked for where it was created, which Daybook did itself, nor where it is no entry", async () => {
    const { given, shop } = await givenPosted();
    const { realm } = shop.merchant;
    await send(given, "quickbooks", { body: entityChanged(realm, "1", "Create") });
    await send(given, "quickbooks", { body: entityChanged(realm, "1", "Update", "Customer") });
    await send(given, "quickbooks", { body: [cloudEvent(realm, "1", "created"), cloudEvent(realm, "1", "updated", "customer")] });
    expect(given.queue.waiting()).toEqual([]);
  });
});

describe("a grant that the merchant ended", () => {
  const revoked = (merchantId: string, at: number) => ({
    body: { merchant_id: merchantId, type: "oauth.authorization.revoked", event_id: `revoked-${at}`, data: { type: "revocation", object: { revocation: { revoked_at: new Date(at).toISOString(), revoker_type: "MERCHANT" } } } },
  });
  const stateOf = async ({ env }: GivenWorld, { shopId, tillId }: GivenShop) => (
    await env.SHARD_0.prepare("SELECT state FROM connection WHERE shop_id = ?1 AND id = ?2").bind(shopId, tillId).first("state")
  );

  it("is marked at once, and not found out by a failing night", async () => {
    const { given, shop } = await givenPosted();
    await send(given, "square", revoked(shop.merchant.merchantId, NOW + MINUTE));
    await given.drain();
    expect(await stateOf(given, shop)).toBe("reconnect_needed");
  });

  it("is not, when it is older than the grant of now: it is told late, of an earlier one", async () => {
    const { given, shop } = await givenPosted();
    await send(given, "square", revoked(shop.merchant.merchantId, NOW - HOUR));
    await given.drain();
    expect(await stateOf(given, shop)).toBe("connected");
  });
});

describe("what is told of others", () => {
  it("of an account that nobody holds comes to nothing", async () => {
    const { given, shop, noon } = await givenPosted();
    await send(given, "square", { body: paymentEvent("MNOBODY", shop.locations[0].externalId, noon) });
    expect(await looked(given)).toEqual([]);
  });

  it("never reaches another shop, though it names that shop's location", async () => {
    const { given, shop, noon } = await givenPosted();
    const other = await givenClaimed();
    await claim(given, { ...other.shop, merchant: { ...other.shop.merchant, merchantId: "MOTHER", realm: "REALMOTHER" } });
    await send(given, "square", { body: paymentEvent("MOTHER", shop.locations[0].externalId, noon) });
    const [entry] = await entryRows(shop, DAY);
    await send(given, "quickbooks", { body: entityChanged("REALMOTHER", entry?.externalId ?? "", "Delete") });
    expect(await looked(given)).toEqual([]);
  });
});
