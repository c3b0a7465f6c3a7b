/**
 * Payouts of the simulated Square: one batch for each calendar day of a location, made of its card sales and refunds as
 * they are now, sent an hour after midnight and at the bank on the next banking day, so that Monday gets three.
 */
import { DAY, HOUR } from "../../kernel/clock";
import { addDays, businessDateAt, windowOf, type BusinessDate, type DaySchedule } from "../../kernel/day";
import { ordersClosed, refundsCreated } from "./simulator-sales";
import type { PayoutChange, SimulatedLocation, Simulation } from "./simulator-state";
import { money, type Order, type Payout, type PayoutEntry, type PaymentRefund, type Tender } from "./simulator-wire";

/** What Square itself settles; gift cards and cash are none of it. */
const SETTLED: ReadonlySet<string> = new Set(["CARD", "WALLET", "BUY_NOW_PAY_LATER"]);

const MIDNIGHT = [{ from: "2000-01-01" as BusinessDate, minutes: 0 }];

/** Payouts that were sent between two instants, both included. */
export function payoutsSent(simulation: Simulation, location: SimulatedLocation, startMs: number, endMs: number): Payout[] {
  const until = Math.min(endMs, simulation.clock());
  // A held payout may be sent weeks after its day.
  const changed = Object.keys(simulation.state.payouts).flatMap((id) => dateOfPayout(id, location) ?? []);
  const dates = new Set([...datesOf(location, startMs - 2 * DAY, until), ...changed]);
  return [...dates].flatMap((date) => payoutOn(simulation, location, date) ?? [])
    .filter(({ created_at }) => Date.parse(created_at) >= startMs && Date.parse(created_at) <= until);
}

/** The parts of a payout, or null where there is no such payout. */
export function entriesOfPayout(simulation: Simulation, location: SimulatedLocation, id: string): PayoutEntry[] | null {
  const date = dateOfPayout(id, location);
  return date === null || payoutOn(simulation, location, date) === null ? null : entriesOn(simulation, location, date);
}

/** `po_<location>_<yyyymmdd>`: the payout of a calendar day's card sales. */
export function payoutIdOf(locationId: string, date: BusinessDate): string {
  return `po_${locationId}_${date.replaceAll("-", "")}`;
}

function dateOfPayout(id: string, location: SimulatedLocation): BusinessDate | null {
  const match = /^po_(.+)_(\d{4})(\d{2})(\d{2})$/.exec(id);
  return match?.[1] === location.id ? (`${match[2]}-${match[3]}-${match[4]}` as BusinessDate) : null;
}

function scheduleOf(location: SimulatedLocation): DaySchedule {
  return { zone: location.timezone, cutOffs: MIDNIGHT };
}

function datesOf(location: SimulatedLocation, startMs: number, endMs: number): BusinessDate[] {
  const last = businessDateAt(scheduleOf(location), Math.max(startMs, endMs));
  const dates: BusinessDate[] = [];
  for (let date = businessDateAt(scheduleOf(location), startMs); date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
}

function payoutOn(simulation: Simulation, location: SimulatedLocation, date: BusinessDate): Payout | null {
  const id = payoutIdOf(location.id, date);
  const change: PayoutChange = simulation.state.payouts[id] ?? { version: 1 };
  const minor = entriesOn(simulation, location, date).reduce((total, entry) => total + entry.net_amount_money.amount, 0);
  if (minor === 0 || change.sentAt === null) return null;
  const sentAt = change.sentAt ?? windowOf(scheduleOf(location), date).end + HOUR;
  if (sentAt > simulation.clock()) return null;
  const arrival = bankingDayAfter(businessDateAt(scheduleOf(location), sentAt - 2 * HOUR));
  const hasArrived = windowOf(scheduleOf(location), arrival).start <= simulation.clock();
  return {
    id, status: change.status ?? (hasArrived ? "PAID" : "SENT"), location_id: location.id,
    created_at: new Date(sentAt).toISOString(), updated_at: new Date(sentAt).toISOString(),
    amount_money: money(minor, location.currency), destination: { type: "BANK_ACCOUNT", id: `bact:${location.id}` },
    version: change.version, type: "BATCH", payout_fee: [], arrival_date: arrival, end_to_end_id: `L2100000${date.replaceAll("-", "")}`,
  };
}

/** Banks rest on Saturdays and Sundays. */
function bankingDayAfter(date: BusinessDate): BusinessDate {
  const next = addDays(date, 1);
  const weekday = new Date(`${next}T12:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 ? bankingDayAfter(next) : next;
}

function entriesOn(simulation: Simulation, location: SimulatedLocation, date: BusinessDate): PayoutEntry[] {
  const { start, end } = windowOf(scheduleOf(location), date);
  const charges = ordersClosed(simulation, location.id, start, end - 1).filter(({ state }) => state === "COMPLETED").flatMap(chargesOf);
  const refunds = refundsCreated(simulation, location.id, start, end - 1).filter(goesToCard).map(partOfRefund);
  const extra = simulation.state.payouts[payoutIdOf(location.id, date)]?.extra ?? [];
  const others = extra.map(({ type, grossMinor, feeMinor = 0 }, index) => (
    { id: `${type}-${index}`, effective_at: new Date(end - 1).toISOString(), type, gross: grossMinor, fee: feeMinor, details: {} }
  ));
  return [...charges, ...refunds, ...others].toSorted((one, other) => (one.effective_at < other.effective_at ? -1 : 1)).map(({ id, effective_at, type, gross, fee, details }) => ({
    id: `poe_${id}`, payout_id: payoutIdOf(location.id, date), effective_at, type,
    gross_amount_money: money(gross, location.currency), fee_amount_money: money(fee, location.currency), net_amount_money: money(gross - fee, location.currency),
    ...details,
  }));
}

type Part = { readonly id: string; readonly effective_at: string; readonly type: string; readonly gross: number; readonly fee: number; readonly details: object };

/** Square keeps 2.6 % and ten cents of each card sale. */
function chargesOf(order: Order): Part[] {
  const paid = (order.tenders ?? []).filter((tender) => SETTLED.has(tender.type) && !hasFallenThrough(tender));
  return paid.map(({ id, amount_money: { amount } }) => ({
    id, effective_at: order.closed_at ?? order.created_at, type: "CHARGE", gross: amount, fee: Math.round(amount * 0.026) + 10,
    details: { type_charge_details: { payment_id: id } },
  }));
}

function hasFallenThrough({ card_details: details }: Tender): boolean {
  return details !== undefined && details.status !== "CAPTURED";
}

function goesToCard({ status, destination_type: destination, destination_details: details }: PaymentRefund): boolean {
  const isGiftCard = details?.card_details?.card.card_brand === "SQUARE_GIFT_CARD";
  return (status === "PENDING" || status === "COMPLETED") && SETTLED.has(destination) && !isGiftCard;
}

/** The fee of the sale is not given back. */
function partOfRefund(refund: PaymentRefund): Part {
  return {
    id: refund.id, effective_at: refund.created_at, type: "REFUND", gross: -refund.amount_money.amount, fee: 0,
    details: { type_refund_details: { refund_id: refund.id, ...(refund.payment_id === undefined ? {} : { payment_id: refund.payment_id }) } },
  };
}
