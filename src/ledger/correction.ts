/**
 * Corrections in append-only books (accounting reference §2.3): what was posted stays, and what remains to post is the
 * target less the sum of everything posted. So any number of corrections ends at the right total.
 */
import { entryOf, type Entry, type EntryLine } from "./entry";
import type { BookedLine } from "./fingerprint";
import { linesOf, type Side } from "./lines";
import { accountFor, type AccountRef, type LineKey, type Mapping } from "./mapping";
import type { SalesDay } from "./sales-day";
import { sum } from "../kernel/money";
import { keyOfTags } from "./tag";

/** The key of lines that put right what a person changed in the books: no line of a till, and so in no target. */
export const EDITED = "edited" as LineKey;

/**
 * What remains to post so that everything posted comes to the target, per line key, account and tags: a line that was mapped
 * elsewhere or tagged otherwise meanwhile moves from one place to the other. Empty when nothing remains. Debits first, then credits,
 * each in the target's order; no line is negative. Balanced when target and posted are: `entryOf` makes it an entry.
 */
export function deltaBetween(target: readonly EntryLine[], posted: readonly EntryLine[]): readonly EntryLine[] {
  const remaining = new Map<string, { readonly lines: EntryLine[]; readonly amounts: number[] }>();
  for (const [lines, sign] of [[target, 1], [posted, -1]] as const) {
    for (const line of lines) {
      const place = placeOf(line);
      const group = remaining.get(place) ?? { lines: [], amounts: [] };
      group.lines.push(line);
      group.amounts.push(sign * debitOf(line));
      remaining.set(place, group);
    }
  }
  const delta = [...remaining.values()].flatMap(({ lines, amounts }) => remainder(lines, sum(amounts)));
  return [...delta.filter((line) => line.side === "debit"), ...delta.filter((line) => line.side === "credit")];
}

/** The exact opposite of an entry; both stay in the books and together come to nothing. */
export function reverse(entry: Entry): Entry {
  return entryOf(entry.currency, entry.lines.map((line) => (
    { ...line, side: opposite(line.side), description: `Reversed: ${line.description}` }
  )));
}

export type Standing = {
  /** Everything posted for the day, oldest first. */
  readonly posted: readonly EntryLine[];
  /** Where lines without an account of their own go; null where the shop maps no such account. */
  readonly uncategorized: AccountRef | null;
  /** Whether a line that has no account may go there, or holds its day. */
  readonly takesUnknown: boolean;
};

/**
 * The mapping by which a day's target is built. A key that stands in the books keeps its account, so that a changed
 * mapping never rewrites history; one that stands on the uncategorized account, or nowhere, goes where the mapping of
 * now says. Sales, returns and service charges that are mapped nowhere go to the uncategorized account if they may.
 */
export function mappingOfTarget(day: SalesDay, mapping: Mapping, { posted, uncategorized, takesUnknown }: Standing): Mapping {
  const places = placesOf(posted);
  const accounts: Record<LineKey, AccountRef> = { ...mapping.accounts };
  for (const { key } of linesOf(day)) {
    const stands = places.get(key)?.account ?? null;
    const isSettled = stands !== null && stands.id !== uncategorized?.id;
    const otherwise = stands ?? (takesUnknown && mayBeUncategorized(key) ? uncategorized : null);
    const account = isSettled ? stands : (accountFor(mapping, key) ?? otherwise);
    if (account !== null) accounts[key] = account;
  }
  return { ...mapping, accounts };
}

/** The lines of a target with the tags that their keys carry in the books already: new tags are no change of a day either. */
export function withPostedTags(target: readonly EntryLine[], posted: readonly EntryLine[]): readonly EntryLine[] {
  const places = placesOf(posted);
  return target.map((line) => {
    const stands = places.get(line.key);
    if (stands === undefined || stands.account.id !== line.account.id) return line;
    const { tags: _new, ...untagged } = line;
    return stands.tags === undefined ? untagged : { ...untagged, tags: stands.tags };
  });
}

