/** What stands on the queue: which shop's files of contacts are let go of. Nothing of what is in them. */
import { z } from "zod";
import type { ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "../connections/contract";

const dropImports = z.strictObject({
  shopId: id.transform((text) => text as ShopId),
  /** Where the shop's rows are. */
  shard: z.int().min(0).max(9_999),
});
export type DropImports = z.output<typeof dropImports>;
export const dropImportsMessage = defineMessage<DropImports>("drop-contact-imports", dropImports);
