/** `/v2/gift-cards/activities` of all locations unless one is named: cards sold and redeemed on orders, and those that grew for nothing. */
import { Hono } from "hono";
import { invalid, merchantOf, mistimedIn, strangerIn } from "./simulator-answer";
import { listed, rangeOf, type Paging } from "./simulator-lists";
import { ordersClosed } from "./simulator-sales";
import { isWithin } from "./simulator-source";
import type { GiftCardIncrease, SimulatedLocation, Simulation } from "./simulator-state";
import { money, type GiftCardActivity, type Order } from "./simulator-wire";

const PAGING: Paging = { usual: 50, most: 100, order: "DESC" };

const PARAMETERS = ["gift_card_id", "type", "location_id", "begin_time", "end_time", "limit", "cursor", "sort_order"];

const TYPES: ReadonlySet<string> = new Set([
  "ACTIVATE", "LOAD", "REDEEM", "CLEAR_BALANCE", "DEACTIVATE", "ADJUST_INCREMENT", "ADJUST_DECREMENT", "REFUND", "UNLINKED_ACTIVITY_REFUND",
  "IMPORT", "BLOCK", "UNBLOCK", "IMPORT_REVERSAL", "TRANSFER_BALANCE_FROM", "TRANSFER_BALANCE_TO",
]);

/** The list; creating an activity is no call of Daybook's and is not simulated. */
export function giftCardRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.get("/activities", (c) => {
    const merchant = merchantOf(simulation, c, "GIFTCARDS_READ");
    if (merchant instanceof Response) return merchant;
    const wrong = strangerIn(c, PARAMETERS) ?? mistimedIn(c, ["begin_time", "end_time"]);
    if (wrong !== null) return wrong;
    const { type, location_id: locationId, gift_card_id: cardId } = c.req.query();
    if (type !== undefined && !TYPES.has(type)) return invalid("INVALID_ENUM_VALUE", "No such gift card activity type.", "type");
    const [startMs, endMs] = rangeOf(simulation, c);
    const locations = merchant.locations.filter(({ id }) => locationId === undefined || id === locationId);
    // What grew without a sale stands on no order: a busy day's need not be gone through for it.
    const sold = type === "ADJUST_INCREMENT" ? [] : locations.flatMap(({ id }) => activitiesOnOrders(simulation, id, startMs, endMs));
    const grown = locations.flatMap((location) => increasesAt(simulation, location));
    const wanted = [...sold, ...grown].filter((one) => (
      isWithin(one.created_at, startMs, endMs) && (type === undefined || one.type === type) && (cardId === undefined || one.gift_card_id === cardId)
    ));
    return listed(c, "gift_card_activities", wanted.map((item) => ({ at: item.created_at, id: item.id, item })), PAGING);
  });
  return app;
}

/** Both ends are included. */
function activitiesOnOrders(simulation: Simulation, locationId: string, startMs: number, endMs: number): GiftCardActivity[] {
  return ordersClosed(simulation, locationId, startMs, endMs).filter(({ state }) => state === "COMPLETED").flatMap(activitiesOf);
}

function increasesAt(simulation: Simulation, { id, currency }: SimulatedLocation): GiftCardActivity[] {
  return Object.values(simulation.state.giftCardIncreases).filter(({ locationId }) => locationId === id).map((increase) => activityOf(increase, currency));
}

function activityOf({ id, locationId, at, minor, gan, reason }: GiftCardIncrease, currency: string): GiftCardActivity {
  return {
    id, type: "ADJUST_INCREMENT", location_id: locationId, created_at: new Date(at).toISOString(), gift_card_id: `gftc:${gan}`, gift_card_gan: gan,
    gift_card_balance_money: money(minor, currency), adjust_increment_activity_details: { amount_money: money(minor, currency), reason },
  };
}

/** A card sold is activated, whatever was paid for it; a tender by card redeems one. */
function activitiesOf(order: Order): GiftCardActivity[] {
  const head = { location_id: order.location_id, created_at: order.closed_at ?? order.created_at };
  const sold = (order.line_items ?? []).filter(({ item_type }) => item_type === "GIFT_CARD").map(({ uid, gross_sales_money }): GiftCardActivity => ({
    ...head, ...cardOf(`${order.id}-${uid}`), type: "ACTIVATE", gift_card_balance_money: gross_sales_money,
    activate_activity_details: { amount_money: gross_sales_money, order_id: order.id, line_item_uid: uid },
  }));
  const redeemed = (order.tenders ?? []).filter(({ type }) => type === "SQUARE_GIFT_CARD").map(({ id, amount_money }): GiftCardActivity => ({
    ...head, ...cardOf(id), type: "REDEEM", gift_card_balance_money: money(0, amount_money.currency), redeem_activity_details: { amount_money },
  }));
  return [...sold, ...redeemed];
}

function cardOf(of: string): Pick<GiftCardActivity, "id" | "gift_card_id" | "gift_card_gan"> {
  return { id: `gcact_${of}`, gift_card_id: `gftc:${of}`, gift_card_gan: `gan-${of}` };
}
