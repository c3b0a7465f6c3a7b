/** A shop without accounting software: its till is read, its days stand in Daybook's own journal, once and to the cent. */
import { describe, expect, it } from "vitest";
import { closePeriod } from "../../../src/features/connections/service";
import { createAccountFor, refreshChart } from "../../../src/features/mapping/service";
import { viewDay } from "../../../src/features/sync/service";
import { shardsOf } from "../../../src/platform/env";
import { BOWL, date, dayRow, entryRows, LATTE, sell, sync, syncMessage } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { takeOwnBooks } from "../../support/journal";
import { must } from "../../support/people";

const DAY = date("2026-07-14");

async function givenSales() {
  const given = givenWorld();
  const shop = await givenShop(given);
  const id = await takeOwnBooks(given, shop);
  sell(given, shop.locations[0], DAY, [{ id: "A", tipMinor: 100 }, { id: "B", lines: [BOWL, LATTE], tender: "CASH" }]);
  return { given, shop, id };
}

async function written(given: GivenWorld, shop: GivenShop) {
  const found = await shardsOf(given.env)[shop.shard]?.prepare("SELECT document_number AS number, date, lines FROM own_entry WHERE shop_id = ?1").bind(shop.shopId)
    .all<{ number: string; date: string; lines: string }>();
  return found?.results ?? [];
}

describe("a day of a shop with its own journal", () => {
  it("is posted, read back and recorded, and no books outside hear of it", async () => {
    const { given, shop } = await givenSales();
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", revision: 1, reason: null });
    const [entry] = await entryRows(shop, DAY);
    const [own] = await written(given, shop);
    expect(own).toMatchObject({ number: entry?.documentNumber, date: DAY });
    expect(given.providers.quickbooks.control.entries(shop.merchant.realm)).toEqual([]);
    const view = must(await viewDay(given.world, given.env, shop.visit(), shop.locations[0].id, DAY));
    expect(view).toMatchObject({ booksName: "Daybook's own journal", entries: [{ booksUrl: null }] });
    expect(view.tieOut.tillMinor).toBe(view.tieOut.booksMinor);
  });

  it("stands there once, whoever asks again and however many at once", async () => {
    const { given, shop } = await givenSales();
    for (let copy = 0; copy < 5; copy += 1) await given.queue.binding.sendBatch([syncMessage(shop, DAY, { post: "yes" })]);
    await Promise.all([given.drain(), given.drain()]);
    expect(await written(given, shop)).toHaveLength(1);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });

  it("is found by its number after a crash between the journal's write and the day's", async () => {
    const { given, shop } = await givenSales();
    const shard = shardsOf(given.env)[shop.shard];
    await shard?.exec("CREATE TRIGGER crash BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'the machine is gone'); END");
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await given.queue.deliver(given.jobs.queue, given.env);
    expect(await written(given, shop)).toHaveLength(1);
    expect(await entryRows(shop, DAY)).toEqual([]);
    await shard?.exec("DROP TRIGGER crash");
    await given.drain();
    expect(await written(given, shop)).toHaveLength(1);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });

  it("waits where its period is closed, with nothing written", async () => {
    const { given, shop, id } = await givenSales();
    must(await closePeriod(given.world, shop.visit(), id, DAY));
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "period_closed" } });
    expect(await written(given, shop)).toEqual([]);
  });
});

describe("the mapping over the journal's chart", () => {
  it("is read again, and gets an account that is created on the spot", async () => {
    const { given, shop } = await givenSales();
    await sync(given, shop, DAY);
    expect(must(await refreshChart(given.world, given.env, shop.visit())).accounts.map(({ name }) => name)).toContain("Card Clearing");
    const made = must(await createAccountFor(given.world, given.env, shop.visit(), { key: "tip", name: "Tips for the kitchen" }));
    expect(made).toMatchObject({ name: "Tips for the kitchen", class: "liability" });
    expect(must(await createAccountFor(given.world, given.env, shop.visit(), { key: "tip", name: "tips for the kitchen" })).id).toBe(made.id);
  });
});
