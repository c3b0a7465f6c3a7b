/** Doing the job: reading, posting, back-filling, and how the shop wants it done. */
import { z } from "zod";
import { dateText, id } from "../connections/contract";
import { DAY_STATES, DECIDABLE_KINDS, ENTRY_METHODS } from "../days/contract";

export const POSTING_MODES = ["preview", "approve", "automatic"] as const;
export type PostingMode = (typeof POSTING_MODES)[number];

/** A line without an account holds its day, or goes to *Uncategorized sales* until it is mapped. */
export const UNKNOWN_LINE_RULES = ["hold", "uncategorized"] as const;
/** Open checks hold their day, or the day is posted without them. */
export const OPEN_CHECK_RULES = ["hold", "post"] as const;
/** A later change is posted as the difference, or the entry is taken back whole and posted anew. */
export const CORRECTION_STYLES = ["delta", "reverse"] as const;

/** How a shop posts. */
export const postingRuleView = z.strictObject({
  mode: z.enum(POSTING_MODES),
  unknownLines: z.enum(UNKNOWN_LINE_RULES),
  openChecks: z.enum(OPEN_CHECK_RULES),
  corrections: z.enum(CORRECTION_STYLES),
  /** A change that is smaller is written down and not posted; minor units. */
  leastCorrectionMinor: z.number().int().min(0).max(100_000),
  method: z.enum(ENTRY_METHODS),
});
export type PostingRule = z.infer<typeof postingRuleView>;

/** The same, with the ways in which the connected books can take a day: for a page to offer. */
export const postingView = postingRuleView.extend({ methods: z.array(z.enum(ENTRY_METHODS)) });
export type PostingView = z.infer<typeof postingView>;

/** What changes; the rest stays as it is. */
export const postingChange = postingRuleView.partial().refine((change) => Object.keys(change).length > 0, "at least one setting");
export type PostingChange = z.infer<typeof postingChange>;

/** An act that was taken on and goes on by itself: the day shows what becomes of it. */
export const underWay = z.strictObject({ underWay: z.literal(true) });

/** The fingerprint of the proposal that the person saw: another one is a conflict, nothing is posted. */
export const postRequest = z.strictObject({ fingerprint: z.string().length(43) });

/** What a person decides about a day that waits for exactly that; another one is a conflict. */
export const decideRequest = z.strictObject({ kind: z.enum(DECIDABLE_KINDS) });

export const backfillRequest = z.strictObject({
  locations: z.array(id).min(1, "Choose a location.").max(300),
  from: dateText,
  to: dateText,
  /** Whether ready days are posted, or only read for a preview. */
  post: z.boolean(),
});
export type BackfillRequest = z.infer<typeof backfillRequest>;

export const backfillView = z.strictObject({
  id,
  from: dateText,
  to: dateText,
  post: z.boolean(),
  locations: z.array(id),
  dayCount: z.number().int(),
  doneCount: z.number().int(),
  /** How the finished ones ended. */
  outcomes: z.array(z.strictObject({ state: z.enum(DAY_STATES), count: z.number().int() })),
  /** Finished days that a person must look at, at most 50. */
  problems: z.array(z.strictObject({ locationId: id, date: dateText, state: z.enum(DAY_STATES) })),
  requestedAt: z.number().int(),
  isFinished: z.boolean(),
});
export type BackfillView = z.infer<typeof backfillView>;
export const backfillsView = z.strictObject({ backfills: z.array(backfillView) });
export const backfillPath = z.strictObject({ backfill: id });

/** What became of many days of one shop at once; what did not work stands first on the page. */
export const bulkOutcome = z.strictObject({
  done: z.number().int(),
  of: z.number().int(),
  problems: z.array(z.strictObject({ date: dateText, location: z.string(), title: z.string() })),
  /** Days that wait for another press: one call does so many at most. */
  left: z.number().int(),
});
export type BulkOutcome = z.infer<typeof bulkOutcome>;

export const lookalikesQuery = z.strictObject({ from: dateText, to: dateText });
export type LookalikesQuery = z.infer<typeof lookalikesQuery>;

/** What stands in the books already and may be the same sales: at most 100, the latest first. */
export const lookalikesView = z.strictObject({
  booksName: z.string(),
  currency: z.string(),
  from: dateText,
  to: dateText,
  found: z.array(z.strictObject({
    type: z.string(), documentNumber: z.string(), date: dateText, totalMinor: z.number().int(),
    /** The end of a sentence: "its memo names Square". */
    reason: z.string(),
  })),
});
export type LookalikesView = z.infer<typeof lookalikesView>;
