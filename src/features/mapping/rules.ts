/**
 * Decisions about the mapping: what a line may be mapped to, what has become of an account, and how a view is put
 * together. The rule behind `refusalOf`: an entry must still say what happened (double-entry conventions, accounting
 * reference §2.1), so takings never go to income and what is owed never becomes a sale.
 */
import type { BusinessDate } from "../../kernel/day";
import { linesOf, type DayLine, type LineSubject } from "../../ledger/lines";
import { accountFor, type AccountNature, type AccountRef, type LineKey, type Mapping } from "../../ledger/mapping";
import type { SalesDay } from "../../ledger/sales-day";
import type { Tag } from "../../ledger/tag";
import type { ChartAccount, ChartDimension, MappingLine, TagView } from "./contract";
import { aboutOf, groupOf, kindOf } from "./words";

/** One day that was read, of one location. */
export type ReadDay = { readonly date: BusinessDate; readonly totals: SalesDay };

/** A line that occurs, under its latest label. `recentMinor`: over the last seven days on which it occurred. */
export type OccurringLine = LineSubject & { readonly recentMinor: number };

const RECENT_DAYS = 7;

/** The lines that occur in what was read, in the order in which a bookkeeper reads them. */
export function occurringLines(days: readonly ReadDay[]): OccurringLine[] {
  const latestFirst = [...days].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
  const found = new Map<LineKey, { readonly subject: LineSubject; readonly dates: Set<BusinessDate>; minor: number }>();
  for (const { date, totals } of latestFirst) {
    for (const line of linesOf(totals)) {
      const known = found.get(line.key) ?? { subject: { key: line.key, label: line.label, nature: line.nature }, dates: new Set(), minor: 0 };
      found.set(line.key, known);
      if (!known.dates.has(date) && known.dates.size >= RECENT_DAYS) continue;
      known.dates.add(date);
      known.minor += inItsDirection(line);
    }
  }
  return [...found.values()].map(({ subject, minor }) => ({ ...subject, recentMinor: minor })).sort(byGroupAndSize);
}

/** Where lines without an account go, if the shop chose so. No till sells it: it is offered whether or not it occurs. */
export const UNCATEGORIZED: OccurringLine = { key: "uncategorized" as LineKey, label: "Uncategorized sales", nature: "income", recentMinor: 0 };

/** Debits of assets, expenses and reductions count up, and credits of income and debts; the other side counts down. */
function inItsDirection({ nature, side, minor, key }: DayLine): number {
  const natural = nature === "income" || (nature === "liability" && !isTender(key)) ? "credit" : "debit";
  return side === natural ? minor : -minor;
}

function isTender(key: LineKey): boolean {
  return groupOf(key) === "tenders";
}

const GROUP_ORDER: Readonly<Record<MappingLine["group"], number>> = { sales: 0, tenders: 1, tax_and_tips: 2, other: 3 };
const KIND_ORDER = ["sales", "return", "discount", "comp", "service_charge"];

function byGroupAndSize(a: OccurringLine, b: OccurringLine): number {
  const group = GROUP_ORDER[groupOf(a.key)] - GROUP_ORDER[groupOf(b.key)];
  const kind = KIND_ORDER.indexOf(kindOf(a.key)) - KIND_ORDER.indexOf(kindOf(b.key));
  return group || kind || b.recentMinor - a.recentMinor || (a.key < b.key ? -1 : 1);
}

/** Which classes of account a line of a nature may go to. */
const MAY_GO_TO: Readonly<Record<AccountNature, readonly ChartAccount["class"][]>> = {
  // Sales paid ahead may be owed first; takings, costs and the owner's share are no place for them.
  income: ["income", "liability"],
  contra_income: ["income", "expense", "liability"],
  liability: ["liability", "asset"],
  // A voucher or a staff meal taken as payment may be a cost. As income it would cancel the sale that it pays for.
  asset: ["asset", "liability", "expense"],
  expense: ["expense", "income", "asset", "liability", "equity"],
};

/** Tips that the house keeps are its income. */
const MAY_ALSO_BE_INCOME: ReadonlySet<string> = new Set(["tip"]);

/** Why an account cannot take a line, as a sentence; null when it can. `account` is undefined when the books lack it. */
export function refusalOf(line: LineSubject, account: ChartAccount | undefined, currency: string): string | null {
  if (account === undefined) return "This account is not in your books.";
  const unusable = problemOf(account, currency);
  if (unusable !== null) return unusable;
  const isAllowed = MAY_GO_TO[line.nature].includes(account.class) || (account.class === "income" && MAY_ALSO_BE_INCOME.has(kindOf(line.key)));
  return isAllowed ? null : `${line.label} cannot go to ${account.name}, ${withArticle(account.class)} account: ${REASONS[line.nature]}`;
}

