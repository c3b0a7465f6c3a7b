/** A second, naive reading of generated days: it shares no code with the client, so the two agree only by both being right. */
import { describe, expect, it } from "vitest";
import type { BusinessDate } from "../../../src/kernel/day";
import type { SalesDay } from "../../../src/ledger/sales-day";
import { MENU } from "../../../src/providers/clover/simulator-cafe";
import { generatedSource } from "../../../src/providers/clover/simulator-day";
import type { Batch } from "../../../src/providers/clover/simulator-wire";
import { balancedDay, givenClover, MERCHANT, schedule, window } from "./given";

type Flat = Readonly<Record<string, number>>;

/** What a day comes to by its rows alone: money as payments and refunds state it, goods as lines state their prices. */
function expected({ orders, payments, refunds }: Batch, startMs: number, endMs: number): Flat {
  const totals: Record<string, number> = {};
  const add = (name: string, minor: number): void => void (totals[name] = (totals[name] ?? 0) + minor);
  const isToday = (row: { readonly createdTime: number }): boolean => row.createdTime >= startMs && row.createdTime < endMs;
  for (const payment of payments.filter(isToday)) {
    add(`${payment.tender.label}:in`, payment.amount + (payment.tipAmount ?? 0));
    add("tip:in", payment.tipAmount ?? 0);
    for (const tax of payment.taxRates?.elements ?? []) add(`${tax.id}:in`, tax.taxAmount);
    add("service:in", payment.serviceCharge?.amount ?? 0);
    for (const line of orders.find(({ id }) => id === payment.order?.id)?.lineItems.elements ?? []) {
      const modifiers = (line.modifications?.elements ?? []).reduce((sum, { amount }) => sum + amount, 0);
      const gross = Math.floor((line.price * (line.unitQty ?? 1_000) + 500) / 1_000) + modifiers;
      add(line.isRevenue ? `${categoryOf(line.item?.id)}:in` : "gift:in", gross);
    }
  }
  for (const refund of refunds.filter(isToday)) {
    const payment = payments.find(({ id }) => id === refund.payment?.id);
    add(`${payment?.tender.label ?? "?"}:out`, refund.amount);
    for (const tax of refund.taxableAmountRates?.elements ?? []) add(`${tax.id}:out`, tax.taxAmount);
  }
  return Object.fromEntries(Object.entries(totals).filter(([, minor]) => minor !== 0));
}

function categoryOf(itemId: string | undefined): string {
  const categories = MENU.find(({ id }) => id === itemId)?.categories.elements ?? [];
  return categories.toSorted((one, other) => one.sortOrder - other.sortOrder)[0]?.name ?? "Uncategorized";
}

const LABELS: Readonly<Record<string, string>> = { cash: "Cash", third_party: "Gift Card" };

/** A reading under the same names; credit and debit are one tender here. */
function flatten(day: SalesDay): Flat {
  const rows: (readonly [string, number])[] = [
    ["tip:in", day.tips.inMinor], ["gift:in", day.giftCards.inMinor], ["service:in", day.serviceCharges.reduce((sum, { inMinor }) => sum + inMinor, 0)],
    ...day.categories.map((row) => [`${row.label}:in`, row.grossMinor] as const),
    ...day.taxes.flatMap((row) => [[`${row.id}:in`, row.inMinor], [`${row.id}:out`, row.outMinor]] as const),
    ...day.tenders.flatMap((row) => [[`${LABELS[row.kind] ?? "Card"}:in`, row.inMinor], [`${LABELS[row.kind] ?? "Card"}:out`, row.outMinor]] as const),
  ];
  return Object.fromEntries(rows.filter(([, minor]) => minor !== 0));
}

/** Credit and debit cards are one tender to Daybook. */
function withOneCard(flat: Flat): Flat {
  const joined: Record<string, number> = {};
  for (const [name, minor] of Object.entries(flat)) {
    const key = name.replace(/^(?:Credit|Debit) Card:/, "Card:");
    joined[key] = (joined[key] ?? 0) + minor;
  }
  return joined;
}

describe("any generated day", () => {
  it.each(Array.from({ length: 20 }, (_, index) => index))("is read to what a naive second reading makes of it, and balances by itself (%i)", async (seed) => {
    const merchant = { id: MERCHANT, currency: "USD", schedule, volumeOn: () => 10 + 7 * (seed % 9) };
    const sales = generatedSource(`seed ${seed}`, [merchant], "2026-01-01" as BusinessDate, "2026-12-31" as BusinessDate);
    const day = await balancedDay(givenClover([], { sales }));
    expect(flatten(day)).toEqual(withOneCard(expected(sales.within(MERCHANT, window.start, window.end), window.start, window.end)));
  });
});
