/** An organisation's shops side by side. Amounts are minor units of the currency beside them; instants are epoch milliseconds. */
import { z } from "zod";
import { dateText, id } from "../connections/contract";
import { dayView, SHOWN_STATES } from "../days/contract";

/** A shop of the organisation, with the way to its own host for those who are members there. */
export const shopOfPage = z.strictObject({ id, slug: z.string(), name: z.string(), url: z.string(), currency: z.string() });

/** Why a shop cannot be shown: it asks for a second factor that this session has not shown. */
export const reachProblem = z.enum(["second_factor_needed", "not_permitted", "failed"]);

/** One date of a shop: of all its locations the state that needs a person most, and how many share it. */
export const gridCell = z.strictObject({
  date: dateText,
  state: z.enum(SHOWN_STATES),
  count: z.number().int(),
  of: z.number().int(),
  takingsMinor: z.number().int().nullable(),
});
export type GridCell = z.infer<typeof gridCell>;

export const NEEDS = ["failed", "held", "missing", "changed", "ready"] as const;
export type Need = (typeof NEEDS)[number];
const needCounts = z.strictObject({ failed: z.number().int(), held: z.number().int(), missing: z.number().int(), changed: z.number().int(), ready: z.number().int() });

export const gridRow = z.strictObject({
  shop: shopOfPage,
  problem: reachProblem.nullable(),
  /** Location days of the range, by what they need. */
  needs: needCounts,
  cells: z.array(gridCell),
});
export type GridRow = z.infer<typeof gridRow>;

/** Shops that need most work first. */
export const gridView = z.strictObject({ dates: z.array(dateText), rows: z.array(gridRow) });
export type GridView = z.infer<typeof gridView>;

export const comparisonQuery = z.strictObject({ from: dateText, to: dateText });

/** A shop's sums over a range, one row for each currency that it counts in. */
export const comparisonRow = z.strictObject({
  shop: shopOfPage,
  problem: reachProblem.nullable(),
  currency: z.string(),
  grossMinor: z.number().int(),
  netMinor: z.number().int(),
  taxMinor: z.number().int(),
  tipsMinor: z.number().int(),
  /** Dates on which anything was sold, and location days that are in the books of those that were read. */
  daysOpen: z.number().int(),
  booked: z.number().int(),
  read: z.number().int(),
});
export type ComparisonRow = z.infer<typeof comparisonRow>;
export const comparisonView = z.strictObject({ from: dateText, to: dateText, rows: z.array(comparisonRow) });
export type ComparisonView = z.infer<typeof comparisonView>;

export const shopDatePath = z.strictObject({ shop: id, date: dateText });

/** A date at every location of a shop, to be read: what is wrong and what was sold, without a button that would act. */
export const shopDateView = z.strictObject({
  shop: shopOfPage,
  date: dateText,
  days: z.array(dayView.pick({ locationId: true, locationName: true, zone: true, state: true, booksName: true, totals: true, tieOut: true }).extend({
    title: z.string().nullable(),
    meaning: z.string().nullable(),
    details: z.string().nullable(),
  })),
});
export type ShopDateView = z.infer<typeof shopDateView>;
