/**
 * Intuit Interchange Format, which QuickBooks Desktop imports: tabs between fields, a first line (TRNS) and others (SPL)
 * per entry, ENDTRNS after it; debits positive, credits negative; dates as month/day/year.
 */
import { toDecimal } from "../../kernel/money";
import { createPaths } from "./account-path";
import type { Formatter } from "./formats";
import { memoOf, type JournalRecord, type RecordAccount } from "./record";

/** QuickBooks Desktop's types of accounts. */
const TYPES: Readonly<Record<RecordAccount["class"], string>> = { asset: "OCASSET", liability: "OCLIAB", equity: "EQUITY", income: "INC", expense: "EXP" };

/** Desktop's limit for one name, and room below it for a number. */
const LONGEST_NAME = 28;

/** A writer of one file: Desktop reads it in the machine's own code page, so that it is ASCII alone. */
export function iifFormatter(): Formatter {
  const paths = createPaths({ clean: (part) => ascii(part).slice(0, LONGEST_NAME).trim(), beforeNumber: " ", hasRoot: false });
  const declared = ({ lines }: JournalRecord): string[] => {
    const rows = lines.flatMap(({ account }) => {
      const { path, isNew } = paths(account);
      return isNew ? [row("ACCNT", path, TYPES[account.class])] : [];
    });
    return rows.length === 0 ? [] : [row("!ACCNT", "NAME", "ACCNTTYPE"), ...rows, ...TRANSACTION_HEAD];
  };
  return { head: TRANSACTION_HEAD.join(""), record: (record) => [...declared(record), ...rowsOf(record, (account) => paths(account).path)].join("") };
}

const FIELDS = ["TRNSTYPE", "DATE", "ACCNT", "AMOUNT", "DOCNUM", "MEMO"] as const;
const TRANSACTION_HEAD = [row("!TRNS", ...FIELDS), row("!SPL", ...FIELDS), row("!ENDTRNS")];

function rowsOf(record: JournalRecord, pathOf: (account: RecordAccount) => string): string[] {
  const [year = "", month = "", day = ""] = record.date.split("-");
  const number = shortNumber(record.documentNumber);
  const rows = record.lines.map((line, index) => row(
    index === 0 ? "TRNS" : "SPL", "GENERAL JOURNAL", `${Number(month)}/${Number(day)}/${year}`, pathOf(line.account),
    `${line.side === "debit" ? "" : "-"}${toDecimal(line.minor, record.currency)}`, number, ascii(`${record.documentNumber} ${line.description} (${memoOf(record)})`),
  ));
  return [...rows, row("ENDTRNS")];
}

/**
 * `DB-PIR-260714-S1` → `PIR260714S1`: Desktop holds 11 characters of a journal entry's number (RefNumber of its SDK), and
 * cut there the numbers of a month would be one. The number in full stands in the memo.
 */
function shortNumber(documentNumber: string): string {
  return ascii(documentNumber).replace(/^DB-/, "").replaceAll("-", "");
}

/** No tab, no line break, no quotation mark, nothing outside of ASCII; a colon would make a child of what follows it. */
function ascii(text: string): string {
  return text.toWellFormed().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\x20-\x7e]|["\\]/g, " ").replace(/ +/g, " ").trim();
}

function row(...fields: readonly string[]): string {
  return `${fields.join("\t")}\r\n`;
}
