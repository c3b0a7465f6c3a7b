/** Journals in other programs' formats: each says the same to the cent, and no name from outside can say anything else. */
import * as fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { AmountCell, csvRow } from "../../src/kernel/csv";
import type { BusinessDate } from "../../src/kernel/day";
import { exponentOf } from "../../src/kernel/money";
import { entryOf } from "../../src/ledger/entry";
import { createPaths } from "../../src/ledger/export/account-path";
import { JOURNAL_FORMATS } from "../../src/ledger/export/formats";
import { usualClassOf, type JournalRecord } from "../../src/ledger/export/record";
import { linesOf } from "../../src/ledger/lines";
import { lineOf } from "./examples";
import { anyDay } from "./random-day";
import { balancesOf, fileOf, hostile, month, recordOf } from "./records";

const DATE = "2026-07-14" as BusinessDate;

const sale = recordOf(entryOf("USD", [lineOf("tender:card", "Card clearing", "debit", 1_200), lineOf("sales:food", "Sales:Food", "credit", 1_200)]), {
  businessDate: DATE, documentNumber: "DB-PIR-260714-S1",
});

/** Minor units per currency, positive for debits: what must stay of a file whatever the names became. */
function amountsOf(records: readonly JournalRecord[]): string[] {
  return [...balancesOf(records)].filter(([, minor]) => minor !== 0n).map(([key, minor]) => `${minor} ${key.split(" ").at(-1)}`).toSorted();
}

function summed(rows: readonly (readonly [account: string, minor: bigint, currency: string])[]): string[] {
  const totals = new Map<string, bigint>();
  for (const [account, minor, currency] of rows) totals.set(`${account} ${currency}`, (totals.get(`${account} ${currency}`) ?? 0n) + minor);
  return [...totals].filter(([, minor]) => minor !== 0n).map(([key, minor]) => `${minor} ${key.split(" ").at(-1)}`).toSorted();
}

function minorOf(decimal: string, currency: string): bigint {
  const [whole = "", fraction = ""] = decimal.replace("-", "").split(".");
  expect(fraction).toHaveLength(exponentOf(currency));
  const minor = BigInt(`${whole}${fraction}`);
  return decimal.startsWith("-") ? -minor : minor;
}

describe("the hledger journal", () => {
  it("declares what it uses where it is first used, and says what an entry is", async () => {
    expect(await fileOf("hledger", [sale, sale])).toBe([
      "; Journal of Harbour", "",
      "commodity 1000.00 USD", "account Assets:Card clearing  ; type:A", "account Income:Sales:Food  ; type:R",
      ...Array.from({ length: 2 }, (_, index) => [
        ...(index === 0 ? [] : [""]),
        "2026-07-14 (DB-PIR-260714-S1) Sales of Pier on 2026-07-14", "    ; shop:Harbour", "    ; location:Pier", "    ; business-date:2026-07-14", "    ; kind:sales", "    ; revision:1",
        "    Assets:Card clearing  12.00 USD  ; tender card", "    Income:Sales:Food  -12.00 USD  ; sales food",
      ]).flat(), "",
    ].join("\n"));
  });
});

describe("the beancount journal", () => {
  /** Beancount's lexer: an account, a string, and what stands at the beginning of a line. */
  const ACCOUNT = "(?:Assets|Liabilities|Equity|Income|Expenses)(?::[A-Z0-9][A-Za-z0-9-]*)+";
  const STRING = '"(?:[^"\\\\]|\\\\.)*"';
  const LINES = [
    /^$/, /^; .*$/, new RegExp(`^option "title" ${STRING}$`), new RegExp(`^\\d{4}-\\d\\d-\\d\\d open ${ACCOUNT}$`), /^\d{4}-\d\d-\d\d commodity [A-Z]{3}$/,
    new RegExp(`^\\d{4}-\\d\\d-\\d\\d \\* ${STRING} ${STRING}$`), new RegExp(`^ {2}${ACCOUNT} {2}-?\\d+(?:\\.\\d+)? [A-Z]{3}$`),
    new RegExp(`^ {2}(?: {2})?[a-z][a-zA-Z0-9_-]*: (?:${STRING}|\\d{4}-\\d\\d-\\d\\d|\\d+)$`),
  ];

  it("is made of nothing but beancount's own lines, opens what it posts to, and adds up to ours", async () => {
    await fc.assert(fc.asyncProperty(month, async (records) => {
      const lines = (await fileOf("beancount", records)).split("\n");
      expect(lines.filter((line) => !LINES.some((pattern) => pattern.test(line)))).toEqual([]);
      const opened = lines.flatMap((line) => / open (.*)$/.exec(line)?.[1] ?? []);
      expect(new Set(opened).size).toBe(opened.length);
      const posted = lines.flatMap((line) => {
        const [, account, decimal = "", currency = ""] = new RegExp(`^ {2}(${ACCOUNT}) {2}(\\S+) (\\S+)$`).exec(line) ?? [];
        return account === undefined ? [] : [[account, minorOf(decimal, currency), currency] as const];
      });
      expect(posted.filter(([account]) => !opened.includes(account))).toEqual([]);
      expect(summed(posted)).toEqual(amountsOf(records));
    }), { numRuns: 150 });
  });
});

