/**
 * Manual journals: written once per request id, found by number and date, read back by id. Amounts leave as decimal
 * literals and come back as integers of minor units; a debit is positive and a credit negative (Xero, ManualJournals).
 */
import { exponentOf, fromDecimal, toDecimal, type Currency } from "../../kernel/money";
import type { BusinessDate } from "../../kernel/day";
import type { FieldProblem } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import type { EntryLine } from "../../ledger/entry";
import type { Access, BookedEntry, EntryOrder } from "../contract";
import { create, lost, read } from "./client";
import { explain } from "./explain";
import { isNumbered, isOurs, narrationOf, numberOf, sourceUrl } from "./marks";
import { baseCurrency } from "./organisation";
import { journalsAnswerSchema, parseXeroDate, type WireJournal } from "./wire";

/** In characters, but for tags: Xero's own limit of a key is 128, and a line has at most two tracking elements. */
const LIMITS = { documentNumber: 21, requestId: 50, memo: 3_900, description: 4_000, tags: 2 } as const;

/** Xero keeps two decimal places of every currency. */
const DECIMAL_PLACES = 2;

/** A page of the largest size; and a bound, far beyond what any organisation books on one day or in one quarter. */
const PAGE_SIZE = 1_000;
const MOST_PAGES = 20;

const provider = "xero";

/** Creates once per `requestId`, as posted: a draft would be in no ledger. `currency_mismatch` for any but the base currency. */
export async function createEntry(access: Access, order: EntryOrder): Promise<Result<BookedEntry>> {
  const problems = problemsOf(order);
  if (problems.length > 0) return failed({ kind: "invalid_input", message: "Xero cannot hold this entry.", fields: problems });
  const currency = await baseCurrency(access);
  if (!currency.ok) return currency;
  const { entry, requestId } = order;
  if (entry.currency !== currency.value) return failed({ kind: "currency_mismatch", expected: currency.value, found: entry.currency });
  const answer = await create(access, { path: "ManualJournals", body: bodyOf(order), idempotencyKey: requestId }, journalsAnswerSchema);
  if (!answer.ok) return failed(await explain(access, order, answer.failure));
  const [made] = answer.value.ManualJournals;
  const booked = made === undefined ? null : translate(made, currency.value);
  return booked?.ok === true && made?.Status === "POSTED" ? booked : lost("a journal was created, and its answer could not be read");
}

/** The journal with that number and date, or null: drafts, voided and deleted ones are in no ledger and are not found. */
export async function findEntry(access: Access, documentNumber: string, date: BusinessDate): Promise<Result<BookedEntry | null>> {
  const listed = await journalsWhere(access, `Date==${dateTime(date)}`);
  if (!listed.ok) return listed;
  const [first, ...more] = listed.value.filter((journal) => isPosted(journal) && isNumbered(journal, documentNumber));
  if (more.length > 0) return failed({ kind: "duplicate_number", documentNumber });
  // A list may leave lines out; the journal itself never does.
  return first === undefined ? ok(null) : await readEntry(access, first.ManualJournalID);
}

/** Reads a journal back by its id; `not_found` when a person voided or deleted it. */
export async function readEntry(access: Access, entryId: string): Promise<Result<BookedEntry>> {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(entryId)) return failed({ kind: "not_found" });
  const currency = await baseCurrency(access);
  if (!currency.ok) return currency;
  const answer = await read(access, { path: `ManualJournals/${entryId}` }, journalsAnswerSchema);
  if (!answer.ok) return answer;
  const [journal] = answer.value.ManualJournals;
  return journal === undefined || !isPosted(journal) ? failed({ kind: "not_found" }) : translate(journal, currency.value);
}

/**
 * Ids of Daybook's own journals that were created, edited, voided or deleted since an instant. Xero sends no word of
 * journals, so this is asked; which of them differ from what was posted, a reading of each says.
 */
export async function entriesChangedSince(access: Access, sinceMs: number): Promise<Result<readonly string[]>> {
  const listed = await pages(access, {}, sinceMs);
  return listed.ok ? ok(listed.value.filter(isOurs).map(({ ManualJournalID }) => ManualJournalID)) : listed;
}

/** Every journal for which a filter of Xero's holds, whatever its status. */
export async function journalsWhere(access: Access, where: string): Promise<Result<readonly WireJournal[]>> {
  return await pages(access, { where });
}

/** `DateTime(2026,01,05)`, as Xero's filters write a date. */
export function dateTime(date: BusinessDate): string {
  return `DateTime(${date.replaceAll("-", ",")})`;
}

