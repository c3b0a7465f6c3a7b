/** Baskets of every kind at the simulated Square, what comes back of them, and what all of it came to in the simulated books. */
import { HOUR, MINUTE } from "../../src/kernel/clock";
import { windowOf, type BusinessDate } from "../../src/kernel/day";
import type { JournalEntry } from "../../src/providers/quickbooks/simulator-state";
import type { DraftTender, OrderDraft } from "../../src/providers/square/simulator-draft";
import { priceOrder } from "../../src/providers/square/simulator-pricing";
import { orderRefundOf, refundOf, returnOf, type ReturnChoice } from "../../src/providers/square/simulator-returns";
import type { Order } from "../../src/providers/square/simulator-wire";
import { LATTE } from "./days";
import type { GivenLocation, GivenShop, GivenWorld } from "./given";

/** The city's tax; on a latte of 4.25 it is 38 cents. */
export const CITY_TAX = { id: "TAX_CITY", name: "Sales tax", percentage: "8.875" };

/** A latte of 4.25 by card, as it stands in the café's books. */
export const LATTE_BY_CARD = { "Square Clearing": 463, "Coffee Sales": -425, "Sales Tax Payable": -38 };

/** One of the tenders of a basket; by card unless it says otherwise. */
export function paid(id: string, minor: number, tender: Partial<DraftTender> = {}): DraftTender {
  return { id: `${id}-P`, type: "CARD", minor, ...tender };
}

/** Rings up one basket at noon of a business day: a latte with the city's tax by card, unless the draft says otherwise. */
export function ring(given: GivenWorld, location: GivenLocation, on: BusinessDate, draft: Partial<OrderDraft> & { readonly id: string }): Order {
  const closedAt = draft.closedAt ?? windowOf(location, on).start + 12 * HOUR;
  const order = priceOrder({
    locationId: location.externalId, currency: "USD", createdAt: closedAt - MINUTE, closedAt, lines: [LATTE], taxes: [CITY_TAX],
    tenders: (dueMinor) => (dueMinor === 0 ? [] : [paid(draft.id, dueMinor)]),
    ...draft,
  });
  given.providers.square.control.putOrder(order);
  return order;
}

type Back = Partial<ReturnChoice> & {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Where the money goes; back to the tender that paid when left out. */
  readonly destination?: string;
};

/** Takes the lines of a sale back (its first one unless it says otherwise) and gives the money for them. */
export function comeBack(given: GivenWorld, sale: Order, { at, destination, ...chosen }: Back): Order {
  const choice: ReturnChoice = { lines: [0], withExtras: false, ...chosen };
  const id = `${sale.id}-BACK`;
  const { currency } = sale.total_money;
  const order = priceOrder({ id, locationId: sale.location_id, currency, createdAt: at, closedAt: at, lines: [], returns: [returnOf(sale, choice)] });
  const draft = { id: `${id}-R`, minor: -order.net_amounts.total_money.amount, at, reason: "Brought back", ...(destination === undefined ? {} : { destination }) };
  const refund = refundOf(draft, id, sale.location_id, currency, sale.tenders?.[0] ?? null);
  const { control } = given.providers.square;
  control.putRefund(refund);
  const whole = { ...order, refunds: [orderRefundOf(refund)] };
  control.putOrder(whole);
  return whole;
}

type Where = { readonly given: GivenWorld; readonly shop: GivenShop };

/** What one entry of the books says, by the accounts' names: debits less credits in minor units of two digits, unless it says otherwise. */
export function amountsOf({ given, shop }: Where, entries: readonly JournalEntry[], digits = 2): Record<string, number> {
  const names = new Map(given.providers.quickbooks.control.accounts(shop.merchant.realm).map(({ Id, Name }) => [Id, Name]));
  const totals: Record<string, number> = {};
  for (const { Amount, JournalEntryLineDetail: detail } of entries.flatMap(({ Line }) => Line)) {
    if (detail === undefined) continue;
    const name = names.get(detail.AccountRef.value) ?? detail.AccountRef.value;
    totals[name] = (totals[name] ?? 0) + Math.round(Number(Amount) * 10 ** digits) * (detail.PostingType === "Debit" ? 1 : -1);
  }
  return Object.fromEntries(Object.entries(totals).filter(([, minor]) => minor !== 0));
}

/** What stands in the shop's books by the accounts' names, as `amountsOf`: of one document number, or of everything. */
export function inBooks(where: Where, number?: string, digits = 2): Record<string, number> {
  const entries = where.given.providers.quickbooks.control.entries(where.shop.merchant.realm);
  return amountsOf(where, number === undefined ? entries : entries.filter(({ DocNumber }) => DocNumber === number), digits);
}

/** The id of an account of the simulated books by its name. */
export function accountIn({ given, shop }: Where, name: string): string {
  const account = given.providers.quickbooks.control.accounts(shop.merchant.realm).find((one) => one.Name === name);
  if (account === undefined) throw new Error(`the chart has no account ${name}`);
  return account.Id;
}

/** Maps one line to an account of the simulated books, in a new version of the mapping. */
export async function mapLine(where: Where, key: string, name: string): Promise<void> {
  await where.given.env.SHARD_0.prepare(`INSERT INTO mapping (shop_id, version, accounts, tags, saved_by, saved_at)
    SELECT shop_id, version + 1, json_set(accounts, '$."' || ?2 || '"', json_object('id', ?3, 'name', ?4)), tags, saved_by, saved_at + 1
    FROM mapping WHERE shop_id = ?1 ORDER BY version DESC LIMIT 1`).bind(where.shop.shopId, key, accountIn(where, name), name).run();
}

/** Shops that earlier tests of the file left behind are not planned any more: their tills and books are gone. */
export async function forgetEarlierShops({ env }: GivenWorld): Promise<void> {
  for (const shard of [env.SHARD_0, env.SHARD_1]) await shard.prepare("UPDATE location SET next_due_at = NULL").run();
}

/** A night goes by: what is due is planned and done. */
export async function night(given: GivenWorld): Promise<void> {
  await given.jobs.scheduled(given.env);
  await given.drain();
}
