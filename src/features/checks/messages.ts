/** What stands on the queue of evening checks: whose accounts. Never what was found. */
import { z } from "zod";
import type { ConnectionId, ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "../connections/contract";

const owner = {
  shopId: id.transform((text) => text as ShopId),
  /** Where the shop's rows are, as the directory said when this was sent. */
  shard: z.int().min(0).max(9_999),
};

const checkShop = z.strictObject(owner);
export type CheckShop = z.output<typeof checkShop>;
export const checkShopMessage = defineMessage<CheckShop>("check-shop", checkShop);

/** One connection, on its provider's own queue. */
const checkConnection = z.strictObject({ ...owner, connectionId: id.transform((text) => text as ConnectionId) });
export type CheckConnection = z.output<typeof checkConnection>;
export const checkConnectionMessage = defineMessage<CheckConnection>("check-connection", checkConnection);
