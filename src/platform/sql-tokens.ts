/**
 * Cuts a statement into tokens, for the subset of SQLite's language that stores use (sqlite.org/lang.html). Whatever is
 * outside of it is unreadable, and what cannot be read is refused: comments, semicolons, named parameters, bracketed
 * and backticked names, and every character beyond ASCII outside a text literal.
 */

/** Why a statement was refused. A bug in a store, or an attack: never an expected failure. */
export class StatementRefused extends Error {
  override readonly name = "StatementRefused";
}

export type Token =
  /** A bare word, in lower case: a keyword or a name. */
  | { readonly kind: "word"; readonly text: string }
  /** A double-quoted name, in lower case. */
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "literal" }
  /** `?` or `?3`; `number` is null for the bare one. */
  | { readonly kind: "parameter"; readonly number: number | null }
  | { readonly kind: "mark"; readonly text: string };

/** D1 takes no longer statement. */
const LONGEST_STATEMENT = 100_000;

/** Alternatives in order; each is anchored where the last one ended. None can match in two ways, so none backtracks. */
const TOKEN = new RegExp(
  [
    /(?<space>[ \t\r\n]+)/,
    /(?<word>[A-Za-z_][A-Za-z0-9_]*)/,
    /"(?<name>[A-Za-z_][A-Za-z0-9_]*)"/,
    /(?<text>'(?:[^'\0]|'')*')/,
    /(?<number>\d+(?:\.\d+)?)/,
    /\?(?<parameter>\d{0,3})/,
    /(?<mark>->>|->|\|\||<<|>>|==|<>|!=|<=|>=|[(),.*=<>+/%&|~-])/,
  ].map((part) => part.source).join("|"),
  "y",
);

/** The tokens of one statement. Throws `StatementRefused` at the first character that it does not know. */
export function tokensOf(sql: string): readonly Token[] {
  if (sql.length > LONGEST_STATEMENT) throw new StatementRefused("the statement is longer than D1 takes");
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(sql);
    if (match === null) throw new StatementRefused(`unreadable at character ${at}`);
    assertApart(sql, match);
    const token = tokenOf(match.groups ?? {});
    if (token !== null) tokens.push(token);
    at = TOKEN.lastIndex;
  }
  return tokens;
}

/** `--` and a slash with a star begin comments; `12abc` and `x'00'` are read differently by different readers. */
function assertApart(sql: string, match: RegExpExecArray): void {
  const next = sql[match.index + match[0].length] ?? "";
  const isComment = (match[0] === "-" && next === "-") || (match[0] === "/" && next === "*");
  const isGlued = match.groups?.space === undefined && match.groups?.mark === undefined && /[A-Za-z0-9_'"$@?]/.test(next);
  if (isComment || isGlued) throw new StatementRefused(`unreadable at character ${match.index}`);
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token | null {
  if (groups.space !== undefined) return null;
  if (groups.word !== undefined) return { kind: "word", text: groups.word.toLowerCase() };
  if (groups.name !== undefined) return { kind: "name", text: groups.name.toLowerCase() };
  if (groups.parameter !== undefined) return { kind: "parameter", number: parameterOf(groups.parameter) };
  if (groups.mark !== undefined) return { kind: "mark", text: groups.mark };
  return { kind: "literal" };
}

function parameterOf(digits: string): number | null {
  if (digits === "") return null;
  const number = Number(digits);
  if (number < 1 || number > 100) throw new StatementRefused("parameters are numbered 1 to 100");
  return number;
}
