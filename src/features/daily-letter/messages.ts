/** What stands on the queue: whose letter of which date. Never an amount, never an address. */
import { z } from "zod";
import { parseBusinessDate, type BusinessDate } from "../../kernel/day";
import type { ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { dateText, id } from "../connections/contract";

const dailyLetter = z.strictObject({
  shopId: id.transform((text) => text as ShopId),
  /** Where the shop's rows are, as the directory said when this was sent. */
  shard: z.int().min(0).max(9_999),
  /** The date on which it is written, on the shop's wall clock: it tells of the day before. */
  date: dateText.transform((text, context): BusinessDate => {
    const date = parseBusinessDate(text);
    if (date !== null) return date;
    context.addIssue({ code: "custom", message: "is no date of the calendar" });
    return z.NEVER;
  }),
});
export type DailyLetter = z.output<typeof dailyLetter>;
export const dailyLetterMessage = defineMessage<DailyLetter>("daily-letter", dailyLetter);
