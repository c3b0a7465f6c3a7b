/** SearchOrders and BatchRetrieveOrders with the refusals that their reference pages list. */
import { Hono, type Context } from "hono";
import { DAY } from "../../kernel/clock";
import { bodyOf, cursorOf, invalid, json, merchantOf, offsetOf, refuse } from "./simulator-answer";
import { fingerprint } from "./simulator-random";
import { orderById, ordersClosed, ordersOpen, owns } from "./simulator-sales";
import type { Simulation, SimulatedMerchant } from "./simulator-state";
import type { Order } from "./simulator-wire";

/** Longest time between an order's creation or change and its closing that a search by those times still sees. */
const SPREAD = 4 * DAY;
const CLOSED_STATES: readonly string[] = ["COMPLETED", "CANCELED"];

/** `/v2/orders/search` and `/v2/orders/batch-retrieve`. */
export function orderRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  const search = searcher(simulation);
  app.post("/search", search);
  app.post("/batch-retrieve", (c) => batchRetrieve(simulation, c));
  return app;
}

type Field = "created_at" | "updated_at" | "closed_at";
type Query = {
  readonly locationIds: readonly string[]; readonly field: Field;
  readonly startMs: number; readonly endMs: number; readonly isOpenEnded: boolean;
  readonly states: readonly string[] | null; readonly isAscending: boolean; readonly limit: number; readonly entriesOnly: boolean;
};

/** The last result is kept, so that a long day is put in order once and not once a page. */
function searcher(simulation: Simulation): (c: Context) => Promise<Response> {
  let last: { readonly key: string; readonly orders: readonly Order[] } = { key: "", orders: [] };
  return async (c) => {
    const merchant = merchantOf(simulation, c, "ORDERS_READ");
    if (merchant instanceof Response) return merchant;
    const body = await bodyOf(c, ["location_ids", "cursor", "query", "limit", "return_entries"]);
    if (body instanceof Response) return body;
    const query = queryOf(simulation, merchant, body);
    if (query instanceof Response) return query;
    const bound = fingerprint(JSON.stringify([body.location_ids, body.query])).toString(36);
    const offset = offsetOf(body.cursor, bound);
    if (offset === null) return invalid("INVALID_CURSOR", "The cursor does not belong to this query.", "cursor");
    const key = `${bound}|${simulation.revision}`;
    // An absent end is the time of the first request: later pages continue what that one found.
    if (last.key !== key || (query.isOpenEnded && offset === 0)) last = { key, orders: found(simulation, query) };
    const page = last.orders.slice(offset, offset + query.limit);
    const next = offset + query.limit < last.orders.length ? { cursor: cursorOf(bound, offset + query.limit) } : {};
    // Nothing found is `{}`: no `orders` at all.
    if (page.length === 0) return json(next);
    return json({ ...(query.entriesOnly ? { order_entries: page.map(entryOf) } : { orders: page }), ...next });
  };
}

function entryOf(order: Order): object {
  return { order_id: order.id, location_id: order.location_id, version: 1 };
}

type Loose = Readonly<Record<string, unknown>>;

function at(value: unknown, ...path: readonly string[]): unknown {
  const step = (inner: unknown, name: string): unknown =>
    typeof inner === "object" && inner !== null ? (inner as Loose)[name] : undefined;
  return path.reduce(step, value);
}

