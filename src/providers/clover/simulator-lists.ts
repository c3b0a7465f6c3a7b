/** `/v3/merchants/{mId}/…`: the merchant, and lists and single things of theirs. */
import { Hono, type Context } from "hono";
import { json, merchantOf, refuse } from "./simulator-answer";
import { sent, sentItem } from "./simulator-expand";
import { allowedFields, expandOf, listQueryOf, passes, type ListQuery } from "./simulator-filter";
import { itemsOf, rowOf, rowsWithin } from "./simulator-rows";
import { keyOf, type Permission, type Simulation } from "./simulator-state";
import { KINDS, type Kind, type Rows } from "./simulator-wire";

const PERMISSION = {
  orders: "orders", payments: "payments", refunds: "payments", credits: "payments", credit_refunds: "payments",
} as const satisfies Record<Kind, Permission>;

/** Everything that reads. */
export function merchantRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.get("/:merchant", (c) => merchant(simulation, c));
  for (const kind of KINDS) {
    app.get(`/:merchant/${kind}`, (c) => list(simulation, c, kind));
    if (kind !== "credit_refunds") app.get(`/:merchant/${kind}/:id`, (c) => single(simulation, c, kind));
  }
  app.get("/:merchant/items", (c) => listItems(simulation, c));
  app.get("/:merchant/items/:id", (c) => singleItem(simulation, c));
  return app;
}

function merchant(simulation: Simulation, c: Context): Response {
  const found = merchantOf(simulation, c, "merchant");
  if (found instanceof Response) return found;
  const { id, name, timezone, currency, summaryHour, isVat = false } = found;
  const properties = {
    defaultCurrency: currency, timezone, summaryHour, locale: "en-US", vat: isVat, tipsEnabled: true, manualCloseout: false, resetOnReportingTime: false,
  };
  const expand = c.req.query("expand") ?? "";
  if (expand !== "" && expand !== "properties") return refuse(400, "Invalid expand parameter");
  return json({ id, name, isBillable: true, createdTime: 1_546_300_800_000, ...(expand === "" ? {} : { properties }) });
}

function list<K extends Kind>(simulation: Simulation, c: Context, kind: K): Response {
  const found = merchantOf(simulation, c, PERMISSION[kind]);
  if (found instanceof Response) return found;
  const query = listQueryOf(kind, new URL(c.req.url).searchParams, simulation.clock());
  if (typeof query === "string") return refuse(400, query, allowedFields(kind));
  const rows: readonly Rows[K][] = rowsWithin(simulation, found.id, kind, query.startMs, query.endMs).filter((row) => isListed(row) && passes(row, query.filters));
  const page = pageOf(rows, query);
  moveOn(simulation, found.id, kind);
  return json({ elements: page.map((row) => sent(simulation, found.id, kind, row, query.expand)), href: c.req.url }, 200, allowedFields(kind));
}

/** Newest first, unless the oldest are asked for first. */
function pageOf<Row extends { readonly createdTime: number; readonly id: string }>(rows: readonly Row[], query: ListQuery): readonly Row[] {
  const sorted = rows.toSorted((one, other) => one.createdTime - other.createdTime || (one.id < other.id ? -1 : 1));
  return (query.isAscending ? sorted : sorted.toReversed()).slice(query.offset, query.offset + query.limit);
}

/** An order without a state is in no list. */
function isListed(row: Rows[Kind]): boolean {
  return !("state" in row) || row.state !== null;
}

/** Lets rows come and go between two pages, as they do while a shop is open. */
function moveOn(simulation: Simulation, merchantId: string, kind: Kind): void {
  const { state } = simulation;
  const others = state.moves.filter((move) => move.merchantId !== merchantId || move.kind !== kind);
  const mine = state.moves.filter((move) => move.merchantId === merchantId && move.kind === kind).map((move) => ({ ...move, afterPages: move.afterPages - 1 }));
  for (const move of mine.filter(({ afterPages }) => afterPages <= 0)) Object.assign(state.rows[kind], { [keyOf(merchantId, move.id)]: move.row });
  state.moves = [...others, ...mine.filter(({ afterPages }) => afterPages > 0)];
}

function single<K extends Kind>(simulation: Simulation, c: Context, kind: K): Response {
  const found = merchantOf(simulation, c, PERMISSION[kind]);
  if (found instanceof Response) return found;
  const expand = expandOf(kind, new URL(c.req.url).searchParams);
  if (typeof expand === "string") return refuse(400, expand);
  const row = rowOf(simulation, found.id, kind, c.req.param("id") ?? "");
  return row === undefined ? refuse(404, "Not Found") : json(sent(simulation, found.id, kind, row, expand));
}

function listItems(simulation: Simulation, c: Context): Response {
  const found = merchantOf(simulation, c, "inventory");
  if (found instanceof Response) return found;
  const query = listQueryOf("items", new URL(c.req.url).searchParams, simulation.clock());
  if (typeof query === "string") return refuse(400, query, allowedFields("items"));
  const items = itemsOf(simulation, found.id).filter((item) => item.deletedTime === undefined && passes(item, query.filters));
  const page = items.toSorted((one, other) => (one.id < other.id ? -1 : 1)).slice(query.offset, query.offset + query.limit);
  return json({ elements: page.map((item) => sentItem(item, query.expand)), href: c.req.url }, 200, allowedFields("items"));
}

function singleItem(simulation: Simulation, c: Context): Response {
  const found = merchantOf(simulation, c, "inventory");
  if (found instanceof Response) return found;
  const expand = expandOf("items", new URL(c.req.url).searchParams);
  if (typeof expand === "string") return refuse(400, expand);
  const item = itemsOf(simulation, found.id).find((one) => one.id === c.req.param("id"));
  return item === undefined ? refuse(404, "Not Found") : json(sentItem(item, expand));
}
