/** What stands on the queue: whose payouts are read, and which one is settled. Never an amount, never a payment. */
import { z } from "zod";
import type { LocationId, PayoutId, ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "../connections/contract";

const owner = {
  shopId: id.transform((text) => text as ShopId),
  /** Where the shop's rows are, as the directory said when this was sent. */
  shard: z.int().min(0).max(9_999),
  /** How often it was put off because the provider's pace left no room; such a delay is no failed attempt. */
  postponed: z.int().min(0).max(1_000),
};

const readPayouts = z.strictObject({
  ...owner,
  locationId: id.transform((text) => text as LocationId),
  /** How many days back payouts are looked at again. */
  days: z.int().min(1).max(400),
});
export type ReadPayouts = z.output<typeof readPayouts>;
export const readPayoutsMessage = defineMessage<ReadPayouts>("read-payouts", readPayouts);

const settlePayout = z.strictObject({
  ...owner,
  payoutId: id.transform((text) => text as PayoutId),
  /** `as_set`: as the shop's posting rule says. `yes`: a person who may post has asked, by approval or by trying again. */
  post: z.enum(["as_set", "yes"]),
  /** `person:<id>` or `daybook`. */
  by: z.string().max(60).regex(/^(?:daybook|person:[a-z2-7]{26})$/),
});
export type SettlePayout = z.output<typeof settlePayout>;
export const settlePayoutMessage = defineMessage<SettlePayout>("settle-payout", settlePayout);