/** Whether a journal is in the ledger. */
export function isPosted(journal: WireJournal): boolean {
  return journal.Status === "POSTED";
}

async function pages(access: Access, query: Readonly<Record<string, string>>, modifiedSince?: number): Promise<Result<readonly WireJournal[]>> {
  const all: WireJournal[] = [];
  const since = modifiedSince === undefined ? {} : { modifiedSince };
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const paged = { ...query, order: "UpdatedDateUTC ASC", page: String(page), pageSize: String(PAGE_SIZE) };
    const answer = await read(access, { path: "ManualJournals", query: paged, ...since }, journalsAnswerSchema);
    if (!answer.ok) return answer;
    all.push(...answer.value.ManualJournals);
    if (answer.value.ManualJournals.length < PAGE_SIZE) return ok(all);
  }
  return unreadable(`more than ${MOST_PAGES * PAGE_SIZE} journals`);
}

function problemsOf({ entry, documentNumber, requestId, memo }: EntryOrder): FieldProblem[] {
  const longest = Math.max(0, ...entry.lines.map((line) => line.description.length));
  const mostTags = Math.max(0, ...entry.lines.map((line) => line.tags?.length ?? 0));
  const problems = [
    beyond("documentNumber", documentNumber.length, LIMITS.documentNumber, "characters"),
    beyond("requestId", requestId.length, LIMITS.requestId, "characters"),
    beyond("memo", memo.length, LIMITS.memo, "characters"),
    beyond("description", longest, LIMITS.description, "characters"),
    beyond("tags", mostTags, LIMITS.tags, "tracking options on a line"),
    ...entry.lines.map((line) => notExact(line, entry.currency)),
  ];
  return problems.filter((problem) => problem !== null);
}

function beyond(path: string, found: number, limit: number, what: string): FieldProblem | null {
  return found > limit ? { path, message: `has ${found} ${what}; Xero holds ${limit}` } : null;
}

/** An amount that would not come back the same is refused: JSON numbers are binary fractions, and Xero rounds to hundredths. */
function notExact(line: EntryLine, currency: Currency): FieldProblem | null {
  const isFine = exponentOf(currency) > DECIMAL_PLACES && line.minor % 10 ** (exponentOf(currency) - DECIMAL_PLACES) !== 0;
  if (isFine) return { path: "amount", message: "is finer than a hundredth, which Xero does not hold" };
  const isExact = fromDecimal(Number(toDecimal(line.minor, currency)), currency) === line.minor;
  return isExact ? null : { path: "amount", message: "is too large to be held exactly" };
}

/** JSON by hand around the amounts only, so that `120.50` is written as it stands and not as a computed number. */
function bodyOf({ entry, date, documentNumber, memo }: EntryOrder): string {
  const head = JSON.stringify({
    Narration: narrationOf(documentNumber, memo),
    Date: date,
    // What the till collected is posted on its own lines: Xero is to compute no tax.
    LineAmountTypes: "NoTax",
    Status: "POSTED",
    Url: sourceUrl(documentNumber),
    ShowOnCashBasisReports: true,
  });
  const lines = entry.lines.map((line) => lineOf(line, entry.currency)).join(",");
  return `{"ManualJournals":[${head.slice(0, -1)},"JournalLines":[${lines}]}]}`;
}

function lineOf({ account, description, side, minor, tags = [] }: EntryLine, currency: Currency): string {
  const tracking = tags.map(({ dimension, option }) => ({ TrackingCategoryID: dimension, TrackingOptionID: option }));
  const rest = JSON.stringify({ AccountID: account.id, Description: description, ...(tracking.length === 0 ? {} : { Tracking: tracking }) });
  return `{"LineAmount":${toDecimal(side === "debit" ? minor : -minor, currency)},${rest.slice(1)}`;
}

function translate(wire: WireJournal, currency: Currency): Result<BookedEntry> {
  const date = parseXeroDate(wire.Date);
  if (date === null) return unreadable("a journal without a date");
  const lines: BookedEntry["lines"][number][] = [];
  for (const { LineAmount, AccountID, IsBlank } of wire.JournalLines) {
    if (IsBlank === true) continue; // a remark
    const minor = fromDecimal(LineAmount, currency);
    if (minor === null || typeof AccountID !== "string") return unreadable("a line without an account, or with an amount that is none of its currency");
    lines.push({ accountId: AccountID, side: minor < 0 ? "credit" : "debit", minor: Math.abs(minor) });
  }
  return ok({ id: wire.ManualJournalID, documentNumber: numberOf(wire), date, currency, lines });
}

function unreadable(detail: string): Result<never> {
  return failed({ kind: "provider_unreadable", provider, detail });
}
