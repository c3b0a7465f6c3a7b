/** What is read of Twilio's answers. Numbers come as strings and dates as RFC 2822; fields beyond these are tolerated. */
import { z } from "zod";

/** Every state of a text, Twilio's own words ("Message status values"). `receiving` and `received` are of those that came in. */
export const TEXT_STATES = [
  "queued", "accepted", "scheduled", "sending", "sent", "delivered", "undelivered", "failed", "canceled", "read", "partially_delivered", "receiving", "received",
] as const;
export type TextState = (typeof TEXT_STATES)[number];

/** A text's id, as it may stand in an address. */
export const messageSid = z.string().regex(/^(?:SM|MM)[0-9a-f]{32}$/i);

/** `Thu, 24 Aug 2023 05:01:45 +0000` as epoch milliseconds. */
const date = z.string().transform((text) => Date.parse(text)).pipe(z.int());

const digits = z.string().regex(/^\d{1,4}$/).transform(Number);

/** The answer to a text that was taken. One in a state that nobody knows yet was taken all the same. */
export const takenText = z.object({
  sid: messageSid, status: z.enum(TEXT_STATES).catch("queued"), num_segments: digits, date_created: date,
});

/** A text as it is read back. `from` is null until a Messaging Service has chosen. */
export const message = z.object({
  sid: messageSid,
  from: z.string().nullable(),
  to: z.string(),
  body: z.string().nullable(),
  status: z.enum(TEXT_STATES),
  error_code: z.number().int().nullable(),
  date_created: date,
});

/** A page of texts, the newest first. */
export const messagePage = z.object({ messages: z.array(message), next_page_uri: z.string().nullish() });

export const account = z.object({ friendly_name: z.string() });

export const numbers = z.object({
  incoming_phone_numbers: z.array(z.object({ phone_number: z.string(), capabilities: z.object({ sms: z.boolean().optional() }) })),
});

/** The numbers that a Messaging Service may choose from. */
export const pool = z.object({ phone_numbers: z.array(z.object({ phone_number: z.string() })) });

/** The campaigns that were told to the carriers. */
export const compliance = z.object({ compliance: z.array(z.object({ campaign_status: z.string().nullable() })) });

/** `{"code":21610,"message":"…","more_info":"…","status":400}` */
export const refusal = z.object({ code: z.number().int(), message: z.string() });
