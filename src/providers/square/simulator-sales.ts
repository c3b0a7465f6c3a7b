/** The orders and refunds that the simulated Square holds now: its source's, with what came late or was changed. */
import type { Simulation, SimulatedMerchant } from "./simulator-state";
import { isWithin } from "./simulator-source";
import type { Order, PaymentRefund } from "./simulator-wire";

/** Closed orders of a location, both ends included, in no promised order. */
export function ordersClosed(simulation: Simulation, locationId: string, startMs: number, endMs: number): Order[] {
  const { state } = simulation;
  const orders: Order[] = [];
  for (const order of simulation.orders.ordersClosed(locationId, startMs, endMs)) {
    if (!Object.hasOwn(state.orders, order.id) && !Object.hasOwn(state.removedOrders, order.id)) orders.push(order);
  }
  for (const order of Object.values(state.orders)) {
    if (order.location_id === locationId && isWithin(order.closed_at, startMs, endMs)) orders.push(order);
  }
  return orders;
}

/** Checks of a location that were opened within a range and not closed since, both ends included. */
export function ordersOpen(simulation: Simulation, locationId: string, startMs: number, endMs: number): Order[] {
  return Object.values(simulation.state.orders).filter((order) => (
    order.location_id === locationId && order.closed_at === undefined && isWithin(order.created_at, startMs, endMs)
  ));
}

/** An order by its id, as it is now, wherever it was made. */
export function orderById(simulation: Simulation, orderId: string): Order | undefined {
  const { state } = simulation;
  if (Object.hasOwn(state.removedOrders, orderId)) return undefined;
  return state.orders[orderId] ?? simulation.orders.order(orderId);
}

/** Refunds created at a location, both ends included. */
export function refundsCreated(simulation: Simulation, locationId: string, startMs: number, endMs: number): PaymentRefund[] {
  const { state } = simulation;
  const refunds = [...simulation.orders.refundsCreated(locationId, startMs, endMs)]
    .filter((refund) => !Object.hasOwn(state.refunds, refund.id));
  const changed = Object.values(state.refunds)
    .filter((refund) => refund.location_id === locationId && isWithin(refund.created_at, startMs, endMs));
  return [...refunds, ...changed];
}

/** A refund by its id. */
export function refundById(simulation: Simulation, refundId: string): PaymentRefund | undefined {
  return simulation.state.refunds[refundId] ?? simulation.orders.refund(refundId);
}

/** Whether a location is the merchant's. */
export function owns(merchant: SimulatedMerchant, locationId: string): boolean {
  return merchant.locations.some((location) => location.id === locationId);
}
