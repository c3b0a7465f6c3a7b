/** What stands on the queue of a list: which one, and for which of its steps. */
import { z } from "zod";
import type { BroadcastId, ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "../connections/contract";

const stepList = z.strictObject({
  shopId: id.transform((text) => text as ShopId),
  shard: z.int().min(0).max(9_999),
  broadcastId: id.transform((text) => text as BroadcastId),
  /** When the step is due that this was sent for: once it was taken, a second message of it does nothing. */
  dueAt: z.int().min(0),
});
export type StepList = z.output<typeof stepList>;
export const stepListMessage = defineMessage<StepList>("step-broadcast", stepList);
