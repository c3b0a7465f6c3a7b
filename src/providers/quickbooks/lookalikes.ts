/**
 * What stands in the books already and may be the same sales: another connector's records, or those that a bank feed or
 * a person made (accounting reference §3, cases 1 and 2). A hint for a person, never a decision: whatever is ours by its
 * number is left out, and what neither names a till nor comes to a day's total is not mentioned.
 */
import { parseBusinessDate, type BusinessDate } from "../../kernel/day";
import { fromDecimal, sum, type Currency } from "../../kernel/money";
import { ok, type Result } from "../../kernel/result";
import type { Access, FoundRecord, LookalikeRange } from "../contract";
import { read } from "./client";
import { homeCurrency } from "./company";
import { datedBetween } from "./query";
import { recordPageSchema, type WireRecord } from "./wire";

const ENTITIES = [
  ["JournalEntry", "Journal entry"], ["SalesReceipt", "Sales receipt"], ["Deposit", "Deposit"], ["Invoice", "Invoice"],
] as const;

type Entity = (typeof ENTITIES)[number][0];

/** Intuit's largest page; of more in one range than the bound, the rest is not looked through. */
const PAGE_SIZE = 1_000;
const MOST_PAGES = 5;
const MOST_FOUND = 100;

/** What the document numbers of Daybook's own entries begin with. */
const OURS = "DB-";

/** Tills, and the connectors that post for them, by the names that they leave in memos, numbers and customers. */
const NAMES = [
  "Square", "Clover", "Toast", "Lightspeed", "SumUp", "Zettle", "Shopify", "TouchBistro", "Revel",
  "Commerce Sync", "Bookkeep", "Synder", "Shogo", "Amaka", "A2X", "Dext", "Greenback", "PayTraQer", "SalesToBooks",
];

/** At most 100, the latest first. */
export async function findLookalikes(access: Access, range: LookalikeRange): Promise<Result<readonly FoundRecord[]>> {
  const currency = await homeCurrency(access);
  if (!currency.ok) return currency;
  const found: FoundRecord[] = [];
  for (const [entity, type] of ENTITIES) {
    const records = await recordsOf(access, entity, range);
    if (!records.ok) return records;
    found.push(...records.value.flatMap((record) => lookAt(record, { type, currency: currency.value, days: range.days ?? [] })));
  }
  return ok(found.toSorted((one, other) => (one.date < other.date ? 1 : one.date > other.date ? -1 : 0)).slice(0, MOST_FOUND));
}

async function recordsOf(access: Access, entity: Entity, { from, to }: LookalikeRange): Promise<Result<readonly WireRecord[]>> {
  const all: WireRecord[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = `select * from ${entity} where ${datedBetween(from, to)} orderby TxnDate desc startposition ${page * PAGE_SIZE + 1} maxresults ${PAGE_SIZE}`;
    const answer = await read(access, "query", { query }, recordPageSchema);
    if (!answer.ok) return answer;
    const records = answer.value.QueryResponse[entity];
    all.push(...records);
    if (records.length < PAGE_SIZE) break;
  }
  return ok(all);
}

type Looking = { readonly type: string; readonly currency: Currency; readonly days: NonNullable<LookalikeRange["days"]> };

function lookAt(record: WireRecord, { type, currency, days }: Looking): FoundRecord[] {
  const date = parseBusinessDate(record.TxnDate);
  if (date === null || record.DocNumber.startsWith(OURS)) return [];
  const totalMinor = totalOf(record, record.CurrencyRef?.value ?? currency);
  const reason = namingOf(record) ?? sameTotal(date, totalMinor, days);
  return reason === null ? [] : [{ id: record.Id, type, documentNumber: record.DocNumber, date, totalMinor, reason }];
}

/** Where a record names a till or a connector, in the order in which a person would look. */
function namingOf({ DocNumber, PrivateNote, CustomerRef, Line }: WireRecord): string | null {
  const places = [
    ["its memo names", PrivateNote], ["its number names", DocNumber], ["its customer is named", CustomerRef?.name ?? ""],
    ["one of its lines names", Line.map(({ Description }) => Description).join("\n")],
  ] as const;
  for (const [where, text] of places) {
    const name = NAMES.find((one) => new RegExp(`(?<![\\p{L}\\p{N}])${one}(?![\\p{L}\\p{N}])`, "iu").test(text));
    if (name !== undefined) return `${where} ${name}`;
  }
  return null;
}

function sameTotal(date: BusinessDate, totalMinor: number, days: Looking["days"]): string | null {
  const isSame = totalMinor !== 0 && days.some((day) => day.date === date && day.totalMinor === totalMinor);
  return isSame ? "it has the same date and total as that day" : null;
}

/** A journal entry has no total of its own: one side of it is. What is no amount of its currency counts as nothing. */
function totalOf({ TotalAmt, Line }: WireRecord, currency: Currency): number {
  const minorOf = (amount: number | undefined) => fromDecimal(amount ?? 0, currency) ?? 0;
  const debits = Line.filter(({ JournalEntryLineDetail }) => JournalEntryLineDetail?.PostingType === "Debit").map(({ Amount }) => minorOf(Amount));
  return debits.length > 0 ? sum(debits) : minorOf(TotalAmt);
}
