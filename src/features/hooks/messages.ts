/** What stands on the queue of what a provider told: where to look. No payment, no amount, no name, nothing of its text. */
import { z } from "zod";
import { defineUnownedMessage } from "../../platform/queue";
import { PROVIDER_IDS } from "../connections/contract";

export const MOST_HINTS = 90;

const hint = z.strictObject({
  kind: z.enum(["till_changed", "entry_changed", "grant_ended"]),
  place: z.string().max(64).nullable(),
  at: z.int().nullable(),
  objectId: z.string().max(64).nullable(),
  eventId: z.string().max(100).nullable(),
});
export type Hint = z.infer<typeof hint>;

/** Whose shop the account is, only the directory knows: the message belongs to nobody yet. */
const hints = z.strictObject({ provider: z.enum(PROVIDER_IDS), account: z.string().min(1).max(100), hints: z.array(hint).min(1).max(MOST_HINTS) });
export type Hints = z.infer<typeof hints>;
export const hintsMessage = defineUnownedMessage<Hints>("hook-hints", hints);
