/** What stands on the queue of a use: which link, when, and, sealed, from where. Nothing of the document itself. */
import { z } from "zod";
import type { DocumentId, PersonId, ShareId, ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "../connections/contract";
import { USES } from "./contract";

/** What a link was for when it was used. */
export const PURPOSES = ["view", "share", "certificate"] as const;

const used = z.strictObject({
  shopId: id.transform((text) => text as ShopId),
  shard: z.int().min(0).max(9_999),
  /** The same however often this is delivered, and for all requests of one reading. */
  use: z.string().regex(/^[A-Za-z0-9_-]{26,43}$/),
  documentId: id.transform((text) => text as DocumentId),
  share: id.transform((text) => text as ShareId).nullable(),
  /** Of the team, whose own link it was. */
  person: id.transform((text) => text as PersonId).nullable(),
  purpose: z.enum(PURPOSES),
  act: z.enum(USES),
  at: z.int().min(0),
  /** Place, address and device, sealed with the master key: a queue's bodies can be read in a dashboard. */
  origin: z.string().max(4_000).regex(/^v1\.[a-z0-9]{1,32}\.[A-Za-z0-9_-]+$/),
});
export type Used = z.output<typeof used>;
export const usedMessage = defineMessage<Used>("document-used", used);
