/** What the pages of templates of messages say. */
import type { TemplateChange, TemplateKind } from "../../../../src/features/messages/contract";

export const kindWords = { warranty_ready: "Warranty ready", review_request: "Review", reminder: "Reminder", other: "Other" } as const satisfies Record<TemplateKind, string>;
export const channelWords = { text: "Text", email: "Email" } as const satisfies Record<TemplateChange["channel"], string>;

export const templatesWords = {
  title: "Templates",
  about: "What you write often, with the name of whoever reads it put in by itself.",
  make: "New template…",
  lists: "Lists",
  name: "Name",
  words: "Words",
  state: "State",
  acts: "Acts",
  inUse: "In use",
  isArchived: "Put away",
  change: "Change",
  changeOf: (name: string) => `Change ${name}`,
  archive: "Put away",
  restore: "Take back",
  archived: (name: string) => `${name} is offered no more. What was sent stays.`,
  restored: (name: string) => `${name} is offered again.`,
  starters: "To begin with",
  startersAbout: "Nothing of it is there until you save it.",
  start: "Use this one",
  empty: "There is no template yet",
  emptyNext: "Begin with one of these, or write your own.",
  emptyViewer: (who: string) => `Ask ${who} of this shop to write one.`,
  managers: (who: string) => `Only ${who} can change templates.`,
} as const;

export const editWords = {
  newTitle: "New template",
  back: "All templates",
  gone: "There is no such template",
  goneNext: "It may stand under another name in the list of all templates.",
  name: "Name",
  nameHint: "Only your team sees it.",
  kind: "What for",
  channel: "Sent by",
  subject: "Subject",
  body: "Words",
  fields: "Put in",
  fieldsHint: "Each stands for what is known of whoever reads it.",
  field: (means: string) => `Put in: ${means}`,
  save: "Save the template",
  saved: (name: string) => `${name} is saved.`,
  noName: "Give it a name.",
  noSubject: "Say what the email is about.",
  noBody: "Write what it says.",
  tooLong: "A text has at most 1,600 characters.",
} as const;

export const previewWords = {
  title: "As it will read",
  to: "To",
  somebody: "Somebody invented",
  choose: "Read it as a contact",
  empty: "It appears here while you write.",
  missing: (fields: string) => `Nothing is known here of ${fields}: an example stands in its place.`,
  free: (left: number) => `${left} more before another segment begins`,
  email: "An email costs nothing for each letter.",
} as const;
