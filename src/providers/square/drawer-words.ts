/**
 * What cash was taken out of a drawer for. Square has no field for it: there is only what somebody typed, which may name
 * anyone. It is looked through for a few words and forgotten; ids and labels are ours.
 */
import type { PaidOut } from "../../ledger/sales-day";

/** `moved`: to the bank, the safe or another drawer; it is still the shop's cash, and no cost. */
export type CashUse = "expense" | "moved" | "tips";

/** What stands in the books for each. Where moved cash goes to is said by the account that its line is given. */
export const PAID_OUTS: ReadonlyMap<CashUse, Pick<PaidOut, "purpose" | "label">> = new Map([
  ["expense", { purpose: "expense", label: "Paid out of the drawer" }],
  ["moved", { purpose: "expense", label: "Moved out of the drawer" }],
  ["tips", { purpose: "tips", label: "Tips paid out of the drawer" }],
]);

const TIPS: ReadonlySet<string> = new Set(["tip", "tips", "tipout", "tipouts", "gratuity", "gratuities"]);
const MOVED: ReadonlySet<string> = new Set(["bank", "deposit", "deposits", "drop", "drops", "safe", "transfer", "transfers", "transferred"]);

/** By words of their own: "Tip out" is tips and "tipped delivery driver" is not; what says neither is an expense. */
export function usedFor(description: string): CashUse {
  const words = description.toLowerCase().split(/[^a-z]+/);
  if (words.some((word) => TIPS.has(word))) return "tips";
  return words.some((word) => MOVED.has(word)) ? "moved" : "expense";
}
