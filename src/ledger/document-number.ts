/**
 * The names under which an entry is known in the books. Both are made of what the entry is, so that the same entry has
 * the same names at every attempt (accounting reference §2.4). Intuit holds 21 characters of a number and 50 of a request id.
 */
import { assert } from "../kernel/assert";
import type { BusinessDate } from "../kernel/day";
import { hashOf } from "../kernel/ids";

export type EntryKind = "sales" | "correction" | "reversal";

const KIND_LETTERS: Readonly<Record<EntryKind, string>> = { sales: "S", correction: "C", reversal: "R" };

/**
 * `DB-PIR-260714-S1`: at most 21 characters, unique in a shop's books as long as location codes are. Revisions are
 * 1 to 99,999 and dates of this century; anything else is a bug and throws.
 */
export function documentNumber(entry: {
  readonly locationCode: string; readonly date: BusinessDate; readonly kind: EntryKind; readonly revision: number;
}): string {
  const { locationCode, date, kind, revision } = entry;
  assert(/^[A-Z0-9]{3}$/.test(locationCode), `a location code is three of A-Z and 0-9, got ${locationCode}`);
  assert(/^20\d\d-\d\d-\d\d$/.test(date), `a document number holds two digits of a year of this century, got ${date}`);
  assert(Number.isInteger(revision) && revision >= 1 && revision <= 99_999, `a revision is 1 to 99,999, got ${revision}`);
  return `DB-${locationCode}-${date.slice(2).replaceAll("-", "")}-${KIND_LETTERS[kind]}${revision}`;
}

/**
 * `DB-PIR-260714-P1` for the first payout that arrived at a location on a date, `DB-PIR-260714-P1-2` for the second entry
 * about it: at most 21 characters. Both count from 1 to 99; anything else is a bug and throws.
 */
export function payoutNumber(entry: {
  readonly locationCode: string; readonly date: BusinessDate; readonly nth: number; readonly revision: number;
}): string {
  const { locationCode, date, nth, revision } = entry;
  for (const count of [nth, revision]) assert(Number.isInteger(count) && count >= 1 && count <= 99, `payouts of a day and their entries are 1 to 99, got ${count}`);
  const start = documentNumber({ locationCode, date, kind: "sales", revision: 1 }).slice(0, -"S1".length);
  return `${start}P${nth}${revision === 1 ? "" : `-${revision}`}`;
}

/**
 * 43 characters: the same for every attempt at one entry of a payout. `books` as for `requestIdFor`. `since` is 0, or when
 * an entry was found that is not what was sent: once a person has deleted that one, its id would bring it back as an
 * answer and not into the books.
 */
export async function payoutRequestIdFor(entry: {
  readonly shopId: string; readonly books: string; readonly payoutId: string; readonly revision: number; readonly since: number;
}): Promise<string> {
  const { shopId, books, payoutId, revision, since } = entry;
  return hashOf(JSON.stringify(["payout request 1", shopId, books, payoutId, revision, since]));
}

/**
 * Three characters of A-Z and 0-9 for a location, like its name where that is free ("Pier" is PIR) and none of
 * `taken`. Throws when all 46,656 are taken. A code is chosen once and kept: it is part of numbers in the books.
 */
export function locationCodeFor(name: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  for (const code of candidates(abbreviation(name))) {
    if (!used.has(code)) return code;
  }
  throw new Error("every location code of the shop is taken");
}

/**
 * 43 characters: the same for every attempt at one entry, different for any other shop, books, location, date, kind
 * or revision. `books` is the company in the books, so that another company starts anew. `since` is 0, or when something
 * else was found under the entry's number: once a person has deleted that, its id would bring it back as an answer and
 * not into the books (Intuit replays what a request id once came to).
 */
export async function requestIdFor(entry: {
  readonly shopId: string; readonly books: string; readonly locationId: string;
  readonly date: BusinessDate; readonly kind: EntryKind; readonly revision: number; readonly since: number;
}): Promise<string> {
  const { shopId, books, locationId, date, kind, revision, since } = entry;
  return hashOf(JSON.stringify(["request 1", shopId, books, locationId, date, kind, revision, since]));
}

/** Three letters that still sound like the name: later vowels go first, what is short is filled with X. */
function abbreviation(name: string): string {
  let letters = name.normalize("NFKD").toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 100);
  for (let index = letters.length - 1; index > 0 && letters.length > 3; index -= 1) {
    if ("AEIOU".includes(letters.charAt(index))) letters = letters.slice(0, index) + letters.slice(index + 1);
  }
  return letters === "" ? "LOC" : letters.slice(0, 3).padEnd(3, "X");
}

/** The abbreviation, then with one digit, then with two, then every code there is. */
function* candidates(code: string): Generator<string> {
  yield code;
  for (let digit = 2; digit <= 9; digit += 1) yield `${code.slice(0, 2)}${digit}`;
  for (let number = 10; number <= 99; number += 1) yield `${code.slice(0, 1)}${number}`;
  for (let number = 0; number < 36 ** 3; number += 1) yield number.toString(36).toUpperCase().padStart(3, "0");
}
