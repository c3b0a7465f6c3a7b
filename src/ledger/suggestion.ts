/**
 * Which account a line most likely goes to, with the reason in words. A suggestion is a proposal that a person accepts:
 * where the evidence is equal for two accounts there is none, since a wrong one is worse than an empty field.
 */
import type { Currency } from "../kernel/money";
import { isFitting, isUsable, type LedgerAccount } from "./account";
import type { LineSubject } from "./lines";
import { accountFor, type AccountRef, type LineKey, type Mapping } from "./mapping";
import { familyOf, type Family } from "./suggestion-words";

/** `reason` is the end of a sentence that begins "Suggested: ". */
export type Suggestion = { readonly key: LineKey; readonly account: AccountRef; readonly reason: string };

type Reasoned = { readonly account: LedgerAccount; readonly reason: string };

/**
 * At most one suggestion for each line that has no account, or one that can no longer be posted to. Only accounts that
 * fit the line's nature are suggested: never receivables or payables, inactive ones or those of another currency.
 */
export function suggestAccounts(
  lines: readonly LineSubject[], accounts: readonly LedgerAccount[], mapping: Mapping, currency: Currency,
): readonly Suggestion[] {
  const usable = new Set(accounts.filter((account) => isUsable(account, currency)).map((account) => account.id));
  const seen = new Set<LineKey>();
  return lines.flatMap((line) => {
    const current = accountFor(mapping, line.key);
    if (seen.has(line.key) || (current !== null && usable.has(current.id))) return [];
    seen.add(line.key);
    const fitting = accounts.filter((account) => isFitting(account, line.nature, currency));
    const best = suggest(line, fitting, mapping);
    if (best === null) return [];
    return [{ key: line.key, account: { id: best.account.id, name: best.account.name }, reason: best.reason }];
  });
}

/** The strongest evidence first: its own name, then what the shop did with lines like it, then what the account is for. */
function suggest(line: LineSubject, accounts: readonly LedgerAccount[], mapping: Mapping): Reasoned | null {
  const family = familyOf(line.key);
  const own = wordsOf(line.label);
  const ruledOut = family.not.filter((word) => !own.includes(word)); // a category may be called "Gifts"
  const plausible = accounts.filter((account) => !hasWord(account, ruledOut));
  return byName(line, family, plausible) ?? byNeighbours(line, family, plausible, mapping) ?? byPurpose(line, family, plausible);
}

/**
 * An account that shares a word with the line's own label, beyond the words that every line of its kind has. Lines that
 * the till does not name have no label of their own: "Gift cards sold" must not find the shop's credit card.
 */
function byName(line: LineSubject, family: Family, accounts: readonly LedgerAccount[]): Reasoned | null {
  if (!line.key.includes(":")) return null;
  const own = wordsOf(line.label).filter((word) => !family.words.includes(word) && !isNumber(word));
  // "Returns, Food" is not "Sales, Food": without a returns account of its own it follows its sales by itself.
  const isOfKind = (account: LedgerAccount): boolean => line.nature !== "contra_income" || hasWord(account, family.words);
  const matches = accounts.filter((account) => hasWord(account, own) && isOfKind(account));
  const account = closest(line, family, matches);
  return account === null ? null : { account, reason: "its name matches" };
}

/** Where most other lines of the same kind go. Tenders are left out: each clears for itself. */
function byNeighbours(line: LineSubject, family: Family, accounts: readonly LedgerAccount[], mapping: Mapping): Reasoned | null {
  if (family.neighbours === null) return null;
  const counts = new Map<string, number>();
  for (const [key, account] of Object.entries(mapping.accounts)) {
    if (key === line.key || !key.startsWith(`${family.prefix}:`)) continue;
    counts.set(account.id, (counts.get(account.id) ?? 0) + 1);
  }
  const ranked = accounts.map((account) => ({ account, score: counts.get(account.id) ?? 0 })).filter(({ score }) => score > 0);
  const best = onlyBest(ranked);
  if (best === null) return null;
  const [one, many] = family.neighbours;
  return { account: best.account, reason: best.score === 1 ? `1 other ${one} goes there` : `${best.score} other ${many} go there` };
}

/** The one account that is there for such lines, or the one whose name says so best. */
function byPurpose(line: LineSubject, family: Family, accounts: readonly LedgerAccount[]): Reasoned | null {
  const matches = accounts.filter((account) => hasWord(account, family.words));
  const [only, ...others] = matches;
  if (only !== undefined && others.length === 0) return { account: only, reason: `the only ${family.purpose}` };
  const account = closest(line, family, matches);
  return account === null ? null : { account, reason: "its name matches" };
}

/** The account whose words are most like the line's: twice the shared words over all words (Dice), if one leads. */
function closest(line: LineSubject, family: Family, accounts: readonly LedgerAccount[]): LedgerAccount | null {
  const wanted = new Set([...wordsOf(line.label), ...family.words.slice(0, 1)]);
  const ranked = accounts.map((account) => {
    const found = wordsOf(account.name);
    return { account, score: (2 * found.filter((word) => wanted.has(word)).length) / (wanted.size + found.length) };
  });
  return onlyBest(ranked)?.account ?? null;
}

function onlyBest(ranked: readonly { readonly account: LedgerAccount; readonly score: number }[]): { account: LedgerAccount; score: number } | null {
  const [first, second] = ranked.toSorted((one, other) => other.score - one.score);
  if (first === undefined || first.score === second?.score) return null;
  return first;
}

function hasWord(account: LedgerAccount, words: readonly string[]): boolean {
  const found = wordsOf(account.name);
  return words.some((word) => found.includes(word));
}

/** Lower-case words of letters and digits, each once, in the singular: "Tips payable" is tip and payable. */
function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 && !JOINING_WORDS.has(word));
  return [...new Set(words.map(singular))];
}

function singular(word: string): string {
  if (word.length <= 3) return word;
  return word.replace(/ies$/, "y").replace(/(x|ch|sh|ss)es$/, "$1").replace(/([^s])s$/, "$1");
}

const JOINING_WORDS: ReadonlySet<string> = new Set(["and", "of", "the", "on", "in", "to", "for", "or", "by", "account"]);

function isNumber(word: string): boolean {
  return /^\p{N}+$/u.test(word);
}
