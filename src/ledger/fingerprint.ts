/**
 * Fingerprints: whether a day, or an entry, would be booked as before. SHA-256 of canonical JSON. Labels, descriptions
 * and account names are no part of it, so that renaming changes nothing; nor is the count of orders, which no line holds.
 */
import { hashOf } from "../kernel/ids";
import { sum, toReadable } from "../kernel/money";
import type { Entry, EntryLine } from "./entry";
import type { Side } from "./lines";
import type { InAndOut, SalesDay } from "./sales-day";
import { keyOfTags, type BookedTag } from "./tag";

/** 43 base64url characters. Equal for days whose amounts are equal id by id, whatever the order of their rows. */
export async function fingerprintOf(day: SalesDay): Promise<string> {
  return hashOf(JSON.stringify([
    "day 1", day.currency,
    canonical(day.categories.map((row) => [row.id, row.grossMinor, row.returnedMinor])),
    flow(day.discounts), flow(day.comps),
    canonical(day.serviceCharges.map((row) => [row.id, ...flow(row)])),
    canonical(day.taxes.map((row) => [row.id, ...flow(row)])),
    flow(day.tips), flow(day.giftCards), day.giftCards.promotionalMinor, day.houseAccountPaymentsMinor,
    canonical(day.tenders.map((row) => [row.kind, row.id, ...flow(row)])),
    canonical(day.paidOuts.map((row) => [row.purpose, row.id, row.minor])),
    day.cashOverShortMinor, day.roundingMinor,
  ]));
}

/**
 * 43 base64url characters. Equal for entries that book the same amounts for the same keys to the same accounts with the
 * same tags. A line without tags counts as it did before there were any.
 */
export async function fingerprintOfEntry(entry: Entry): Promise<string> {
  const rows = entry.lines.map((line) => {
    const tags = keyOfTags(line.tags);
    return [line.key, line.account.id, line.side, line.minor, ...(tags === "" ? [] : [tags])];
  });
  return hashOf(JSON.stringify(["entry 1", entry.currency, canonical(rows)]));
}

/** A line as the books hold it: `providers/contract`'s `BookedEntry` in its lines. */
export type BookedLine = {
  readonly accountId: string; readonly side: Side; readonly minor: number;
  /** Absent where these books do not say what a line carries. */
  readonly tags?: readonly BookedTag[];
  /** Whether the books keep one sum on this account in place of lines: the tax of a sales receipt. Its net is compared. */
  readonly isSum?: true;
};

/**
 * Compares what was sent with what the books hold, in any order of lines. Null when they are the same line for line;
 * otherwise a sentence about the first difference. Lines that the books merged or split are a difference, and so is a
 * tag that was sent and is not there; one that a person added in another dimension is not.
 */
export function compareEntries(sent: Entry, booked: readonly BookedLine[]): string | null {
  const entry = { ...sent, lines: summedLike(sent.lines, booked) };
  const unmatched = booked.filter(({ isSum, minor }) => isSum !== true || minor !== 0);
  // Lines with more tags choose first: an untagged one fits beside a tagged one and must not take its place.
  for (const line of entry.lines.toSorted((one, other) => countOfTags(other) - countOfTags(one))) {
    const index = unmatched.findIndex((found) => isSame(line, found));
    if (index === -1) return missing(entry, line, unmatched);
    unmatched.splice(index, 1);
  }
  const [extra] = unmatched;
  if (extra === undefined) return null;
  return `The books hold a ${extra.side} of ${amount(entry, extra.minor)} on account ${extra.accountId} that was not sent.`;
}

/** The lines of accounts on which the books keep a sum, each account's as one line of its net; the others as they are. */
function summedLike(lines: readonly EntryLine[], booked: readonly BookedLine[]): readonly EntryLine[] {
  const sums = new Set(booked.filter(({ isSum }) => isSum).map(({ accountId }) => accountId));
  if (sums.size === 0) return lines;
  const nets = [...sums].flatMap((accountId): EntryLine[] => {
    const [first, ...others] = lines.filter(({ account }) => account.id === accountId);
    if (first === undefined) return [];
    const net = sum([first, ...others].map(({ side, minor }) => (side === "credit" ? minor : -minor)));
    const { tags: _tags, ...line } = first;
    return net === 0 ? [] : [{ ...line, side: net > 0 ? "credit" : "debit", minor: Math.abs(net) }];
  });
  return [...lines.filter(({ account }) => !sums.has(account.id)), ...nets];
}

function isSame(line: EntryLine, booked: BookedLine): boolean {
  return line.account.id === booked.accountId && line.side === booked.side && line.minor === booked.minor && carries(booked, line);
}

function carries({ tags }: BookedLine, line: EntryLine): boolean {
  if (tags === undefined) return true;
  return (line.tags ?? []).every(({ dimension, option }) => tags.some((tag) => tag.dimension === dimension && tag.option === option));
}

function countOfTags(line: EntryLine): number {
  return line.tags?.length ?? 0;
}

/** Says what stands in the line's place where something does. */
function missing(entry: Entry, line: EntryLine, unmatched: readonly BookedLine[]): string {
  const sent = `"${line.description}" was sent as a ${line.side} of ${amount(entry, line.minor)} to "${line.account.name}"`;
  const others = entry.lines.filter((other) => other !== line);
  const instead = unmatched.find((found) => (
    found.accountId === line.account.id && !others.some((other) => isSame(other, found))
  ));
  if (instead === undefined) return `${sent}, and the books do not hold it.`;
  if (instead.side === line.side && instead.minor === line.minor) {
    return `${sent} with ${(line.tags ?? []).map(({ name }) => `"${name}"`).join(" and ")}, and the books hold it without.`;
  }
  return `${sent}, and the books hold a ${instead.side} of ${amount(entry, instead.minor)}.`;
}

function amount(entry: Entry, minor: number): string {
  return `${toReadable(minor, entry.currency)} ${entry.currency}`;
}

function flow({ inMinor, outMinor }: InAndOut): [number, number] {
  return [inMinor, outMinor];
}

/** Rows as text in code unit order, those without any amount left out: neither order nor empty rows say anything. */
function canonical(rows: readonly (readonly (string | number)[])[]): readonly string[] {
  return rows
    .filter((row) => row.some((value) => typeof value === "number" && value !== 0))
    .map((row) => JSON.stringify(row))
    .toSorted();
}
