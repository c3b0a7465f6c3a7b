/** Payouts of the simulated till, read and settled, and what became of them: the rows, the entries, the books. */
import { HOUR } from "../../src/kernel/clock";
import { windowOf, type BusinessDate } from "../../src/kernel/day";
import type { PayoutId } from "../../src/kernel/ids";
import { payoutEntriesQuery, payoutsBetweenQuery, settlePayoutMessage, type PayoutEntryRow, type PayoutRow, type SettlePayout } from "../../src/features/payouts/service";
import { readPayoutsMessage, type ReadPayouts } from "../../src/features/settlement/messages";
import { message } from "../../src/platform/queue";
import { payoutIdOf } from "../../src/providers/square/simulator-payouts";
import type { PayoutChange } from "../../src/providers/square/simulator-state";
import type { PaymentRefund } from "../../src/providers/square/simulator-wire";
import { date } from "./days";
import type { GivenLocation, GivenShop, GivenWorld } from "./given";

/** A message to read a location's payouts of the last days. */
export function readMessage({ shopId, shard, locations }: GivenShop, changes: Partial<ReadPayouts> = {}) {
  return message(readPayoutsMessage, { shopId, shard, locationId: locations[0].id, days: 7, postponed: 0, ...changes });
}

/** A message to settle one payout. */
export function settleMessage({ shopId, shard }: GivenShop, payoutId: PayoutId, changes: Partial<SettlePayout> = {}) {
  return message(settlePayoutMessage, { shopId, shard, payoutId, post: "as_set", by: "daybook", postponed: 0, ...changes });
}

/** Reads a location's payouts and lets everything happen that follows from it. */
export async function readPayoutsOf(given: GivenWorld, shop: GivenShop, changes: Partial<ReadPayouts> = {}): Promise<void> {
  await given.queue.binding.sendBatch([readMessage(shop, changes)]);
  await given.drain();
}

/** All payouts of a shop, by date of arrival and number. */
export async function payoutRows(shop: GivenShop): Promise<PayoutRow[]> {
  const rows = await payoutsBetweenQuery(shop.db, date("2000-01-01"), date("2099-12-31"));
  return rows.toSorted((one, other) => (`${one.arrivalDate} ${one.nth}` < `${other.arrivalDate} ${other.nth}` ? -1 : 1));
}

/** The only payout of a shop; throws where there are none or several. */
export async function onlyPayout(shop: GivenShop): Promise<PayoutRow> {
  const [row, ...others] = await payoutRows(shop);
  if (row === undefined || others.length > 0) throw new Error(`there are ${row === undefined ? 0 : others.length + 1} payouts`);
  return row;
}

/** What was recorded as posted for a payout. */
export async function payoutEntryRows(shop: GivenShop, id: PayoutId): Promise<PayoutEntryRow[]> {
  return await payoutEntriesQuery(shop.db, id);
}

/** Lets something else happen to the payout of a day's card sales. */
export function changePayout(given: GivenWorld, location: GivenLocation, on: BusinessDate, change: Partial<PayoutChange>): void {
  given.providers.square.control.changePayout(payoutIdOf(location.externalId, on), change);
}

/** Gives money back to a card at noon of a business day, without goods. */
export function refundCard(given: GivenWorld, location: GivenLocation, on: BusinessDate, refund: { readonly id: string; readonly minor: number }): void {
  const at = new Date(windowOf({ zone: location.zone, cutOffs: location.cutOffs }, on).start + 12 * HOUR).toISOString();
  const row: PaymentRefund = {
    id: refund.id, status: "COMPLETED", location_id: location.externalId, destination_type: "CARD", reason: "", payment_id: `${refund.id}-P`,
    amount_money: { amount: refund.minor, currency: "USD" }, created_at: at, updated_at: at, unlinked: false,
  };
  given.providers.square.control.putRefund(row);
}