describe("the IIF file", () => {
  it("is one entry of tabbed lines, with Desktop's dates and a number that fits", async () => {
    expect((await fileOf("iif", [sale])).split("\r\n").slice(3)).toEqual([
      "!ACCNT\tNAME\tACCNTTYPE", "ACCNT\tCard clearing\tOCASSET", "ACCNT\tSales:Food\tINC",
      "!TRNS\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO", "!SPL\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO", "!ENDTRNS",
      "TRNS\tGENERAL JOURNAL\t7/14/2026\tCard clearing\t12.00\tPIR260714S1\tDB-PIR-260714-S1 tender:card (Sales of Pier on 2026-07-14)",
      "SPL\tGENERAL JOURNAL\t7/14/2026\tSales:Food\t-12.00\tPIR260714S1\tDB-PIR-260714-S1 sales:food (Sales of Pier on 2026-07-14)",
      "ENDTRNS", "",
    ]);
  });

  it("has as many fields as its heads say, ASCII alone, entries that begin and end, and our amounts", async () => {
    await fc.assert(fc.asyncProperty(month, async (records) => {
      const text = await fileOf("iif", records);
      expect(/^[\x20-\x7e\t\r\n]*$/.test(text)).toBe(true);
      const rows = text.split("\r\n").slice(0, -1).map((row) => row.split("\t"));
      const width = { "TRNS": 7, "SPL": 7, "!TRNS": 7, "!SPL": 7, "ENDTRNS": 1, "!ENDTRNS": 1, "ACCNT": 3, "!ACCNT": 3 } as Readonly<Record<string, number>>;
      expect(rows.filter((row) => row.length !== width[row[0] ?? ""])).toEqual([]);
      const keys = rows.map(([key]) => key).filter((key) => key === "TRNS" || key === "ENDTRNS");
      expect(keys).toEqual(records.flatMap(() => ["TRNS", "ENDTRNS"]));
      const currency = records[0]?.currency ?? "USD";
      expect(summed(rows.filter(([key]) => key === "TRNS" || key === "SPL").map(([, , , account = "", decimal = ""]) => [account, minorOf(decimal, currency), currency]))).toEqual(amountsOf(records));
    }), { numRuns: 150 });
  });
});

describe("the CSV file", () => {
  it("reads back line by line, amounts as plain decimals, nothing that a spreadsheet would run", async () => {
    await fc.assert(fc.asyncProperty(month, async (records) => {
      const text = await fileOf("csv", records);
      expect(text.startsWith("\uFEFF")).toBe(true);
      const { data: [head = [], ...rows] } = Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true });
      expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
      expect(rows.flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/u.test(cell))).toEqual([]);
      const cell = (row: readonly string[], name: string) => row[head.indexOf(name)] ?? "";
      expect(summed(rows.map((row) => {
        const [debit, credit, currency] = [cell(row, "debit"), cell(row, "credit"), cell(row, "currency")];
        return [cell(row, "account id"), debit === "" ? -minorOf(credit, currency) : minorOf(debit, currency), currency] as const;
      }))).toEqual(amountsOf(records));
    }), { numRuns: 150 });
  });

  it("defuses a formula, and leaves an amount a number: a name that looks like one is text", () => {
    expect(csvRow([new AmountCell(-500, "USD"), "-5.00", "=1", "a\n=1", "ok"])).toBe(`-5.00,'-5.00,'=1,"a\n'=1",ok\r\n`);
  });
});

describe("every format", () => {
  it.each(JOURNAL_FORMATS)("%s is never written of a record that does not balance", async (format) => {
    const wrong = { ...sale, lines: sale.lines.map((line) => ({ ...line, minor: line.side === "debit" ? 1 : 2 })) };
    await expect(fileOf(format, [wrong])).rejects.toThrow("DB-PIR-260714-S1 balances");
    await expect(fileOf(format, [{ ...sale, lines: [] }])).rejects.toThrow("balances");
  });

  it.each(JOURNAL_FORMATS)("%s of no entries is a file all the same", async (format) => {
    expect(await fileOf(format, [])).not.toContain("undefined");
  });
});

describe("paths of accounts", () => {
  const style = { clean: (part: string) => part.replace(/[^A-Za-z]/g, ""), beforeNumber: "-", hasRoot: true };
  const account = (id: string, name: string, books = "one") => ({ books, id, name, class: "income" as const });

  it("are one for each account and none for two, whatever they are called", () => {
    fc.assert(fc.property(fc.array(hostile, { maxLength: 30 }), (names) => {
      const paths = createPaths(style);
      const given = names.map((name, index) => paths(account(String(index), name)).path);
      expect(new Set(given.map((path) => path.toLowerCase())).size).toBe(names.length);
      expect(names.map((name, index) => paths(account(String(index), name)))).toEqual(given.map((path) => ({ path, isNew: false })));
    }));
  });

  it("tell books apart that number their accounts alike, and do not say the root twice", () => {
    const paths = createPaths(style);
    expect([paths(account("1", "Income:Sales")).path, paths(account("1", "Sales", "two")).path, paths(account("2", "Income")).path]).toEqual(["Income:Sales", "Income:Sales-2", "Income:Income"]);
  });

  it("know a class for every line that a day can have", () => {
    fc.assert(fc.property(anyDay, (day) => {
      expect(linesOf(day).filter(({ key }) => usualClassOf(key) === "equity")).toEqual([]);
    }));
  });
});