function queryOf(simulation: Simulation, merchant: SimulatedMerchant, body: Loose): Query | Response {
  const ids = body.location_ids;
  if (!Array.isArray(ids) || ids.length === 0) {
    return invalid("MISSING_REQUIRED_PARAMETER", "Missing required parameter.", "location_ids");
  }
  if (ids.length > 10) return invalid("ARRAY_LENGTH_TOO_LONG", "Array must have at most 10 locations.", "location_ids");
  const stranger = ids.find((id) => typeof id !== "string" || !owns(merchant, id));
  if (stranger !== undefined) return refuse(403, "AUTHENTICATION_ERROR", "FORBIDDEN", "Not authorized to access a location.");
  const limit = body.limit ?? 500;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1 || limit > 1_000) {
    return invalid("INVALID_VALUE", "limit must be between 1 and 1000.", "limit");
  }
  const range = rangeOf(simulation, body);
  if (range instanceof Response) return range;
  const states = at(body, "query", "filter", "state_filter", "states");
  const known = Array.isArray(states) ? states.map(String) : null;
  const order = at(body, "query", "sort", "sort_order") ?? "DESC";
  const sortField = at(body, "query", "sort", "sort_field") ?? "CREATED_AT";
  if (order !== "ASC" && order !== "DESC") return invalid("INVALID_SORT_ORDER", "Unknown sort order.", "query.sort.sort_order");
  if (range.isFiltered && sortField !== range.field.toUpperCase()) {
    return invalid("INVALID_VALUE", "sort_field must be the field of the date_time_filter.", "query.sort.sort_field");
  }
  if (sortField === "CLOSED_AT" && (known === null || known.some((state) => !CLOSED_STATES.includes(state)))) {
    const detail = "Sorting by CLOSED_AT needs a state_filter of closed states.";
    return invalid("CONFLICTING_PARAMETERS", detail, "query.filter.state_filter");
  }
  return {
    ...range, locationIds: ids.map(String), states: known, isAscending: order === "ASC", limit,
    entriesOnly: body.return_entries === true,
  };
}

type Range = Pick<Query, "field" | "startMs" | "endMs" | "isOpenEnded"> & { readonly isFiltered: boolean };

/** Both ends count. An absent end is now. */
function rangeOf(simulation: Simulation, body: Loose): Range | Response {
  const filter = at(body, "query", "filter", "date_time_filter");
  const place = "query.filter.date_time_filter";
  const fields = (["created_at", "updated_at", "closed_at"] as const).filter((field) => at(filter, field) !== undefined);
  if (fields.length > 1) return invalid("CONFLICTING_PARAMETERS", "Only one time range may be given.", place);
  const field = fields[0] ?? "created_at";
  const start = at(filter, field, "start_at");
  const end = at(filter, field, "end_at");
  const startMs = start === undefined ? 0 : instantOf(start);
  const endMs = end === undefined ? simulation.clock() : instantOf(end);
  if (Number.isNaN(startMs) || Number.isNaN(endMs)) return invalid("INVALID_TIME", "Not an RFC 3339 time.", `${place}.${field}`);
  if (startMs > endMs) return invalid("INVALID_TIME_RANGE", "start_at is after end_at.", `${place}.${field}`);
  return { field, startMs, endMs, isOpenEnded: end === undefined, isFiltered: fields.length > 0 };
}

function instantOf(value: unknown): number {
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

function found(simulation: Simulation, query: Query): readonly Order[] {
  const spread = query.field === "closed_at" ? 0 : SPREAD;
  const orders = query.locationIds.flatMap((id) => [
    ...ordersClosed(simulation, id, query.startMs - spread, query.endMs + spread),
    ...(query.field === "closed_at" ? [] : ordersOpen(simulation, id, query.startMs - spread, query.endMs + spread)),
  ]);
  const timed = orders.map((order) => ({ order, time: Date.parse(order[query.field] ?? "") }));
  const wanted = timed.filter(({ order, time }) =>
    time >= query.startMs && time <= query.endMs && (query.states === null || query.states.includes(order.state)));
  const sign = query.isAscending ? 1 : -1;
  wanted.sort((a, b) => sign * (a.time - b.time || (a.order.id < b.order.id ? -1 : 1)));
  return wanted.map(({ order }) => order);
}

async function batchRetrieve(simulation: Simulation, c: Context): Promise<Response> {
  const merchant = merchantOf(simulation, c, "ORDERS_READ");
  if (merchant instanceof Response) return merchant;
  const body = await bodyOf(c, ["order_ids", "location_id"]);
  if (body instanceof Response) return body;
  const ids = body.order_ids;
  if (!Array.isArray(ids)) return invalid("MISSING_REQUIRED_PARAMETER", "Missing required parameter.", "order_ids");
  if (ids.length > 100) return invalid("ARRAY_LENGTH_TOO_LONG", "Array must have at most 100 ids.", "order_ids");
  const orders = ids.flatMap((id) => orderById(simulation, String(id)) ?? []).filter((order) =>
    owns(merchant, order.location_id) && (body.location_id === undefined || body.location_id === order.location_id));
  return json(orders.length === 0 ? {} : { orders });
}
