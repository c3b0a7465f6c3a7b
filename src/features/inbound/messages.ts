/** What stands on the queue of what Twilio told: whose it is and which message. Numbers and words are sealed; a queue's bodies can be read in a dashboard. */
import { z } from "zod";
import type { ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "../connections/contract";

const owner = { shopId: id.transform((text) => text as ShopId), shard: z.int().min(0).max(9_999) };
const sid = z.string().regex(/^[A-Z]{2}[0-9a-f]{32}$/i);

const textArrived = z.strictObject({
  ...owner,
  sid,
  /** When it arrived here: epoch milliseconds. */
  at: z.int().min(0),
  /** The text itself, sealed with the master key. */
  sealed: z.string().max(100_000).regex(/^v1\.[a-z0-9]{1,32}\.[A-Za-z0-9_-]+$/),
});
export type TextArrived = z.output<typeof textArrived>;
export const textArrivedMessage = defineMessage<TextArrived>("text-arrived", textArrived);

const STATES = ["queued", "accepted", "scheduled", "sending", "sent", "delivered", "undelivered", "failed", "canceled", "read", "partially_delivered", "receiving", "received"] as const;

const textTold = z.strictObject({ ...owner, sid, state: z.enum(STATES), errorCode: z.string().regex(/^\d{1,6}$/).nullable(), at: z.int().min(0) });
export type TextTold = z.output<typeof textTold>;
export const textToldMessage = defineMessage<TextTold>("text-told", textTold);
