/** What stands on the queue about consent: whose register is looked after, and stops on their way to other shops, sealed. */
import { z } from "zod";
import type { ConsentId, ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import type { Subject } from "../../platform/register";
import { id } from "../connections/contract";

const owner = {
  shopId: id.transform((text) => text as ShopId),
  /** Where the shop's rows are, as the directory said when this was sent. */
  shard: z.int().min(0).max(9_999),
};

/** A shop whose database is held against its register; `after`: where sharing its stops goes on, null where it begins. */
const tend = z.strictObject({ ...owner, after: z.string().regex(/^[te][A-Za-z0-9_-]{43}$/).transform((text) => text as Subject).nullable() });
export type Tend = z.output<typeof tend>;
export const tendMessage = defineMessage<Tend>("tend-consent", tend);

/** A stop on its way to another shop of the organisation. */
const shared = z.strictObject({
  ...owner,
  /** The line that it is from, in the books of the shop where it was said. */
  line: id.transform((text) => text as ConsentId),
  saidAt: z.int().min(0),
  /** Addresses, sealed with the master key: a queue's bodies can be read in a dashboard. */
  addresses: z.string().max(8_000).regex(/^v1\.[a-z0-9]{1,32}\.[A-Za-z0-9_-]+$/),
});
export type Shared = z.output<typeof shared>;
export const sharedMessage = defineMessage<Shared>("opt-out-shared", shared);
