/** Xero's filters, as much of them as manual journals need: comparisons of a date or a status, joined by AND. */
import { failed, ok, type Result } from "../../kernel/result";
import type { Journal } from "./simulator-state";

type Test = (journal: Journal) => boolean;

const COMPARISONS: Readonly<Record<string, (one: string, other: string) => boolean>> = {
  "==": (one, other) => one === other, "!=": (one, other) => one !== other,
  ">=": (one, other) => one >= other, "<=": (one, other) => one <= other, ">": (one, other) => one > other, "<": (one, other) => one < other,
};

/** A filter as a test, or why Xero would not read it. */
export function parseWhere(where: string): Result<Test, string> {
  const tests: Test[] = [];
  for (const part of where.split(/\s+AND\s+|\s*&&\s*/)) {
    const test = parsePart(part.trim());
    if (test === null) return failed(`No property or comparison in '${part.trim()}'`);
    tests.push(test);
  }
  return ok((journal) => tests.every((test) => test(journal)));
}

function parsePart(part: string): Test | null {
  const [, field = "", operator = "", value = ""] = /^(\w+)\s*(==|!=|>=|<=|>|<)\s*(.+)$/.exec(part) ?? [];
  const compare = COMPARISONS[operator];
  if (compare === undefined) return null;
  if (field === "Date") {
    const [, year = "", month = "", day = ""] = /^DateTime\((\d{4}),\s*(\d{1,2}),\s*(\d{1,2})\)$/.exec(value) ?? [];
    const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    return year === "" || Number.isNaN(Date.parse(date)) ? null : (journal) => compare(journal.date, date);
  }
  const text = /^"([^"]*)"$/.exec(value)?.[1];
  return field === "Status" && text !== undefined ? (journal) => compare(journal.status, text) : null;
}
