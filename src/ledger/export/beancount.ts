/**
 * Beancount's syntax (beancount.github.io, "Beancount Language Syntax"): names of accounts begin with a capital or a
 * digit and hold letters, digits and dashes; here ASCII alone, for older releases take nothing else.
 */
import { exponentOf, toDecimal } from "../../kernel/money";
import { createPaths } from "./account-path";
import type { Formatter, Heading } from "./formats";
import { memoOf, type JournalRecord, type RecordLine } from "./record";

/** A writer of one file. Accounts are opened on the range's first date: no entry of it is dated before. */
export function beancountFormatter(heading: Heading): Formatter {
  const paths = createPaths({ clean: component, beforeNumber: "-", hasRoot: true });
  const commodities = new Set<string>();
  const declared = (record: JournalRecord): string => {
    const accounts = record.lines.flatMap(({ account }) => {
      const { path, isNew } = paths(account);
      return isNew ? [`${heading.from} open ${path}\n  name: ${quoted(account.name)}\n`] : [];
    });
    if (commodities.has(record.currency)) return accounts.join("");
    commodities.add(record.currency);
    return `${heading.from} commodity ${record.currency}\n  precision: ${exponentOf(record.currency)}\n${accounts.join("")}`;
  };
  return {
    head: `${heading.lines.map((line) => `; ${plain(line)}\n`).join("")}option "title" ${quoted(heading.title)}\n`,
    record: (record) => `\n${declared(record)}${entryText(record, (line) => paths(line.account).path)}`,
  };
}

function entryText(record: JournalRecord, pathOf: (line: RecordLine) => string): string {
  const { date, businessDate, documentNumber, revision, shop, location, kind, currency } = record;
  const facts = [
    ["document-number", quoted(documentNumber)], ["shop", quoted(shop)], ["location", quoted(location)], ["business-date", businessDate],
    ["kind", quoted(kind)], ["revision", String(revision)],
  ];
  const lines = record.lines.map((line) => [
    `  ${pathOf(line)}  ${line.side === "debit" ? "" : "-"}${toDecimal(line.minor, currency)} ${currency}\n`,
    `    about: ${quoted(line.description)}\n`,
    ...line.tags.map((tag, index) => `    tag-${index + 1}: ${quoted(tag.name)}\n`),
  ].join(""));
  return `${date} * "Daybook" ${quoted(memoOf(record))}\n${facts.map(([name, value]) => `  ${name}: ${value}\n`).join("")}${lines.join("")}`;
}

/** "Café & bar" → "Cafe-bar", "food" → "Food"; a letter without an ASCII form is left out. */
function component(part: string): string {
  const ascii = part.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return `${ascii.slice(0, 1).toUpperCase()}${ascii.slice(1)}`;
}

function quoted(text: string): string {
  return `"${plain(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function plain(text: string): string {
  return text.toWellFormed().replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}