/**
 * What a person's change did to an entry: what the books hold now (nothing where it was deleted) less what was posted,
 * per account, under a key of its own. Part of the sum of everything posted, it makes the next correction put it right.
 */
export function editBetween(posted: readonly EntryLine[], booked: readonly BookedLine[]): readonly EntryLine[] {
  const names = new Map(posted.map(({ account }) => [account.id, account.name]));
  const line = ({ accountId, side, minor }: BookedLine): EntryLine => {
    const name = names.get(accountId) ?? `account ${accountId}`;
    return { key: EDITED, description: `Put right after a change by hand: ${name}`, account: { id: accountId, name }, side, minor };
  };
  return deltaBetween(booked.map(line), posted.map(({ account, side, minor }) => line({ accountId: account.id, side, minor })));
}

/** Whether lines leave every account as it was: what some of them add, others take away. */
export function cancelOut(lines: readonly EntryLine[]): boolean {
  return [...Map.groupBy(lines, ({ account }) => account.id).values()].every((group) => sum(group.map(debitOf)) === 0);
}

/** What stands of everything posted, without what only puts changes by hand right: those cancel out in the books. */
export function postedOfTill(posted: readonly EntryLine[]): readonly EntryLine[] {
  return posted.filter(({ key }) => key !== EDITED);
}

/**
 * One side of what was posted, in the terms of a target: a key that stands on both sides of the target (tips taken and
 * tips paid out) is split as the target splits it, and the difference counts where the target is larger. Equal to the
 * target's own side exactly when the same amounts stand for the same keys.
 */
export function oneSideOfPosted(target: readonly SidedLine[], posted: readonly SidedLine[]): number {
  const keys = new Set([...target, ...posted].map(({ key }) => key));
  const of = (lines: readonly SidedLine[], key: LineKey, side: Side) => sum(lines.filter((line) => line.key === key && line.side === side).map(({ minor }) => minor));
  return sum([...keys].map((key) => {
    const [debit, credit] = [of(target, key, "debit"), of(target, key, "credit")];
    const net = of(posted, key, "debit") - of(posted, key, "credit");
    const difference = net - (debit - credit);
    return debit > credit || (debit === 0 && credit === 0 && net > 0) ? Math.max(debit + difference, 0) : debit + Math.max(difference - credit, 0);
  }));
}

type SidedLine = Pick<EntryLine, "key" | "side" | "minor">;

/** Where each key that comes to something stands: the latest of its places. */
function placesOf(posted: readonly EntryLine[]): ReadonlyMap<LineKey, EntryLine> {
  const standing = new Set(deltaBetween([], posted).map(placeOf));
  return new Map(posted.filter((line) => standing.has(placeOf(line))).map((line) => [line.key, line]));
}

const UNCATEGORIZED_KINDS = ["sales:", "return:", "service_charge:"] as const;

function mayBeUncategorized(key: LineKey): boolean {
  return UNCATEGORIZED_KINDS.some((kind) => key.startsWith(kind));
}

function placeOf({ key, account, tags }: EntryLine): string {
  return JSON.stringify([key, account.id, keyOfTags(tags)]);
}

/** One line for what remains of one key on one account, in the words of the line that stood on that side. */
function remainder(lines: readonly EntryLine[], debitMinor: number): EntryLine[] {
  if (debitMinor === 0) return [];
  const side = debitMinor > 0 ? "debit" : "credit";
  const like = lines.find((line) => line.side === side) ?? lines[0];
  return like === undefined ? [] : [{ ...like, side, minor: Math.abs(debitMinor) }];
}

function debitOf(line: EntryLine): number {
  return line.side === "debit" ? line.minor : -line.minor;
}

function opposite(side: Side): Side {
  return side === "debit" ? "credit" : "debit";
}
