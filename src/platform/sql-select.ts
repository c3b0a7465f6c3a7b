/** Reads SELECT with its joins and compounds. Every one that is read, however deep, becomes a scope of its own. */
import type { Cursor } from "./sql-cursor";
import { readExpression } from "./sql-expression";
import { StatementRefused } from "./sql-tokens";
import type { Expression, Scope, Source } from "./sql-tree";

/** The only functions that may stand for a table: they read their argument and nothing else. */
const TABLE_FUNCTIONS: ReadonlySet<string> = new Set(["json_each", "json_tree"]);

/** A SELECT with all its arms; answers the scope of each arm. */
export function readSelect(cursor: Cursor): Scope[] {
  const arms = [readArm(cursor)];
  while (takeCompound(cursor)) arms.push(readArm(cursor));
  if (cursor.takeWords("order", "by")) cursor.list(() => readOrder(cursor));
  if (cursor.takeWords("limit")) {
    readExpression(cursor);
    if (cursor.takeWords("offset")) readExpression(cursor);
  }
  return arms;
}

/** A SELECT inside an expression or a source; the caller has opened its parenthesis. */
export function readSubquery(cursor: Cursor): void {
  readSelect(cursor);
}

function takeCompound(cursor: Cursor): boolean {
  if (cursor.takeWords("union")) {
    cursor.takeWords("all");
    return true;
  }
  return cursor.takeWords("except") || cursor.takeWords("intersect");
}

function readOrder(cursor: Cursor): void {
  readExpression(cursor);
  if (!cursor.takeWords("asc")) cursor.takeWords("desc");
  if (cursor.takeWords("nulls", "first") || cursor.takeWords("nulls", "last")) return;
}

function readArm(cursor: Cursor): Scope {
  cursor.expectWords("select");
  if (!cursor.takeWords("distinct")) cursor.takeWords("all");
  const outputs = cursor.list(() => readOutput(cursor));
  const sources = cursor.takeWords("from") ? readSources(cursor) : [];
  const where = readWhere(cursor);
  if (cursor.takeWords("group", "by")) cursor.list(() => readExpression(cursor));
  if (cursor.takeWords("having")) readExpression(cursor);
  return keep(cursor, { sources, where, outputs });
}

/** Registers a scope, so that the guard judges it wherever it stands. */
export function keep(cursor: Cursor, scope: Scope): Scope {
  cursor.scopes.push(scope);
  return scope;
}

/** The filter, or null where there is none. */
export function readWhere(cursor: Cursor): Expression | null {
  return cursor.takeWords("where") ? readExpression(cursor) : null;
}

/** One expression of a SELECT or RETURNING, with its alias. */
export function readOutput(cursor: Cursor): Expression {
  if (cursor.takeMark("*")) return { kind: "star" };
  const next = cursor.peek(2);
  if (cursor.isName() && next?.kind === "mark" && next.text === "*" && isDot(cursor)) {
    cursor.name();
    cursor.expectMark(".");
    cursor.expectMark("*");
    return { kind: "star" };
  }
  const expression = readExpression(cursor);
  if (cursor.takeWords("as") || cursor.isName()) cursor.name();
  return expression;
}

function isDot(cursor: Cursor): boolean {
  const token = cursor.peek(1);
  return token?.kind === "mark" && token.text === ".";
}

/** The sources after FROM, in order. */
export function readSources(cursor: Cursor): Source[] {
  const sources = [readSource(cursor, "first")];
  for (let join = takeJoin(cursor); join !== null; join = takeJoin(cursor)) {
    const source = readSource(cursor, join);
    const on = cursor.takeWords("on") ? readExpression(cursor) : null;
    sources.push({ ...source, on });
  }
  return sources;
}

/** A comma is an inner join. RIGHT, FULL and NATURAL joins are not read. */
function takeJoin(cursor: Cursor): "inner" | "left" | null {
  if (cursor.takeMark(",") || cursor.takeWords("join")) return "inner";
  if (cursor.takeWords("inner", "join") || cursor.takeWords("cross", "join")) return "inner";
  if (cursor.takeWords("left", "join") || cursor.takeWords("left", "outer", "join")) return "left";
  return null;
}

function readSource(cursor: Cursor, join: Source["join"]): Source {
  if (cursor.isMark("(")) {
    cursor.inParentheses(() => readSubquery(cursor));
    return { table: null, alias: readAlias(cursor) ?? "", join, on: null };
  }
  const isQuoted = cursor.peek()?.kind === "name";
  const name = cursor.name();
  if (cursor.isMark("(")) {
    if (isQuoted || !TABLE_FUNCTIONS.has(name)) throw new StatementRefused(`${name} may not stand for a table`);
    cursor.inParentheses(() => cursor.list(() => readExpression(cursor)));
    return { table: null, alias: readAlias(cursor) ?? name, join, on: null };
  }
  const table = cursor.commonTables.has(name) ? null : name;
  return { table, alias: readAlias(cursor) ?? name, join, on: null };
}

/** The alias of a source, or null where it has none. */
export function readAlias(cursor: Cursor): string | null {
  if (cursor.takeWords("as") || cursor.isName()) return cursor.name();
  return null;
}
