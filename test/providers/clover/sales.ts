/** Sales rung up by hand for tests that need to know every cent. */
import { draftSale, type DraftLine, type SaleDraft } from "../../../src/providers/clover/simulator-draft";
import { MENU } from "../../../src/providers/clover/simulator-cafe";
import type { Batch } from "../../../src/providers/clover/simulator-wire";
import { noon } from "./given";

let made = 0;

/** An id of 13 characters that no other sale of a test has. */
export function freshId(letter = "S"): string {
  return `${letter}00TEST${String((made += 1)).padStart(6, "0")}`;
}

/** One latte at 4.75 with tax, paid by card at noon, unless the draft says otherwise. */
export function sale(draft: Partial<SaleDraft> = {}): Batch {
  return draftSale({ id: freshId(), at: noon, lines: [ofMenu("Latte")], ...draft });
}

/** A line of the café's menu, one piece of it. */
export function ofMenu(name: string, changes: Partial<DraftLine> = {}): DraftLine {
  const item = MENU.find((one) => one.name === name);
  if (item === undefined) throw new Error(`the menu has no ${name}`);
  return { name, itemId: item.id, priceMinor: item.price, taxRates: item.taxes, isRevenue: item.isRevenue, ...changes };
}
