/** What stands on the queues of messages: which one, and nothing of what it says or whom it is for. */
import { z } from "zod";
import type { ContactId, MessageId, ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "../connections/contract";

const owner = {
  shopId: id.transform((text) => text as ShopId),
  shard: z.int().min(0).max(9_999),
};

const sendOne = z.strictObject({
  ...owner,
  contactId: id.transform((text) => text as ContactId),
  at: z.int().min(0),
  messageId: id.transform((text) => text as MessageId),
});
export type SendOne = z.output<typeof sendOne>;
/** A message whose turn has come, or that is to be looked up. */
export const sendOneMessage = defineMessage<SendOne>("send-message", sendOne);

const lookAfter = z.strictObject(owner);
export type LookAfter = z.output<typeof lookAfter>;
/** A shop with messages that are due and may be on no queue any more. */
export const lookAfterMessage = defineMessage<LookAfter>("look-after-messages", lookAfter);
/** A shop whose team is to be told of what came in. */
export const tellTeamMessage = defineMessage<LookAfter>("tell-team-of-messages", lookAfter);
