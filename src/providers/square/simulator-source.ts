/** Where a simulator's sales come from: generated on demand, so that ten weeks of a demo are stored nowhere, or a list. */
import { addDays, businessDateAt, windowOf, type BusinessDate, type DaySchedule } from "../../kernel/day";
import type { Catalogue } from "./simulator-catalogue";
import { byClosing, placeOf, type DayRequest, type GeneratedDay } from "./simulator-day";
import { generateOrders, generateSales } from "./simulator-orders";
import type { Profile } from "./simulator-profile";
import type { Order, PaymentRefund } from "./simulator-wire";

/** Instants are epoch milliseconds, both ends included. Nothing is promised about order. */
export type OrderSource = {
  ordersClosed(locationId: string, startMs: number, endMs: number): Iterable<Order>;
  order(orderId: string): Order | undefined;
  refundsCreated(locationId: string, startMs: number, endMs: number): Iterable<PaymentRefund>;
  refund(refundId: string): PaymentRefund | undefined;
};

/** A source that holds what it is given. */
export function listedSource(days: readonly GeneratedDay[]): OrderSource {
  const orders = new Map(days.flatMap((day) => day.orders.map((order) => [order.id, order] as const)));
  const refunds = new Map(days.flatMap((day) => day.refunds.map((refund) => [refund.id, refund] as const)));
  const timed = [...orders.values()].sort(byClosing).map((order) => ({ order, closedMs: Date.parse(order.closed_at ?? "") }));
  const byLocation = Map.groupBy(timed, ({ order }) => order.location_id);
  return {
    ordersClosed: (locationId, startMs, endMs) => (byLocation.get(locationId) ?? [])
      .filter(({ closedMs }) => closedMs >= startMs && closedMs <= endMs).map(({ order }) => order),
    order: (orderId) => orders.get(orderId),
    refundsCreated: (locationId, startMs, endMs) =>
      [...refunds.values()].filter((refund) => refund.location_id === locationId && isWithin(refund.created_at, startMs, endMs)),
    refund: (refundId) => refunds.get(refundId),
  };
}

export type GeneratedLocation = {
  readonly id: string; readonly schedule: DaySchedule; readonly catalogue: Catalogue; readonly profile: Profile;
  /** Sales on a date; 0 for a day on which the place is shut. */
  readonly volumeOn: (date: BusinessDate) => number;
};

/** How many generated days stay in memory; a reading of one day asks for the same day a few times. */
const DAYS_KEPT = 8;

/** A source that makes a day when it is asked for and forgets it soon after. Nothing happens outside `first`…`last`. */
export function generatedSource(
  seed: string, locations: readonly GeneratedLocation[], first: BusinessDate, last: BusinessDate,
): OrderSource {
  const byId = new Map(locations.map((location) => [location.id, location]));
  const kept = new Map<string, GeneratedDay>();
  const dayOf = (locationId: string, date: BusinessDate): GeneratedDay => {
    const location = byId.get(locationId);
    if (location === undefined || date < first || date > last) return { orders: [], refunds: [] };
    const key = `${locationId}|${date}`;
    const day = kept.get(key) ?? generateOrders(requestOf(seed, location, date, first));
    kept.delete(key);
    kept.set(key, day);
    for (const oldest of [...kept.keys()].slice(0, kept.size - DAYS_KEPT)) kept.delete(oldest);
    return day;
  };
  const daysWithin = (locationId: string, startMs: number, endMs: number): readonly GeneratedDay[] => {
    const schedule = byId.get(locationId)?.schedule;
    return schedule === undefined ? [] : datesWithin(schedule, first, last, startMs, endMs).map((date) => dayOf(locationId, date));
  };
  const dayOfId = (id: string): GeneratedDay | undefined => {
    const place = placeOf(id);
    return place === null ? undefined : dayOf(place.locationId, place.date);
  };
  return {
    ordersClosed: (locationId, startMs, endMs) => daysWithin(locationId, startMs, endMs)
      .flatMap((day) => day.orders.filter((order) => isWithin(order.closed_at, startMs, endMs))),
    order: (orderId) => dayOfId(orderId)?.orders.find((order) => order.id === orderId),
    refundsCreated: (locationId, startMs, endMs) => daysWithin(locationId, startMs, endMs)
      .flatMap((day) => day.refunds.filter((refund) => isWithin(refund.created_at, startMs, endMs))),
    refund: (refundId) => dayOfId(refundId)?.refunds.find((refund) => refund.id === refundId),
  };
}

function requestOf(seed: string, location: GeneratedLocation, date: BusinessDate, first: BusinessDate): DayRequest {
  const request = (on: BusinessDate): DayRequest => ({
    seed, locationId: location.id, date: on, window: windowOf(location.schedule, on), catalogue: location.catalogue,
    volume: location.volumeOn(on), profile: location.profile,
  });
  const yesterday = addDays(date, -1);
  return { ...request(date), earlierSales: yesterday < first ? [] : generateSales(request(yesterday)) };
}

function datesWithin(
  schedule: DaySchedule, first: BusinessDate, last: BusinessDate, startMs: number, endMs: number,
): readonly BusinessDate[] {
  const dates: BusinessDate[] = [];
  const from = businessDateAt(schedule, Math.max(startMs, windowOf(schedule, first).start));
  const until = businessDateAt(schedule, Math.max(0, Math.min(endMs, windowOf(schedule, last).end - 1)));
  for (let date = from; date <= until; date = addDays(date, 1)) dates.push(date);
  return dates;
}

/** Whether an RFC 3339 time lies between two instants, both included. */
export function isWithin(time: string | undefined, startMs: number, endMs: number): boolean {
  const at = Date.parse(time ?? "");
  return at >= startMs && at <= endMs;
}
