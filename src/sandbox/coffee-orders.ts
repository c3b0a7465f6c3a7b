/**
 * The coffee history as Square orders: lines of one second make a basket; tax, tips, discounts and tenders are added
 * with a fixed seed over them. Goods never come back here, so that gross sales stay the history's own.
 */
import { windowOf, businessDateAt, addDays, type BusinessDate, type DaySchedule } from "../kernel/day";
import { SECOND } from "../kernel/clock";
import { sum } from "../kernel/money";
import { buildCatalogue, type Catalogue } from "../providers/square/simulator-catalogue";
import { orderIdOf } from "../providers/square/simulator-day";
import type { DraftTender } from "../providers/square/simulator-draft";
import { priceOrder } from "../providers/square/simulator-pricing";
import { randomOf, type Random } from "../providers/square/simulator-random";
import { isWithin, type OrderSource } from "../providers/square/simulator-source";
import type { Order } from "../providers/square/simulator-wire";
import { COFFEE_ZONE, coffeeDayKey, type CoffeeHistory, type CoffeeLine } from "./coffee-history";

const SCHEDULE: DaySchedule = { zone: COFFEE_ZONE, cutOffs: [{ from: "2020-01-01" as BusinessDate, minutes: 0 }] };
const NO_REFUNDS = { refundsCreated: () => [], refund: () => undefined };

/** The till's id of a store of the history: `COFFEE-5`. */
export function coffeeLocationId(store: string): string {
  return `COFFEE-${store}`;
}

/** The till's id of a category: `COFFEE-CAT-Coffee beans`. */
export function coffeeCategoryId(category: string): string {
  return `COFFEE-CAT-${category}`;
}

/** All products of the history, each with one variation, in their categories. */
export function coffeeCatalogue(history: CoffeeHistory): Catalogue {
  const products = [...history.products.values()];
  const categories = [...new Set(products.map((product) => product.category))].sort();
  return buildCatalogue({
    currency: "USD",
    categories: categories.map((category) => ({ id: coffeeCategoryId(category), name: category })),
    items: products.map((product) => ({
      id: `COFFEE-ITEM-${product.id}`, name: product.name, category: coffeeCategoryId(product.category),
      variations: [{ id: variationId(product.id), name: "Regular", minor: 0 }],
    })),
  });
}

/** Orders of the history, made when they are asked for. */
export function coffeeSource(history: CoffeeHistory): OrderSource {
  return {
    ...NO_REFUNDS,
    order: () => undefined,
    ordersClosed: (locationId, startMs, endMs) => {
      const store = locationId.replace(/^COFFEE-/, "");
      if (!history.stores.has(store)) return [];
      return datesOf(history, startMs, endMs).flatMap((date) => ordersOf(history, store, date))
        .filter((order) => isWithin(order.closed_at, startMs, endMs));
    },
  };
}

function datesOf(history: CoffeeHistory, startMs: number, endMs: number): BusinessDate[] {
  const dates: BusinessDate[] = [];
  const last = businessDateAt(SCHEDULE, endMs);
  for (let date = businessDateAt(SCHEDULE, startMs); date <= last; date = addDays(date, 1)) {
    if (date >= history.firstDate && date <= history.lastDate) dates.push(date);
  }
  return dates;
}

function ordersOf(history: CoffeeHistory, store: string, date: BusinessDate): Order[] {
  const random = randomOf(`coffee|${store}|${date}`);
  const { start } = windowOf(SCHEDULE, date);
  return basketsOf(history.days.get(coffeeDayKey(store, date)) ?? []).map((lines) => {
    const at = start + (lines[0]?.second ?? 0) * SECOND;
    return orderOf(history, store, date, lines, at, random);
  });
}

function basketsOf(lines: readonly CoffeeLine[]): CoffeeLine[][] {
  const baskets: CoffeeLine[][] = [];
  for (const line of lines) {
    const basket = baskets.at(-1);
    if (basket?.[0]?.second === line.second) basket.push(line);
    else baskets.push([line]);
  }
  return baskets;
}

function orderOf(
  history: CoffeeHistory, store: string, date: BusinessDate, lines: readonly CoffeeLine[], at: number, random: Random,
): Order {
  const locationId = coffeeLocationId(store);
  return priceOrder({
    id: orderIdOf({ locationId, date }, random), locationId, currency: "USD", createdAt: at, closedAt: at,
    lines: lines.map((line) => ({
      name: history.products.get(line.productId)?.name ?? "Coffee", variationId: variationId(line.productId),
      quantity: line.quantity, unitMinor: line.unitMinor,
    })),
    taxes: [{ id: "COFFEE-TAX", name: "Sales tax 8.875%", percentage: "8.875" }],
    ...(random.chance(0.04) ? { discounts: [{ id: "COFFEE-LOYALTY", name: "Loyalty 10%", percentage: "10" }] } : {}),
    tenders: (dueMinor) => [tenderOf(random, dueMinor, sum(lines.map((line) => line.quantity)))],
  });
}

function tenderOf(random: Random, dueMinor: number, pieces: number): DraftTender {
  const id = random.token(16);
  if (random.chance(0.28)) return { id, type: "CASH", minor: dueMinor, cashGivenMinor: Math.ceil(dueMinor / 500) * 500 };
  const tipMinor = random.chance(0.5) ? 50 * pieces : 0;
  return { id, type: "CARD", minor: dueMinor, tipMinor, card: { brand: "VISA", last4: String(1_000 + random.below(9_000)) } };
}

function variationId(productId: string): string {
  return `COFFEE-VAR-${productId}`;
}
