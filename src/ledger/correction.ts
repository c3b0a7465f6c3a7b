/**
 * Corrections in append-only books (accounting reference §2.3): what was posted stays, and what remains to post is the
 * target less the sum of everything posted. So any number of corrections ends at the right total.
 */
import { entryOf, type Entry, type EntryLine } from "./entry";
import type { Side } from "./lines";
import { sum } from "../kernel/money";
import { keyOfTags } from "./tag";

/**
 * What remains to post so that everything posted comes to the target, per line key, account and tags: a line that was mapped
 * elsewhere or tagged otherwise meanwhile moves from one place to the other. Empty when nothing remains. Debits first, then credits,
 * each in the target's order; no line is negative. Balanced when target and posted are: `entryOf` makes it an entry.
 */
export function deltaBetween(target: readonly EntryLine[], posted: readonly EntryLine[]): readonly EntryLine[] {
  const remaining = new Map<string, { readonly lines: EntryLine[]; readonly amounts: number[] }>();
  for (const [lines, sign] of [[target, 1], [posted, -1]] as const) {
    for (const line of lines) {
      const place = JSON.stringify([line.key, line.account.id, keyOfTags(line.tags)]);
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
