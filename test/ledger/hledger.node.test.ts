/** The real hledger reads what Daybook exports: it accepts the file in its strictest mode, and its balances are ours to the cent. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, type BusinessDate } from "../../src/kernel/day";
import { exponentOf } from "../../src/kernel/money";
import { documentNumber, payoutNumber } from "../../src/ledger/document-number";
import { buildEntry } from "../../src/ledger/entry";
import type { JournalRecord } from "../../src/ledger/export/record";
import { buildPayoutEntry, PayoutFold } from "../../src/ledger/payout";
import { createSalesDayFold } from "../../src/ledger/sales-day";
import { mappingOf } from "./examples";
import { balancesOf, fileOf, month, recordOf } from "./records";

const HAS_HLEDGER = hasHledger();

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), "daybook-hledger-"));
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

function hasHledger(): boolean {
  try {
    return execFileSync("hledger", ["--version"], { encoding: "utf8" }).startsWith("hledger");
  } catch {
    return false;
  }
}

function hledger(...options: readonly string[]): string {
  return execFileSync("hledger", options, { encoding: "utf8", env: { PATH: process.env["PATH"], LANG: "C.UTF-8", LC_ALL: "C.UTF-8" }, maxBuffer: 64 * 1024 * 1024 });
}

/** Checks a file as strictly as hledger can; answers its balances as minor units by account and currency. */
async function read(records: readonly JournalRecord[]): Promise<Map<string, bigint>> {
  const file = path.join(directory, "exported.journal");
  await writeFile(file, await fileOf("hledger", records));
  hledger("check", "--strict", "accounts", "commodities", "ordereddates", "-f", file);
  const csv = hledger("balance", "--flat", "--no-total", "--empty", "-O", "csv", "-f", file);
  const rows = Papa.parse<string[]>(csv.trim()).data.slice(1);
  return new Map(rows.flatMap(([account = "", amounts = ""]) => amounts.split(", ").filter((amount) => amount !== "0").map((amount) => {
    const [decimal = "", currency = ""] = amount.split(" ");
    return [`${account} ${currency}`, minorOf(decimal, currency)] as const;
  })));
}

function minorOf(decimal: string, currency: string): bigint {
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const minor = BigInt(`${whole}${fraction.padEnd(exponentOf(currency), "0")}`);
  return decimal.startsWith("-") ? -minor : minor;
}

/** Without the accounts at zero, in order: names differ between the two, so that amounts are compared per currency. */
function amountsOf(balances: ReadonlyMap<string, bigint>): string[] {
  return [...balances].filter(([, minor]) => minor !== 0n).map(([key, minor]) => `${minor} ${key.split(" ").at(-1)}`).toSorted();
}

