/**
 * Reads expressions with SQLite's own precedence (sqlite.org/lang_expr.html), so that "this equality stands alone
 * between ANDs" is a fact and not a guess. What it does not know it refuses.
 */
import type { Cursor } from "./sql-cursor";
import { readSubquery } from "./sql-select";
import { StatementRefused } from "./sql-tokens";
import type { Expression } from "./sql-tree";

const OTHER: Expression = { kind: "other" };

/** Pure functions of their arguments. Any other may read files, load code or name a table. */
const FUNCTIONS: ReadonlySet<string> = new Set((
  "abs avg changes coalesce count date datetime group_concat hex iif ifnull instr json json_array json_array_length json_extract "
  + "json_group_array json_group_object json_insert json_object json_patch json_quote json_remove json_replace json_set json_type "
  + "json_valid julianday length lower ltrim max min nullif printf quote round rtrim sign strftime substr substring sum time "
  + "total trim typeof unicode unixepoch upper"
).split(" "));

/** Binary operators that bind tighter than equality, all read alike: none of them can carry a tie. */
const TIGHT: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "&", "|", "<<", ">>", "+", "-", "*", "/", "%", "||", "->", "->>"]);

const PATTERN_WORDS = ["like", "glob", "match", "regexp"] as const;

/** Any expression: the loosest operator is OR. */
export function readExpression(cursor: Cursor): Expression {
  return cursor.deeper(() => {
    let left = readAnd(cursor);
    while (cursor.takeWords("or")) {
      readAnd(cursor);
      left = OTHER;
    }
    return left;
  });
}

function readAnd(cursor: Cursor): Expression {
  let left = readNot(cursor);
  while (cursor.takeWords("and")) left = { kind: "and", left, right: readNot(cursor) };
  return left;
}

function readNot(cursor: Cursor): Expression {
  if (!cursor.isWords("not") || cursor.isWords("not", "exists")) return readEquality(cursor);
  cursor.expectWords("not");
  cursor.deeper(() => readNot(cursor));
  return OTHER;
}

/** `=` and its peers are one level and read from the left: `a = b = c` is `(a = b) = c`. */
function readEquality(cursor: Cursor): Expression {
  let left = readTight(cursor);
  for (;;) {
    if (cursor.takeMark("=") || cursor.takeMark("==")) left = { kind: "equals", left, right: readTight(cursor) };
    else if (readOtherEquality(cursor)) left = OTHER;
    else return left;
  }
}

function readOtherEquality(cursor: Cursor): boolean {
  if (cursor.takeMark("<>") || cursor.takeMark("!=")) return readsTight(cursor);
  if (cursor.takeWords("isnull") || cursor.takeWords("notnull") || cursor.takeWords("not", "null")) return true;
  if (cursor.takeWords("is")) {
    cursor.takeWords("not");
    cursor.takeWords("distinct", "from");
    return readsTight(cursor);
  }
  const isNegated = cursor.isWords("not");
  const follows = (word: string): boolean => (isNegated ? cursor.takeWords("not", word) : cursor.takeWords(word));
  if (follows("in")) return readMembers(cursor);
  if (follows("between")) {
    readTight(cursor);
    cursor.expectWords("and");
    return readsTight(cursor);
  }
  if (!PATTERN_WORDS.some(follows)) return false;
  readTight(cursor);
  if (cursor.takeWords("escape")) readTight(cursor);
  return true;
}

/** A list or a subquery; `IN name` would read a table without a scope. */
function readMembers(cursor: Cursor): boolean {
  cursor.inParentheses(() => {
    if (cursor.isMark(")")) return;
    if (cursor.isWords("select")) readSubquery(cursor);
    else cursor.list(() => readExpression(cursor));
  });
  return true;
}

function readsTight(cursor: Cursor): true {
  readTight(cursor);
  return true;
}

function readTight(cursor: Cursor): Expression {
  let left = readUnary(cursor);
  for (;;) {
    const token = cursor.peek();
    if (token?.kind === "mark" && TIGHT.has(token.text)) {
      cursor.next();
      readUnary(cursor);
    } else if (cursor.takeWords("collate")) cursor.name();
    else return left;
    left = OTHER;
  }
}

function readUnary(cursor: Cursor): Expression {
  const isSigned = ["-", "+", "~"].some((mark) => cursor.takeMark(mark));
  if (!isSigned) return readPrimary(cursor);
  cursor.deeper(() => readUnary(cursor));
  return OTHER;
}

function readPrimary(cursor: Cursor): Expression {
  if (cursor.isMark("(")) return readParenthesis(cursor);
  if (cursor.isName()) return readNamed(cursor);
  if (cursor.takeWords("case")) return readCase(cursor);
  if (cursor.takeWords("cast")) return readCast(cursor);
  if (cursor.takeWords("not", "exists") || cursor.takeWords("exists")) {
    cursor.inParentheses(() => readSubquery(cursor));
    return OTHER;
  }
  const token = cursor.next();
  if (token.kind === "parameter") return { kind: "parameter", index: cursor.parameter(token.number) };
  const isLiteral = token.kind === "literal" || (token.kind === "word" && ["null", "true", "false"].includes(token.text));
  if (!isLiteral) throw new StatementRefused("expected an expression");
  return OTHER;
}

/** Parentheses around one expression change nothing; around several they make a row value, around SELECT a subquery. */
function readParenthesis(cursor: Cursor): Expression {
  return cursor.inParentheses(() => {
    if (cursor.isWords("select")) {
      readSubquery(cursor);
      return OTHER;
    }
    const items = cursor.list(() => readExpression(cursor));
    return items.length === 1 ? (items[0] ?? OTHER) : OTHER;
  });
}

function readNamed(cursor: Cursor): Expression {
  const isQuoted = cursor.peek()?.kind === "name";
  const name = cursor.name();
  if (cursor.isMark("(")) return readCall(cursor, name, isQuoted);
  if (!cursor.takeMark(".")) return { kind: "column", table: null, column: name };
  return { kind: "column", table: name, column: cursor.name() };
}

function readCall(cursor: Cursor, name: string, isQuoted: boolean): Expression {
  if (isQuoted || !FUNCTIONS.has(name)) throw new StatementRefused(`the function ${name} is not one that stores use`);
  cursor.inParentheses(() => {
    if (cursor.isMark(")") || cursor.takeMark("*")) return;
    cursor.takeWords("distinct");
    cursor.list(() => readExpression(cursor));
  });
  if (cursor.takeWords("filter")) {
    cursor.inParentheses(() => {
      cursor.expectWords("where");
      readExpression(cursor);
    });
  }
  return OTHER;
}

function readCase(cursor: Cursor): Expression {
  if (!cursor.isWords("when")) readExpression(cursor);
  cursor.expectWords("when");
  do {
    readExpression(cursor);
    cursor.expectWords("then");
    readExpression(cursor);
  } while (cursor.takeWords("when"));
  if (cursor.takeWords("else")) readExpression(cursor);
  cursor.expectWords("end");
  return OTHER;
}

function readCast(cursor: Cursor): Expression {
  cursor.inParentheses(() => {
    readExpression(cursor);
    cursor.expectWords("as");
    cursor.name();
  });
  return OTHER;
}
