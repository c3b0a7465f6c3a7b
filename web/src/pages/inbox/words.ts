/** What the inbox says. */
import type { MessagePurpose, MessageState, MessageView, ThreadFilter } from "../../../../src/features/messages/contract";
import { count } from "../../ui/format";
import type { StateWord } from "../../words";

export const folderWords = { open: "Open", mine: "Mine", unassigned: "Nobody’s", unread: "Unread", done: "Done" } as const satisfies Record<ThreadFilter, string>;

export const inboxWords = {
  title: "Inbox",
  about: "What people write to the shop, and what it answers.",
  write: "Write to somebody…",
  list: "Conversations, the latest first",
  folders: "Which conversations",
  find: "Find a name, number or address",
  unread: (many: number) => `${many} unread`,
  nobody: "Nobody’s",
  mine: "Yours",
  done: "✓ Done",
  shop: "We wrote: ",
  more: "More",
  moreBusy: "One moment…",
  none: { open: "No open conversation.", mine: "Nothing is assigned to you.", unassigned: "Every conversation has somebody.", unread: "Everything is read.", done: "Nothing is done yet." },
  noneFound: (search: string) => `No conversation is with “${search}”.`,
  choose: "Choose a conversation",
  chooseNext: "J and K go down and up the list, Enter opens one.",
  emptyTitle: "Nobody has written yet",
  emptyText: "Whoever texts your number appears here, and becomes a contact by that. You can also write first to somebody who agreed to it.",
  noNumberTitle: "Set up a number first",
  noNumberText: "The shop has no number to text from. With one, what people text you arrives here, and STOP is honoured by itself.",
  setUpNumber: "Set up a number",
  noNumberAsk: (who: string) => `Ask ${who} of this shop to set one up.`,
  toContacts: "To contacts",
} as const;

export const threadWords = {
  back: "All conversations",
  contact: "Contact",
  assign: "Assigned to",
  nobody: "Nobody",
  you: (name: string) => `${name} (you)`,
  assigned: (name: string | null) => (name === null ? "The conversation is nobody’s now." : `${name} has the conversation now.`),
  markDone: "Done",
  reopen: "Open again",
  isDone: "The conversation is put away. It comes back when they write again.",
  isOpen: "The conversation is open again.",
  words: "What was said",
  older: "Show older ones",
  olderBusy: "One moment…",
  begins: "The conversation begins here.",
  today: "Today",
  yesterday: "Yesterday",
  empty: "Nothing was said yet. What you write first is what they know you by.",
  wrote: (name: string) => `${name} wrote:`,
  list: "to a list",
  media: (many: number) => `${count(many, "picture")} came with it and ${many === 1 ? "stays" : "stay"} at Twilio.`,
  document: { link: "Document, as a link", picture: "Document, as a picture" },
  later: (when: string) => `Goes out ${when}`,
  cancel: "Do not send it",
  cancelled: "The message was taken back before it went out.",
  newOnes: "There is something new below",
} as const;

export const messageStates = {
  received: { glyph: "", word: "Received", tone: "quiet" },
  queued: { glyph: "…", word: "Waiting to be sent", tone: "quiet" },
  sending: { glyph: "…", word: "Sending", tone: "quiet" },
  uncertain: { glyph: "…", word: "Looking up whether it went out", tone: "held" },
  accepted: { glyph: "…", word: "Handed over", tone: "quiet" },
  sent: { glyph: "✓", word: "Sent", tone: "quiet" },
  delivered: { glyph: "✓✓", word: "Delivered", tone: "ties" },
  undelivered: { glyph: "!", word: "Did not arrive", tone: "failed" },
  failed: { glyph: "!", word: "Failed", tone: "failed" },
  not_sent: { glyph: "×", word: "Not sent", tone: "failed" },
  cancelled: { glyph: "–", word: "Cancelled", tone: "quiet" },
} as const satisfies Record<MessageState, StateWord>;

/** What a message is besides a person's own words. */
export const purposeWords = {
  words: "", template: "from a template", broadcast: "to a list", confirmation: "sent by itself, to confirm", help: "sent by itself, to help",
} as const satisfies Record<MessagePurpose, string>;

export const wayWords = { text: "text", email: "email" } as const satisfies Record<MessageView["channel"], string>;

export const composerWords = {
  label: (name: string, way: string) => `Write to ${name}, by ${way}`,
  way: "By which way",
  ways: { text: "Text", email: "Email" },
  subject: "Subject",
  send: "Send",
  sending: "Sending…",
  keys: "Ctrl Enter or ⌘ Enter sends.",
  template: "Template…",
  attach: "Document…",
  detach: (title: string) => `Leave out ${title}`,
  counted: (characters: number, segments: number, cost: string) => (characters === 0 ? "" : `${count(characters, "character")} · ${count(segments, "segment")}${cost === "" ? "" : ` · about ${cost}`}`),
  unicode: "A letter or emoji in it makes each segment hold 70 characters instead of 160.",
  withLinks: "Each document adds its link, which counts too.",
  later: (time: string) => `It is not between 8:00 and 21:00 where they are: it goes out ${time}.`,
  atTheirs: (time: string) => `at ${time} their time`,
  onTheirs: (date: string, time: string) => `on ${date} at ${time} their time`,
  sent: "The message is on its way.",
  sentLater: "The message waits for the morning where they are.",
  nothing: "Write something first.",
  noSubject: "Say what the email is about.",
  mayNot: (who: string) => `Only ${who} can answer.`,
  otherLocked: (way: string, why: string) => `${way}: ${why}`,
} as const;

export const lockWords = {
  title: (name: string) => `${name} said stop`,
  when: (date: string, way: string) => `On ${date}, ${way}. Since then nothing goes to them: no text, no email, no call.`,
  said: "In their own words:",
  noWords: "Their words are not kept any more.",
  backByText: (number: string) => `They can come back by texting START from ${number}. Nobody here can do it for them.`,
  backAnyhow: "Nobody here can lift it. If they text START from a phone of their own, that phone can be written to.",
  heldTitle: (name: string) => `${name} may have meant stop`,
  heldWhen: (date: string, way: string) => `On ${date}, ${way}. Nothing goes to them until somebody has read it.`,
  isStop: "This means stop…",
  isNotStop: "This does not mean stop…",
  nowStop: "It counts as a stop. Nothing goes to them from now on.",
  nowNoStop: "It was no stop. You can write to them again.",
  noConsentTitle: (name: string) => `${name} has not agreed to be written to`,
  noConsent: "Write first only to people who agreed to it. If they did, note how; whoever writes to you can be answered without.",
  note: "Note how they agreed…",
  noAddressTitle: "There is no number or address to write to",
  noAddress: "Add one on their page.",
  toContact: "To their page",
  optedOut: (date: string) => `said stop on ${date}`,
  held: (date: string) => `may have meant stop on ${date}`,
} as const;

export const pickWords = {
  templates: "Choose a template",
  noTemplates: "There is no template for this way yet.",
  toTemplates: "To templates",
  preview: "As they will read it",
  missing: (fields: readonly string[]) => `Nothing is known here of: ${fields.join(", ")}. Put it in before you send.`,
  use: "Use these words",
  useAbout: "You can still change them before sending.",
  documents: "Lead them to a document",
  documentsAbout: "They get a link of its own, which works for a while and can be taken back on the document’s page.",
  findDocument: "Find a document",
  noDocuments: "No document is like that.",
  asLink: "As a link",
  asPicture: "As a picture in the text",
  most: (many: number) => `At most ${many} to a message.`,
} as const;
