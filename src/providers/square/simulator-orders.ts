/**
 * A seeded day at a till: sales, returns as new orders, exchanges, and refunds that name no goods. The same seed,
 * location and date give the same day, so that a demo needs no storage and a failing test can be repeated.
 */
import { HOUR, MINUTE } from "../../kernel/clock";
import { drawSale } from "./simulator-basket";
import { byClosing, orderIdOf, type DayRequest, type GeneratedDay } from "./simulator-day";
import { priceOrder } from "./simulator-pricing";
import { randomOf, type Random } from "./simulator-random";
import { addRefunds } from "./simulator-refunded";
import type { Order } from "./simulator-wire";

/** The whole day. */
export function generateOrders(request: DayRequest): GeneratedDay {
  return addRefunds(request, generateSales(request));
}

/** The day's sales alone, before anything came back. */
export function generateSales(request: DayRequest): readonly Order[] {
  const random = randomOf(`${request.seed}|${request.locationId}|${request.date}|sales`);
  const orders: Order[] = [];
  for (let index = 0; index < request.volume; index += 1) {
    const closedAt = drawInstant(random, request);
    const sale = drawSale(random, request.profile, request.catalogue, orderIdOf(request, random));
    const createdAt = closedAt - random.below(12 * MINUTE);
    const order = priceOrder({ ...sale, locationId: request.locationId, createdAt, closedAt });
    orders.push(random.chance(0.004) ? cancelled(order) : order);
  }
  return orders.sort(byClosing);
}

/** Two humps, morning and late afternoon, inside the opening hours and never outside the window. */
function drawInstant(random: Random, { window, profile }: DayRequest): number {
  const hump = random.chance(0.6) ? 0.25 : 0.7;
  const spread = (random.next() + random.next() + random.next()) / 3 - 0.5;
  const share = Math.min(Math.max(hump + spread, 0), 1);
  const hours = profile.openAfterHours + share * (profile.closeAfterHours - profile.openAfterHours);
  return Math.min(window.start + Math.floor(hours * HOUR) + random.below(MINUTE), window.end - 1);
}

function cancelled(order: Order): Order {
  const { tenders: _, ...kept } = order;
  return { ...kept, state: "CANCELED" };
}
