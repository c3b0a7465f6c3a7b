/** The whole coffee history as one dropped file: 149,116 lines become 543 days, each cell as the oracle knows it, each posted once. */
import { beforeAll, describe, expect, it } from "vitest";
import { listDays } from "../../../src/features/days/service";
import { readDropped, saveLayout } from "../../../src/features/files/service";
import { retryStopped } from "../../../src/features/sync/service";
import { dropFile } from "../../../src/features/sync/dropping";
import type { BusinessDate } from "../../../src/kernel/day";
import { addDays } from "../../../src/kernel/day";
import { sum } from "../../../src/kernel/money";
import { shardsOf } from "../../../src/platform/env";
import { coffeeLocationId } from "../../../src/sandbox/coffee-orders";
import { coffeeHistory, coffeeOracle } from "../../support/coffee";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { must } from "../../support/people";

const history = await coffeeHistory();
const FIRST = "2023-01-01" as BusinessDate;
const LAST = "2023-06-30" as BusinessDate;
const HEADINGS = ["transaction_id", "transaction_date", "transaction_time", "transaction_qty", "store_id", "store_location", "product_id", "unit_price", "product_category", "product_type", "product_detail"];

async function theFile(): Promise<ReadableStream<Uint8Array>> {
  const packed = await fetch("https://shared.test/data/coffee_shop_sales.csv.gz");
  if (packed.body === null) throw new Error("there is no history");
  return packed.body.pipeThrough(new DecompressionStream("gzip"));
}

describe.skipIf(history === null)("the coffee history as a file (skipped where ../shared/data is absent)", () => {
  let given: GivenWorld;
  let shop: GivenShop;
  const drop = async () => must(await dropFile({ world: given.world, env: given.env, visit: shop.visit() }, { name: "coffee_shop_sales.csv" }, await theFile()));
  const shard = () => shardsOf(given.env)[shop.shard];

  beforeAll(async () => {
    if (history === null) return;
    const locations = [...history.stores].map(([store, name]) => ({ id: coffeeLocationId(store), name }));
    given = givenWorld({ merchants: [{ locations }], now: Date.UTC(2023, 6, 5, 13) });
    shop = await givenShop(given, { startsOn: FIRST });
    await shard()?.prepare("UPDATE connection SET provider = 'file' WHERE shop_id = ?1 AND role = 'till'").bind(shop.shopId).run();
    must(await saveLayout(given.world, shop.visit(), {
      name: "Coffee till", headings: HEADINGS, part: "whole", dates: "mdy", decimals: "point", tender: "Card", tipInAmount: true,
      columns: { date: "transaction_date", time: "transaction_time", place: "store_location", order: "transaction_id", category: "product_category", quantity: "transaction_qty", price: "unit_price" },
    }));
  }, 120_000);

  it("comes to the known gross in every cell of day, shop and category", async () => {
    expect(await drop()).toMatchObject({ kind: "dropped", drop: { state: "taken", rowCount: 149_116, dayCount: 543, summary: { badCount: 0, firstDate: FIRST, lastDate: LAST } } });
    const oracle = await coffeeOracle();
    const found = new Map<string, number>();
    for (const { id, externalId } of shop.locations) {
      for (let date = FIRST; date <= LAST; date = addDays(date, 1)) {
        const reading = must(await readDropped(shop.db, id, date));
        for (const row of reading?.day.categories ?? []) found.set(`${date} ${externalId} ${row.label}`, row.grossMinor);
      }
    }
    expect(found).toEqual(new Map(oracle.map((cell) => [`${cell.date} ${coffeeLocationId(cell.store)} ${cell.category}`, cell.cents])));
    await given.drain();
    expect(sum(found.values())).toBe(69_881_233);
  }, 180_000);

  it("is posted once a day and shop, and not again when the file is dropped again", async () => {
    const categories = [...new Set([...(history?.products.values() ?? [])].map((product) => `sales:named:${product.category.toLowerCase()}`))];
    const accounts = given.providers.quickbooks.control.accounts(shop.merchant.realm);
    const account = (name: string) => ({ id: accounts.find((one) => one.Name === name)?.Id ?? "", name });
    const mapping = { ...Object.fromEntries(categories.map((key) => [key, account("Coffee Sales")])), "tender:card": account("Square Clearing") };
    await shard()?.prepare("INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) VALUES (?1, 2, ?2, 'test', 2)").bind(shop.shopId, JSON.stringify(mapping)).run();
    await retryStopped({ world: given.world, env: given.env, visit: shop.visit() }, ["unmapped"]);
    await given.drain();
    const entries = () => given.providers.quickbooks.control.entries(shop.merchant.realm);
    // Stopped days are tried again five hundred at a time.
    await retryStopped({ world: given.world, env: given.env, visit: shop.visit() }, ["unmapped"]);
    await given.drain();
    const days = [...await listDays(shop.db, FIRST, addDays(FIRST, 90)), ...await listDays(shop.db, addDays(FIRST, 91), LAST)];
    expect(new Set(days.map(({ state }) => state))).toEqual(new Set(["posted"]));
    expect(new Set(entries().map((entry) => entry.DocNumber)).size).toBe(543);
    const again = await drop();
    expect(again).toMatchObject({ drop: { state: "taken", summary: { warnings: ["Nothing is new: what the file says was known already."] } } });
    await given.drain();
    expect(entries()).toHaveLength(543);
  }, 180_000);
});
