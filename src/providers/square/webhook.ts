/**
 * What Square sends by itself. The signature covers the registered address and the body (SDK `WebhooksHelper`); sales of
 * the point of sale are seen as payments and refunds, for `order.*` tells of orders made through the API only.
 */
import { z } from "zod";
import type { HookReader, WebhookHint } from "../contract";
import { bytesOf, isSigned, jsonOf } from "../signature";

const SIGNATURE = "x-square-hmacsha256-signature";

/** A payment, a refund or what happened to a gift card: where it was, and when it was made. */
const happened = z.object({ location_id: z.string().max(64), created_at: z.iso.datetime({ offset: true }) });

const event = z.object({
  merchant_id: z.string().min(1).max(64),
  type: z.string().max(100),
  event_id: z.string().max(100).nullish(),
  data: z.object({
    object: z.object({
      payment: happened.nullish(),
      refund: happened.nullish(),
      order_updated: happened.nullish(),
      gift_card_activity: happened.nullish(),
      revocation: z.object({ revoked_at: z.iso.datetime({ offset: true }).nullish() }).nullish(),
    }).nullish(),
  }).nullish(),
});
type Event = z.infer<typeof event>;

/**
 * A hint of each payment, refund and order that was made or changed, of what happened to a gift card, and of a grant that
 * its merchant ended. Of cash drawers Square publishes no event: the trailing window finds a count that comes late.
 */
export const readSquareHook: HookReader = async ({ headers, body, url }, key) => {
  if (!(await isSigned([bytesOf(url), body], headers.get(SIGNATURE), key))) return null;
  const parsed = event.safeParse(jsonOf(body));
  return parsed.success ? hintsOf(parsed.data) : [];
};

function hintsOf({ merchant_id: account, type, event_id: eventId = null, data }: Event): WebhookHint[] {
  const { payment, refund, order_updated: order, gift_card_activity: card, revocation } = data?.object ?? {};
  if (type === "oauth.authorization.revoked") {
    return [{ account, kind: "grant_ended", place: null, at: instantOf(revocation?.revoked_at), objectId: null, eventId }];
  }
  const changed = [payment, refund, order, card].find((one) => one !== undefined && one !== null);
  if (changed === undefined || changed === null || !/^(?:payment|refund|order|gift_card\.activity)\./.test(type)) return [];
  return [{ account, kind: "till_changed", place: changed.location_id, at: instantOf(changed.created_at), objectId: null, eventId }];
}

function instantOf(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text);
}
