/** Gives an entry the names under which it is known in the books, and everything that its fate can be found out by. */
import { documentNumber, requestIdFor } from "../../ledger/document-number";
import type { ConnectionRow } from "../connections/service";
import { mayBeInBooks, type DayRow, type PendingEntry } from "../days/service";
import type { ShopDay } from "./job";
import type { Order } from "./target";

/** What a pending entry is made for: the day with its next revision, and by which rules. */
type Numbered = Pick<ShopDay, "location" | "mapping" | "rule"> & { readonly day: Pick<DayRow, "shopId" | "businessDate" | "revision" | "reason"> };

/** The entry of a day with everything that its fate can be found out by. Corrections are journal entries, whatever they correct. */
export async function draftOf({ location, mapping, rule, day }: Numbered, books: ConnectionRow, order: Order, fingerprint: string, by: string): Promise<PendingEntry> {
  const { shopId, businessDate: date } = day;
  const { kind } = order;
  const revision = day.revision + 1;
  return {
    ...order, revision, method: kind === "sales" ? rule.method : "journal", booksConnectionId: books.id,
    documentNumber: documentNumber({ locationCode: location.code, date, kind, revision }),
    requestId: await requestIdFor({ shopId, books: books.externalAccount, locationId: location.id, date, kind, revision }),
    mappingVersion: mapping.version, dayFingerprint: fingerprint, postedBy: by,
    mayBeInBooks: mayBeInBooks(day.reason),
  };
}
