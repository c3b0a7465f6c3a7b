/**
 * Fourteen random months, thirty times and two hundred when thorough: whatever arrives late, is edited, deleted or refunded, in whatever order
 * days are read again, whatever closes and whatever is lost, the books end as the till says, and were only added to.
 * Each run opens four days, wherever in the fourteen months they fall, so that all two hundred fit into a minute or two of two idle cores.
 */
import { describe, expect, it } from "vitest";
import { liveFourteenMonths, postedEntriesOf, type FourteenMonths } from "../../support/fourteen-months";
import { dayRow } from "../../support/days";
import { IS_THOROUGH } from "../../support/thorough";

const RUNS = IS_THOROUGH ? 200 : 30;
/** Runs of one test: enough that a slow machine says how far it came. */
const TOGETHER = 10;
const LONGEST_MS = 400_000;

/** What stands in the books for a day, per account by name: from the books themselves, by the day in each entry's number. */
function inBooks({ given, shop }: FourteenMonths, on: string): Record<string, number> {
  const { control } = given.providers.quickbooks;
  const names = new Map(control.accounts(shop.merchant.realm).map(({ Id, Name }) => [Id, Name]));
  const totals: Record<string, number> = {};
  const mark = `-${on.slice(2).replaceAll("-", "")}-`;
  for (const { Line } of control.entries(shop.merchant.realm).filter((entry) => entry.DocNumber?.includes(mark))) {
    for (const { Amount, JournalEntryLineDetail: detail } of Line) {
      if (detail === undefined) continue;
      const name = names.get(detail.AccountRef.value) ?? "";
      totals[name] = (totals[name] ?? 0) + Math.round(Number(Amount) * 100) * (detail.PostingType === "Debit" ? 1 : -1);
    }
  }
  return Object.fromEntries(Object.entries(totals).filter(([, minor]) => minor !== 0));
}

async function expectTruth(months: FourteenMonths, seed: number): Promise<void> {
  const { given, shop, dates, truthOf } = months;
  const states = await Promise.all(dates.map(async (on) => (await dayRow(shop, on)).state));
  expect.soft(states.filter((state) => !["posted", "corrected", "final", "no_sales"].includes(state)), `seed ${seed}: days at rest`).toEqual([]);
  for (const on of dates) expect.soft(inBooks(months, on), `seed ${seed}: ${on}`).toEqual(truthOf(on));
  const entries = given.providers.quickbooks.control.entries(shop.merchant.realm);
  const recorded = await postedEntriesOf(months);
  expect.soft(recorded.map((row) => row.externalId).toSorted(), `seed ${seed}: on record`).toEqual(entries.map(({ Id }) => Id).toSorted());
  expect.soft(entries.every(({ SyncToken }) => SyncToken === "0"), `seed ${seed}: nothing was updated`).toBe(true);
  const posts = given.providers.quickbooks.control.calls({ method: "POST", path: "journalentry" });
  expect.soft(posts.every(({ query }) => !query.includes("operation=")), `seed ${seed}: nothing was updated or deleted`).toBe(true);
  expect.soft(months.datedInClosedPeriods, `seed ${seed}: nothing in a closed period`).toEqual([]);
}

describe("fourteen months", () => {
  it.each(Array.from({ length: RUNS / TOGETHER }, (_, part) => part))(`end with what the till took on every day and account, in books that were only added to (${TOGETHER} runs, part %i)`, async (part) => {
    let corrections = 0;
    for (let seed = part * TOGETHER; seed < (part + 1) * TOGETHER; seed += 1) {
      const months = await liveFourteenMonths(seed);
      await expectTruth(months, seed);
      corrections += (await postedEntriesOf(months)).filter(({ kind }) => kind !== "sales").length;
    }
    // The months are as eventful as they claim to be.
    expect(corrections).toBeGreaterThan(TOGETHER * 2);
  }, LONGEST_MS);
});
