/**
 * hledger's journal format (hledger.org, "Journal"): accounts and commodities are declared where they first occur, so
 * that `hledger check --strict` passes and the file can be written while it is read.
 */
import { exponentOf, toDecimal } from "../../kernel/money";
import { createPaths } from "./account-path";
import type { Formatter, Heading } from "./formats";
import { memoOf, type JournalRecord } from "./record";

/** hledger's letters for account types. */
const TYPES = { asset: "A", liability: "L", equity: "E", income: "R", expense: "X" } as const;

/** A writer of one file. */
export function hledgerFormatter(heading: Heading): Formatter {
  // Two spaces would end a name, a semicolon begins a comment, parentheses and brackets would make the posting a virtual one.
  const paths = createPaths({ clean: (part) => spaced(part, /[^\p{L}\p{N} &'./#%-]/gu).replace(/^[^\p{L}\p{N}]+/u, ""), beforeNumber: " ", hasRoot: true });
  const commodities = new Set<string>();
  const declared = (record: JournalRecord): string => {
    const accounts = record.lines.flatMap(({ account }) => {
      const { path, isNew } = paths(account);
      return isNew ? [`account ${path}  ; type:${TYPES[account.class]}\n`] : [];
    });
    if (commodities.has(record.currency)) return accounts.join("");
    commodities.add(record.currency);
    return `commodity ${exampleOf(record.currency)}\n${accounts.join("")}`;
  };
  return {
    head: heading.lines.map((line) => `; ${safe(line)}\n`).join(""),
    record: (record) => `\n${declared(record)}${entryText(record, (line) => paths(line.account).path)}`,
  };
}

function entryText(record: JournalRecord, pathOf: (line: JournalRecord["lines"][number]) => string): string {
  const { date, businessDate, documentNumber, revision, shop, location, kind, currency } = record;
  const tags = Object.entries({ shop, location, "business-date": businessDate, kind, revision: String(revision) });
  const lines = record.lines.map((line) => {
    const amount = `${line.side === "debit" ? "" : "-"}${toDecimal(line.minor, currency)} ${currency}`;
    const notes = line.tags.map((tag) => `tag:${safe(tag.name)}`).join(", ");
    return `    ${pathOf(line)}  ${amount}  ; ${safe(line.description)}${notes === "" ? "" : `, ${notes}`}\n`;
  });
  return `${date} (${documentNumber}) ${safe(memoOf(record))}\n${tags.map(([name, value]) => `    ; ${name}:${safe(value)}\n`).join("")}${lines.join("")}`;
}

/** The format of a currency's amounts; without decimals the mark stands all the same, or hledger would take it for unknown. */
function exampleOf(currency: string): string {
  return `1000.${"0".repeat(exponentOf(currency))} ${currency}`;
}

/** Text that is nothing else: no tag, no date in brackets, no payee, no comment begins in it. */
function safe(text: string): string {
  return spaced(text.toWellFormed(), /[^\p{L}\p{N}\p{P}\p{S} ]|[:;,|[\](){}]/gu);
}

/** Without what must not be in it, one space between words. */
function spaced(text: string, unwanted: RegExp): string {
  return text.replace(unwanted, " ").replace(/ +/g, " ").trim();
}
