/** Reports of days and months stand among the shop's documents, one for each day and month, and follow what changes. */
import { env as runtime } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { nextFiling, planFilings } from "../../../src/features/filing/service";
import { fileReportsMessage } from "../../../src/features/filing/messages";
import { DAY as DAY_MS, HOUR } from "../../../src/kernel/clock";
import { message } from "../../../src/platform/queue";
import { date, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";

const DAY = date("2026-07-14");

beforeEach(async () => {
  await runtime.DIRECTORY.batch(["DELETE FROM report_filing", "DELETE FROM shop_check", "DELETE FROM daily_letter"].map((sql) => runtime.DIRECTORY.prepare(sql)));
});

async function givenSales(days: readonly string[] = ["2026-07-14"]) {
  const given = givenWorld();
  const shop = await givenShop(given, { startsOn: date(days[0] ?? "2026-07-14") });
  for (const on of days) {
    sell(given, shop.locations[0], date(on), [{ id: `A${on}` }]);
    await sync(given, shop, date(on));
  }
  return { given, shop };
}

/** The morning's message, and whatever it asks for. */
async function morning(given: GivenWorld, { shopId, shard }: GivenShop, at = given.now()): Promise<void> {
  await given.queue.binding.send(message(fileReportsMessage, { shopId, shard, at }).body);
  await given.drain();
}

type Filed = { readonly id: string; readonly title: string; readonly subject: string; readonly version: number; readonly object_key: string; readonly created_by: string };

async function filed({ shopId }: GivenShop): Promise<readonly Filed[]> {
  const { results } = await runtime.SHARD_0.prepare("SELECT id, title, subject, version, object_key, created_by FROM document WHERE shop_id = ?1 AND kind = 'report' ORDER BY subject")
    .bind(shopId).all<Filed>();
  return results;
}

async function objectsOf({ shopId }: GivenShop): Promise<readonly string[]> {
  return (await runtime.DOCUMENTS.list({ prefix: `${shopId}/` })).objects.map(({ key }) => key);
}

describe("a day that was read", () => {
  it("is filed as a PDF in the shop's documents the next morning, by Daybook, and its line is in the log", async () => {
    const { given, shop } = await givenSales();
    await morning(given, shop);
    const [report, ...others] = await filed(shop);
    expect(others).toEqual([]);
    expect(report).toMatchObject({ title: "Day report, 14 July 2026", subject: "2026-07-14", version: 1, created_by: "daybook" });
    const object = await runtime.DOCUMENTS.get(report?.object_key ?? "");
    expect((await object?.text())?.slice(0, 5)).toBe("%PDF-");
    const lines = await runtime.SHARD_0.prepare("SELECT count(*) AS count FROM audit WHERE shop_id = ?1 AND subject = ?2").bind(shop.shopId, `document:${report?.id}`).first("count");
    expect(lines).toBe(1);
  });

  it("is filed once, though the message comes again, and once more when it has changed", async () => {
    const { given, shop } = await givenSales();
    const at = given.now();
    await morning(given, shop, at);
    await morning(given, shop, at);
    expect((await filed(shop)).map(({ version }) => version)).toEqual([1]);
    given.pass(DAY_MS);
    await morning(given, shop);
    expect((await filed(shop)).map(({ version }) => version)).toEqual([1]);
    sell(given, shop.locations[0], DAY, [{ id: "LATE" }]);
    await sync(given, shop, DAY);
    given.pass(HOUR);
    await morning(given, shop);
    const [report] = await filed(shop);
    expect(report?.version).toBe(2);
    // What the report said before is let go of: nothing stays in the bucket that no document names.
    expect(await objectsOf(shop)).toEqual([report?.object_key]);
  });

  it("is about that day, so that only those see it who may see the day", async () => {
    const { given, shop } = await givenSales();
    await morning(given, shop);
    const row = await runtime.SHARD_0.prepare("SELECT subject_kind, kind FROM document WHERE shop_id = ?1").bind(shop.shopId).first();
    expect(row).toEqual({ subject_kind: "day", kind: "report" });
  });
});

describe("a month that is over", () => {
  it("is filed once all of it lies behind, beside its days", async () => {
    const { given, shop } = await givenSales(["2026-06-29", "2026-06-30", "2026-07-14"]);
    await morning(given, shop);
    expect((await filed(shop)).map(({ title }) => title)).toEqual([
      "Month report, June 2026", "Day report, 29 June 2026", "Day report, 30 June 2026", "Day report, 14 July 2026",
    ]);
  });

  it("of a long history is filed alone, part by part", async () => {
    const days = Array.from({ length: 15 }, (_, nth) => `2026-02-${String(nth + 1).padStart(2, "0")}`);
    const { given, shop } = await givenSales([...days, "2026-03-05"]);
    await morning(given, shop);
    expect((await filed(shop)).map(({ subject }) => subject)).toEqual(["2026-02", "2026-03"]);
  });
});

describe("the planner", () => {
  it("plans a shop's mornings at five on its own wall clock, and sends the due ones once", async () => {
    const { given, shop } = await givenSales();
    const dueAt = async () => await runtime.DIRECTORY.prepare("SELECT due_at FROM report_filing WHERE shop_id = ?1").bind(shop.shopId).first<number>("due_at");
    expect(await planFilings(given.world, given.env, 0)).toBe(0);
    expect(await dueAt()).toBe(nextFiling("America/New_York", given.now()));
    expect(new Date((await dueAt()) ?? 0).toISOString()).toBe("2026-07-16T09:00:00.000Z");
    given.pass(DAY_MS);
    expect(await planFilings(given.world, given.env, 0)).toBe(1);
    expect(await planFilings(given.world, given.env, 0)).toBe(0);
    await given.drain();
    expect(await filed(shop)).toHaveLength(1);
  });
});
