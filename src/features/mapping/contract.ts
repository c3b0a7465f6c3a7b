/** The mapping as the web app sees it: each line of the till, its account, and what is suggested with the reason. */
import { z } from "zod";
import { chartAccount, chartDimension, dateText, id, type ChartAccount, type ChartDimension } from "../connections/contract";

export { chartAccount, type ChartAccount, type ChartDimension };

export const lineKeyText = z.string().min(1).max(200).regex(/^[a-z_]+(:[^\p{Cc}]{1,180})?$/u, "a line of the till");

export const accountRef = z.strictObject({ id: z.string().min(1).max(64), name: z.string().min(1).max(200) });

/** What a line carries beside its account; `problem` is a sentence where the books no longer take it. */
export const tagView = z.strictObject({ dimension: z.string(), option: z.string(), name: z.string(), problem: z.string().nullable() });
export type TagView = z.infer<typeof tagView>;

export const MAPPING_GROUPS = ["sales", "tenders", "tax_and_tips", "other"] as const;

export const mappingLine = z.strictObject({
  key: lineKeyText,
  label: z.string(),
  /** One sentence on what the line is: "Not income: a liability until used". Empty where the label says it all. */
  about: z.string(),
  group: z.enum(MAPPING_GROUPS),
  nature: z.enum(["income", "contra_income", "liability", "asset", "expense"]),
  /** Minor units over the last seven days on which it occurred in what was read. */
  recentMinor: z.number().int(),
  account: accountRef.nullable(),
  /** Set when the mapped account can no longer be posted to; a sentence. */
  problem: z.string().nullable(),
  suggestion: z.strictObject({ account: accountRef, reason: z.string() }).nullable(),
  /** The line's own; where it has none of a dimension, the location's default holds. */
  tags: z.array(tagView),
  /** Whether days wait for it: everything that occurs, and nothing that a shop may choose or leave. */
  isNeeded: z.boolean(),
});
export type MappingLine = z.infer<typeof mappingLine>;

export const mappingView = z.strictObject({
  version: z.number().int(),
  savedBy: z.string().nullable(),
  savedAt: z.number().int().nullable(),
  currency: z.string(),
  lines: z.array(mappingLine),
  accounts: z.array(chartAccount),
  /** Classes, locations or tracking categories of the books; empty where they have none. */
  dimensions: z.array(chartDimension),
  /** The shop's locations with the tags that all their lines carry unless a line has its own. */
  locations: z.array(z.strictObject({ id, name: z.string(), tags: z.array(tagView) })),
  /** When the accounts were last read from the books; null when there are no books yet. */
  accountsReadAt: z.number().int().nullable(),
  booksName: z.string().nullable(),
});
export type MappingView = z.infer<typeof mappingView>;

/** By dimension, the option that is chosen; null takes the choice back. */
const tagChoice = z.record(z.string().min(1).max(64), z.string().min(1).max(64).nullable()).refine((value) => Object.keys(value).length <= 20, "at most 20 dimensions");

const atMost = (most: number) => [(value: object) => Object.keys(value).length <= most, `at most ${most} at once`] as const;

/** Changes on top of `version`; a stale version is a conflict, so that two people never overwrite each other. */
export const mappingChange = z.strictObject({
  version: z.number().int().min(0),
  accounts: z.record(lineKeyText, accountRef.shape.id).refine(...atMost(500)).optional(),
  /** Tags of lines by their key, and of locations by their id. */
  tags: z.strictObject({
    lines: z.record(lineKeyText, tagChoice).refine(...atMost(500)).optional(),
    locations: z.record(id, tagChoice).refine(...atMost(300)).optional(),
  }).optional(),
}).refine(({ accounts, tags }) => [accounts, tags?.lines, tags?.locations].some((part) => Object.keys(part ?? {}).length > 0), "at least one change");
export type MappingChange = z.infer<typeof mappingChange>;
export const mappingSaved = z.strictObject({ version: z.number().int(), /** Held days that were waiting for it and are being tried again. */ retriedDays: z.number().int() });

export const newAccount = z.strictObject({ key: lineKeyText, name: z.string().trim().min(1).max(100) });

const change = z.strictObject({
  /** What it is about: "Coffee", or the name of a location. */
  label: z.string(),
  /** "Account", or the books' name of the dimension. */
  what: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

export const versionView = z.strictObject({
  version: z.number().int(),
  savedBy: z.string(),
  savedAt: z.number().int(),
  /** Against the version before, at most 100. */
  changes: z.array(change),
  changeCount: z.number().int(),
});
export type VersionView = z.infer<typeof versionView>;

/** `before`: only versions older than that one. */
export const versionsQuery = z.strictObject({ before: z.coerce.number().int().min(1).max(1_000_000_000).optional() });
/** The newest first, at most 20; `isMore` when older ones follow. */
export const versionsView = z.strictObject({ versions: z.array(versionView), isMore: z.boolean() });
export type VersionsView = z.infer<typeof versionsView>;

export const versionPath = z.strictObject({ version: z.coerce.number().int().min(1).max(1_000_000_000) });
export const oldVersionView = z.strictObject({
  version: z.number().int(),
  savedBy: z.string(),
  savedAt: z.number().int(),
  /** Every line that it mapped or that is mapped now, as it stood then and as it stands. */
  lines: z.array(z.strictObject({ label: z.string(), was: z.string().nullable(), now: z.string().nullable(), isSame: z.boolean() })),
});
export type OldVersionView = z.infer<typeof oldVersionView>;

/** `version`: the one that the person saw as the current one. */
export const restoreRequest = z.strictObject({ version: z.number().int().min(0) });

const sides = z.strictObject({ debitMinor: z.number().int(), creditMinor: z.number().int() });

/** What a change would do to the entries of the last seven days that were read; nothing is saved by asking. */
export const effectView = z.strictObject({
  currency: z.string(),
  from: dateText.nullable(),
  to: dateText.nullable(),
  dayCount: z.number().int(),
  /** Days that could not become an entry before and can then. */
  unlockedDays: z.number().int(),
  /** Days that could not become an entry even then. */
  stillWaitingDays: z.number().int(),
  /** Accounts (with the tags on their lines) of which anything changes. */
  rows: z.array(z.strictObject({ account: z.string(), tags: z.array(z.string()), before: sides, after: sides })),
});
export type EffectView = z.infer<typeof effectView>;
