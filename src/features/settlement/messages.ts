/** What stands on the queue: whose payouts are read. Never an amount, never a payment. */
import { z } from "zod";
import type { LocationId, ShopId } from "../../kernel/ids";
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
