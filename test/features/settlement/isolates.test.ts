/** One shop's payouts reach nothing of another's, and nothing of any payment is kept anywhere. */
import { describe, expect, it } from "vitest";
import { date, sell, sync } from "../../support/days";
import { givenShop, givenWorld } from "../../support/given";
import { onlyPayout, payoutRows, readMessage, readPayoutsOf, refundCard, settleMessage } from "../../support/payouts";
import { visitorOf } from "../../support/serve";

const DAY = date("2026-07-14");
const NOBODY = "a".repeat(26);

/** Two shops that post, on the same shard, each with a payout in its books. */
async function givenNeighbours() {
  const given = givenWorld({ merchants: [{ locations: [{ name: "Pier" }] }, { locations: [{ name: "Lantern" }] }] });
  const options = { mode: "approve" as const, startsOn: date("2026-07-01"), payouts: true };
  const harbour = await givenShop(given, options);
  const lantern = await givenShop(given, { ...options, merchant: 1 });
  for (const shop of [harbour, lantern]) {
    sell(given, shop.locations[0], DAY, [{ id: `SALE${shop.shopId}` }]);
    refundCard(given, shop.locations[0], DAY, { id: `REFUND${shop.shopId}`, minor: 100 });
    await readPayoutsOf(given, shop);
  }
  return { given, harbour, lantern };
}

describe("another shop's payout", () => {
  it("answers byte for byte as one of nobody, on every route, and stays as it was", async () => {
    const { given, harbour, lantern } = await givenNeighbours();
    const owner = visitorOf(given, harbour);
    const theirs = await onlyPayout(lantern);
    const ask = async (id: string) => await Promise.all([
      owner("GET", `/payouts/${id}`), owner("POST", `/payouts/${id}/retry`), owner("POST", `/payouts/${id}/post`, { fingerprint: "f".repeat(43) }),
    ]);
    const answers = await ask(theirs.id);
    expect(answers).toEqual(await ask(NOBODY));
    expect(answers.every(({ status }) => status === 404)).toBe(true);
    expect(given.queue.waiting()).toEqual([]);
    expect(await onlyPayout(lantern)).toEqual(theirs);
  });

  it("shows in no list and no bridge", async () => {
    const { given, harbour, lantern } = await givenNeighbours();
    const theirs = await onlyPayout(lantern);
    for (const path of ["/payouts?from=2026-07-01&to=2026-07-31", "/payouts/bridge?from=2026-07-01&to=2026-07-31"]) {
      const { body } = await visitorOf(given, harbour)("GET", path);
      expect(JSON.stringify(body)).not.toContain(theirs.id);
      expect(JSON.stringify(body)).not.toContain(theirs.locationId);
    }
  });
});

describe("a message", () => {
  it("that names one shop and another's location or payout, or another shard, does nothing to either", async () => {
    const { given, harbour, lantern } = await givenNeighbours();
    const [ours, theirs] = [await payoutRows(harbour), await payoutRows(lantern)];
    await given.queue.binding.sendBatch([
      readMessage(harbour, { locationId: lantern.locations[0].id }), settleMessage(harbour, theirs[0]?.id ?? ours[0]?.id ?? (NOBODY as never), { post: "yes" }),
      readMessage(harbour, { shard: 1 }), settleMessage(harbour, ours[0]?.id ?? (NOBODY as never), { post: "yes", shard: 1 }),
    ]);
    await given.drain();
    expect([await payoutRows(harbour), await payoutRows(lantern)]).toEqual([ours, theirs]);
  });
});

describe("what is kept of a payout", () => {
  it("is totals: no payment, refund or part of it stands in any row, message or log line", async () => {
    const { given, harbour } = await givenNeighbours();
    await sync(given, harbour, DAY, { post: "yes" });
    const { id } = await onlyPayout(harbour);
    await given.queue.binding.sendBatch([settleMessage(harbour, id, { post: "yes" })]);
    const queued = JSON.stringify(given.queue.waiting());
    await given.drain();
    expect((await onlyPayout(harbour)).state).toBe("posted");
    const tables = ["payout", "payout_entry", "day", "entry", "audit", "once"];
    const rows = await given.env.SHARD_0.batch(tables.map((table) => given.env.SHARD_0.prepare(`SELECT * FROM ${table} WHERE shop_id = ?1`).bind(harbour.shopId)));
    const kept = [JSON.stringify(rows.map(({ results }) => results)), queued, ...given.logs].join("\n");
    for (const word of [`SALE${harbour.shopId}`, `REFUND${harbour.shopId}`, "poe_", "payment_id", "CHARGE"]) expect(kept).not.toContain(word);
  });
});
