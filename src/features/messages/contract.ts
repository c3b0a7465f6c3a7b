/** Conversations as the web app sees them. Instants are epoch milliseconds. */
import { z } from "zod";
import { id } from "../connections/contract";
import { printable } from "../documents/contract";

export const MESSAGE_CHANNELS = ["text", "email"] as const;
/** What a message is besides a person's own words: the answer to STOP, START or HELP. */
export const MESSAGE_PURPOSES = ["words", "template", "broadcast", "confirmation", "help"] as const;
export type MessagePurpose = (typeof MESSAGE_PURPOSES)[number];

/**
 * What became of a message. `queued`: its turn has not come; `uncertain`: it left and no answer came, so that it is looked up
 * before anything else; `accepted`: the provider has it; `not_sent`: Daybook itself kept it back; `failed`: it was refused.
 */
export const MESSAGE_STATES = [
  "received", "queued", "sending", "uncertain", "accepted", "sent", "delivered", "undelivered", "failed", "not_sent", "cancelled",
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** 1,600 characters: the most that Twilio takes as one text. */
export const LONGEST_TEXT = 1_600;
export const LONGEST_LETTER = 10_000;
/** Documents that one message leads to. */
export const MOST_ENCLOSURES = 3;

/** Words of several lines: no control character but the end of a line. */
const words = (most: number) => z.string().trim().max(most).regex(/^(?:\r?\n|[^\p{Cc}\p{Cs}])*$/u, "no control characters");

/** Why a message did not arrive, or has not yet: what happened, what to do next, and the provider's own code for it. */
export const messageProblem = z.strictObject({ title: z.string(), next: z.string(), code: z.string().nullable() });
export type MessageProblem = z.infer<typeof messageProblem>;

export const messageView = z.strictObject({
  id,
  at: z.number().int(),
  direction: z.enum(["in", "out"]),
  channel: z.enum(MESSAGE_CHANNELS),
  purpose: z.enum(MESSAGE_PURPOSES),
  subject: z.string(),
  body: z.string(),
  /** Documents that it leads to. */
  documents: z.array(z.strictObject({ id, as: z.enum(["link", "picture"]) })),
  /** Pictures that came with it and stay with the provider. */
  mediaCount: z.number().int(),
  state: z.enum(MESSAGE_STATES),
  segments: z.number().int(),
  /** When its turn is, while it waits. */
  dueAt: z.number().int().nullable(),
  sentAt: z.number().int().nullable(),
  problem: messageProblem.nullable(),
  broadcast: id.nullable(),
  /** Who wrote it: "You", a name, "Daybook"; empty for what came in. */
  by: z.string(),
  mayCancel: z.boolean(),
});
export type MessageView = z.infer<typeof messageView>;

export const THREAD_FILTERS = ["open", "mine", "unassigned", "unread", "done"] as const;
export type ThreadFilter = (typeof THREAD_FILTERS)[number];

/** Where a page ended: an instant and an id. */
const cursor = z.string().regex(/^\d{1,16}\.[a-z2-7]{26}$/, "where the page before ended");

export const threadsQuery = z.strictObject({
  filter: z.enum(THREAD_FILTERS).optional(),
  /** Words that all must occur in the contact's name, number, address or tags. */
  search: printable(80).optional(),
  /** `next` of the page before. */
  after: cursor.optional(),
});
export type ThreadsQuery = z.infer<typeof threadsQuery>;

export const threadItem = z.strictObject({
  contact: id,
  name: z.string(),
  /** What they are known by where they have no name: a number or an address. */
  address: z.string(),
  lastAt: z.number().int(),
  lastWords: z.string(),
  lastDirection: z.enum(["in", "out"]),
  unreadCount: z.number().int(),
  assignedTo: z.strictObject({ person: id, name: z.string(), isYou: z.boolean() }).nullable(),
  doneAt: z.number().int().nullable(),
});
export type ThreadItem = z.infer<typeof threadItem>;
export const threadsView = z.strictObject({ threads: z.array(threadItem), next: z.string().nullable() });
export type ThreadsView = z.infer<typeof threadsView>;

/** Conversations with something unread, for the badge. */
export const unreadView = z.strictObject({ unreadCount: z.number().int() });
export type UnreadView = z.infer<typeof unreadView>;

export const threadPath = z.strictObject({ contact: id });
export const threadQuery = z.strictObject({ before: cursor.optional() });

/** Whether somebody can be written to by a channel, and why not. */
export const reachability = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("open") }),
  z.strictObject({ state: z.literal("no_address") }),
  z.strictObject({ state: z.literal("opted_out"), since: z.number().int(), source: z.string() }),
  z.strictObject({ state: z.literal("held"), since: z.number().int() }),
  z.strictObject({ state: z.literal("no_consent") }),
]);
export type Reachability = z.infer<typeof reachability>;

export const threadView = z.strictObject({
  thread: threadItem,
  text: reachability,
  email: reachability,
  /** Newest first. */
  messages: z.array(messageView),
  next: z.string().nullable(),
  may: z.strictObject({ send: z.boolean(), share: z.boolean() }),
});
export type ThreadView = z.infer<typeof threadView>;

/** What somebody writes. `key`: the same for every attempt at one message, so that a double click sends one. */
export const messageRequest = z.strictObject({
  key: id,
  channel: z.enum(MESSAGE_CHANNELS),
  /** Of an email; empty for a text. */
  subject: printable(160),
  body: words(LONGEST_LETTER),
  documents: z.array(z.strictObject({ document: id, as: z.enum(["link", "picture"]) })).max(MOST_ENCLOSURES),
  template: id.nullable(),
});
export type MessageRequest = z.infer<typeof messageRequest>;
export const messageAnswer = z.strictObject({ message: messageView });
export type MessageAnswer = z.infer<typeof messageAnswer>;

export const messagePath = z.strictObject({ contact: id, message: id });
export const cancellation = z.strictObject({ at: z.number().int() });

/** `through`: the instant of the last message that was on the screen. */
export const reading = z.strictObject({ through: z.number().int().min(0) });
export const assignment = z.strictObject({ person: id.nullable() });
export const closing = z.strictObject({ isDone: z.boolean() });
export const threadAnswer = z.strictObject({ thread: threadItem });
export type ThreadAnswer = z.infer<typeof threadAnswer>;

/** To whom a conversation can be given. */
export const assigneesView = z.strictObject({ people: z.array(z.strictObject({ person: id, name: z.string(), isYou: z.boolean() })) });
export type AssigneesView = z.infer<typeof assigneesView>;

/** Whether the team is told by letter of what comes in. */
export const noticeRule = z.strictObject({ notifies: z.boolean() });
export type NoticeRule = z.infer<typeof noticeRule>;
