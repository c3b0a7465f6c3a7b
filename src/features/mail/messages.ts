/** What stands on the mail queue: which letter, and nothing of it. */
import { z } from "zod";
import { defineUnownedMessage } from "../../platform/queue";
import type { LetterId } from "./store";

const sendLetter = z.strictObject({
  letterId: z.string().regex(/^[a-z2-7]{26}$/).transform((text) => text as LetterId),
});
export type SendLetter = z.output<typeof sendLetter>;
export const sendLetterMessage = defineUnownedMessage<SendLetter>("send-letter", sendLetter);
