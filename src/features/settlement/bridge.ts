/**
 * The bridge from takings to deposits: what was taken by card, what payouts settled of it, what was kept, what reached
 * the bank, and what is still on its way. Nothing is left over without a name: what no payout has settled after ten days
 * is told day by day.
 */
import { addDays, type BusinessDate } from "../../kernel/day";
import { sum } from "../../kernel/money";
import { accountFor, type LineKey, type Mapping } from "../../ledger/mapping";
import { CLEARING_KEY, grossOf } from "../../ledger/payout";
import type { SalesDay } from "../../ledger/sales-day";
import type { Location } from "../connections/service";
import type { AGES, AgeingView, BridgeDay, BridgeView } from "../payouts/contract";
import type { PayoutRow } from "../payouts/service";

/** Square's slowest usual way to a bank is five banking days; a holiday and a weekend come on top. */
export const LONGEST_WAY_DAYS = 10;

/** A day that was read. */
export type TakenDay = { readonly locationId: string; readonly businessDate: BusinessDate; readonly totals: SalesDay };

/** What was taken and given back by card, and by whatever else waits in the same clearing account. */
export function takenByCard({ tenders }: SalesDay, mapping: Mapping): { readonly takenMinor: number; readonly refundedMinor: number } {
  const clearing = accountFor(mapping, CLEARING_KEY)?.id;
  const counts = tenders.filter(({ kind, id }) => {
    if (kind === "card" && id === "") return true;
    const isProcessed = kind === "wallet" || kind === "buy_now_pay_later";
    return isProcessed && clearing !== undefined && accountFor(mapping, (id === "" ? `tender:${kind}` : `tender:${kind}:${id}`) as LineKey)?.id === clearing;
  });
  return { takenMinor: sum(counts.map(({ inMinor }) => inMinor)), refundedMinor: sum(counts.map(({ outMinor }) => outMinor)) };
}

/** The days of one location with what settled each. Oldest first. */
export function settledDays(days: readonly TakenDay[], payouts: readonly PayoutRow[], mapping: Mapping): BridgeDay[] {
  return days.toSorted((one, other) => (one.businessDate < other.businessDate ? -1 : 1)).map(({ businessDate, totals }) => {
    const { takenMinor, refundedMinor } = takenByCard(totals, mapping);
    const settled = payouts.flatMap(({ id, arrivalDate, totals: payout }) => (
      payout.settles.filter(({ date }) => date === businessDate).map(({ minor }) => ({ payout: id as string, arrivalDate: arrivalDate as string, minor }))
    ));
    return { date: businessDate, takenMinor, refundedMinor, settled, openMinor: sum([takenMinor, -refundedMinor, ...settled.map(({ minor }) => -minor)]) };
  });
}

type Range = { readonly from: BusinessDate; readonly to: BusinessDate; readonly today: BusinessDate };

/**
 * The bridge of one location. `days` are those of the range that were read, `payouts` all that may settle them.
 * taken − refunded + other days − other payouts − on its way − unexplained = gross settled − everything kept = deposits.
 */
export function bridgeOf(location: Pick<Location, "id" | "name" | "currency">, days: readonly BridgeDay[], payouts: readonly PayoutRow[], { from, to, today }: Range): BridgeView {
  const isIn = ({ arrivalDate }: PayoutRow) => arrivalDate >= from && arrivalDate <= to;
  const arrived = payouts.filter(isIn).map(({ totals }) => totals);
  const dates = new Set(days.map(({ date }) => date));
  const otherPayouts = new Set(payouts.filter((row) => !isIn(row)).map(({ id }) => id as string));
  const openDays = days.filter(({ openMinor }) => openMinor !== 0);
  const unexplained = openDays.filter(({ date }) => date < addDays(today, -LONGEST_WAY_DAYS));
  const total = <T>(rows: readonly T[], of: (row: T) => number) => sum(rows.map(of));
  return {
    locationId: location.id, name: location.name, currency: location.currency,
    takenMinor: total(days, ({ takenMinor }) => takenMinor),
    refundedMinor: total(days, ({ refundedMinor }) => refundedMinor),
    otherDaysMinor: total(arrived.flatMap(({ settles }) => settles).filter(({ date }) => !dates.has(date)), ({ minor }) => minor),
    otherPayoutsMinor: total(days.flatMap(({ settled }) => settled).filter(({ payout }) => otherPayouts.has(payout)), ({ minor }) => minor),
    onItsWayMinor: total(openDays, ({ openMinor }) => openMinor) - total(unexplained, ({ openMinor }) => openMinor),
    unexplainedMinor: total(unexplained, ({ openMinor }) => openMinor),
    grossSettledMinor: total(arrived, grossOf),
    feesMinor: total(arrived, ({ feesMinor }) => feesMinor),
    chargebacksMinor: total(arrived, ({ disputesMinor }) => disputesMinor),
    adjustmentsMinor: total(arrived.flatMap(({ adjustments }) => adjustments), ({ minor }) => minor),
    withheldMinor: total(arrived, ({ withheldMinor }) => withheldMinor),
    returnedMinor: total(arrived.filter(({ hasFailed }) => hasFailed), ({ netMinor }) => netMinor),
    depositsMinor: total(arrived.filter(({ hasFailed }) => !hasFailed), ({ netMinor }) => netMinor),
    unexplained: unexplained.map(({ date, openMinor }) => ({ date, minor: openMinor })),
    days: [...days],
  };
}

/** What is open of days, by how long ago they were. */
export function bucketsOf(days: readonly BridgeDay[], today: BusinessDate): AgeingView["buckets"] {
  const minorOf = (age: (typeof AGES)[number]) => sum(days.filter(({ date }) => ageOf(date as BusinessDate, today) === age).map(({ openMinor }) => openMinor));
  return (["0-2", "3-5", "6-10", "over 10"] as const).map((age) => ({ age, minor: minorOf(age) }));
}

function ageOf(date: BusinessDate, today: BusinessDate): (typeof AGES)[number] {
  if (date >= addDays(today, -2)) return "0-2";
  if (date >= addDays(today, -5)) return "3-5";
  return date >= addDays(today, -LONGEST_WAY_DAYS) ? "6-10" : "over 10";
}
