/** What stands on the queue: whose objects are swept. Never a key, never a name. */
import { z } from "zod";
import type { ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "../connections/contract";

const sweepObjects = z.strictObject({
  shopId: id.transform((text) => text as ShopId),
  /** Where the shop's rows are. */
  shard: z.int().min(0).max(9_999),
});
export type SweepObjects = z.output<typeof sweepObjects>;
export const sweepObjectsMessage = defineMessage<SweepObjects>("sweep-objects", sweepObjects);
