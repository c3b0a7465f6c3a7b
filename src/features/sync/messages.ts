/** What stands on the queue: which day of which shop, why, and whether it may be posted. Never a sale, never an amount. */
import { z } from "zod";
import { parseBusinessDate, type BusinessDate } from "../../kernel/day";
import type { LocationId, ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { dateText, id } from "../connections/contract";

const shopId = id.transform((text) => text as ShopId);
const locationId = id.transform((text) => text as LocationId);
const businessDate = dateText.transform((text, context): BusinessDate => {
  const date = parseBusinessDate(text);
  if (date !== null) return date;
  context.addIssue({ code: "custom", message: "is no date of the calendar" });
  return z.NEVER;
});

/** `person:<id>` or `daybook`. */
const actor = z.string().max(60).regex(/^(?:daybook|person:[a-z2-7]{26})$/);

/**
 * Why a day is looked at: it closed, it was found missing, a range was asked for, a person (or mended mapping) wants it
 * again, its turn has come in the trailing window, the till said that it changed, or the books said that its entry did.
 */
export const WHYS = ["closed", "gap", "backfill", "retry", "reread", "till_changed", "books_changed"] as const;

/** `as_set`: as the shop's posting rule says. `yes`: a person who may has asked. `no`: only read. */
export const POST_WISHES = ["as_set", "yes", "no"] as const;
export type PostWish = (typeof POST_WISHES)[number];

/** A day is read on its till's queue and posted on its books' queue, so that neither waits for the other's provider. */
export const STAGES = ["read", "post"] as const;

const syncDay = z.strictObject({
  shopId,
  /** Where the shop's rows are, as the directory said when this was sent; a wrong one finds no location and does nothing. */
  shard: z.int().min(0).max(9_999),
  locationId,
  date: businessDate,
  why: z.enum(WHYS),
  post: z.enum(POST_WISHES),
  by: actor,
  backfillId: id.nullable(),
  /** How often it was put off because the provider's pace left no room; such a delay is no failed attempt. */
  postponed: z.int().min(0).max(1_000),
  /** Which stage this is; read where it does not say. */
  stage: z.enum(STAGES).optional(),
});
export type SyncDay = z.output<typeof syncDay>;
export const syncDayMessage = defineMessage<SyncDay>("sync-day", syncDay);

const startBackfill = z.strictObject({
  shopId,
  shard: z.int().min(0).max(9_999),
  backfillId: id,
  locationIds: z.array(locationId).min(1).max(300),
  from: businessDate,
  to: businessDate,
  posts: z.boolean(),
  by: actor,
  at: z.int(),
});
export type StartBackfill = z.output<typeof startBackfill>;
export const startBackfillMessage = defineMessage<StartBackfill>("start-backfill", startBackfill);
