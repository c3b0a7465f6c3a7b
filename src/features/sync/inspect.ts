/**
 * Looks at what Daybook posted for a day as it stands in the books now. People may change and delete entries there:
 * before anything is added to them it is known what is there, and a change that nobody has decided about stops the day.
 */
import type { Failure } from "../../kernel/failure";
import { hashOf } from "../../kernel/ids";
import { sum } from "../../kernel/money";
import { ok, type Result } from "../../kernel/result";
import { editBetween } from "../../ledger/correction";
import type { EntryLine } from "../../ledger/entry";
import { compareEntries } from "../../ledger/fingerprint";
import type { Access, BookedEntry, Books } from "../../providers/registry";
import type { ConnectionRow } from "../connections/service";
import type { Decision } from "../days/contract";
import { heldInBooks, isUndone, type EntryRow } from "../days/service";
import { ask, booksOf, type Asked, type Asker } from "./ask";
import type { Job, ShopDay } from "./job";
import type { Seen } from "./target";

/** Entries of one day that are read back, newest first. A day that was corrected more often is a day that people know. */
const MOST_READ_BACK = 40;

/** What the entries came to: `changed` names the first change that nobody has decided about. */
export type Inspection = { readonly kind: "as_known"; readonly seen: Seen } | { readonly kind: "changed"; readonly failure: Failure };

/** An entry that was posted, of a day or of a payout: as much of it as is compared. */
export type PostedRow = Pick<EntryRow, "revision" | "externalId" | "method" | "documentNumber" | "currency" | "lines" | "totalMinor">;

/** What was decided about changes, and whether what is left as it is counts all the same. */
export type Decided = { readonly decisions: readonly Decision[]; readonly countsAll: boolean };

/** Reads the closing date and every entry of the day. */
export async function inspect(job: Job, { entries, day }: ShopDay, connection: ConnectionRow): Promise<Asked<Inspection>> {
  const rows = heldInBooks(entries).filter((row) => row.booksConnectionId === connection.id).slice(-MOST_READ_BACK);
  // What is left as it is, is left out of the sum; but taking a day back takes back what is really there.
  return await readBack(job, connection, rows, { decisions: day.decisions, countsAll: isUndone(day) });
}

/** Reads the closing date and these entries, and compares each with what was posted. */
export async function readBack(job: Asker, connection: ConnectionRow, rows: readonly PostedRow[], decided: Decided): Promise<Asked<Inspection>> {
  const books = booksOf(connection);
  const calls = sum([books.calls.describe, ...rows.map(({ method }) => books.calls.read[method])]);
  return await ask(job, connection, calls, async (access): Promise<Result<Inspection>> => {
    const company = await books.describe(access);
    if (!company.ok) return company;
    const edits: EntryLine[] = [];
    for (const row of rows) {
      const looked = await compare(books, access, row, decided);
      if (!looked.ok) return looked;
      const compared = looked.value;
      if (compared.kind === "changed") return ok(compared);
      edits.push(...compared.edits);
    }
    return ok({ kind: "as_known", seen: { closedThrough: company.value.closedThrough, edits } });
  });
}

type Compared = { readonly kind: "known"; readonly edits: readonly EntryLine[] } | Extract<Inspection, { kind: "changed" }>;

async function compare(books: Books, access: Access, row: PostedRow, { decisions, countsAll }: Decided): Promise<Result<Compared>> {
  const found = await books.readEntry(access, row.externalId, row.method);
  if (!found.ok && found.failure.kind !== "not_found") return found;
  const booked = found.ok ? found.value : null;
  const message = differenceOf(row, booked);
  if (message === null) return ok({ kind: "known", edits: [] });
  const seen = await hashOf(JSON.stringify(["edit 1", row.revision, booked === null ? null : [booked.currency, booked.lines]]));
  const decision = decisions.findLast(({ kind, about }) => about === seen && (kind === "edit_accepted" || kind === "edit_corrected"));
  // Amounts of another currency can be neither added to nor taken back.
  const isForeign = booked !== null && booked.currency !== row.currency;
  if (decision === undefined || (isForeign && decision.kind === "edit_corrected")) {
    return ok({ kind: "changed", failure: { kind: "books_changed", documentNumber: row.documentNumber, change: booked === null ? "deleted" : "edited", message, seen } });
  }
  const counts = decision.kind === "edit_corrected" || countsAll;
  return ok({ kind: "known", edits: counts ? editBetween(row.lines, booked?.lines ?? []) : [] });
}

function differenceOf(row: PostedRow, booked: BookedEntry | null): string | null {
  if (booked === null) return "The books do not hold it any more.";
  if (booked.currency !== row.currency) return `The books hold it in ${booked.currency}.`;
  return compareEntries({ currency: row.currency, lines: row.lines, totalMinor: row.totalMinor }, booked.lines);
}
