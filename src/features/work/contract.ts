/** What needs a person, in all shops of one bookkeeper. */
import { z } from "zod";
import { dateText, id } from "../connections/contract";

/** The most urgent first: failed and held days are not in the books; changed and ready ones wait for a decision. */
export const WORK_KINDS = ["failed", "uncertain", "held", "changed", "ready"] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

export const workShop = z.strictObject({ id, name: z.string(), slug: z.string(), url: z.string(), mayPost: z.boolean(), mayRetry: z.boolean() });

/** Days of one shop that need the same: one cause, one mending. */
export const workItem = z.strictObject({
  shop: workShop,
  kind: z.enum(WORK_KINDS),
  /** Why, in one sentence. */
  title: z.string(),
  /** Newest first, at most 31; `url` is the day's page on the shop's own host. */
  days: z.array(z.strictObject({ date: dateText, location: z.string(), url: z.string() })),
  count: z.number().int(),
});
export type WorkItem = z.infer<typeof workItem>;

/** A shop that could not be looked at, and why. */
export const workProblem = z.strictObject({ name: z.string(), url: z.string(), problem: z.enum(["second_factor_needed", "failed"]) });

export const workView = z.strictObject({
  /** Shops that were looked at. */
  shops: z.number().int(),
  items: z.array(workItem),
  problems: z.array(workProblem),
  /** Shops beyond the most that one look takes; they stand on their own pages. */
  left: z.number().int(),
});
export type WorkView = z.infer<typeof workView>;

export const workPath = z.strictObject({ shop: id });
