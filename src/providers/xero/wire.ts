/**
 * Xero's JSON at our door: only the fields that are read, everything else tolerated. Names are those of Xero-OpenAPI's
 * accounting and identity descriptions.
 */
import { z } from "zod";
import { parseBusinessDate, type BusinessDate } from "../../kernel/day";

const STATUSES = ["ACTIVE", "ARCHIVED", "DELETED"] as const;

export const organisationAnswerSchema = z.object({
  Organisations: z.array(z.object({
    Name: z.string(),
    BaseCurrency: z.string().regex(/^[A-Z]{3}$/),
    PeriodLockDate: z.string().nullish(),
    EndOfYearLockDate: z.string().nullish(),
  })).min(1),
});

/** One account of the chart. `Code` is missing on bank accounts, and `SystemAccount` may be absent, empty or null. */
export const accountSchema = z.object({
  AccountID: z.string(),
  Code: z.string().nullish(),
  Name: z.string(),
  Type: z.string().default(""),
  Class: z.string().nullish(),
  Status: z.enum(STATUSES).default("ACTIVE"),
  SystemAccount: z.string().nullish(),
});
export type WireAccount = z.infer<typeof accountSchema>;

export const accountsAnswerSchema = z.object({ Accounts: z.array(accountSchema) });

export const trackingAnswerSchema = z.object({
  TrackingCategories: z.array(z.object({
    TrackingCategoryID: z.string(),
    Name: z.string(),
    Status: z.enum(STATUSES).default("ACTIVE"),
    Options: z.array(z.object({ TrackingOptionID: z.string(), Name: z.string(), Status: z.enum(STATUSES).default("ACTIVE") })).default([]),
  })),
});

/** Debits are positive and credits negative. A blank line is a remark. */
const lineSchema = z.object({ LineAmount: z.number().default(0), AccountID: z.string().nullish(), IsBlank: z.boolean().nullish() });

const problemSchema = z.object({ Message: z.string().default("") });

/** A journal as a person may have left it. A list may leave its lines out. */
export const journalSchema = z.object({
  ManualJournalID: z.string(),
  Narration: z.string().default(""),
  Date: z.string(),
  Status: z.string().default("DRAFT"),
  Url: z.string().nullish(),
  JournalLines: z.array(lineSchema).default([]),
});
export type WireJournal = z.infer<typeof journalSchema>;

export const journalsAnswerSchema = z.object({ ManualJournals: z.array(journalSchema) });

/** What is said of each thing in the answer of a creation, beside or in place of the thing itself. */
export const itemsSchema = z.record(z.string(), z.unknown()).transform((answer) => Object.values(answer).flatMap((list) => {
  const items = z.array(z.object({ StatusAttributeString: z.string().nullish(), ValidationErrors: z.array(problemSchema).nullish() })).safeParse(list);
  return items.success ? items.data : [];
}));

/** A grant's organisations and practices; of the two only organisations have books. */
export const connectionsAnswerSchema = z.array(z.object({
  tenantId: z.guid(),
  tenantType: z.string().default(""),
  tenantName: z.string().nullish(),
}));

/** Token life in seconds from now; of the refresh token nothing is said. */
export const tokenAnswerSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().int().positive(),
  refresh_token: z.string().min(1),
  scope: z.string().optional(),
});

/** What the accounting itself refuses. */
export const exceptionSchema = z.object({
  ErrorNumber: z.number().int(),
  Type: z.string().default(""),
  Message: z.string().default(""),
  Elements: z.array(z.object({ ValidationErrors: z.array(problemSchema).nullish() })).nullish(),
});

/** What the gateway in front of it refuses. */
export const gatewayProblemSchema = z.object({ Title: z.string(), Status: z.number().int(), Detail: z.string().nullish(), Instance: z.string().nullish() });

/**
 * The calendar date of `/Date(1553126400000+0000)/`, which is midnight UTC of that date whatever the organisation's zone,
 * or of `2026-01-05` with or without a time; null for anything else.
 */
export function parseXeroDate(text: string): BusinessDate | null {
  const instant = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  if (instant === undefined) return parseBusinessDate(text.slice(0, 10));
  const date = new Date(Number(instant));
  return Number.isNaN(date.getTime()) ? null : parseBusinessDate(date.toISOString().slice(0, 10));
}
