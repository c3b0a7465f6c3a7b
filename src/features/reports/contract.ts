/** Reports and the exported journal. Amounts are minor units of `currency`; instants are epoch milliseconds. */
import { z } from "zod";
import { JOURNAL_FORMATS } from "../../ledger/export/formats";
import { dateText, id } from "../connections/contract";
import { ENTRY_KINDS, SHOWN_STATES } from "../days/contract";

/** From one business date to another, both included; of one location, or of all. */
const range = { from: dateText, to: dateText, location: id.optional() };

export const reportQuery = z.strictObject(range);
export type ReportQuery = z.infer<typeof reportQuery>;

export const REPORT_FORMATS = ["csv", "pdf"] as const;
export const reportFileQuery = z.strictObject({ ...range, format: z.enum(REPORT_FORMATS) });
export type ReportFileQuery = z.infer<typeof reportFileQuery>;

/** By which date entries are chosen: the day that they are about, or the date on which they stand in the books. */
export const JOURNAL_DATES = ["business", "booked"] as const;
export const journalQuery = z.strictObject({ ...range, format: z.enum(JOURNAL_FORMATS), by: z.enum(JOURNAL_DATES).default("business") });
export type JournalQuery = z.infer<typeof journalQuery>;

const minor = z.number().int();
const place = { locationId: id, locationName: z.string(), date: dateText };

/** One day in a row. Figures are null where the day was not read. */
export const reportDay = z.strictObject({
  ...place,
  state: z.enum(SHOWN_STATES),
  currency: z.string(),
  figures: z.strictObject({ grossMinor: minor, reductionsMinor: minor, returnsMinor: minor, netMinor: minor, taxMinor: minor, tipsMinor: minor, collectedMinor: minor }).nullable(),
  /** The tie-out: what the till says came from somewhere, and what stands in the books for it; null where there is nothing. */
  tillMinor: minor.nullable(),
  booksMinor: minor.nullable(),
  /** Whether every line that was posted adds up to what the till says now; null where nothing was posted. */
  ties: z.boolean().nullable(),
  /** Numbers of its entries, oldest first. */
  numbers: z.array(z.string()),
});
export type ReportDay = z.infer<typeof reportDay>;

/** A line of the sums: what came in, what went back, and what that leaves. */
export const reportSum = z.strictObject({ label: z.string(), inMinor: minor, outMinor: minor, netMinor: minor });
export type ReportSum = z.infer<typeof reportSum>;

/** Everything of the range in one currency. */
export const reportTotals = z.strictObject({
  currency: z.string(),
  /** How many days were read. */
  days: z.number().int(),
  /** From gross sales to everything collected, in the order in which a bookkeeper reads them. */
  summary: z.array(z.strictObject({ label: z.string(), minor, isTotal: z.boolean() })),
  categories: z.array(reportSum),
  taxes: z.array(reportSum),
  tenders: z.array(reportSum),
  tieOut: z.strictObject({
    /** Of the days that are in the books, both sides; and of those that are not, the till's. */
    tillMinor: minor, booksMinor: minor, notPostedMinor: minor, postedDays: z.number().int(), ties: z.boolean(),
  }),
});
export type ReportTotals = z.infer<typeof reportTotals>;

/** Everything that was posted for the range in one currency, by account; both sides are equal. */
export const reportPosted = z.strictObject({
  currency: z.string(), accounts: z.array(z.strictObject({ account: z.string(), debitMinor: minor, creditMinor: minor })), debitMinor: minor, creditMinor: minor,
});
export type ReportPosted = z.infer<typeof reportPosted>;

/** An entry that came after a day's first one. */
export const reportChange = z.strictObject({
  ...place, kind: z.enum(ENTRY_KINDS), documentNumber: z.string(), bookedOn: dateText, cause: z.string(), currency: z.string(), totalMinor: minor, postedAt: z.number().int(),
});

export const reportView = z.strictObject({
  from: dateText,
  to: dateText,
  shop: z.string(),
  zone: z.string(),
  generatedAt: z.number().int(),
  /** Null for all locations. */
  location: z.strictObject({ id, name: z.string() }).nullable(),
  /** To choose from: also those that are no longer kept. */
  locations: z.array(z.strictObject({ id, name: z.string() })),
  totals: z.array(reportTotals),
  posted: z.array(reportPosted),
  states: z.array(z.strictObject({ state: z.enum(SHOWN_STATES), days: z.number().int() })),
  days: z.array(reportDay),
  changes: z.array(reportChange),
});
export type ReportView = z.infer<typeof reportView>;
