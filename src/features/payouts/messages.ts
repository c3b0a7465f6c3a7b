/** What stands on the queue: which payout is settled. Never an amount, never a payment. */
import { z } from "zod";
import type { PayoutId, ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "../connections/contract";

const settlePayout = z.strictObject({
  shopId: id.transform((text) => text as ShopId),
  /** Where the shop's rows are, as the directory said when this was sent. */
  shard: z.int().min(0).max(9_999),
  /** How often it was put off because the provider's pace left no room; such a delay is no failed attempt. */
  postponed: z.int().min(0).max(1_000),
  payoutId: id.transform((text) => text as PayoutId),
  /** `as_set`: as the shop's posting rule says. `yes`: a person who may post has asked, by approval or by trying again. */
  post: z.enum(["as_set", "yes"]),
  /** Whether the books said that something changed there: what stands in them is compared, and nothing else is done. */
  looks: z.literal(true).exactOptional(),
  /** `person:<id>` or `daybook`. */
  by: z.string().max(60).regex(/^(?:daybook|person:[a-z2-7]{26})$/),
});
export type SettlePayout = z.output<typeof settlePayout>;
export const settlePayoutMessage = defineMessage<SettlePayout>("settle-payout", settlePayout);
