/** Days as the web app sees them. Amounts are minor units of `currency`; instants are epoch milliseconds. */
import { z } from "zod";
import { dateText, id } from "../connections/contract";

export const DAY_STATES = [
  "collecting", "ready", "posting", "posted", "final", "held", "failed", "uncertain", "no_sales", "changed", "corrected",
] as const;
export type DayState = (typeof DAY_STATES)[number];

/** `missing` is no state of a row but the lack of one for a day that has closed; `open` has not closed yet. */
export const SHOWN_STATES = [...DAY_STATES, "missing", "open"] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

export const ENTRY_KINDS = ["sales", "correction", "reversal"] as const;
export const ENTRY_METHODS = ["journal", "receipt"] as const;

/** What a person can decide about a day that waits for it, against what the shop's rule would do. */
export const DECIDABLE_KINDS = [
  /** Post it although checks of it were open. */
  "open_checks_waived",
  /** Post it on the first open day, for its own lies in a closed period. */
  "first_open_day",
  /** What stands in the books beside Daybook's entry is something else: post it all the same. */
  "lookalike_accepted",
  /** A person changed or deleted Daybook's entry in the books, and that is as it should be: leave the day as it is. */
  "edit_accepted",
  /** A person changed or deleted Daybook's entry in the books: post what is missing. */
  "edit_corrected",
] as const;
export type DecidableKind = (typeof DECIDABLE_KINDS)[number];

/** `undone`: everything posted for it is taken back, and it is not posted again until a person posts it. */
export const DECISION_KINDS = [...DECIDABLE_KINDS, "undone"] as const;

export const decision = z.strictObject({
  kind: z.enum(DECISION_KINDS),
  by: z.string(),
  at: z.number().int(),
  /** What in the books it was about: another record's id, or a fingerprint of what a person made of an entry. */
  about: z.string().max(100).optional(),
  /** The fingerprint of the day as it was read by then: a later reading asks again. */
  reading: z.string().max(43).optional(),
});
/** One decision about one day: who, when and about what. */
export type Decision = z.infer<typeof decision>;

export const attempt = z.strictObject({ at: z.number().int(), text: z.string().max(300) });
/** One line of a day's history, in words: "Read from Square: 412 orders folded, none kept". */
export type Attempt = z.infer<typeof attempt>;

export const daysQuery = z.strictObject({ from: dateText, to: dateText });

export const dayCell = z.strictObject({
  locationId: id,
  date: dateText,
  state: z.enum(SHOWN_STATES),
  /** What the till took; null where nothing was read. */
  takingsMinor: z.number().int().nullable(),
  /** The first sentence of the explanation, for held and failed days. */
  headline: z.string().nullable(),
});
export type DayCell = z.infer<typeof dayCell>;

export const daysView = z.strictObject({
  locations: z.array(z.strictObject({ id, name: z.string(), code: z.string(), zone: z.string(), currency: z.string(), cutOffMinutes: z.number().int(), startsOn: dateText, today: dateText })),
  cells: z.array(dayCell),
  /** Days anywhere in the shop that wait for a person, newest first: at most 100. */
  needsWork: z.array(dayCell),
  mode: z.enum(["preview", "approve", "automatic"]),
  /** Whether the till is export files that somebody drops. */
  takesFiles: z.boolean(),
});
export type DaysView = z.infer<typeof daysView>;

export const dayPath = z.strictObject({ location: id, date: dateText });

/** What a person can press to mend a day. `link` goes to the books or to another page of Daybook. */
export const fix = z.strictObject({
  act: z.enum([
    "map_lines", "retry", "read_again", "reconnect", "post", "open_books", "look_up", "drop_file", "wait",
    "waive_open_checks", "post_first_open_day", "accept_lookalike", "accept_edit", "correct_edit", "undo",
  ]),
  text: z.string(),
  button: z.string(),
  link: z.string().nullable(),
});
export type Fix = z.infer<typeof fix>;

