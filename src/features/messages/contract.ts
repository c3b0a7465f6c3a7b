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
  /** Until when a text that is written now waits, because it is not day where its reader is, and their zone; null where it goes out at once. */
  quiet: z.strictObject({ until: z.number().int(), zone: z.string() }).nullable(),
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

export const TEMPLATE_KINDS = ["warranty_ready", "review_request", "reminder", "other"] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** What is written once and sent often. `subject` is empty for a text; fields stand in braces, as in {{first_name}}. */
const templateWords = z.strictObject({ channel: z.enum(MESSAGE_CHANNELS), subject: printable(160), body: words(LONGEST_LETTER).min(1) });

/** A template as a page sends it. `version`: of the one that was changed; 0 for a new one. */
export const templateChange = templateWords.extend({ name: printable(60).min(1), kind: z.enum(TEMPLATE_KINDS), version: z.int().min(0) });
export type TemplateChange = z.infer<typeof templateChange>;
export const templateView = templateChange.extend({ id, fields: z.array(z.string()), isArchived: z.boolean(), changedAt: z.int() });
export type TemplateView = z.infer<typeof templateView>;
export const templatePath = z.strictObject({ template: id });
export const templateAnswer = z.strictObject({ template: templateView });
export type TemplateAnswer = z.infer<typeof templateAnswer>;
/** The version that was seen. */
export const templateArchiving = z.strictObject({ version: z.int().min(1), isArchived: z.boolean() });
export type TemplateArchiving = z.infer<typeof templateArchiving>;

/** Those in use first. `starters` are offered to begin with; none of them is there until somebody saves it. `fields`: what may stand in braces, and what it is. */
export const templatesView = z.strictObject({
  templates: z.array(templateView),
  starters: z.array(templateChange),
  fields: z.array(z.strictObject({ field: z.string(), means: z.string() })),
  may: z.strictObject({ manage: z.boolean() }),
});
export type TemplatesView = z.infer<typeof templatesView>;

/** Words as they would read to a contact; to an invented one where none is named. */
export const previewRequest = templateWords.extend({ contact: id.nullable(), link: printable(400), certificate: printable(40) });
export type PreviewRequest = z.infer<typeof previewRequest>;

/** What speaks against words that may be sent all the same. */
export const wordsWarning = z.strictObject({ kind: z.enum(["no_shop_name", "link_shortener", "costly_character"]), message: z.string() });
export type WordsWarning = z.infer<typeof wordsWarning>;
/** `missing`: fields of which nothing is known here, shown by an example. Segments and cost are those of a text; the cost, in millionths of a dollar, is null without a line. */
export const previewView = z.strictObject({
  subject: z.string(), body: z.string(), missing: z.array(z.string()), segments: z.int(), characters: z.int(), left: z.int(),
  costMicros: z.int().nullable(), warnings: z.array(wordsWarning),
});
export type PreviewView = z.infer<typeof previewView>;
