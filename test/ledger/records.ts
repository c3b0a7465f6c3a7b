/** Records for the tests of export: days, corrections and reversals at random, and names that mean harm. */
import * as fc from "fast-check";
import { addDays, type BusinessDate } from "../../src/kernel/day";
import { deltaBetween, reverse } from "../../src/ledger/correction";
import { documentNumber } from "../../src/ledger/document-number";
import { buildEntry, entryOf, type Entry } from "../../src/ledger/entry";
import type { Mapping } from "../../src/ledger/mapping";
import { hasNoSales, type SalesDay } from "../../src/ledger/sales-day";
import { journalText, type JournalFormat } from "../../src/ledger/export/formats";
import { usualClassOf, type JournalRecord } from "../../src/ledger/export/record";
import { balancedDay, mappingFor } from "./random-day";

export const FROM = "2026-01-01" as BusinessDate;

type About = Pick<JournalRecord, "businessDate" | "documentNumber"> & Partial<JournalRecord>;

/** An entry as it would leave. */
export function recordOf(entry: Entry, about: About): JournalRecord {
  return {
    date: about.businessDate, kind: "sales", revision: 1, cause: "", shop: "Harbour", location: "Pier", currency: entry.currency,
    lines: entry.lines.map(({ key, account, description, side, minor, tags }) => ({
      account: { books: "books", id: account.id, name: account.name, class: usualClassOf(key) }, description, side, minor, tags: tags ?? [],
    })),
    ...about,
  };
}

/** Text from outside at its worst: what ends names, begins comments, tags and formulas, turns direction, or is not there. */
export const hostile = fc.oneof(
  fc.constantFrom(
    "", " ", ":", "::", "a  b", "; comment", "date:2020-99-99", "[2020-13-45]", "=1+1", "@SUM(A1)", "(virtual)", "*", "! pending", "\t", "line\nbreak", "\r\n2026-01-01 x",
    "\u202Egnp", "\u0000", "\ud800", "“quoted”", '"', "\\", "A:B:C", "Café", "Cafe\u0301", "売上", "💰", "Income:Catering", "|", "{cost}", "-5.00", "x".repeat(100),
  ),
  fc.string({ unit: "binary", maxLength: 40 }), fc.string({ maxLength: 40 }),
);

/** A month: days, some corrected to another day's figures, some taken back; names of accounts, lines and places from outside. */
export const month: fc.Arbitrary<readonly JournalRecord[]> = fc.record({
  days: fc.array(fc.tuple(balancedDay, balancedDay, fc.constantFrom("stays", "corrected", "taken back")), { minLength: 1, maxLength: 12 }),
  names: fc.array(hostile, { minLength: 1, maxLength: 8 }),
  shop: hostile, location: hostile, cause: hostile,
  currency: fc.constantFrom("USD", "EUR", "JPY", "KWD", "CLF"),
}).map(({ days, names, currency, ...about }) => days.flatMap(([day, later, fate], index) => {
  const date = addDays(FROM, index);
  const entries = entriesOf(day, later, fate).map((entry) => ({ ...renamed(entry, names), currency }));
  return entries.map((entry, step) => recordOf(entry, {
    ...about, businessDate: date, date: addDays(date, step), revision: step + 1, kind: step === 0 ? "sales" : "correction",
    documentNumber: documentNumber({ locationCode: "PIR", date, kind: step === 0 ? "sales" : "correction", revision: step + 1 }),
  }));
}));

function entriesOf(day: SalesDay, later: SalesDay, fate: string): Entry[] {
  if (hasNoSales(day)) return [];
  const mapping = mappingFor(day, later);
  const first = built(day, mapping);
  if (fate === "taken back") return [first, reverse(first)];
  if (fate === "stays" || hasNoSales(later)) return [first];
  const delta = deltaBetween(built(later, mapping).lines, first.lines);
  return delta.length === 0 ? [first] : [first, entryOf(first.currency, delta)];
}

function built(day: SalesDay, mapping: Mapping): Entry {
  const entry = buildEntry(day, mapping, { roundingLimitMinor: Number.MAX_SAFE_INTEGER });
  if (!entry.ok) throw new Error(entry.failure.kind);
  return entry.value;
}

/** Several accounts may get one name: then the file must still tell them apart. */
function renamed(entry: Entry, names: readonly string[]): Entry {
  const nameOf = (id: string) => names[(id.length + id.charCodeAt(id.length - 1)) % names.length] ?? id;
  return { ...entry, lines: entry.lines.map((line) => ({ ...line, description: nameOf(line.key), account: { id: line.account.id, name: nameOf(line.account.id) } })) };
}

/** A whole file as text. */
export async function fileOf(format: JournalFormat, records: readonly JournalRecord[]): Promise<string> {
  const heading = { title: records[0]?.shop ?? "Harbour", lines: [`Journal of ${records[0]?.shop ?? "Harbour"}`], from: FROM };
  const pages = async function* () {
    for (let at = 0; at < records.length; at += 3) yield records.slice(at, at + 3);
  };
  let text = "";
  for await (const part of journalText(format, heading, pages())) text += part;
  return text;
}

/** Debits less credits by account and currency, each account by its books' id; exact. */
export function balancesOf(records: readonly JournalRecord[]): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const { lines, currency } of records) {
    for (const { account, side, minor } of lines) {
      const key = `${account.id} ${currency}`;
      totals.set(key, (totals.get(key) ?? 0n) + (side === "debit" ? BigInt(minor) : -BigInt(minor)));
    }
  }
  return totals;
}
