/** Reminders of what expires: documents and certificates alike, thirty days before, seven days before, and on the day. */
import { addDays, type BusinessDate } from "../../kernel/day";
import type { ShopDb } from "../../platform/database";
import { expiringBetween, type Expiring } from "./store";

const REMIND_DAYS = [0, 7, 30] as const;
/** Where no letter was written for longer, what would have stood in the older ones is not caught up with. */
const MOST_DAYS_BACK = 14;
const MOST_NAMED = 5;

export type { Expiring } from "./store";

/**
 * What is to be told on a date, when the last reminders were of `since`: whatever reached one of the three days after that
 * date, so that each is told once for each of them and nothing is missed on a day without a letter. A revoked certificate
 * is not among them.
 */
export async function expiringOn(db: ShopDb, date: BusinessDate, since: BusinessDate | null): Promise<Expiring> {
  const earliest = addDays(date, -MOST_DAYS_BACK);
  const last = since === null ? addDays(date, -1) : since < earliest ? earliest : since;
  return await expiringBetween(db, REMIND_DAYS.map((days) => ({ after: addDays(last, days), through: addDays(date, days) })), MOST_NAMED);
}
