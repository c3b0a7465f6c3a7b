/**
 * What somebody else may have posted already: another connector, or a bookkeeper by hand. Before a day's first entry the
 * books are asked what looks like the same sales; what is found holds the day until a person has looked.
 */
import type { Failure } from "../../kernel/failure";
import { ok, type Result } from "../../kernel/result";
import type { Access, FoundRecord } from "../../providers/registry";
import type { ConnectionRow } from "../connections/service";
import type { PendingEntry } from "../days/service";
import { booksOf } from "./ask";
import type { Job, ShopDay } from "./job";

/**
 * How many of a shop's first entries are looked around for. Whoever keeps another connector running beside Daybook has
 * been told by then; one call a day for ever would tell nobody anything new. Back-fills go where others were before, and
 * look around at every day.
 */
export const DAYS_LOOKED_AROUND = 7;

/** Daybook's own numbers, of days and of payouts. */
const OWN_NUMBER = /^DB-[A-Z0-9]{3}-\d{6}-[A-Z]\d{1,5}$/;

/** The look that a first entry takes before it is written down; null where none is due. */
export function lookAround(
  { request }: Pick<Job, "request">, { day, entries, isNewHere }: ShopDay, books: ConnectionRow, { entry }: Pick<PendingEntry, "entry">,
): ((access: Access) => Promise<Result<Failure | null>>) | null {
  const isDue = entries.length === 0 && (isNewHere || request.why === "backfill");
  if (!isDue) return null;
  const accepted = new Set(day.decisions.filter(({ kind }) => kind === "lookalike_accepted").map(({ about }) => about));
  return async (access) => {
    const found = await booksOf(books).findLookalikes(access, { from: day.businessDate, to: day.businessDate });
    if (!found.ok) return found;
    const others = found.value.filter((record) => record.date === day.businessDate && !OWN_NUMBER.test(record.documentNumber) && !accepted.has(record.id));
    const same = others.find(({ totalMinor }) => totalMinor === entry.totalMinor);
    const first = same ?? others[0];
    return ok(first === undefined ? null : failureOf(first, first === same));
  };
}

function failureOf({ id, type, documentNumber, reason }: FoundRecord, isSameTotal: boolean): Failure {
  return { kind: "already_in_books", recordId: id, recordType: type, documentNumber, reason: isSameTotal ? "its total is the same to the cent" : reason };
}
