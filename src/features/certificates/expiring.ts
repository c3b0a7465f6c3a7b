/** Reminders of what expires: documents and certificates alike, thirty days before, seven days before, and on the day. */
import { sql } from "drizzle-orm";
import { addDays, type BusinessDate } from "../../kernel/day";
import type { ShopDb } from "../../platform/database";

const REMIND_DAYS = [0, 7, 30] as const;
/** Where no letter was written for longer, what would have stood in the older ones is not caught up with. */
const MOST_DAYS_BACK = 14;
const MOST_NAMED = 5;

/** What owners are reminded of on one date: how many, and the ones that expire first. */
export type Expiring = { readonly count: number; readonly first: readonly { readonly title: string; readonly expiresOn: BusinessDate }[] };

/**
 * What is to be told on a date, when the last reminders were of `since`: whatever reached one of the three days after that
 * date, so that each is told once for each of them and nothing is missed on a day without a letter. A revoked certificate
 * is not among them.
 */
export async function expiringOn(db: ShopDb, date: BusinessDate, since: BusinessDate | null): Promise<Expiring> {
  const earliest = addDays(date, -MOST_DAYS_BACK);
  const last = since === null ? addDays(date, -1) : since < earliest ? earliest : since;
  const due = sql.join(REMIND_DAYS.map((days) => sql`(document.expires_on > ${addDays(last, days)} AND document.expires_on <= ${addDays(date, days)})`), sql` OR `);
  const from = sql`
    FROM document LEFT JOIN certificate ON certificate.shop_id = document.shop_id AND certificate.document_id = document.id
    WHERE document.shop_id = ${db.shopId} AND certificate.revoked_at IS NULL AND (${due})`;
  const counted = await db.orm.get<{ readonly count: number }>(sql`SELECT count(*) AS count ${from}`);
  if (counted.count === 0) return { count: 0, first: [] };
  const first = await db.orm.all<Expiring["first"][number]>(sql`SELECT document.title AS title, document.expires_on AS "expiresOn" ${from} ORDER BY document.expires_on, document.title LIMIT ${MOST_NAMED}`);
  return { count: counted.count, first };
}
