/** The mapping as the web app sees it: each line of the till, its account, and what is suggested with the reason. */
import { z } from "zod";
import { chartAccount, type ChartAccount } from "../connections/contract";

export { chartAccount, type ChartAccount };

export const lineKeyText = z.string().min(1).max(200).regex(/^[a-z_]+(:[^\p{Cc}]{1,180})?$/u, "a line of the till");

export const accountRef = z.strictObject({ id: z.string().min(1).max(64), name: z.string().min(1).max(200) });

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
});
export type MappingLine = z.infer<typeof mappingLine>;

export const mappingView = z.strictObject({
  version: z.number().int(),
  savedBy: z.string().nullable(),
  savedAt: z.number().int().nullable(),
  currency: z.string(),
  lines: z.array(mappingLine),
  accounts: z.array(chartAccount),
  /** When the accounts were last read from the books; null when there are no books yet. */
  accountsReadAt: z.number().int().nullable(),
  booksName: z.string().nullable(),
});
export type MappingView = z.infer<typeof mappingView>;

/** Changes on top of `version`; a stale version is a conflict, so that two people never overwrite each other. */
export const mappingChange = z.strictObject({
  version: z.number().int().min(0),
  accounts: z.record(lineKeyText, accountRef.shape.id).refine((value) => Object.keys(value).length >= 1, "at least one line").refine((value) => Object.keys(value).length <= 500, "at most 500 lines at once"),
});
export type MappingChange = z.infer<typeof mappingChange>;
export const mappingSaved = z.strictObject({ version: z.number().int(), /** Held days that were waiting for it and are being tried again. */ retriedDays: z.number().int() });

export const newAccount = z.strictObject({ key: lineKeyText, name: z.string().trim().min(1).max(100) });
