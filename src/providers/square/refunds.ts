/**
 * The money side of what came back. Goods come back as new orders; the refunds that pay for them are listed apart.
 * A refund belongs to the day of its return, even when one of the two was recorded a moment across the cut-off; a
 * refund whose order returned nothing names no goods and is booked as such on the day it was made.
 */
import type { Window } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import type { SalesDayFold } from "../../ledger/sales-day";
import type { Access } from "../contract";
import { get, post, unreadable } from "./client";
import { UNALLOCATED } from "./names";
import { linksOf, paysFor, type ReturnLinks } from "./return-links";
import { OTHER_TENDER, TENDERS, type TenderName } from "./tenders";
import { isWire, textOf, type Wire, type WireReader } from "./wire";

/** Largest page of ListPaymentRefunds; Square lowers a larger one without a word. */
const PAGE_SIZE = 100;
/** Largest number of ids in BatchRetrieveOrders. */
const ORDERS_AT_ONCE = 100;
/** Bounds of loops: no day comes near them. */
const MOST_PAGES = 1_000;
const MOST_LATE_REFUNDS = 500;

type Request = { readonly locationId: string; readonly window: Window };

/** What is needed of a refund until it is booked; never leaves this reading. */
export type RefundFacts = {
  readonly id: string; readonly orderId: string; readonly paymentId: string; readonly minor: number;
  /** PENDING money is on its way and counts; FAILED and REJECTED never left. */
  readonly counts: boolean;
  /** Square's `destination_type`, empty on old refunds, with gift cards told from cards where Square says so. */
  readonly destination: string;
};

/** Refunds made within the window at the location, whatever became of them. */
export async function listRefunds(access: Access, request: Request, reader: WireReader): Promise<Result<readonly RefundFacts[]>> {
  const refunds = new Map<string, RefundFacts>();
  let cursor = "";
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer = await get(access, "/v2/refunds", {
      location_id: request.locationId, begin_time: new Date(request.window.start).toISOString(),
      end_time: new Date(request.window.end).toISOString(), sort_order: "ASC", limit: String(PAGE_SIZE),
      ...(cursor === "" ? {} : { cursor }),
    });
    if (!answer.ok) return answer;
    for (const refund of reader.list(answer.value.refunds, "refunds")) {
      // Square does not say whether the ends are included, so the window is applied here.
      const createdAt = Date.parse(textOf(refund.created_at));
      if (createdAt >= request.window.start && createdAt < request.window.end) refunds.set(textOf(refund.id), factsOf(refund, reader));
    }
    cursor = textOf(answer.value.cursor);
    if (cursor === "") return reader.problem === null ? ok([...refunds.values()]) : failed(reader.problem);
  }
  return failed(unreadable("the pages of refunds do not end"));
}

function factsOf(refund: Wire, reader: WireReader): RefundFacts {
  return {
    id: textOf(refund.id), orderId: textOf(refund.order_id), paymentId: textOf(refund.payment_id),
    minor: reader.minor(refund.amount_money),
    counts: refund.status === "PENDING" || refund.status === "COMPLETED",
    destination: cardBrandOf(refund) === "SQUARE_GIFT_CARD" ? "SQUARE_GIFT_CARD" : textOf(refund.destination_type),
  };
}

function cardBrandOf(refund: Wire): unknown {
  const details = refund.destination_details;
  const card = isWire(details) && isWire(details.card_details) ? details.card_details.card : undefined;
  return isWire(card) ? card.card_brand : undefined;
}

/** Books the refunds of a day whose orders are folded. Answers how many of them named no goods. */
export async function bookRefunds(
  access: Access, listed: readonly RefundFacts[], returns: ReadonlyMap<string, ReturnLinks>, day: SalesDayFold, reader: WireReader,
): Promise<Result<number>> {
  const late = await refundsElsewhere(access, listed, returns, reader);
  if (!late.ok) return late;
  const counted = [...listed, ...late.value].filter((refund) => refund.counts);
  const sources = await readSources(access, idsBehind(counted, returns), reader);
  if (!sources.ok) return sources;
  let withoutGoods = 0;
  for (const refund of counted) {
    const links = returns.get(refund.orderId);
    const paysForToday = links !== undefined && paysFor(links, refund.id);
    const elsewhere = links === undefined ? sources.value.returns.get(refund.orderId) : undefined;
    // Its goods came back on another day or at another place: that day books both.
    if (elsewhere !== undefined && paysFor(elsewhere, refund.id)) continue;
    const { kind, label } = tenderOf(refund, sources.value.tenders);
    day.tender(kind, "", label).out(refund.minor);
    if (paysForToday) continue;
    day.category(UNALLOCATED.id, UNALLOCATED.label).returned(refund.minor);
    withoutGoods += 1;
  }
  return ok(withoutGoods);
}

