/** What the rest of Daybook may ask of its own journal. */
import type { BusinessDate } from "../../kernel/day";
import type { Currency } from "../../kernel/money";
import type { Statement } from "../../platform/audit";
import type { ShopDb } from "../../platform/database";
import { STARTER_CHART } from "./rules";
import { begun, closingWritten } from "./store";

export { ownAccess, ownBooks } from "./books";
export { starterAccounts } from "./rules";

/** The statements that begin a shop's own books with a chart that its days need; books that were begun before stay as they are. */
export function beginOwnBooks(db: ShopDb, currency: Currency, at: number): readonly Statement[] {
  return begun(db, currency, STARTER_CHART, at);
}

/** The statement that closes a shop's own books through a date, or opens them again; from then on `createEntry` refuses what lies before. */
export function closeOwnBooks(db: ShopDb, through: BusinessDate | null): Statement {
  return closingWritten(db, through);
}
