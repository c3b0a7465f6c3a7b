/** The SQL of Daybook's own books. An entry is written by one statement that asks for the closed period itself. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { BusinessDate } from "../../kernel/day";
import type { Currency } from "../../kernel/money";
import type { Statement } from "../../platform/audit";
import type { Query, ShopDb } from "../../platform/database";
import type { NewAccount } from "./rules";
import { ownAccount, ownBooks, ownEntry } from "./table";

export type OwnBooksRow = typeof ownBooks.$inferSelect;
export type OwnAccountRow = typeof ownAccount.$inferSelect;
export type OwnEntryRow = typeof ownEntry.$inferSelect;

/** What holds for the books as a whole; no row before they were begun. */
export function booksQuery(db: ShopDb): Query<OwnBooksRow> {
  return db.orm.select().from(ownBooks).where(eq(ownBooks.shopId, db.shopId));
}

/** Every account, inactive ones included, by name. */
export function accountsQuery(db: ShopDb): Query<OwnAccountRow> {
  return db.orm.select().from(ownAccount).where(eq(ownAccount.shopId, db.shopId)).orderBy(asc(ownAccount.name));
}

/** The entry of a request, if it was written. */
export function entryByRequest(db: ShopDb, requestId: string): Query<OwnEntryRow> {
  return db.orm.select().from(ownEntry).where(and(eq(ownEntry.shopId, db.shopId), eq(ownEntry.requestId, requestId)));
}

/** The entry with a number, if there is one: numbers are unique here. */
export function entryByNumber(db: ShopDb, documentNumber: string): Query<OwnEntryRow> {
  return db.orm.select().from(ownEntry).where(and(eq(ownEntry.shopId, db.shopId), eq(ownEntry.documentNumber, documentNumber)));
}

/** Begins the books with these accounts; what is there already stays as it is. */
export function begun(db: ShopDb, currency: Currency, accounts: readonly NewAccount[], at: number): readonly [Statement, Statement] {
  return [
    db.orm.insert(ownBooks).values({ shopId: db.shopId, currency, closedThrough: null, begunAt: at }).onConflictDoNothing(),
    db.orm.run(sql`
      INSERT INTO own_account (shop_id, id, name, type, class, currency, is_active)
      SELECT ${db.shopId}, value ->> 'id', value ->> 'name', value ->> 'type', value ->> 'class', ${currency}, 1
      FROM json_each(${JSON.stringify(accounts)}) WHERE true
      ON CONFLICT DO NOTHING`),
  ];
}

/** Adds an account. Answers no row where its name is taken: names are compared without regard to case. */
export async function addAccount(db: ShopDb, account: Omit<OwnAccountRow, "shopId">): Promise<OwnAccountRow | undefined> {
  const [row] = await db.orm.insert(ownAccount).values({ ...account, shopId: db.shopId }).onConflictDoNothing().returning();
  return row;
}

/**
 * Writes an entry once: nothing where its request or its number is there already, where the period is closed, and where
 * no books were begun. All of it is asked by the statement that writes, so that nothing can come between.
 */
export async function writeEntry(db: ShopDb, row: Omit<OwnEntryRow, "shopId">): Promise<void> {
  await db.orm.run(sql`
    INSERT INTO own_entry (shop_id, request_id, document_number, date, currency, memo, lines, written_at)
    SELECT ${db.shopId}, ${row.requestId}, ${row.documentNumber}, ${row.date}, ${row.currency}, ${row.memo}, ${JSON.stringify(row.lines)}, ${row.writtenAt}
    FROM own_books WHERE own_books.shop_id = ${db.shopId} AND (own_books.closed_through IS NULL OR own_books.closed_through < ${row.date})
    ON CONFLICT DO NOTHING`);
}

/** Closes the books through a date, or opens them again. */
export function closingWritten(db: ShopDb, closedThrough: BusinessDate | null): Statement {
  return db.orm.update(ownBooks).set({ closedThrough }).where(eq(ownBooks.shopId, db.shopId));
}
