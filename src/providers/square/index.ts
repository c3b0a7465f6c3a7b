/** Square as a till: who the merchant is, and what one location sold on one business day. */
import { isZone } from "../../kernel/day";
import { toReadable } from "../../kernel/money";
import { failed, ok, type Result } from "../../kernel/result";
import { createSalesDayFold } from "../../ledger/sales-day";
import type { Access, DayReading, Till, TillLocation } from "../contract";
import { get, unreadable } from "./client";
import { bookDrawers, type Drawers } from "./drawer";
import { OrderFold } from "./fold";
import { bookGiftsOfCards } from "./gift-cards";
import { manifest } from "./manifest";
import { oauth } from "./oauth";
import { countOpenOrders, type OpenOrders } from "./open-checks";
import { readOrders } from "./orders";
import { readPayouts } from "./payouts";
import { bookRefunds, listRefunds } from "./refunds";
import { isWire, textOf, WireReader, type Wire } from "./wire";

/** Offline payments are uploaded up to 72 hours later; tips settle within 36 (squareup.com/help, articles 8551 and 8139). */
const SETTLES_AFTER_HOURS = 72;

/**
 * A page of orders, the refunds, the orders behind them, the items and their categories, the checks that are open, the
 * drawers and what happened at one of them, and the gift cards given away.
 */
const CALLS_TO_READ_DAY = 9;

export const square: Till = { manifest, oauth, settlesAfterHours: SETTLES_AFTER_HOURS, callsToReadDay: CALLS_TO_READ_DAY, describe, readDay, readPayouts };

async function describe(access: Access): Promise<Result<{ readonly name: string; readonly locations: readonly TillLocation[] }>> {
  const [merchant, listed] = await Promise.all([get(access, "/v2/merchants/me"), get(access, "/v2/locations")]);
  if (!merchant.ok) return merchant;
  if (!listed.ok) return listed;
  const locations = Array.isArray(listed.value.locations) ? listed.value.locations.map(locationOf) : [];
  const complete = locations.filter((location) => location !== null);
  // A location left out in silence would be a shop whose sales are never booked.
  if (complete.length < locations.length) return failed(unreadable("a location without an id, a known time zone or a currency"));
  const name = isWire(merchant.value.merchant) ? textOf(merchant.value.merchant.business_name) : "";
  return ok({ name: name || complete[0]?.name || access.externalAccount, locations: complete });
}

function locationOf(location: unknown): TillLocation | null {
  if (!isWire(location)) return null;
  const { id, timezone, currency }: Wire = location;
  if (textOf(id) === "" || textOf(currency) === "" || !isZone(textOf(timezone))) return null;
  return {
    id: textOf(id), name: textOf(location.name) || textOf(id), zone: textOf(timezone), currency: textOf(currency),
    isActive: location.status === "ACTIVE",
    cutOffMinutes: null,
  };
}

async function readDay(access: Access, request: Parameters<Till["readDay"]>[1]): Promise<Result<DayReading>> {
  const reader = new WireReader(request.currency);
  const day = createSalesDayFold(request.currency);
  const fold = new OrderFold(request.locationId, reader, day);
  const [pages, refunds, drawers, gifts] = await Promise.all([
    readOrders(access, request, fold, reader), listRefunds(access, request, reader),
    bookDrawers(access, request, day, reader), bookGiftsOfCards(access, request, day, reader),
  ]);
  if (!pages.ok) return pages;
  if (!refunds.ok) return refunds;
  if (!drawers.ok) return drawers;
  if (!gifts.ok) return gifts;
  const withoutGoods = await bookRefunds(access, refunds.value, fold.returns, day, reader);
  if (!withoutGoods.ok) return withoutGoods;
  const settled = await fold.goods.settle(access);
  if (!settled.ok) return settled;
  const open = await countOpenOrders(access, request, reader);
  if (!open.ok) return open;
  const warnings = [
    ...warningsOfOpen(open.value, request.currency), ...warningsOf(withoutGoods.value, fold),
    ...warningsOfCash(drawers.value, gifts.value, request.currency),
  ];
  return ok({ day: day.finish(), orderCount: fold.seen.size, pageCount: pages.value, openChecks: open.value.due, warnings });
}

function warningsOfOpen({ due, paid }: OpenOrders, currency: string): readonly string[] {
  const amount = `(${toReadable(paid.minor, currency)} ${currency})`;
  return [
    due.count === 0 ? "" : `${due.count} ${due.count === 1 ? "check is" : "checks are"} still open and not included`,
    paid.count === 1 ? `1 order is paid and not completed at Square ${amount}; it counts once it is` : "",
    paid.count > 1 ? `${paid.count} orders are paid and not completed at Square ${amount}; they count once they are` : "",
  ].filter((warning) => warning !== "");
}

function warningsOf(withoutGoods: number, fold: OrderFold): readonly string[] {
  return [
    counted(withoutGoods, "refund names no goods and is", "refunds name no goods and are", "under \"Refunds without goods\""),
    counted(
      fold.goods.unknown, "item is no longer in Square's catalogue and is", "items are no longer in Square's catalogue and are",
      "under \"Uncategorized\"",
    ),
    counted(
      fold.unknownTenders, "payment is of a kind that Daybook does not know and is",
      "payments are of a kind that Daybook does not know and are", "under \"Other\"",
    ),
  ].filter((warning) => warning !== "");
}

/** A grant from before Daybook asked for these still reads everything else; what is left out is said on every day. */
function warningsOfCash({ isShown, paidInMinor }: Drawers, showsGifts: boolean, currency: string): readonly string[] {
  const hidden = [isShown ? "" : "the cash drawers", showsGifts ? "" : "the gift cards that were given away"].filter((what) => what !== "");
  return [
    hidden.length === 0 ? "" : `Square does not show Daybook ${hidden.join(" and ")}, so they are not included; connect Square again to include them`,
    paidInMinor === 0 ? "" : `${toReadable(paidInMinor, currency)} ${currency} was put into the cash drawer; it belongs to the float and is not booked`,
  ].filter((warning) => warning !== "");
}

function counted(count: number, one: string, many: string, where: string): string {
  if (count === 0) return "";
  return `${count} ${count === 1 ? one : many} ${where}`;
}
