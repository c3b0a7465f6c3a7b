/**
 * What a first-time visitor finds to mend: one sale of a category that nobody mapped, and one that is booked to an
 * account which the books have since made inactive. Both are ordinary Square orders put into the simulator.
 */
import { HOUR } from "../kernel/clock";
import { windowOf, type BusinessDate, type DaySchedule } from "../kernel/day";
import { priceOrder } from "../providers/square/simulator-pricing";
import type { Order } from "../providers/square/simulator-wire";

type Surprise = {
  readonly locationId: string;
  readonly schedule: DaySchedule;
  readonly date: BusinessDate;
  readonly item: { readonly name: string; readonly variationId: string; readonly unitMinor: number; readonly quantity: number };
};

/** One order at midday, paid by card, without tip or tax. */
export function surpriseOrder({ locationId, schedule, date, item }: Surprise): Order {
  const at = windowOf(schedule, date).start + 12 * HOUR;
  const id = `${locationId}_${date.replaceAll("-", "")}_surprise`;
  return priceOrder({
    id, locationId, currency: "USD", createdAt: at, closedAt: at, lines: [item],
    tenders: (dueMinor) => [{ id: `${id}_tender`, type: "CARD", minor: dueMinor, card: { brand: "VISA", last4: "1881" } }],
  });
}
