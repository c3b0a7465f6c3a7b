/** A place in a statement's tokens, and what was gathered on the way to it. */
import { StatementRefused, tokensOf, type Token } from "./sql-tokens";
import type { Scope } from "./sql-tree";

/** Deeper nesting than any store writes is refused before it can exhaust the stack. */
const DEEPEST = 40;

/** Reads forward only. Every mismatch throws `StatementRefused`. */
export class Cursor {
  /** Every SELECT, UPDATE and DELETE of the statement, however deep, in the order in which its reading ended. */
  readonly scopes: Scope[] = [];
  /** Names that stand for a subquery defined before. */
  readonly commonTables = new Set<string>();
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #highestParameter = 0;

  constructor(sql: string) {
    this.#tokens = tokensOf(sql);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** How many values must be bound: the highest number of a parameter. */
  get parameterCount(): number {
    return this.#highestParameter;
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  next(): Token {
    const token = this.peek();
    if (token === undefined) throw new StatementRefused("the statement ends too early");
    this.#at += 1;
    return token;
  }

  /** Whether the bare words come next. */
  isWords(...words: readonly string[]): boolean {
    return words.every((word, index) => {
      const token = this.peek(index);
      return token?.kind === "word" && token.text === word;
    });
  }

  isMark(text: string): boolean {
    const token = this.peek();
    return token?.kind === "mark" && token.text === text;
  }

  /** Steps over the words if they come next. */
  takeWords(...words: readonly string[]): boolean {
    if (!this.isWords(...words)) return false;
    this.#at += words.length;
    return true;
  }

  takeMark(text: string): boolean {
    if (!this.isMark(text)) return false;
    this.#at += 1;
    return true;
  }

  expectWords(...words: readonly string[]): void {
    if (!this.takeWords(...words)) throw new StatementRefused(`expected ${words.join(" ")}`);
  }

  expectMark(text: string): void {
    if (!this.takeMark(text)) throw new StatementRefused(`expected ${text}`);
  }

  /** A name, quoted or bare; a bare one must not be a word of the language. */
  name(): string {
    const token = this.next();
    if (token.kind === "name") return token.text;
    if (token.kind === "word" && !RESERVED.has(token.text)) return token.text;
    throw new StatementRefused("expected a name");
  }

  isName(): boolean {
    const token = this.peek();
    return token?.kind === "name" || (token?.kind === "word" && !RESERVED.has(token.text));
  }

  /** SQLite numbers a bare `?` one above the highest number used before it. */
  parameter(number: number | null): number {
    const index = number ?? this.#highestParameter + 1;
    this.#highestParameter = Math.max(this.#highestParameter, index);
    return index;
  }

  /** One or more of something, separated by commas. */
  list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.takeMark(",")) items.push(read());
    return items;
  }

  /** Reads something between parentheses that are opened here. */
  inParentheses<T>(read: () => T): T {
    this.expectMark("(");
    const value = this.deeper(read);
    this.expectMark(")");
    return value;
  }

  deeper<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new StatementRefused("nested too deeply");
    const value = read();
    this.#depth -= 1;
    return value;
  }
}

/** Words that are never taken for a name, so that no clause can pass as an alias. */
const RESERVED: ReadonlySet<string> = new Set((
  "abort all alter analyze and as asc attach begin between by case cast check collate commit conflict create cross current_date "
  + "current_time current_timestamp default delete desc detach distinct do drop else end escape except exclude exists explain "
  + "false filter for foreign from full glob group having if ignore in indexed inner insert instead intersect into is isnull join "
  + "left like limit match materialized natural not nothing notnull null offset on or order outer over partition pragma primary "
  + "raise recursive references regexp reindex rename replace returning right rollback savepoint select set table then to "
  + "transaction trigger true union unique update using vacuum values view virtual when where window with without"
).split(" "));