export const explanation = z.strictObject({
  /** What happened: one sentence without codes. */
  title: z.string(),
  /** What it means for the books. */
  meaning: z.string(),
  /** Ordered, the recommended one first. */
  fixes: z.array(fix),
  /** The provider's raw answer, or null. */
  details: z.string().nullable(),
  /** Lines that need an account, where that is the cause. */
  lines: z.array(z.strictObject({ key: z.string(), label: z.string() })),
});
export type Explanation = z.infer<typeof explanation>;

export const entryLineView = z.strictObject({
  key: z.string(),
  description: z.string(),
  account: z.string(),
  side: z.enum(["debit", "credit"]),
  minor: z.number().int().positive(),
  /** Class, location, tracking category by name; absent where the line carries none. */
  tags: z.array(z.string()).optional(),
});

const inOut = { inMinor: z.number().int(), outMinor: z.number().int() };

export const totalsView = z.strictObject({
  currency: z.string(),
  orderCount: z.number().int(),
  categories: z.array(z.strictObject({ id: z.string(), label: z.string(), grossMinor: z.number().int(), returnedMinor: z.number().int() })),
  tenders: z.array(z.strictObject({ key: z.string(), label: z.string(), ...inOut })),
  /** Discounts, comps, service charges, taxes, tips, gift cards, rounding: only those that occur. */
  others: z.array(z.strictObject({ key: z.string(), label: z.string(), ...inOut })),
});

export const postedEntryView = z.strictObject({
  revision: z.number().int(),
  kind: z.enum(ENTRY_KINDS),
  /** The date that it carries in the books: the first open day where the business date lay in a closed period. */
  bookedOn: dateText,
  /** Why it was posted, in words; empty for a day's first entry. */
  cause: z.string(),
  /** The revision that a reversal takes back. */
  reverses: z.number().int().nullable(),
  documentNumber: z.string(),
  currency: z.string(),
  totalMinor: z.number().int(),
  lines: z.array(entryLineView),
  mappingVersion: z.number().int(),
  postedAt: z.number().int(),
  postedBy: z.string(),
  /** False for what is on record here alone: what it takes back was gone from the books already. */
  wasSent: z.boolean(),
  booksUrl: z.string().nullable(),
});

export const proposalView = z.strictObject({
  lines: z.array(entryLineView),
  totalMinor: z.number().int(),
  fingerprint: z.string(),
  kind: z.enum(ENTRY_KINDS),
  bookedOn: dateText,
  cause: z.string(),
  /** Whether everything that stands in the books for the day is taken back first. */
  replaces: z.boolean(),
});

export const dayView = z.strictObject({
  locationId: id,
  locationName: z.string(),
  zone: z.string(),
  date: dateText,
  window: z.strictObject({ start: z.number().int(), end: z.number().int() }),
  state: z.enum(SHOWN_STATES),
  booksName: z.string().nullable(),
  totals: totalsView.nullable(),
  /** What would be posted now; null when it cannot be built or nothing remains to be posted. */
  proposal: proposalView.nullable(),
  /** Whether the till can still bring sales of this day by itself: until then what is posted is provisional. Null for a day that is not in the books. */
  provisionalUntil: z.number().int().nullable(),
  isFinal: z.boolean(),
  /** Whether something stands in the books that can be taken back. */
  canUndo: z.boolean(),
  entries: z.array(postedEntryView),
  /** The tie-out strip: till, entry, books; null where there is nothing yet. All three equal and no imbalance = it ties. */
  tieOut: z.strictObject({
    currency: z.string(),
    tillMinor: z.number().int().nullable(),
    entryMinor: z.number().int().nullable(),
    booksMinor: z.number().int().nullable(),
    /** The till's sales less its tenders: while it is not 0, its figure is one of two, and no sum that equals it ties. */
    imbalanceMinor: z.number().int(),
  }),
  explanation: explanation.nullable(),
  attempts: z.array(attempt),
  mode: z.enum(["preview", "approve", "automatic"]),
});
export type DayView = z.infer<typeof dayView>;
