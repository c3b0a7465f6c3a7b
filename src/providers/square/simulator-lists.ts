/** Locations, the merchant, refunds, payments and the catalogue, each with the defaults that its reference page gives. */
import { Hono, type Context } from "hono";
import { DAY, SECOND } from "../../kernel/clock";
import { bodyOf, cursorOf, invalid, json, merchantOf, offsetOf, refuse } from "./simulator-answer";
import { fingerprint } from "./simulator-random";
import { ordersClosed, owns, refundById, refundsCreated } from "./simulator-sales";
import type { Simulation, SimulatedLocation, SimulatedMerchant } from "./simulator-state";
import type { CatalogObject, Order, Tender } from "./simulator-wire";

/** `/v2/merchants/:id` and `/v2/locations`. */
export function profileRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.get("/merchants/:id", (c) => {
    const merchant = merchantOf(simulation, c, "MERCHANT_PROFILE_READ");
    if (merchant instanceof Response) return merchant;
    const id = c.req.param("id");
    if (id !== "me" && id !== merchant.id) return refuse(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", "Merchant not found.");
    const { name, country, currency, locations } = merchant;
    return json({
      merchant: {
        id: merchant.id, business_name: name, country, language_code: "en-US", currency, status: "ACTIVE",
        main_location_id: locations[0].id, created_at: "2024-01-01T00:00:00.000Z",
      },
    });
  });
  app.get("/locations", (c) => {
    const merchant = merchantOf(simulation, c, "MERCHANT_PROFILE_READ");
    if (merchant instanceof Response) return merchant;
    return json({ locations: merchant.locations.map((location) => locationOf(merchant, location)) });
  });
  return app;
}

function locationOf(merchant: SimulatedMerchant, location: SimulatedLocation): object {
  return {
    id: location.id, name: location.name, timezone: location.timezone, capabilities: ["CREDIT_CARD_PROCESSING"],
    status: location.status ?? "ACTIVE", created_at: "2024-01-01T00:00:00.000Z", merchant_id: merchant.id, country: merchant.country,
    language_code: "en-US", currency: location.currency, business_name: merchant.name, type: "PHYSICAL", mcc: "5814",
  };
}

/** `/v2/refunds` (all locations unless one is named) and `/v2/refunds/:id`. */
export function refundRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.get("/", (c) => {
    const merchant = merchantOf(simulation, c, "PAYMENTS_READ");
    if (merchant instanceof Response) return merchant;
    const locationId = c.req.query("location_id");
    const all = merchant.locations.map((one) => one.id);
    const locations = locationId === undefined ? all : all.filter((id) => id === locationId);
    const [startMs, endMs] = rangeOf(simulation, c);
    const refunds = locations.flatMap((id) => refundsCreated(simulation, id, startMs, endMs));
    const status = c.req.query("status");
    const wanted = status === undefined ? refunds : refunds.filter((refund) => refund.status === status);
    return listed(c, "refunds", wanted.map((refund) => ({ at: refund.created_at, id: refund.id, item: refund })));
  });
  app.get("/:id", (c) => {
    const merchant = merchantOf(simulation, c, "PAYMENTS_READ");
    if (merchant instanceof Response) return merchant;
    const refund = refundById(simulation, c.req.param("id"));
    return refund === undefined || !owns(merchant, refund.location_id)
      ? refuse(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", "Could not find refund.")
      : json({ refund });
  });
  return app;
}

/** `/v2/payments`: the main location unless one is named; fees appear ten seconds after the sale. */
export function paymentRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.get("/", (c) => {
    const merchant = merchantOf(simulation, c, "PAYMENTS_READ");
    if (merchant instanceof Response) return merchant;
    const locationId = c.req.query("location_id") ?? merchant.locations[0].id;
    const [startMs, endMs] = rangeOf(simulation, c);
    const orders = owns(merchant, locationId) ? ordersClosed(simulation, locationId, startMs, endMs) : [];
    const payments = orders.flatMap((order) => (order.tenders ?? []).map((tender) => paymentOf(simulation, order, tender)));
    return listed(c, "payments", payments);
  });
  return app;
}

function paymentOf(simulation: Simulation, order: Order, tender: Tender): Listed {
  const tip = tender.tip_money?.amount ?? 0;
  const { amount, currency } = tender.amount_money;
  const hasFee = tender.processing_fee_money !== undefined && Date.parse(tender.created_at) + 10 * SECOND <= simulation.clock();
  const isFailed = tender.card_details?.status === "FAILED";
  return {
    at: tender.created_at, id: tender.id,
    item: {
      id: tender.id, created_at: tender.created_at, updated_at: tender.created_at, amount_money: { amount: amount - tip, currency },
      tip_money: { amount: tip, currency }, total_money: tender.amount_money, status: isFailed ? "FAILED" : "COMPLETED",
      source_type: tender.type === "SQUARE_GIFT_CARD" ? "CARD" : tender.type, location_id: order.location_id, order_id: order.id,
      ...(hasFee
        ? { processing_fee: [{ effective_at: tender.created_at, type: "INITIAL", amount_money: tender.processing_fee_money }] }
        : {}),
    },
  };
}

