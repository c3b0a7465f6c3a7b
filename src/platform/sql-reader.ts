/** Reads one statement of the kinds that stores write: SELECT, INSERT, UPDATE, DELETE, each with common tables before it. */
import { Cursor } from "./sql-cursor";
import { readExpression } from "./sql-expression";
import { keep, readAlias, readOutput, readSelect, readSources, readWhere } from "./sql-select";
import { StatementRefused } from "./sql-tokens";
import type { Conflict, Scope, Source, Statement } from "./sql-tree";

type Write = Statement["write"];
type InsertRow = Extract<Write, { kind: "insert" }>["rows"][number];

/** The statement as a tree. Throws `StatementRefused` for anything outside the subset, with all that follows it. */
export function readStatement(sql: string): Statement {
  const cursor = new Cursor(sql);
  if (cursor.takeWords("with")) readCommonTables(cursor);
  const write = readBody(cursor);
  if (!cursor.isAtEnd) throw new StatementRefused("something follows the statement");
  return { scopes: cursor.scopes, parameterCount: cursor.parameterCount, write };
}

/** A common table is known only after its own body, so that none can read itself. */
function readCommonTables(cursor: Cursor): void {
  cursor.list(() => {
    const name = cursor.name();
    if (cursor.commonTables.has(name)) throw new StatementRefused(`${name} is defined twice`);
    if (cursor.isMark("(")) cursor.inParentheses(() => cursor.list(() => cursor.name()));
    cursor.expectWords("as");
    cursor.inParentheses(() => readSelect(cursor));
    cursor.commonTables.add(name);
  });
}

function readBody(cursor: Cursor): Write {
  if (cursor.isWords("select")) {
    readSelect(cursor);
    return { kind: "none" };
  }
  if (cursor.takeWords("insert", "into")) return readInsert(cursor);
  if (cursor.takeWords("update")) return readUpdate(cursor);
  if (cursor.takeWords("delete", "from")) return readDelete(cursor);
  throw new StatementRefused("neither SELECT, INSERT, UPDATE nor DELETE");
}

function readInsert(cursor: Cursor): Write {
  const table = cursor.name();
  if (cursor.takeWords("as")) cursor.name();
  const columns = cursor.inParentheses(() => cursor.list(() => cursor.name()));
  const rows = cursor.takeWords("values") ? readValues(cursor) : readSelect(cursor).map(rowOf);
  const conflicts: Conflict[] = [];
  while (cursor.takeWords("on", "conflict")) conflicts.push(readConflict(cursor));
  readReturning(cursor);
  return { kind: "insert", table, columns, rows, conflicts };
}

function rowOf(scope: Scope): InsertRow {
  return { values: scope.outputs, scope };
}

function readValues(cursor: Cursor): InsertRow[] {
  return cursor.list(() => ({ values: cursor.inParentheses(() => cursor.list(() => readExpression(cursor))), scope: null }));
}

function readConflict(cursor: Cursor): Conflict {
  const target = cursor.isMark("(") ? cursor.inParentheses(() => cursor.list(() => readConflictColumn(cursor))) : [];
  readWhere(cursor);
  cursor.expectWords("do");
  if (cursor.takeWords("nothing")) return { target, sets: [], updates: false };
  cursor.expectWords("update", "set");
  const sets = readAssignments(cursor);
  readWhere(cursor);
  return { target, sets, updates: true };
}

/** drizzle writes the target's columns bare or with their table. */
function readConflictColumn(cursor: Cursor): string {
  const name = cursor.name();
  return cursor.takeMark(".") ? cursor.name() : name;
}

function readUpdate(cursor: Cursor): Write {
  const target = readTarget(cursor);
  cursor.expectWords("set");
  const sets = readAssignments(cursor);
  const from = cursor.takeWords("from") ? readSources(cursor) : [];
  keep(cursor, { sources: [target, ...from.map(joined)], where: readWhere(cursor), outputs: [] });
  readReturning(cursor);
  return { kind: "update", sets };
}

/** The first source after FROM is joined to the table that is updated. */
function joined(source: Source): Source {
  return source.join === "first" ? { ...source, join: "inner" } : source;
}

function readDelete(cursor: Cursor): Write {
  const target = readTarget(cursor);
  keep(cursor, { sources: [target], where: readWhere(cursor), outputs: [] });
  readReturning(cursor);
  return { kind: "delete" };
}

/** What is written to is always a table, even where a common table has its name. */
function readTarget(cursor: Cursor): Source {
  const table = cursor.name();
  return { table, alias: readAlias(cursor) ?? table, join: "first", on: null };
}

function readAssignments(cursor: Cursor): string[] {
  return cursor.list(() => readAssignment(cursor)).flat();
}

function readAssignment(cursor: Cursor): string[] {
  const columns = cursor.isMark("(") ? cursor.inParentheses(() => cursor.list(() => cursor.name())) : [cursor.name()];
  cursor.expectMark("=");
  readExpression(cursor);
  return columns;
}

function readReturning(cursor: Cursor): void {
  if (cursor.takeWords("returning")) cursor.list(() => readOutput(cursor));
}
