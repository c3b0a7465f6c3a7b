/** What a query selects from rows of JSON: filtered, ordered, cut to a page and projected. Text is compared without case. */
import { failed, ok, type Result } from "../../kernel/result";
import type { Condition, Literal, Operator, Query } from "./simulator-query";
import { queryInvalid, type Refusal } from "./simulator-refusals";

export type Row = Readonly<Record<string, unknown>>;

/** The rows that a query selects, in order and cut to its page, and how many there were before the cut. */
export function select(rows: readonly Row[], query: Query, known: readonly string[]): Result<{ page: Row[]; total: number }, Refusal> {
  const spelled = new Map(known.map((name) => [name.toLowerCase(), name]));
  const asked = [...query.conditions, ...query.orderBy].map(({ field }) => field).concat(query.fields ?? []);
  const foreign = asked.find((field) => !spelled.has(field.toLowerCase()));
  if (foreign !== undefined) return failed(queryInvalid(`Property ${foreign} not found for Entity ${query.entity}`));
  const nameOf = (field: string) => spelled.get(field.toLowerCase()) ?? field;
  const matching = rows.filter((row) => query.conditions.every((condition) => holds(valueAt(row, nameOf(condition.field)), condition)));
  const ordered = query.orderBy.length === 0 ? matching : matching.toSorted((a, b) => compareRows(a, b, query, nameOf));
  const page = ordered.slice(query.start - 1, query.start - 1 + query.max);
  const fields = query.fields?.map((field) => nameOf(field).split(".")[0] ?? "");
  return ok({ page: fields === undefined ? page : page.map((row) => project(row, fields)), total: ordered.length });
}

function project(row: Row, fields: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name) || name === "domain" || name === "sparse"));
}

function valueAt(row: Row, path: string): unknown {
  let value: unknown = row;
  for (const name of path.split(".")) {
    value = typeof value === "object" && value !== null ? (value as Row)[name] : undefined;
  }
  return value;
}

function compareRows(a: Row, b: Row, query: Query, nameOf: (field: string) => string): number {
  for (const { field, isDescending } of query.orderBy) {
    const order = compare(valueAt(a, nameOf(field)), valueAt(b, nameOf(field)));
    if (order !== 0) return isDescending ? -order : order;
  }
  return 0;
}

/** Digits as numbers (ids), anything else as text without regard to case. */
function compare(a: unknown, b: unknown): number {
  const [left, right] = [textOf(a), textOf(b)];
  const areNumbers = /^-?\d+(\.\d+)?$/.test(left) && /^-?\d+(\.\d+)?$/.test(right);
  if (areNumbers) return Number(left) - Number(right);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function textOf(value: unknown): string {
  const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isPlain ? String(value).toLowerCase() : "";
}

type Test = (value: unknown, wanted: readonly Literal[]) => boolean;

const first = (wanted: readonly Literal[]): Literal => wanted[0] ?? "";

const TESTS: Readonly<Record<Operator, Test>> = {
  in: (value, wanted) => wanted.some((one) => textOf(one) === textOf(value)),
  like: (value, wanted) => isLike(textOf(value), textOf(first(wanted))),
  "=": (value, wanted) => textOf(value) === textOf(first(wanted)),
  "<": (value, wanted) => compare(value, first(wanted)) < 0,
  ">": (value, wanted) => compare(value, first(wanted)) > 0,
  "<=": (value, wanted) => compare(value, first(wanted)) <= 0,
  ">=": (value, wanted) => compare(value, first(wanted)) >= 0,
};

function holds(value: unknown, { operator, values }: Condition): boolean {
  return value !== undefined && TESTS[operator](value, values);
}

function isLike(text: string, pattern: string): boolean {
  const source = pattern.split("%").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  return new RegExp(`^${source}$`, "s").test(text);
}
