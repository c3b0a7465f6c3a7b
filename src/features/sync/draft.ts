/** Gives an entry the names under which it is known in the books, and everything that its fate can be found out by. */
import type { Failure } from "../../kernel/failure";
import { documentNumber, requestIdFor } from "../../ledger/document-number";
import type { ConnectionRow } from "../connections/service";
import { mayBeInBooks, type DayRow, type PendingEntry } from "../days/service";
import type { ShopDay } from "./job";
import type { Order } from "./target";

/** What a pending entry is made for: the day with its next revision, and by which rules. */
type Numbered = Pick<ShopDay, "location" | "mapping" | "rule"> & { readonly day: Pick<DayRow, "shopId" | "businessDate" | "revision" | "reason" | "changedAt"> };

/** The entry of a day with everything that its fate can be found out by. Corrections are journal entries, whatever they correct. */
export async function draftOf({ location, mapping, rule, day }: Numbered, books: ConnectionRow, order: Order, fingerprint: string, by: string): Promise<PendingEntry> {
  const { shopId, businessDate: date, reason } = day;
  const { kind } = order;
  const revision = day.revision + 1;
  return {
    ...order, revision, method: kind === "sales" ? rule.method : "journal", booksConnectionId: books.id,
    documentNumber: documentNumber({ locationCode: location.code, date, kind, revision }),
    requestId: await requestIdFor({ shopId, books: books.externalAccount, locationId: location.id, date, kind, revision, since: foundOther(reason) ? day.changedAt : 0 }),
    mappingVersion: mapping.version, dayFingerprint: fingerprint, postedBy: by,
    mayBeInBooks: mayBeInBooks(reason),
  };
}

/**
 * Whether the number stood in the books for something else. Such an entry is looked up before it is sent: a new id
 * sends it only where nothing stands under its number any more.
 */
function foundOther(reason: Failure | null): boolean {
  return reason?.kind === "entry_differs" || reason?.kind === "duplicate_number";
}
