/** One message to many, as the web app sees it. Instants are epoch milliseconds, costs millionths of a dollar. */
import { z } from "zod";
import { id } from "../connections/contract";
import { printable } from "../documents/contract";
import { MESSAGE_CHANNELS, MESSAGE_STATES, wordsWarning } from "../messages/contract";

export const BROADCAST_STATES = ["running", "paused", "done", "cancelled"] as const;
export type BroadcastState = (typeof BROADCAST_STATES)[number];
export const RECIPIENT_STATES = ["waiting", "written", "skipped"] as const;
export type RecipientState = (typeof RECIPIENT_STATES)[number];

/**
 * Why somebody on a list gets nothing: `no_value`: a field of the template of which nothing is known for them; `too_long`:
 * filled in, it does not fit; `unknown`: there is no such contact (any more); `duplicate`: named twice.
 */
export const LEFT_OUT_REASONS = ["opted_out", "held", "no_consent", "no_address", "no_value", "too_long", "unknown", "duplicate"] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** Why Daybook itself paused a list: `no_line`: there is no number to text from, or Twilio takes its credentials no more. */
export const BROADCAST_PROBLEMS = ["no_line"] as const;
export type BroadcastProblem = (typeof BROADCAST_PROBLEMS)[number];

/** Contacts of one list, those left out included. */
export const MOST_RECIPIENTS = 10_000;
/** Contacts that are named one by one. */
export const MOST_NAMED = 1_000;

/** What is to go to whom. `link`: what stands for {{link}}; empty where the template has none. */
export const broadcastPlan = z.strictObject({
  template: id,
  audience: z.strictObject({ tags: z.array(printable(40).min(1)).max(20), contacts: z.array(id).max(MOST_NAMED) }),
  link: printable(400),
  /** Messages a minute; the line's own pace is never exceeded. */
  perMinute: z.int().min(1).max(6_000),
});
export type BroadcastPlan = z.infer<typeof broadcastPlan>;

export const leftOut = z.strictObject({ reason: z.enum(LEFT_OUT_REASONS), count: z.int() });

/** What would happen. `fingerprint` stands for exactly this, and is asked for when it is started. */
export const dryRunView = z.strictObject({
  fingerprint: z.string(),
  channel: z.enum(MESSAGE_CHANNELS),
  recipientCount: z.int(),
  leftOut: z.array(leftOut),
  /** Of texts, all together. Null cost: an email, or no line. */
  segments: z.int(),
  costMicros: z.int().nullable(),
  /** How fast it would really go. */
  perMinute: z.int(),
  /** For how many it is night now: theirs waits for the morning. */
  asleepCount: z.int(),
  startsAt: z.int().nullable(),
  /** When the last one leaves, about; null for later than a month from now. */
  finishesAt: z.int().nullable(),
  samples: z.array(z.strictObject({ contact: id, name: z.string(), subject: z.string(), body: z.string(), segments: z.int() })),
  warnings: z.array(wordsWarning),
  /** Why it could not be started, in words; null where nothing is in its way. */
  obstacle: z.string().nullable(),
});
export type DryRunView = z.infer<typeof dryRunView>;

/** Starts what a dry run has shown. `key` is the same for every attempt at one. */
export const broadcastStart = broadcastPlan.extend({ name: printable(80).min(1), fingerprint: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "as the dry run gave it"), key: id });
export type BroadcastStart = z.infer<typeof broadcastStart>;

export const broadcastItem = z.strictObject({
  id,
  name: z.string(),
  channel: z.enum(MESSAGE_CHANNELS),
  template: id,
  state: z.enum(BROADCAST_STATES),
  problem: z.enum(BROADCAST_PROBLEMS).nullable(),
  perMinute: z.int(),
  counts: z.strictObject({ waiting: z.int(), written: z.int(), skipped: z.int() }),
  createdBy: z.string(),
  createdAt: z.int(),
  /** When it goes on, while it runs. */
  nextAt: z.int().nullable(),
  changedAt: z.int(),
});
export type BroadcastItem = z.infer<typeof broadcastItem>;
export const broadcastsQuery = z.strictObject({ after: z.string().regex(/^\d{1,16}\.[a-z2-7]{26}$/, "where the page before ended").optional() });
export type BroadcastsQuery = z.infer<typeof broadcastsQuery>;
export const broadcastsView = z.strictObject({ broadcasts: z.array(broadcastItem), next: z.string().nullable(), may: z.strictObject({ manage: z.boolean() }) });
export type BroadcastsView = z.infer<typeof broadcastsView>;

/** One with its progress: what became of the messages, and why others got none. */
export const broadcastView = broadcastItem.extend({
  subject: z.string(),
  body: z.string(),
  link: z.string(),
  leftOut: z.array(leftOut),
  messages: z.array(z.strictObject({ state: z.enum(MESSAGE_STATES), count: z.int(), segments: z.int() })),
});
export type BroadcastView = z.infer<typeof broadcastView>;
export const broadcastPath = z.strictObject({ broadcast: id });
export const broadcastAnswer = z.strictObject({ broadcast: broadcastView });
export type BroadcastAnswer = z.infer<typeof broadcastAnswer>;
/** Pause, resume and cancel say nothing more. */
export const broadcastAct = z.strictObject({});

export const recipientsQuery = z.strictObject({ state: z.enum(RECIPIENT_STATES).optional(), after: id.optional() });
export type RecipientsQuery = z.infer<typeof recipientsQuery>;
/** `name` is empty for somebody who is no contact any more. */
export const recipientsView = z.strictObject({
  recipients: z.array(z.strictObject({ contact: id, name: z.string(), state: z.enum(RECIPIENT_STATES), reason: z.enum(LEFT_OUT_REASONS).nullable() })),
  next: id.nullable(),
});
export type RecipientsView = z.infer<typeof recipientsView>;
