/**
 * Gift card value that the shop gave away. What is sold on a card stands on an order, and so does what is paid with it;
 * only an increase that no order paid for (`ADJUST_INCREMENT`) is told by the card's activities alone.
 */
import type { Window } from "../../kernel/day";
import { ok, type Result } from "../../kernel/result";
import type { SalesDayFold } from "../../ledger/sales-day";
import type { Access } from "../contract";
import { isForbidden } from "./errors";
import { eachPage } from "./pages";
import { isWire, textOf, type WireReader } from "./wire";

/** The most that Square lists in one answer. */
const PAGE_SIZE = 100;

/**
 * Square's reasons (GiftCardActivityAdjustIncrementReason) for which a card grows at the shop's cost: as a present, or to
 * make up for something. TRANSACTION_VOIDED is none: the payment that it undoes is on no order's tenders either.
 */
const GIVEN: ReadonlySet<unknown> = new Set(["COMPLIMENTARY", "SUPPORT_ISSUE"]);

type Request = { readonly locationId: string; readonly window: Window };

/** Books the value given away within the window. Answers whether it is shown at all: an older grant does not show it. */
export async function bookGiftsOfCards(access: Access, { locationId, window }: Request, day: SalesDayFold, reader: WireReader): Promise<Result<boolean>> {
  const query = {
    location_id: locationId, type: "ADJUST_INCREMENT", begin_time: new Date(window.start).toISOString(),
    end_time: new Date(window.end - 1).toISOString(), sort_order: "ASC", limit: String(PAGE_SIZE),
  };
  const given = new Map<string, number>();
  const paged = await eachPage(access, { path: "/v2/gift-cards/activities", query, name: "gift card activities" }, (answer) => {
    for (const activity of reader.list(answer.gift_card_activities, "gift_card_activities")) {
      const details = activity.adjust_increment_activity_details;
      if (activity.type !== "ADJUST_INCREMENT" || activity.location_id !== locationId || !isWire(details)) continue;
      const id = textOf(activity.id);
      const at = Date.parse(textOf(activity.created_at));
      if (Number.isNaN(at) || id === "") reader.refuse("what happened to a gift card has no id or no time");
      if (at >= window.start && at < window.end && GIVEN.has(details.reason)) given.set(id, reader.minor(details.amount_money));
    }
    return reader.problem;
  });
  if (!paged.ok) return isForbidden(paged.failure) ? ok(false) : paged;
  for (const minor of given.values()) day.giftCard.promotional(minor);
  return ok(true);
}
