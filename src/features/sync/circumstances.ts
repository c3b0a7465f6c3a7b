/** Gathers what a day's explanation is made from: the merchant's own names for providers, accounts and lines. */
import type { Failure } from "../../kernel/failure";
import { linesOf } from "../../ledger/lines";
import { accountFor } from "../../ledger/mapping";
import { providerOf } from "../../providers/registry";
import { isProviderId } from "../connections/contract";
import type { ShownState } from "../days/contract";
import { headlineOf, isUndone, toTieOut, type Circumstances, type DayRow } from "../days/service";
import { nameOf } from "./ask";
import type { ShopDay } from "./job";

/** As much of a shop-day as its words need. */
export type Explained = Pick<ShopDay, "location" | "entries" | "till" | "books" | "mapping" | "rule"> & {
  readonly day: Pick<DayRow, "reason" | "totals" | "state"> & Partial<Pick<DayRow, "decisions">>;
};

/** What an explanation knows beside the rows: where the entry (or else the company) can be looked at, and what remains to be posted. */
export type Beside = { readonly booksUrl: string | null; readonly correction: Circumstances["correction"] };

/** In lists, where nothing beside the rows is known, no entry is either. */
export function circumstancesOf(shopDay: Explained, state: ShownState, { booksUrl, correction }: Beside = { booksUrl: null, correction: null }): Circumstances {
  const { location, day, entries, till, books, mapping, rule: { mode } } = shopDay;
  const tieOut = toTieOut(location.currency, day, entries, null);
  const accounts = new Map(Object.values(mapping.accounts).map((account) => [account.id, account.name]));
  return {
    state, mode, booksUrl, correction,
    isPosted: entries.length > 0,
    isUndone: day.decisions !== undefined && isUndone({ decisions: day.decisions }),
    reason: day.reason,
    tillName: nameOf(till, "the till"),
    takesFiles: till?.provider === "file",
    booksName: nameOf(books, "your books"),
    currency: location.currency,
    tillMinor: tieOut.tillMinor,
    booksMinor: tieOut.booksMinor,
    providerName: (id) => (isProviderId(id) ? providerOf(id).manifest.name : "The provider"),
    accountName: (id) => accounts.get(id) ?? null,
    linesOn: (accountIds) => linesOn(shopDay, accountIds),
  };
}

/** What a failure is called in a day's history. */
export function titleOf(shopDay: Explained, reason: Failure): string {
  const { state } = shopDay.day;
  return headlineOf({ ...circumstancesOf(shopDay, state), reason }) ?? reason.kind;
}

function linesOn({ day, mapping }: Explained, accountIds: readonly string[]): { key: string; label: string }[] {
  if (day.totals === null) return [];
  const lines = linesOf(day.totals).filter(({ key }) => accountIds.includes(accountFor(mapping, key)?.id ?? ""));
  return [...new Map(lines.map(({ key, label }) => [key, { key, label }])).values()];
}
