/** Names of accounts that a format can hold: cleaned part by part, and never the same for two accounts. */
import type { LedgerAccount } from "../account";
import type { RecordAccount } from "./record";

/** The five roots that plain-text accounting knows; programs take an account's type from them. */
export const ROOTS: Readonly<Record<LedgerAccount["class"], string>> = {
  asset: "Assets", liability: "Liabilities", equity: "Equity", income: "Income", expense: "Expenses",
};

/** How a format spells names. */
export type PathStyle = {
  /** One part of a name as the format takes it; empty where nothing of it is left. */
  readonly clean: (part: string) => string;
  /** What stands between a name and the number that tells it from another of its name. */
  readonly beforeNumber: string;
  /** Whether the class stands in front. */
  readonly hasRoot: boolean;
};

/** Answers the path of an account, the same each time; the first account of a name gets it, others a number. */
export type Paths = (account: RecordAccount) => { readonly path: string; readonly isNew: boolean };

/** Paths for one file. Memory grows with the accounts of the chart, not with the entries. */
export function createPaths(style: PathStyle): Paths {
  const known = new Map<string, string>();
  const taken = new Set<string>();
  return (account) => {
    const key = JSON.stringify([account.books, account.id]);
    const earlier = known.get(key);
    if (earlier !== undefined) return { path: earlier, isNew: false };
    const wish = wishOf(account, style);
    let path = wish;
    for (let number = 2; taken.has(path.toLowerCase()); number += 1) path = `${wish}${style.beforeNumber}${number}`;
    taken.add(path.toLowerCase());
    known.set(key, path);
    return { path, isNew: true };
  };
}

function wishOf(account: RecordAccount, { clean, hasRoot }: PathStyle): string {
  const root = ROOTS[account.class];
  const parts = account.name.toWellFormed().split(":").map(clean).filter((part) => part !== "");
  // "Income:Catering" in the books is not "Income:Income:Catering" here.
  const own = hasRoot && parts.length > 1 && parts[0]?.toLowerCase() === root.toLowerCase() ? parts.slice(1) : parts;
  return [...(hasRoot ? [root] : []), ...(own.length === 0 ? ["Unnamed"] : own)].join(":");
}
