/** The real hledger reads what a shop takes away after fourteen eventful months, and comes to the balances of its books. */
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { exportJournal } from "../../../src/features/reports/journal";
import { balancesInBooks } from "../../support/corrections";
import { liveFourteenMonths, type FourteenMonths } from "../../support/fourteen-months";

const SEEDS = [3, 77, 141];

/** What hledger says of a journal; see `vitest.config.ts`. */
const asked = async (journal: string): Promise<Response> => await fetch("https://hledger.test/", { method: "POST", body: journal });
const HAS_HLEDGER = (await asked("")).ok;

async function exported({ given, shop, dates }: FourteenMonths): Promise<string> {
  const from = dates.toSorted((one, other) => (one < other ? -1 : 1))[0] ?? "";
  const file = await exportJournal(given.world, shop.visit(), { format: "hledger", by: "booked", from, to: "2027-12-31" });
  if (!file.ok) throw new Error(`the journal was not exported: ${file.failure.kind}`);
  return await new Response(file.value.body).text();
}

/** Minor units per account, as hledger adds them up. */
function balancesOf(csv: string): number[] {
  const rows = Papa.parse<string[]>(csv.trim()).data.slice(1);
  return inOrder(rows.map(([, amount = ""]) => Math.round(Number(amount.replace(/[^\d.-]/g, "")) * 100)));
}

function inOrder(minors: readonly number[]): number[] {
  return minors.filter((minor) => minor !== 0).toSorted((one, other) => one - other);
}

describe.skipIf(!HAS_HLEDGER)("hledger, after fourteen months (skipped where it is not installed: apt-get install hledger)", () => {
  it.each(SEEDS)("accepts the exported journal and ties with the books to the cent (seed %i)", async (seed) => {
    const months = await liveFourteenMonths(seed);
    const answer = await asked(await exported(months));
    const text = await answer.text();
    expect(answer.status, text).toBe(200);
    const ours = inOrder(Object.values(balancesInBooks(months)));
    expect(ours.length).toBeGreaterThan(5);
    expect(balancesOf(text)).toEqual(ours);
  }, 120_000);
});
