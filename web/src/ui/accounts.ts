/** Which accounts to offer for a line, in which order. */
import type { ChartAccount, MappingLine } from "../../../src/features/mapping/contract";
import { score } from "./rank";

type Nature = MappingLine["nature"];

/** The class of account in which a line of that nature belongs; others are offered after them. */
const BELONGS: Record<Nature, ChartAccount["class"]> = {
  income: "income", contra_income: "income", liability: "liability", asset: "asset", expense: "expense",
};

export type AccountOption = { readonly account: ChartAccount; readonly isSuggested: boolean };

const MOST = 50;

/** Accounts that can be posted to and match what was typed: the suggestion, then the fitting class, then the rest. */
export function accountOptions(accounts: readonly ChartAccount[], nature: Nature, suggestedId: string | null, typed: string): AccountOption[] {
  return accounts
    .filter((account) => account.isActive && account.isPostable)
    .map((account) => ({ account, isSuggested: account.id === suggestedId, points: score(account.name, typed) }))
    .filter((option) => option.points > 0)
    .sort((one, other) => other.points - one.points || rank(other, nature) - rank(one, nature) || one.account.name.localeCompare(other.account.name))
    .slice(0, MOST)
    .map(({ account, isSuggested }) => ({ account, isSuggested }));
}

function rank(option: AccountOption, nature: Nature): number {
  return (option.isSuggested ? 2 : 0) + (option.account.class === BELONGS[nature] ? 1 : 0);
}
