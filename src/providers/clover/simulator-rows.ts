/** What a merchant has at this moment: what the source gives, with everything that was put, changed or removed since. */
import { keyOf, type Simulation } from "./simulator-state";
import type { Item, Kind, Rows } from "./simulator-wire";

/** Rows of one kind made within a stretch of time, the last instant left out, in no order. */
export function rowsWithin<K extends Kind>(simulation: Simulation, merchantId: string, kind: K, startMs: number, endMs: number): readonly Rows[K][] {
  const changed = simulation.state.rows[kind];
  const given = simulation.sales.within(merchantId, startMs, endMs)[kind].filter((row) => changed[keyOf(merchantId, row.id)] === undefined);
  const own = Object.entries(changed).flatMap(([key, row]) => (row !== null && key.startsWith(`${merchantId}/`) ? [row] : []));
  return [...given, ...own].filter((row) => row.createdTime >= startMs && row.createdTime < endMs);
}

/** One row by its id, hidden ones included. */
export function rowOf<K extends Kind>(simulation: Simulation, merchantId: string, kind: K, id: string): Rows[K] | undefined {
  const changed = simulation.state.rows[kind][keyOf(merchantId, id)];
  if (changed !== undefined) return changed ?? undefined;
  return simulation.sales.around(merchantId, id)[kind].find((row) => row.id === id);
}

/** Rows of one kind that name an order, whenever they were made: those put since, and those made with it. */
export function rowsOfOrder<K extends "payments" | "refunds" | "credits">(simulation: Simulation, merchantId: string, kind: K, orderId: string): readonly Rows[K][] {
  const changed = simulation.state.rows[kind];
  const given = simulation.sales.around(merchantId, orderId)[kind].filter((row) => changed[keyOf(merchantId, row.id)] === undefined);
  const own = Object.entries(changed).flatMap(([key, row]) => (row !== null && key.startsWith(`${merchantId}/`) ? [row] : []));
  return [...given, ...own].filter((row) => orderOfRow(row) === orderId);
}

function orderOfRow(row: Rows["payments" | "refunds" | "credits"]): string | undefined {
  return "orderRef" in row ? row.orderRef?.id : "order" in row ? row.order?.id : undefined;
}

/** The items of a merchant, deleted ones too. */
export function itemsOf(simulation: Simulation, merchantId: string): readonly Item[] {
  const merchant = simulation.merchants.find((one) => one.id === merchantId);
  const own = (merchant?.items ?? []).map((item) => simulation.state.items[keyOf(merchantId, item.id)] ?? (keyOf(merchantId, item.id) in simulation.state.items ? null : item));
  return own.filter((item) => item !== null);
}