/** Refunds that today's returns name but that were made across the cut-off or at another location. */
async function refundsElsewhere(
  access: Access, listed: readonly RefundFacts[], returns: ReadonlyMap<string, ReturnLinks>, reader: WireReader,
): Promise<Result<readonly RefundFacts[]>> {
  const known = new Set(listed.map((refund) => refund.id));
  const missing = [...returns].flatMap(([orderId, { refundIds }]) =>
    [...(refundIds ?? [])].filter((id) => !known.has(id)).map((id) => ({ id, orderId })));
  if (missing.length > MOST_LATE_REFUNDS) return failed(unreadable("too many returns name refunds that are not listed"));
  const late: RefundFacts[] = [];
  for (const { id, orderId } of missing) {
    const answer = await get(access, `/v2/refunds/${encodeURIComponent(id)}`);
    if (!answer.ok) return answer;
    if (!isWire(answer.value.refund)) return failed(unreadable("a refund is missing from its answer"));
    late.push({ ...factsOf(answer.value.refund, reader), orderId });
  }
  return reader.problem === null ? ok(late) : failed(reader.problem);
}

/** Sales whose tenders must be looked at, and orders that may turn out to be returns of another day. */
function idsBehind(refunds: readonly RefundFacts[], returns: ReadonlyMap<string, ReturnLinks>): readonly string[] {
  const ids = new Set<string>();
  for (const refund of refunds) {
    const links = returns.get(refund.orderId);
    if (links === undefined) ids.add(refund.orderId);
    else if (goesBackAsItCame(refund)) for (const id of [refund.orderId, ...links.saleIds]) ids.add(id);
  }
  ids.delete("");
  return [...ids];
}

/** To a card or an outside tender: only the original payment tells a gift card from a card. */
function goesBackAsItCame(refund: RefundFacts): boolean {
  return refund.paymentId !== "" && (refund.destination === "CARD" || refund.destination === "EXTERNAL" || refund.destination === "");
}

type Sources = { readonly returns: ReadonlyMap<string, ReturnLinks>; readonly tenders: ReadonlyMap<string, TenderName> };

async function readSources(access: Access, ids: readonly string[], reader: WireReader): Promise<Result<Sources>> {
  const returns = new Map<string, ReturnLinks>();
  const tenders = new Map<string, TenderName>();
  for (let start = 0; start < ids.length; start += ORDERS_AT_ONCE) {
    const answer = await post(access, "/v2/orders/batch-retrieve", { order_ids: ids.slice(start, start + ORDERS_AT_ONCE) });
    if (!answer.ok) return answer;
    for (const order of reader.list(answer.value.orders, "orders")) {
      const returned = reader.list(order.returns, "returns");
      if (returned.length > 0) returns.set(textOf(order.id), linksOf(order, returned, reader));
      for (const tender of reader.list(order.tenders, "tenders")) {
        tenders.set(textOf(tender.id), TENDERS.get(tender.type) ?? OTHER_TENDER);
      }
    }
  }
  return reader.problem === null ? ok({ returns, tenders }) : failed(reader.problem);
}

/** The refund's own destination where it says enough, else the tender that was refunded. */
function tenderOf(refund: RefundFacts, tenders: ReadonlyMap<string, TenderName>): TenderName {
  const original = goesBackAsItCame(refund) ? tenders.get(refund.paymentId) : undefined;
  return original ?? TENDERS.get(refund.destination) ?? OTHER_TENDER; // EXTERNAL is no tender type: it is some other
}
