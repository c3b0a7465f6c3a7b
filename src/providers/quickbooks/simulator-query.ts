/** Intuit's query language: read strictly, keywords and names in any case, values escaped with a backslash. */
import { failed, ok, type Result } from "../../kernel/result";
import { queryInvalid, queryUnparsable, type Refusal } from "./simulator-refusals";

export type Literal = string | number | boolean;
export type Operator = "=" | "<" | ">" | "<=" | ">=" | "in" | "like";
export type Condition = { readonly field: string; readonly operator: Operator; readonly values: readonly Literal[] };
export type Query = {
  readonly entity: string;
  readonly isCount: boolean;
  /** Names to project, or null for everything. */
  readonly fields: readonly string[] | null;
  readonly conditions: readonly Condition[];
  readonly orderBy: readonly { readonly field: string; readonly isDescending: boolean }[];
  readonly start: number;
  readonly max: number;
};

type Token = { readonly kind: "word" | "text" | "number" | "sign"; readonly text: string };

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1_000;
const TOKEN = /\s*(?:'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|[<>=(),*]))/y;

/** Reads a query or says with 4000 why it cannot be read. */
export function parseQuery(text: string): Result<Query, Refusal> {
  const tokens = tokenize(text);
  if (tokens === null) return failed(queryUnparsable(`Encountered an invalid character in ${JSON.stringify(text.slice(0, 80))}`));
  try {
    return ok(new Reader(tokens).query());
  } catch (error) {
    if (error instanceof QueryError) return failed(error.refusal);
    throw error;
  }
}

function tokenize(text: string): Token[] | null {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== "") {
    const match = TOKEN.exec(text);
    if (match === null) return null;
    const [, quoted, number, word, sign] = match;
    if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.replaceAll(/\\(.)/gs, "$1") });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "sign", text: sign ?? "" });
  }
  return tokens;
}

/** Leaves the reader from any depth; it never leaves `parseQuery`. */
class QueryError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

class Reader {
  #at = 0;
  constructor(readonly tokens: readonly Token[]) {}

  query(): Query {
    this.#keyword("select");
    const { isCount, fields } = this.#selection();
    this.#keyword("from");
    const entity = this.#word("an entity");
    const conditions = this.#has("where") ? this.#conditions() : [];
    const orderBy = this.#orders();
    const start = this.#has("startposition") ? this.#integer("startposition", 1) : 1;
    const max = this.#has("maxresults") ? this.#integer("maxresults", 0) : DEFAULT_PAGE;
    const rest = this.tokens[this.#at];
    if (rest !== undefined) throw unparsable(rest);
    return { entity, isCount, fields, conditions, orderBy, start, max: Math.min(max, LARGEST_PAGE) };
  }

  #selection(): Pick<Query, "isCount" | "fields"> {
    if (this.#takes("sign", "*")) return { isCount: false, fields: null };
    const names = [this.#word("a field")];
    if (names[0]?.toLowerCase() === "count" && this.#takes("sign", "(")) {
      this.#sign("*");
      this.#sign(")");
      return { isCount: true, fields: null };
    }
    while (this.#takes("sign", ",")) names.push(this.#word("a field"));
    return { isCount: false, fields: names };
  }

  #conditions(): Condition[] {
    const conditions = [this.#condition()];
    while (this.#has("and")) conditions.push(this.#condition());
    return conditions;
  }

  #condition(): Condition {
    const field = this.#word("a field");
    if (this.#has("in")) return { field, operator: "in", values: this.#list() };
    if (this.#has("like")) return { field, operator: "like", values: [this.#literal()] };
    for (const operator of ["=", "<=", ">=", "<", ">"] as const) {
      if (this.#takes("sign", operator)) return { field, operator, values: [this.#literal()] };
    }
    throw unparsable(this.tokens[this.#at]);
  }

  #list(): Literal[] {
    this.#sign("(");
    const values = [this.#literal()];
    while (this.#takes("sign", ",")) values.push(this.#literal());
    this.#sign(")");
    return values;
  }

  #literal(): Literal {
    const token = this.tokens[this.#at];
    this.#at += 1;
    if (token?.kind === "text") return token.text;
    if (token?.kind === "number") return Number(token.text);
    const word = token?.kind === "word" ? token.text.toLowerCase() : "";
    if (word === "true" || word === "false") return word === "true";
    throw unparsable(token);
  }

  #orders(): Query["orderBy"] {
    if (!this.#has("orderby")) {
      if (!this.#has("order")) return [];
      this.#keyword("by");
    }
    const orders = [this.#order()];
    while (this.#takes("sign", ",")) orders.push(this.#order());
    return orders;
  }

  #order(): Query["orderBy"][number] {
    const field = this.#word("a field");
    const isDescending = this.#has("desc");
    if (!isDescending) this.#has("asc");
    return { field, isDescending };
  }

  #integer(name: string, least: number): number {
    const value = this.#literal();
    if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
    throw new QueryError(queryInvalid(`${name} must be an integer of at least ${least}`));
  }

  #has(keyword: string): boolean {
    const token = this.tokens[this.#at];
    const found = token?.kind === "word" && token.text.toLowerCase() === keyword;
    if (found) this.#at += 1;
    return found;
  }

  #keyword(keyword: string): void {
    if (!this.#has(keyword)) throw unparsable(this.tokens[this.#at]);
  }

  #takes(kind: Token["kind"], text: string): boolean {
    const token = this.tokens[this.#at];
    const found = token?.kind === kind && token.text === text;
    if (found) this.#at += 1;
    return found;
  }

  #sign(text: string): void {
    if (!this.#takes("sign", text)) throw unparsable(this.tokens[this.#at]);
  }

  #word(what: string): string {
    const token = this.tokens[this.#at];
    if (token?.kind !== "word") throw new QueryError(queryUnparsable(`Expected ${what}, encountered "${token?.text ?? "<EOF>"}"`));
    this.#at += 1;
    return token.text;
  }
}

function unparsable(token: Token | undefined): QueryError {
  return new QueryError(queryUnparsable(`Encountered "${token?.text ?? "<EOF>"}"`));
}
