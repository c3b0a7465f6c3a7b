/**
 * One entry on its way into the books: the only place that calls their create, for days and payouts alike. Whoever
 * calls it has written down under a lease what is sent; what it came to is a `Fate`, and keeping that is the caller's.
 */
import type { Failure, FailureKind } from "../../kernel/failure";
import type { EntryMethod } from "../../ledger/entry";
import { compareEntries } from "../../ledger/fingerprint";
import type { Access, BookedEntry, Books } from "../../providers/registry";
import type { PendingEntry } from "../days/service";
import { isAboutTheGrant } from "./ask";

/** What became of an attempt. */
export type Fate =
  | { readonly kind: "overtaken" }
  /** It is in the books, was read back, and is what was sent. */
  | { readonly kind: "booked"; readonly booked: BookedEntry }
  /** Certainly not in the books, or not as it should be: a person must look. */
  | { readonly kind: "refused"; readonly failure: Failure }
  /** Certainly without effect this time, and for a reason that passes. */
  | { readonly kind: "not_sent"; readonly failure: Failure }
  | { readonly kind: "unknown"; readonly failure: Failure };

/** What is sent, and to whom. `mayBeThere`: an earlier attempt may have reached the books. */
export type Parcel = {
  readonly books: Books;
  readonly access: Access;
  readonly order: Pick<PendingEntry, "entry" | "documentNumber" | "requestId" | "bookedOn" | "method">;
  /** What the books show beside the entry, for people. */
  readonly memo: string;
  readonly mayBeThere: boolean;
};

/** How many calls `deliver` makes of an entry that the books take. */
export function callsToDeliver({ calls }: Pick<Books, "calls">, method: EntryMethod): number {
  return calls.find[method] + calls.post[method];
}

/**
 * Sends an entry, unless it is there: what stands under its number is booked, held as different, or sent anew. The books
 * are asked even before a first attempt, since a person may have written the entry by hand under Daybook's number, and
 * their own warning of duplicate numbers can be switched off.
 */
export async function deliver(parcel: Parcel): Promise<Fate> {
  const { books, access, order, mayBeThere } = parcel;
  const found = await books.findEntry(access, order.documentNumber, order.bookedOn, order.method);
  if (!found.ok) return notFoundOut(found.failure, mayBeThere);
  return found.value === null ? await send(parcel) : compare(order, found.value);
}

/** Nothing was sent this time: without an earlier attempt, whatever passes by itself has left the books as they were. */
function notFoundOut(failure: Failure, mayBeThere: boolean): Fate {
  if (failure.kind === "duplicate_number" || isAboutTheGrant(failure)) return refused(failure);
  if (mayBeThere) return unknown(failure);
  return FATES[failure.kind] === undefined ? refused(failure) : { kind: "not_sent", failure };
}

async function send({ books, access, order, memo }: Parcel): Promise<Fate> {
  const { entry, documentNumber, requestId, bookedOn, method } = order;
  const created = await books.createEntry(access, { entry, date: bookedOn, documentNumber, requestId, memo, method });
  if (!created.ok) return fateOf(created.failure, false);
  const back = await books.readEntry(access, created.value.id, method);
  if (back.ok) return compare(order, back.value);
  if (back.failure.kind === "not_found") return refused(differs(order, "It was taken, and is not there any more."));
  // It was created, but nobody has seen it: whatever the failure is, it is looked up like a lost answer.
  return unknown({ kind: "answer_lost", provider: books.manifest.id, detail: `read-back failed: ${back.failure.kind}` });
}

function compare(order: Parcel["order"], booked: BookedEntry): Fate {
  const difference = booked.currency === order.entry.currency ? compareEntries(order.entry, booked.lines) : `The entry is in ${booked.currency}.`;
  return difference === null ? { kind: "booked", booked } : refused(differs(order, difference));
}

/** What a failed creation says about the books. What is not on this list was refused, and certainly is not there. */
const FATES: Partial<Record<FailureKind, "not_sent" | "unknown">> = {
  answer_lost: "unknown", provider_unreadable: "unknown",
  provider_busy: "not_sent", provider_down: "not_sent", key_unavailable: "not_sent",
};

/** What a failure means for an entry. After a look-up that could not be finished nothing is certain, whatever failed. */
export function fateOf(failure: Failure, mayBeThere: boolean): Fate {
  const kind = FATES[failure.kind] ?? "refused";
  return kind === "refused" && mayBeThere && isAboutTheGrant(failure) ? unknown(failure) : { kind, failure };
}

function refused(failure: Failure): Fate {
  return { kind: "refused", failure };
}

function unknown(failure: Failure): Fate {
  return { kind: "unknown", failure };
}

function differs({ documentNumber }: Parcel["order"], message: string): Failure {
  return { kind: "entry_differs", documentNumber, message };
}