/** Default range: one year back to now. */
export function rangeOf(simulation: Simulation, c: Context): readonly [number, number] {
  const now = simulation.clock();
  const begin = Date.parse(c.req.query("begin_time") ?? "");
  const end = Date.parse(c.req.query("end_time") ?? "");
  return [Number.isNaN(begin) ? now - 365 * DAY : begin, Number.isNaN(end) ? now : end];
}

/** A row of a list: `at` and `id` give it its place. */
export type Listed = { readonly at: string; readonly id: string; readonly item: unknown };

/** How a list is paged where it is not asked to be paged otherwise, and the most that it gives at a time. */
export type Paging = { readonly usual: number; readonly most: number; readonly order: "ASC" | "DESC" };

const NEWEST_FIRST: Paging = { usual: 100, most: 100, order: "DESC" };

/** A page; a limit above the most is lowered without a word. */
export function listed(c: Context, name: string, rows: readonly Listed[], paging: Paging = NEWEST_FIRST): Response {
  const { cursor, limit, ...query } = c.req.query();
  const bound = fingerprint(JSON.stringify(query)).toString(36);
  const offset = offsetOf(cursor, bound);
  if (offset === null) return invalid("INVALID_CURSOR", "The cursor does not belong to this query.", "cursor");
  const size = Math.min(Math.max(Number(limit ?? paging.usual) || paging.usual, 1), paging.most);
  const sign = (query.sort_order ?? paging.order) === "ASC" ? 1 : -1;
  const sorted = rows.toSorted((a, b) => sign * (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
  const page = sorted.slice(offset, offset + size).map((row) => row.item);
  const next = offset + size < sorted.length ? { cursor: cursorOf(bound, offset + size) } : {};
  return json(page.length === 0 ? next : { [name]: page, ...next });
}

/** `/v2/catalog/batch-retrieve`: unknown and, unless asked for, deleted objects are missing without a word. */
export function catalogueRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.post("/batch-retrieve", async (c) => {
    const merchant = merchantOf(simulation, c, "ITEMS_READ");
    if (merchant instanceof Response) return merchant;
    const body = await bodyOf(c, [
      "object_ids", "include_related_objects", "catalog_version", "include_deleted_objects", "include_category_path_to_root",
    ]);
    if (body instanceof Response) return body;
    const ids = body.object_ids;
    if (!Array.isArray(ids) || ids.length === 0) {
      return invalid("MISSING_REQUIRED_PARAMETER", "Missing required parameter.", "object_ids");
    }
    if (ids.length > 1_000) return invalid("ARRAY_LENGTH_TOO_LONG", "Array must have at most 1000 ids.", "object_ids");
    const known = objectsOf(simulation, merchant, body.include_deleted_objects === true);
    const objects = [...new Set(ids.map(String))].flatMap((id) => known.get(id) ?? []);
    const related = body.include_related_objects === true ? relatedTo(objects, known) : [];
    return json({ ...(objects.length > 0 ? { objects } : {}), ...(related.length > 0 ? { related_objects: related } : {}) });
  });
  return app;
}

function objectsOf(simulation: Simulation, merchant: SimulatedMerchant, withDeleted: boolean): ReadonlyMap<string, CatalogObject> {
  const known = new Map(merchant.objects.map((object) => [object.id, object]));
  for (const [id, object] of Object.entries(simulation.state.objects)) {
    if (object === null) known.delete(id);
    else if (known.has(id)) known.set(id, object);
  }
  for (const [id, object] of known) if (object.is_deleted && !withDeleted) known.delete(id);
  return known;
}

/** One level deep: the item of a variation, the categories of an item, but not the categories of a variation's item. */
function relatedTo(objects: readonly CatalogObject[], known: ReadonlyMap<string, CatalogObject>): readonly CatalogObject[] {
  const asked = new Set(objects.map((object) => object.id));
  const ids = objects.flatMap((object) => [
    object.item_variation_data?.item_id ?? "", object.item_data?.category_id ?? "", object.item_data?.reporting_category?.id ?? "",
    ...(object.item_data?.categories ?? []).map((category) => category.id),
  ]);
  return [...new Set(ids)].filter((id) => !asked.has(id)).flatMap((id) => known.get(id) ?? []);
}