describe.skipIf(!HAS_HLEDGER)("hledger (skipped where it is not installed: apt-get install hledger)", () => {
  it("accepts months at random with corrections, reversals and hostile names, and comes to the same balances", async () => {
    await fc.assert(fc.asyncProperty(month, async (records) => {
      fc.pre(records.length > 0);
      const sorted = records.toSorted((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
      expect(amountsOf(await read(sorted))).toEqual(amountsOf(balancesOf(sorted)));
    }), { numRuns: 60 });
  }, 180_000);

  it("knows each account's type, each entry's number and its tags", async () => {
    const [record] = coffeeDays([["2023-01-01", "5", "Coffee", 81_234]]);
    expect(record).toBeDefined();
    await read(record === undefined ? [] : [record]);
    const file = path.join(directory, "exported.journal");
    expect(hledger("accounts", "--types", "-f", file)).toMatch(/^Income:Coffee +; type: R$/m);
    expect(hledger("print", "code:DB-S05-230101-S1", "-f", file)).toContain("(DB-S05-230101-S1) Sales of Store 5 on 2023-01-01");
    expect(hledger("tags", "-f", file).split("\n")).toEqual(expect.arrayContaining(["shop", "location", "business-date", "revision", "kind"]));
  });
});

type Cell = readonly [date: string, store: string, category: string, cents: number];

const ORACLE = ["../shared", "../../shared"].map((folder) => path.resolve(import.meta.dirname, "../..", folder, "data/coffee_daily_store_category.csv")).find((file) => existsSync(file));

function coffeeCells(): Cell[] {
  return readFileSync(ORACLE ?? "", "utf8").trim().split(/\r?\n/).slice(1).map((row) => {
    const [date = "", store = "", , category = "", , , cents = ""] = row.split(",");
    return [date, store, category, Number(cents)] as const;
  });
}

/** A day per store and date: what it sold, an eighth of tax on top, paid by card and cash. */
function coffeeDays(cells: readonly Cell[]): JournalRecord[] {
  const days = Map.groupBy(cells, ([date, store]) => `${date} ${store}`);
  return [...days].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([key, sold]) => {
    const [date = "", store = ""] = key.split(" ");
    const fold = createSalesDayFold("USD");
    for (const [, , category, cents] of sold) fold.category(category, category).gross(cents);
    const grossMinor = sold.reduce((total, [, , , cents]) => total + cents, 0);
    const taxMinor = Math.round(grossMinor / 8);
    fold.tax("T", "Sales tax").in(taxMinor);
    fold.tender("cash", "", "").in(Math.floor(grossMinor / 3));
    fold.tender("card", "", "").in(grossMinor + taxMinor - Math.floor(grossMinor / 3));
    const categories = Object.fromEntries(sold.map(([, , category]) => [`sales:${category}`, category]));
    const entry = buildEntry(fold.finish(), mappingOf({ ...categories, "tax:T": "Sales Tax Payable", "tender:card": "Card Clearing", "tender:cash": "Cash" }));
    if (!entry.ok) throw new Error(entry.failure.kind);
    const number = { locationCode: `S${store.padStart(2, "0")}`, date: date as BusinessDate, kind: "sales" as const, revision: 1 };
    return recordOf(entry.value, { businessDate: number.date, documentNumber: documentNumber(number), location: `Store ${store}`, shop: "Coffee" });
  });
}

/** What the processor pays out for a day, the day after: its card takings less 2.6 %. */
function payoutOf({ businessDate, documentNumber: number, lines, ...about }: JournalRecord): JournalRecord {
  const takenMinor = lines.find(({ account }) => account.name === "Card Clearing")?.minor ?? 0;
  const feeMinor = Math.round(takenMinor * 0.026);
  const arrivalDate = addDays(businessDate, 1);
  const fold = new PayoutFold({
    id: number, version: "1", processor: { id: "square", name: "Square" }, arrivalDate, currency: "USD", destination: "bank", hasFailed: false, netMinor: takenMinor - feeMinor,
  });
  fold.charge(businessDate, takenMinor);
  fold.fee(feeMinor);
  const entry = buildPayoutEntry(fold.finish(), mappingOf({ "payout:bank": "Bank", "fee:square": "Merchant Fees", "tender:card": "Card Clearing" }));
  if (!entry.ok) throw new Error(entry.failure.kind);
  const documentOf = payoutNumber({ locationCode: number.slice(3, 6), date: arrivalDate, nth: 1, revision: 1 });
  return recordOf(entry.value, { ...about, date: arrivalDate, businessDate: arrivalDate, kind: "payout", documentNumber: documentOf });
}

describe.skipIf(!HAS_HLEDGER || ORACLE === undefined)("the journal of the coffee history (skipped without hledger or ../shared/data)", () => {
  it("has 543 entries that hledger accepts, with 698,812.33 of sales and every balance ours", async () => {
    const records = coffeeDays(coffeeCells());
    expect(records).toHaveLength(543);
    const found = await read(records);
    expect(amountsOf(found)).toEqual(amountsOf(balancesOf(records)));
    const sales = [...found].filter(([account]) => account.startsWith("Income:")).reduce((total, [, minor]) => total + minor, 0n);
    expect(sales).toBe(-69_881_233n);
    const stats = hledger("stats", "-f", path.join(directory, "exported.journal"));
    expect(stats).toMatch(/Transactions\s+: 543 /);
  }, 60_000);

  it("has a payout for each of its days, and then nothing in the clearing account", async () => {
    const days = coffeeDays(coffeeCells());
    const records = [...days, ...days.map(payoutOf)].toSorted((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
    const found = await read(records);
    expect(amountsOf(found)).toEqual(amountsOf(balancesOf(records)));
    // What comes to nothing is not listed.
    expect([...found.keys()].filter((account) => /Bank|Merchant Fees|Card Clearing/.test(account))).toEqual(["Assets:Bank USD", "Expenses:Merchant Fees USD"]);
    expect(hledger("accounts", "--types", "-f", path.join(directory, "exported.journal"))).toMatch(/^Expenses:Merchant Fees +; type: X$/m);
  }, 60_000);
});
