/** What the guard needs to know of a statement: where rows come from, and what is demanded of them. Names in lower case. */

export type Expression =
  | { readonly kind: "column"; readonly table: string | null; readonly column: string }
  /** 1 for the first bound value. */
  | { readonly kind: "parameter"; readonly index: number }
  | { readonly kind: "equals"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "and"; readonly left: Expression; readonly right: Expression }
  /** `*` or `x.*` among the outputs. */
  | { readonly kind: "star" }
  /** Anything else. Its subqueries are scopes of their own. */
  | { readonly kind: "other" };

/** One place that rows come from. */
export type Source = {
  /** The table's name, or null for a subquery, a common table or json_each. */
  readonly table: string | null;
  readonly alias: string;
  /** How it is joined to the ones before it; `left` keeps their rows even where nothing matches. */
  readonly join: "first" | "inner" | "left";
  readonly on: Expression | null;
};

/** One SELECT, UPDATE or DELETE: its sources, its filter, and the expressions that it puts out, in order. */
export type Scope = {
  readonly sources: readonly Source[];
  readonly where: Expression | null;
  readonly outputs: readonly Expression[];
};

export type Conflict = { readonly target: readonly string[]; readonly sets: readonly string[]; readonly updates: boolean };

export type Statement = {
  /** Every scope of the statement, however deep. */
  readonly scopes: readonly Scope[];
  readonly parameterCount: number;
  readonly write:
    | { readonly kind: "none" }
    | {
        readonly kind: "insert";
        readonly table: string;
        readonly columns: readonly string[];
        /** The rows of VALUES, or one row of outputs for each SELECT of the compound. */
        readonly rows: readonly { readonly values: readonly Expression[]; readonly scope: Scope | null }[];
        readonly conflicts: readonly Conflict[];
      }
    | { readonly kind: "update"; readonly sets: readonly string[] }
    | { readonly kind: "delete" };
};
