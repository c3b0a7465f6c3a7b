/** The drawers of the simulated Square: what happened at each, and what should be in it, made of the sales as they are now. */
import { ordersClosed, refundsCreated } from "./simulator-sales";
import type { DrawerShift, Simulation } from "./simulator-state";
import { money, type CashDrawerEvent, type CashDrawerShiftSummary, type Money, type Order } from "./simulator-wire";

/** Which way each kind of event moves the cash. */
const DIRECTIONS: Readonly<Record<CashDrawerEvent["event_type"], -1 | 0 | 1>> = {
  NO_SALE: 0, CASH_TENDER_PAYMENT: 1, OTHER_TENDER_PAYMENT: 0, CASH_TENDER_REFUND: -1, PAID_IN: 1, PAID_OUT: -1,
};

/** Everything that happened at a drawer, oldest first. */
export function eventsOf(simulation: Simulation, shift: DrawerShift): CashDrawerEvent[] {
  const cash = cashIn(simulation, shift);
  const [startMs, endMs] = [shift.openedAt, shift.endedAt ?? simulation.clock()];
  const moved = shift.movements.filter(({ at }) => at >= startMs && at <= endMs).map(({ id, type, minor, at, description }) => (
    { id, event_type: type, event_money: cash(minor), created_at: new Date(at).toISOString(), description, team_member_id: "" }
  ));
  const paid = ordersClosed(simulation, shift.locationId, startMs, endMs).filter(({ state }) => state === "COMPLETED").flatMap((order) => paymentsOf(order, cash));
  const refunded = refundsCreated(simulation, shift.locationId, startMs, endMs)
    .filter(({ destination_type: to, status }) => to === "CASH" && (status === "PENDING" || status === "COMPLETED"))
    .map(({ id, amount_money, created_at }): CashDrawerEvent => (
      { id: `drawer-${id}`, event_type: "CASH_TENDER_REFUND", event_money: amount_money, created_at, description: "", team_member_id: "" }
    ));
  return [...moved, ...paid, ...refunded].toSorted((one, other) => (one.created_at < other.created_at ? -1 : 1));
}

/** The float, what came in and what went out: minor units, below nothing where somebody forgot to say what they did. */
export function expectedCashOf(simulation: Simulation, shift: DrawerShift): number {
  const moved = eventsOf(simulation, shift).map(({ event_type: type, event_money: { amount } }) => DIRECTIONS[type] * amount);
  return moved.reduce((total, minor) => total + minor, shift.floatMinor);
}

/** A drawer as Square lists it: without what happened at it. */
export function summaryOf(simulation: Simulation, shift: DrawerShift): CashDrawerShiftSummary {
  const cash = cashIn(simulation, shift);
  const { id, locationId, openedAt, endedAt, counted, description } = shift;
  return {
    id, description, location_id: locationId, opened_at: new Date(openedAt).toISOString(), created_at: new Date(openedAt).toISOString(),
    updated_at: new Date(counted?.at ?? endedAt ?? openedAt).toISOString(),
    state: counted !== null ? "CLOSED" : endedAt !== null ? "ENDED" : "OPEN",
    opened_cash_money: cash(shift.floatMinor), expected_cash_money: cash(expectedCashOf(simulation, shift)),
    ...(endedAt === null ? {} : { ended_at: new Date(endedAt).toISOString() }),
    ...(counted === null ? {} : { closed_at: new Date(counted.at).toISOString(), closed_cash_money: cash(counted.minor) }),
  };
}

function cashIn(simulation: Simulation, { locationId }: DrawerShift): (minor: number) => Money {
  const currency = simulation.merchants.flatMap(({ locations }) => locations).find(({ id }) => id === locationId)?.currency ?? "USD";
  return (minor) => money(minor, currency);
}

/** Payments open the drawer; only cash stays in it. */
function paymentsOf(order: Order, cash: (minor: number) => Money): CashDrawerEvent[] {
  return (order.tenders ?? []).filter(({ type }) => type !== "NO_SALE" && type !== "CARD").map(({ id, type, amount_money }) => ({
    id: `drawer-${id}`, event_type: type === "CASH" ? "CASH_TENDER_PAYMENT" : "OTHER_TENDER_PAYMENT",
    event_money: type === "CASH" ? amount_money : cash(0), created_at: order.closed_at ?? order.created_at, description: "", team_member_id: "",
  }));
}
