/** Whatever balances is in Xero to the cent, comes back equal, and is found again when its answer was lost. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../../../src/kernel/day";
import { compareEntries } from "../../../src/ledger/fingerprint";
import { xero } from "../../../src/providers/xero/index";
import { CAFE, DATE, givenBooks, valueOf } from "./given";

const DEBITS = ["Square Clearing", "Undeposited Funds", "Discounts Given", "House Accounts", "Cash Over and Short"] as const;
const CREDITS = ["Coffee Sales", "Tea Sales", "Food Sales", "Sales Tax Payable", "Tips Payable", "Gift Cards Outstanding"] as const;

/** Credits that come to what the debits come to: cut at any cents. */
const entries = fc.record({
  debits: fc.array(fc.tuple(fc.constantFrom(...DEBITS), fc.integer({ min: 1, max: 99_999_999 })), { minLength: 1, maxLength: 12 }),
  cuts: fc.array(fc.tuple(fc.constantFrom(...CREDITS), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 12 }),
  isLost: fc.boolean(),
  memo: fc.string({ unit: "grapheme", maxLength: 200 }),
});

test("entries of random lines, memos and lost answers", async () => {
  const world = givenBooks();
  const access = await world.open();
  let count = 0;
  await fc.assert(fc.asyncProperty(entries, async ({ debits, cuts, isLost, memo }) => {
    count += 1;
    const date = addDays(DATE, count);
    const order = world.anOrder({ lines: linesOf(debits, cuts), documentNumber: `DB-RND-${count}`, requestId: `random-${count}`, date, memo });
    if (isLost) world.control.misbehave({ misbehaviour: { kind: "lost" }, method: "PUT" });
    const made = await xero.createEntry(access, order);
    expect(made.ok).toBe(!isLost);
    const found = valueOf(await xero.findEntry(access, order.documentNumber, date, "journal"));
    expect(found).toMatchObject({ documentNumber: order.documentNumber, date, currency: "USD" });
    expect(compareEntries(order.entry, found?.lines ?? [])).toBeNull();
    expect(valueOf(await xero.createEntry(access, order))).toEqual(found);
  }), { numRuns: 200, seed: 2026 });
  expect(world.control.journals(CAFE)).toHaveLength(count);
});

type Line = readonly ["debit" | "credit", string, number, string];

function linesOf(debits: readonly (readonly [string, number])[], cuts: readonly (readonly [string, number])[]): Line[] {
  let left = debits.reduce((total, [, minor]) => total + minor, 0);
  const credits: Line[] = [];
  for (const [name, share] of cuts) {
    const minor = Math.floor(left * share);
    if (minor === 0 || minor === left) continue;
    credits.push(["credit", name, minor, `Sales, ${name}`]);
    left -= minor;
  }
  return [...debits.map(([name, minor]): Line => ["debit", name, minor, "Takings"]), ...credits, ["credit", "Food Sales", left, "=1+1 \"quoted\" \u2028"]];
}
