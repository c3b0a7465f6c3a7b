/** What the pages of lists say. */
import type { BroadcastProblem, BroadcastState, LeftOutReason, RecipientState } from "../../../../src/features/broadcasts/contract";
import { count } from "../../ui/format";
import type { StateWord } from "../../words";

export const listStates = {
  running: { glyph: "…", word: "Going out", tone: "quiet" },
  paused: { glyph: "◐", word: "Paused", tone: "held" },
  done: { glyph: "✓", word: "Finished", tone: "ties" },
  cancelled: { glyph: "–", word: "Cancelled", tone: "quiet" },
} as const satisfies Record<BroadcastState, StateWord>;

/** Why somebody gets nothing, as a sentence about them. */
export const reasonWords = {
  opted_out: "said stop",
  held: "may have meant stop; somebody has to read it first",
  no_consent: "nothing is noted that they agreed",
  no_address: "no number or address for this",
  no_value: "a field of the template is not known for them",
  too_long: "filled in, the text is too long",
  unknown: "not among the contacts any more",
  duplicate: "named twice; they get it once",
} as const satisfies Record<LeftOutReason, string>;

export const problemWords = {
  no_line: { title: "Daybook paused it: there is no number to text from", next: "Twilio takes the number or its credentials no more, or the number was removed. Mend it under Texting, then go on: nobody gets it twice." },
} as const satisfies Record<BroadcastProblem, { readonly title: string; readonly next: string }>;

export const recipientStates = {
  waiting: { glyph: "…", word: "Waiting", tone: "quiet" },
  written: { glyph: "✓", word: "Written to", tone: "ties" },
  skipped: { glyph: "×", word: "Left out", tone: "held" },
} as const satisfies Record<RecipientState, StateWord>;

export const listsWords = {
  title: "Lists",
  about: "One template to many. Who said stop, and who never agreed, is left out by itself.",
  make: "New list…",
  templates: "Templates",
  list: "Lists, the latest first",
  name: "Name",
  state: "State",
  progress: "Progress",
  made: "Made",
  by: (name: string, when: string) => `${name}, ${when}`,
  progressIs: (written: number, all: number) => `${written.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} written to`,
  leftOut: (many: number) => `${many.toLocaleString("en-US")} left out`,
  more: "More",
  moreBusy: "One moment…",
  empty: "Nothing has gone to a list yet",
  emptyNext: "Write a template, choose whom it goes to by their tags, and look at what would happen before anything does.",
  emptyViewer: (who: string) => `Only ${who} can write to a list.`,
  managers: (who: string) => `Only ${who} can write to a list, pause or cancel it.`,
} as const;

export const newWords = {
  title: "New list",
  about: "Nothing goes out before you have seen what would happen.",
  back: "All lists",
  template: "Template",
  noTemplates: "There is no template in use. Write one first.",
  toTemplates: "To templates",
  link: "Where {{link}} leads",
  linkHint: "An address that begins with https://.",
  tags: "To everybody with one of these tags",
  tagsHint: "Separated by commas, as they stand at the contacts.",
  known: "Add a tag",
  people: "And to these contacts",
  find: "Find a contact",
  without: (name: string) => `Leave out ${name}`,
  pace: "Messages a minute, at most",
  paceHint: "Your number’s own pace is never exceeded.",
  run: "See what would happen",
  running: "Looking…",
  noTemplate: "Choose a template.",
  nobody: "Name a tag or a contact.",
  tooManyTags: "At most 20 tags.",
  noLink: "Say where the link leads.",
  badPace: "Enter a whole number from 1 to 6,000.",
} as const;

export const dryWords = {
  title: "What would happen",
  changed: "You changed something since: look again before you start.",
  get: (many: number) => (many === 0 ? "Nobody gets it." : `${count(many, "person gets", "people get")} it`),
  leftOut: (many: number) => (many === 0 ? "Nobody is left out." : `${count(many, "person is", "people are")} left out`),
  segments: "Segments",
  cost: "Cost, about",
  noCost: "Not known: your number has no price of a segment yet",
  free: "Emails cost nothing each",
  pace: "Pace",
  paceIs: (many: number) => `${many.toLocaleString("en-US")} a minute`,
  begins: "Begins",
  now: "At once",
  ends: "Ends, about",
  late: "More than a month from now",
  asleep: (many: number) => `For ${count(many, "person", "people")} it is night now, between 21:00 and 8:00 where they are. Theirs goes out there from 8:00.`,
  awake: "It is day where they are: nobody has to wait for the morning.",
  samples: "The first of them, as they will read it",
  segmentsOf: (many: number) => count(many, "segment"),
  name: "Name of this list",
  nameHint: "Only your team sees it.",
  start: (many: number) => `Send it to ${count(many, "person", "people")}…`,
  noName: "Give the list a name.",
} as const;

export const startWords = {
  title: (many: number) => `Send it to ${count(many, "person", "people")}?`,
  about: (cost: string) => `${cost === "" ? "" : `It costs about ${cost}. `}What has gone out cannot be called back; you can pause and cancel what has not.`,
  checked: "Whoever says stop meanwhile gets nothing more: that is looked at again at each message.",
  submit: "Send it",
  sending: "Starting…",
  done: (name: string) => `“${name}” is on its way.`,
} as const;

export const listWords = {
  title: "List",
  back: "All lists",
  progress: "Progress",
  next: (when: string) => ` · goes on ${when}`,
  left: (duration: string) => ` · ${duration} to go`,
  became: "What became of it",
  state: "State",
  many: "Messages",
  segments: "Segments",
  none: "Nothing has been written yet.",
  whoNot: "Who got nothing, and why",
  reason: "Why",
  people: "People",
  nobodyLeft: "Nobody was left out.",
  each: "Everybody on the list",
  which: "Which of them",
  all: "All",
  nobody: "Nobody on the list is like that.",
  gone: "No contact any more",
  words: "What it says",
  pause: "Pause",
  resume: "Go on",
  cancel: "Cancel…",
  paused: "Paused: nothing more goes out until you go on. What Twilio has already may still arrive.",
  resumed: "It goes on where it stopped.",
  cancelTitle: (name: string) => `Cancel “${name}”?`,
  cancelAbout: (many: number) => `${count(many, "person", "people")} will not get it. It cannot be taken up again; what has gone out stays.`,
  cancelNow: "Cancel the list",
  cancelled: "The list is cancelled. Nobody else gets it.",
  toTexting: "To Texting",
  made: (name: string, when: string) => `Started by ${name}, ${when}`,
  more: "More",
  moreBusy: "One moment…",
} as const;
