/** The coffee history as a merchant of the tests, its oracle, and a mapping for its lines. Null where the data is absent. */
import { readCoffeeHistory, type CoffeeHistory } from "../../src/sandbox/coffee-history";
import { coffeeCatalogue, coffeeCategoryId, coffeeLocationId, coffeeSource } from "../../src/sandbox/coffee-orders";
import { shardsOf } from "../../src/platform/env";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "./given";

/** One cell of the oracle: gross cents of a category at a store on a date. */
export type OracleCell = { readonly date: string; readonly store: string; readonly category: string; readonly cents: number };

const DATA = "https://shared.test/data";

/** The history, or null where `../shared/data` is not beside the checkout. */
export async function coffeeHistory(): Promise<CoffeeHistory | null> {
  const file = await fetch(`${DATA}/coffee_shop_sales.csv.gz`);
  return file.ok && file.body !== null ? await readCoffeeHistory(file.body as ReadableStream<Uint8Array<ArrayBuffer>>) : null;
}

/** The independent totals by day, store and category. */
export async function coffeeOracle(): Promise<readonly OracleCell[]> {
  const text = await (await fetch(`${DATA}/coffee_daily_store_category.csv`)).text();
  return text.trim().split(/\r?\n/).slice(1).map((row) => {
    const [date = "", store = "", , category = "", , , cents = ""] = row.split(",");
    return { date, store, category, cents: Number(cents) };
  });
}

/** A shop whose till has rung up the whole history, connected, mapped and posting. */
export async function givenCoffeeShop(history: CoffeeHistory): Promise<{ readonly given: GivenWorld; readonly shop: GivenShop }> {
  const locations = [...history.stores].map(([store, name]) => ({ id: coffeeLocationId(store), name }));
  const given = givenWorld({ merchants: [{ locations, objects: coffeeCatalogue(history).objects }], orders: coffeeSource(history), now: Date.UTC(2023, 6, 5, 13) });
  const shop = await givenShop(given, { startsOn: history.firstDate });
  await mapCoffee(given, shop, history);
  return { given, shop };
}

async function mapCoffee(given: GivenWorld, shop: GivenShop, history: CoffeeHistory): Promise<void> {
  const accounts = given.providers.quickbooks.control.accounts(shop.merchant.realm);
  const idOf = (name: string): string => accounts.find((account) => account.Name === name)?.Id ?? "";
  const categories = [...new Set([...history.products.values()].map((product) => product.category))];
  const places = [
    ...categories.map((category) => [`sales:${coffeeCategoryId(category)}`, "Coffee Sales"] as const),
    ["tax:COFFEE-TAX", "Sales Tax Payable"], ["discount", "Discounts Given"], ["tip", "Tips Payable"],
    ["tender:card", "Square Clearing"], ["tender:cash", "Undeposited Funds"],
  ] as const;
  const mapping = Object.fromEntries(places.map(([key, name]) => [key, { id: idOf(name), name }]));
  await shardsOf(given.env)[shop.shard]?.prepare("INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at) VALUES (?1, 2, ?2, 'test', 2)")
    .bind(shop.shopId, JSON.stringify(mapping)).run();
}
