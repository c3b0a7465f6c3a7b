/**
 * What cash was taken out of a drawer for. Square has no field for it: there is only what somebody typed, which may name
 * anyone. It is looked through for a few words and forgotten; ids and labels are ours.
 */
import type { PaidOut } from "../../ledger/sales-day";

/** Every purpose that is told apart, and what it is called. */
export const PAID_OUTS = [
  { purpose: "expense", label: "Paid out of the drawer" }, { purpose: "moved", label: "Moved out of the drawer" },
  { purpose: "tips", label: "Tips paid out of the drawer" },
] as const satisfies readonly Pick<PaidOut, "purpose" | "label">[];

const TIPS: ReadonlySet<string> = new Set(["tip", "tips", "tipout", "tipouts", "gratuity", "gratuities"]);
const MOVED: ReadonlySet<string> = new Set(["bank", "deposit", "deposits", "drop", "drops", "safe", "transfer", "transfers", "transferred"]);

/** By words of their own: "Tip out" is tips and "tipped delivery driver" is not; what says neither is an expense. */
export function purposeOf(description: string): PaidOut["purpose"] {
  const words = description.toLowerCase().split(/[^a-z]+/);
  if (words.some((word) => TIPS.has(word))) return "tips";
  return words.some((word) => MOVED.has(word)) ? "moved" : "expense";
}
