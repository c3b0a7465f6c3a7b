/** The door: what comes in is checked by zod, and what is refused is refused in words of ours, never zod's object. */
import { zValidator } from "@hono/zod-validator";
import type { Context, ValidationTargets } from "hono";
import type { z } from "zod";
import type { FieldProblem } from "../kernel/failure";
import { refuse } from "./respond";

type Target = keyof Pick<ValidationTargets, "json" | "query" | "param">;

/**
 * Middleware that parses one part of the request by a strict schema; the handler reads it with `c.req.valid(target)`. It
 * carries what it accepts and by which schema, so that a test can walk the router and find it. A query key that comes twice fits no schema.
 */
export function accept<Name extends Target, Schema extends z.ZodType>(target: Name, schema: Schema) {
  const middleware = zValidator(target, schema, (result, c: Context) => {
    if (result.success) return undefined;
    const fields = result.error.issues.slice(0, 20).map(problemOf);
    // A path that names nothing is absent, not malformed: the same 404 as for an id of somebody else.
    if (target === "param") return refuse(c, { kind: "not_found" });
    return refuse(c, { kind: "invalid_input", message: sentenceOf(fields), fields });
  });
  return Object.assign(middleware, { accepts: target, schema });
}

function problemOf(issue: { readonly path: PropertyKey[]; readonly message: string }): FieldProblem {
  return { path: issue.path.map(String).join("."), message: issue.message };
}

function sentenceOf(fields: readonly FieldProblem[]): string {
  const first = fields[0];
  if (first === undefined) return "That could not be read.";
  return first.path === "" ? `That could not be read: ${first.message}` : `${first.path}: ${first.message}`;
}
