/**
 * Journal entries: written once per request id, found by number and date, read back by id. Amounts leave as decimal
 * literals and come back as integers of minor units; a line is positive and its side is a word (Intuit, JournalEntry).
 */
import { fromDecimal, toDecimal, type Currency } from "../../kernel/money";
import { parseBusinessDate, type BusinessDate } from "../../kernel/day";
import type { FieldProblem } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import type { EntryLine, EntryMethod } from "../../ledger/entry";
import type { Access, BookedEntry, EntryOrder } from "../contract";
import { create, lost, read } from "./client";
import { homeCurrency } from "./company";
import { toReferences, toTags } from "./dimensions";
import { explain } from "./explain";
import { equals } from "./query";
import { createReceipt, findReceipt, readReceipt } from "./receipts";
import { deletedAnswerSchema, entryAnswerSchema, entryPageSchema, type WireEntry } from "./wire";

/** Intuit's limits, in characters; 2050 is its answer past them. */
const LIMITS = { documentNumber: 21, requestId: 50, memo: 4_000, description: 4_000 } as const;

const provider = "quickbooks";

/** Creates once per `requestId`; a repeat brings the first answer, even for another body. */
export async function createEntry(access: Access, order: EntryOrder): Promise<Result<BookedEntry>> {
  const problems = problemsOf(order);
  if (problems.length > 0) {
    return failed({ kind: "invalid_input", message: "QuickBooks Online cannot hold this entry.", fields: problems });
  }
  if (order.method === "receipt") return await createReceipt(access, order);
  const { documentNumber, requestId } = order;
  const body = bodyOf(order);
  const answer = await create(access, { path: "journalentry", query: { requestid: requestId }, body, documentNumber }, entryAnswerSchema);
  if (!answer.ok) return failed(await explain(access, order, answer.failure));
  const booked = await translate(access, answer.value.JournalEntry);
  return booked.ok ? booked : lost("an entry was created, and its answer could not be read");
}

/** The entry with that number and date, or null. Numbers are compared exactly, though QuickBooks ignores their case. */
export async function findEntry(access: Access, documentNumber: string, date: BusinessDate, method: EntryMethod): Promise<Result<BookedEntry | null>> {
  if (method === "receipt") return await findReceipt(access, documentNumber, date);
  const where = `${equals("DocNumber", documentNumber)} and ${equals("TxnDate", date)}`;
  const query = `select * from JournalEntry where ${where} startposition 1 maxresults 100`;
  const answer = await read(access, "query", { query }, entryPageSchema);
  if (!answer.ok) return answer;
  const [first, ...more] = answer.value.QueryResponse.JournalEntry.filter((entry) => entry.DocNumber === documentNumber);
  if (more.length > 0) return failed({ kind: "duplicate_number", documentNumber });
  return first === undefined ? ok(null) : await translate(access, first);
}

/** Reads an entry back by its id; `not_found` when a person deleted it. */
export async function readEntry(access: Access, entryId: string, method: EntryMethod): Promise<Result<BookedEntry>> {
  if (method === "receipt") return await readReceipt(access, entryId);
  if (!/^\d{1,20}$/.test(entryId)) return failed({ kind: "not_found" });
  const answer = await read(access, `journalentry/${entryId}`, {}, deletedAnswerSchema.or(entryAnswerSchema));
  if (!answer.ok) return answer;
  const entry = answer.value.JournalEntry;
  return "status" in entry ? failed({ kind: "not_found" }) : await translate(access, entry);
}

function problemsOf(order: EntryOrder): FieldProblem[] {
  const { entry, documentNumber, requestId, memo } = order;
  const longest = Math.max(0, ...entry.lines.map((line) => line.description.length));
  const problems = [
    tooLong("documentNumber", documentNumber.length, LIMITS.documentNumber),
    tooLong("requestId", requestId.length, LIMITS.requestId),
    tooLong("memo", memo.length, LIMITS.memo),
    tooLong("description", longest, LIMITS.description),
    ...entry.lines.map((line) => notExact(line, entry.currency)),
  ];
  return problems.filter((problem) => problem !== null);
}

function tooLong(path: string, length: number, limit: number): FieldProblem | null {
  return length > limit ? { path, message: `is ${length} characters long; QuickBooks holds ${limit}` } : null;
}

/** JSON numbers are binary fractions in the books' answers: an amount that would not come back the same is refused. */
function notExact(line: EntryLine, currency: Currency): FieldProblem | null {
  const isExact = fromDecimal(Number(toDecimal(line.minor, currency)), currency) === line.minor;
  return isExact ? null : { path: "amount", message: "is too large to be held exactly" };
}

/** JSON by hand around the amounts only, so that `120.50` is written as it stands and not as a computed number. */
function bodyOf({ entry, date, documentNumber, memo }: EntryOrder): string {
  const head = JSON.stringify({
    TxnDate: date,
    DocNumber: documentNumber,
    PrivateNote: memo,
    CurrencyRef: { value: entry.currency },
  });
  const lines = entry.lines.map((line) => lineOf(line, entry.currency)).join(",");
  return `${head.slice(0, -1)},"Line":[${lines}]}`;
}

function lineOf(line: EntryLine, currency: Currency): string {
  const rest = JSON.stringify({
    Description: line.description,
    DetailType: "JournalEntryLineDetail",
    JournalEntryLineDetail: {
      PostingType: line.side === "debit" ? "Debit" : "Credit",
      AccountRef: { value: line.account.id },
      ...toReferences(line.tags),
    },
  });
  return `{"Amount":${toDecimal(line.minor, currency)},${rest.slice(1)}`;
}

async function translate(access: Access, wire: WireEntry): Promise<Result<BookedEntry>> {
  // Companies without multicurrency may leave the currency out; it is then the company's own.
  const currency = wire.CurrencyRef === undefined ? await homeCurrency(access) : ok(wire.CurrencyRef.value);
  if (!currency.ok) return currency;
  const date = parseBusinessDate(wire.TxnDate);
  if (date === null) return unreadable("an entry without a date");
  const lines: BookedEntry["lines"][number][] = [];
  for (const { Amount, JournalEntryLineDetail: detail } of wire.Line) {
    if (detail === undefined) continue; // a remark
    const minor = fromDecimal(Amount ?? "", currency.value);
    if (minor === null || minor < 0) return unreadable("an amount that is no amount of its currency");
    lines.push({ accountId: detail.AccountRef.value, side: detail.PostingType === "Debit" ? "debit" : "credit", minor, tags: toTags(detail) });
  }
  return ok({ id: wire.Id, documentNumber: wire.DocNumber, date, currency: currency.value, lines });
}

function unreadable(detail: string): Result<never> {
  return failed({ kind: "provider_unreadable", provider, detail });
}
