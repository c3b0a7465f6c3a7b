/** Days at the simulated till, rung up by hand, and what became of them: the rows, the entries, the books. */
import { HOUR } from "../../src/kernel/clock";
import { windowOf, type BusinessDate } from "../../src/kernel/day";
import { entriesOf, findDay, type DayRow, type EntryRow } from "../../src/features/days/service";
import { syncDayMessage, type SyncDay } from "../../src/features/sync/messages";
import { message } from "../../src/platform/queue";
import type { DraftLine, DraftTender } from "../../src/providers/square/simulator-draft";
import { priceOrder } from "../../src/providers/square/simulator-pricing";
import type { Order } from "../../src/providers/square/simulator-wire";
import type { GivenLocation, GivenShop, GivenWorld } from "./given";

export const date = (text: string): BusinessDate => text as BusinessDate;

export type Sale = {
  readonly id: string;
  readonly lines?: readonly DraftLine[];
  readonly tender?: DraftTender["type"];
  readonly tipMinor?: number;
  /** Epoch milliseconds; noon of the business day when left out. */
  readonly at?: number;
};

export const LATTE: DraftLine = { name: "Latte", variationId: "VAR_LATTE_S", unitMinor: 425 };
export const BOWL: DraftLine = { name: "Grain bowl", variationId: "VAR_BOWL", unitMinor: 1_395 };

/** A sale with the city's tax, paid by card unless it says otherwise. */
export function orderOf(location: GivenLocation, on: BusinessDate, sale: Sale): Order {
  const window = windowOf({ zone: location.zone, cutOffs: location.cutOffs }, on);
  const closedAt = sale.at ?? window.start + 12 * HOUR;
  const tip = sale.tipMinor === undefined ? {} : { tipMinor: sale.tipMinor };
  return priceOrder({
    id: sale.id, locationId: location.externalId, currency: "USD", createdAt: closedAt - 60_000, closedAt,
    lines: sale.lines ?? [LATTE], taxes: [{ id: "TAX_CITY", name: "Sales tax", percentage: "8.875" }],
    tenders: (minor) => [{ id: `${sale.id}-P`, type: sale.tender ?? "CARD", minor, ...tip }],
  });
}

/** Rings up sales on a business day of a location. */
export function sell(given: GivenWorld, location: GivenLocation, on: BusinessDate, sales: readonly Sale[]): void {
  for (const sale of sales) given.providers.square.control.putOrder(orderOf(location, on, sale));
}

/** A message for a day of a shop's location. */
export function syncMessage({ shopId, shard, locations }: GivenShop, on: BusinessDate, changes: Partial<SyncDay> = {}) {
  return message(syncDayMessage, {
    shopId, shard, locationId: locations[0].id, date: on, why: "closed", post: "as_set", by: "daybook", backfillId: null, postponed: 0, ...changes,
  });
}

/** Sends a day's message and lets everything happen that follows from it. */
export async function sync(given: GivenWorld, shop: GivenShop, on: BusinessDate, changes: Partial<SyncDay> = {}): Promise<void> {
  await given.queue.binding.sendBatch([syncMessage(shop, on, changes)]);
  await given.drain();
}

/** The row of a day; throws where there is none. */
export async function dayRow(shop: GivenShop, on: BusinessDate, location: GivenLocation = shop.locations[0]): Promise<DayRow> {
  const row = await findDay(shop.db, location.id, on);
  if (row === null) throw new Error(`${on} has no row`);
  return row;
}

/** What was recorded as posted for a day. */
export async function entryRows(shop: GivenShop, on: BusinessDate, location: GivenLocation = shop.locations[0]): Promise<EntryRow[]> {
  return await entriesOf(shop.db, location.id, on);
}

/** The journal entries that stand in the simulated books, with the date that they carry. */
export function booked(given: GivenWorld, shop: GivenShop): readonly { readonly id: string; readonly number: string; readonly date: string }[] {
  return given.providers.quickbooks.control.entries(shop.merchant.realm).map((entry) => ({ id: entry.Id, number: entry.DocNumber ?? "", date: entry.TxnDate }));
}