const REASONS: Readonly<Record<AccountNature, string>> = {
  income: "sales are income.",
  contra_income: "it makes your income smaller.",
  liability: "it is owed to somebody, not earned.",
  asset: "it is money taken, not earned a second time.",
  expense: "it is a cost.",
};

function withArticle(accountClass: ChartAccount["class"]): string {
  return /^[aei]/.test(accountClass) ? `an ${accountClass}` : `a ${accountClass}`;
}

/** What keeps an account of the books from being posted to; null when nothing does. */
export function problemOf(account: ChartAccount, currency: string): string | null {
  if (!account.isActive) return `${account.name} was made inactive in your books.`;
  if (!account.isPostable) return `${account.name} cannot take journal entries without a customer or vendor.`;
  return account.currency === currency ? null : `${account.name} is kept in ${account.currency}, your sales in ${currency}.`;
}

export type Suggestion = { readonly account: AccountRef; readonly reason: string };

export type ViewParts = {
  readonly lines: readonly OccurringLine[];
  readonly mapping: Mapping;
  /** Null while no books are connected or their accounts were not read yet. */
  readonly accounts: readonly ChartAccount[] | null;
  /** Null likewise. */
  readonly dimensions: readonly ChartDimension[] | null;
  readonly suggestions: ReadonlyMap<LineKey, Suggestion>;
  readonly currency: string;
};

/** The lines as the web app sees them: where each goes now, whether it still can, and what is suggested. */
export function viewLines({ lines, mapping, accounts, dimensions, suggestions, currency }: ViewParts): MappingLine[] {
  const byId = new Map((accounts ?? []).map((account) => [account.id, account]));
  return lines.map((line) => {
    const mapped = accountFor(mapping, line.key);
    const account = mapped === null ? undefined : byId.get(mapped.id);
    const suggestion = suggestions.get(line.key) ?? null;
    return {
      key: line.key, label: line.label, about: aboutOf(line.key), group: groupOf(line.key), nature: line.nature,
      recentMinor: line.recentMinor,
      // The name is the one that the books use now: renaming an account there changes nothing here.
      account: mapped === null ? null : { id: mapped.id, name: account?.name ?? mapped.name },
      problem: mapped === null || accounts === null ? null : mappedProblem(mapped, account, currency),
      suggestion: suggestion === null ? null : { account: { ...suggestion.account }, reason: suggestion.reason },
      tags: viewTags(mapping.tags?.lines[line.key], dimensions),
      isNeeded: line.key !== UNCATEGORIZED.key,
    };
  });
}

function mappedProblem(mapped: AccountRef, account: ChartAccount | undefined, currency: string): string | null {
  return account === undefined ? `${mapped.name} is not in your books any more.` : problemOf(account, currency);
}

/** Tags under the names that the books use now, each with what keeps it from being used. */
export function viewTags(tags: readonly Tag[] | undefined, dimensions: readonly ChartDimension[] | null): TagView[] {
  return (tags ?? []).map(({ dimension, option, name }) => {
    const known = dimensions?.find(({ id }) => id === dimension);
    const found = known?.options.find(({ id }) => id === option);
    return { dimension, option, name: found?.name ?? name, problem: dimensions === null ? null : tagProblem(found?.name ?? name, known, found) };
  });
}

/** Something that is mapped and can no longer be posted to: a name that stays the same while it lasts, and a sentence. */
export type Trouble = { readonly key: string; readonly sentence: string };

/** Everything in a mapping that the books would refuse, each account and tag once. */
export function troublesOf(mapping: Mapping, accounts: readonly ChartAccount[], dimensions: readonly ChartDimension[], currency: string): Trouble[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const mapped = new Map(Object.values(mapping.accounts).map((account) => [account.id, account]));
  const tags = [...Object.values(mapping.tags?.lines ?? {}), ...Object.values(mapping.tags?.locations ?? {})].flat();
  const found = [
    ...[...mapped.values()].map((account) => ({ key: `account:${account.id}`, sentence: mappedProblem(account, byId.get(account.id), currency) })),
    ...viewTags(tags, dimensions).map(({ dimension, option, problem }) => ({ key: `tag:${dimension}:${option}`, sentence: problem })),
  ];
  const troubles = found.flatMap(({ key, sentence }) => (sentence === null ? [] : [{ key, sentence }]));
  return [...new Map(troubles.map((trouble) => [trouble.key, trouble])).values()].toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

function tagProblem(name: string, dimension: ChartDimension | undefined, option: ChartDimension["options"][number] | undefined): string | null {
  if (dimension === undefined) return `${name} cannot be used: your books do not track it any more.`;
  if (option === undefined) return `${name} is not in your books any more.`;
  return option.isActive ? null : `${name} was made inactive in your books.`;
}
