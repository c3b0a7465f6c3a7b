/** The SQL of what the team is told. */
import { and, eq, lte } from "drizzle-orm";
import type { PersonId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import { messageNotice, messageRule } from "./table";

export type NoticeRow = typeof messageNotice.$inferSelect;

/** Whether the team is told; no row: it is. */
export function ruleQuery(db: ShopDb): Query<{ readonly notifies: boolean }> {
  return db.orm.select({ notifies: messageRule.notifies }).from(messageRule).where(eq(messageRule.shopId, db.shopId));
}

/** Sets whether the team is told. */
export function ruleWritten(db: ShopDb, notifies: boolean): Statement {
  return db.orm.insert(messageRule).values({ shopId: db.shopId, notifies })
    .onConflictDoUpdate({ target: messageRule.shopId, set: { notifies }, setWhere: eq(messageRule.shopId, db.shopId) });
}

/** When each of the team was last told. */
export function noticesQuery(db: ShopDb): Query<NoticeRow> {
  return db.orm.select().from(messageNotice).where(eq(messageNotice.shopId, db.shopId));
}

/** Takes somebody's turn to be told, unless they were told after `notSince`: of many who try at once one gets it. */
export async function takeNotice(db: ShopDb, personId: PersonId, told: Pick<NoticeRow, "toldAt" | "toldThrough">, notSince: number): Promise<boolean> {
  const taken = await db.orm.insert(messageNotice).values({ shopId: db.shopId, personId, ...told })
    .onConflictDoUpdate({ target: [messageNotice.shopId, messageNotice.personId], set: told, setWhere: lte(messageNotice.toldAt, notSince) })
    .returning({ personId: messageNotice.personId });
  return taken.length > 0;
}

/** Gives a turn back that came to nothing. */
export function noticeGivenBack(db: ShopDb, personId: PersonId, before: NoticeRow | undefined): Statement {
  const own = and(eq(messageNotice.shopId, db.shopId), eq(messageNotice.personId, personId));
  if (before === undefined) return db.orm.delete(messageNotice).where(own);
  return db.orm.update(messageNotice).set({ toldAt: before.toldAt, toldThrough: before.toldThrough }).where(own);
}
