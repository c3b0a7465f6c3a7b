/**
 * The coffee history: 181 days of a three-shop coffee till as lines (see the data's own SOURCES). It knows no baskets,
 * tenders, taxes or tips: lines rung up in the same second are one basket here, and the rest is added by
 * `coffee-orders.ts` with a fixed seed. Gross sales per day, shop and category stay exactly the history's.
 */
import type { BusinessDate } from "../kernel/day";
import { fromDecimal } from "../kernel/money";

/** One line of the till: `second` of the shop's day, and minor units of USD for one piece. */
export type CoffeeLine = { readonly second: number; readonly productId: string; readonly quantity: number; readonly unitMinor: number };

export type CoffeeProduct = { readonly id: string; readonly name: string; readonly category: string };

export type CoffeeHistory = {
  readonly stores: ReadonlyMap<string, string>;
  readonly products: ReadonlyMap<string, CoffeeProduct>;
  /** Lines by `<store> <date>`, in the order of the till. */
  readonly days: ReadonlyMap<string, readonly CoffeeLine[]>;
  readonly firstDate: BusinessDate;
  readonly lastDate: BusinessDate;
};

const HEADER = "transaction_id,transaction_date,transaction_time,transaction_qty,store_id,store_location,product_id,unit_price,product_category,product_type,product_detail";

/** The zone of all three shops. */
export const COFFEE_ZONE = "America/New_York";

/** Decompresses and reads the history. Throws where the file is not the one that is expected. */
export async function readCoffeeHistory(gzip: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<CoffeeHistory> {
  const text = await new Response(gzip.pipeThrough(new DecompressionStream("gzip"))).text();
  const [header, ...rows] = text.trimEnd().split(/\r?\n/);
  if (header !== HEADER) throw new Error("this is not the coffee history: its first line differs");
  return collect(rows);
}

/** The key of one shop's day in `days`. */
export function coffeeDayKey(store: string, date: BusinessDate): string {
  return `${store} ${date}`;
}

function collect(rows: readonly string[]): CoffeeHistory {
  const stores = new Map<string, string>();
  const products = new Map<string, CoffeeProduct>();
  const days = new Map<string, CoffeeLine[]>();
  let firstDate = "9999-12-31" as BusinessDate;
  let lastDate = "0001-01-01" as BusinessDate;
  for (const row of rows) {
    const [, date = "", time = "", quantity, store = "", place = "", product = "", price = "", category = "", , detail = ""] = row.split(",");
    stores.set(store, place);
    if (!products.has(product)) products.set(product, { id: product, name: detail, category });
    const line = { second: secondOf(time), productId: product, quantity: Number(quantity), unitMinor: centsOf(price) };
    const key = coffeeDayKey(store, date as BusinessDate);
    const known = days.get(key);
    if (known === undefined) days.set(key, [line]);
    else known.push(line);
    if (date < firstDate) firstDate = date as BusinessDate;
    if (date > lastDate) lastDate = date as BusinessDate;
  }
  return { stores, products, days, firstDate, lastDate };
}

function secondOf(time: string): number {
  const [hours = "0", minutes = "0", seconds = "0"] = time.split(":");
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

function centsOf(price: string): number {
  const minor = fromDecimal(price, "USD");
  if (minor === null) throw new Error(`not a price: ${price}`);
  return minor;
}
