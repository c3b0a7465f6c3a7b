/** One shop's days, back-fills and messages reach nothing of another's, and cannot tell that it is there. */
import { describe, expect, it } from "vitest";
import { booked, date, dayRow, orderOf, sell, sync, syncMessage } from "../../support/days";
import { givenShop, givenWorld } from "../../support/given";
import { visitorOf } from "../../support/serve";

const DAY = date("2026-07-14");
const NOBODY = "a".repeat(26);

/** Two shops that post, on the same shard, each with a day in its books. */
async function givenNeighbours() {
  const given = givenWorld({ merchants: [{ locations: [{ name: "Pier" }] }, { locations: [{ name: "Lantern" }] }] });
  const harbour = await givenShop(given, { mode: "approve" });
  const lantern = await givenShop(given, { mode: "approve", merchant: 1 });
  for (const shop of [harbour, lantern]) sell(given, shop.locations[0], DAY, [{ id: `S${shop.shopId}` }]);
  await sync(given, lantern, DAY, { post: "yes" });
  return { given, harbour, lantern };
}

describe("another shop's ids", () => {
  it("answer byte for byte as ids of nobody, on every route", async () => {
    const { given, harbour, lantern } = await givenNeighbours();
    const owner = visitorOf(given, harbour);
    const theirs = lantern.locations[0].id;
    const backfill = await visitorOf(given, lantern)("POST", "/backfills", { locations: [theirs], from: DAY, to: DAY, post: false });
    await given.drain();
    const asks = [
      ["GET", "/days/ID/2026-07-14"], ["POST", "/days/ID/2026-07-14/read"], ["POST", "/days/ID/2026-07-14/retry"],
      ["POST", "/days/ID/2026-07-14/post", { fingerprint: "f".repeat(43) }], ["POST", "/backfills", { locations: ["ID"], from: DAY, to: DAY, post: false }],
    ] as const;
    const ask = async (id: string) => await Promise.all(asks.map(([method, path, body]) => (
      owner(method, path.replace("ID", id), body === undefined ? undefined : JSON.parse(JSON.stringify(body).replace("ID", id)))
    )));
    const before = await dayRow(lantern, DAY);
    const answers = await ask(theirs);
    expect(answers).toEqual(await ask(NOBODY));
    expect(answers.every(({ status }) => status === 404)).toBe(true);
    const ours = (id: unknown) => owner("GET", `/backfills/${String(id)}`);
    expect(await ours((backfill.body as { id: string }).id)).toEqual(await ours(NOBODY));
    expect((await owner("GET", "/backfills")).body).toEqual({ backfills: [] });
    expect(given.queue.waiting()).toEqual([]);
    expect(await dayRow(lantern, DAY)).toEqual(before);
  });

  it("do not show in the calendar", async () => {
    const { given, harbour, lantern } = await givenNeighbours();
    const { body } = await visitorOf(given, harbour)("GET", "/days?from=2026-07-01&to=2026-07-15");
    expect(JSON.stringify(body)).not.toContain(lantern.locations[0].id);
  });
});

describe("a message", () => {
  it("that names one shop and another's location does nothing to either", async () => {
    const { given, harbour, lantern } = await givenNeighbours();
    const before = await dayRow(lantern, DAY);
    await given.queue.binding.sendBatch([syncMessage(harbour, DAY, { locationId: lantern.locations[0].id, post: "yes" })]);
    await given.drain();
    expect(await dayRow(lantern, DAY)).toEqual(before);
    expect(booked(given, harbour)).toEqual([]);
    expect(given.logs.some((line) => line.includes("day.no_such_location"))).toBe(true);
  });

  it("that names a shard where the shop does not live does nothing", async () => {
    const { given, harbour } = await givenNeighbours();
    await sync(given, harbour, DAY, { shard: 1, post: "yes" });
    expect(booked(given, harbour)).toEqual([]);
  });
});

describe("what is kept of a day", () => {
  it("is totals: no order, payment, customer or card stands in any row, message or log line", async () => {
    const { given, harbour } = await givenNeighbours();
    const secret = { card: "4242", holder: "Grace Customer", note: "call 555-0199" };
    const location = harbour.locations[0];
    const order = orderOf(location, DAY, { id: "ORDERTHATISNOTKEPT" });
    const tenders = order.tenders?.map((tender) => ({ ...tender, card_details: { card: { last_4: secret.card, cardholder_name: secret.holder } } }));
    given.providers.square.control.putOrder({ ...order, customer_id: secret.holder, ticket_name: secret.note, tenders } as typeof order);
    await given.queue.binding.sendBatch([syncMessage(harbour, DAY, { post: "yes" })]);
    const queued = JSON.stringify(given.queue.waiting());
    await given.drain();
    expect((await dayRow(harbour, DAY)).state).toBe("posted");
    const tables = ["day", "entry", "audit", "once", "backfill_day"];
    const rows = await given.env.SHARD_0.batch(tables.map((table) => given.env.SHARD_0.prepare(`SELECT * FROM ${table} WHERE shop_id = ?1`).bind(harbour.shopId)));
    const kept = [JSON.stringify(rows.map(({ results }) => results)), queued, ...given.logs].join("\n");
    for (const word of ["ORDERTHATISNOTKEPT", secret.holder, secret.card, secret.note]) expect(kept).not.toContain(word);
  });
});
