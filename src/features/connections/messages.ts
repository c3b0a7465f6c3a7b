/** What stands on the queue about connections: of which shop, and nothing of the account behind it. */
import { z } from "zod";
import type { ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "./contract";

const connectionBack = z.strictObject({
  shopId: id.transform((text) => text as ShopId),
  /** Where the shop's rows are. */
  shard: z.int().min(0).max(9_999),
});

/** A till or books of the shop are connected, for the first time or again: what waited for them can go on. */
export const connectionBackMessage = defineMessage<z.output<typeof connectionBack>>("connection-back", connectionBack);
