/** Square's published OpenAPI description, where it is present, as a judge of the simulator's answers. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";

type Schema = { [name: string]: unknown };
type Document = { paths: Record<string, Record<string, unknown>>; components: { schemas: Record<string, Schema> } };
const METHODS: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete"]);

export type Specification = {
  /** Every (method, path) that Square describes, with `{name}` for what varies. */
  readonly operations: readonly { readonly method: string; readonly path: string }[];
  /** What is wrong with a value of the named schema, in words; empty when nothing is. Unknown fields are wrong. */
  readonly problemsOf: (schema: string, value: unknown) => readonly string[];
};

/** The folder lies beside the checkout; from a second checkout it lies one level further up. */
export function readSpecification(): Specification | null {
  const root = path.resolve(import.meta.dirname, "../../..");
  const candidates = ["../shared", "../../shared"].map((folder) => path.join(root, folder, "specs/square/api.json"));
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) return null;
  const document = JSON.parse(readFileSync(file, "utf8")) as Document;
  for (const schema of Object.values(document.components.schemas)) close(schema, document.components.schemas);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(document, "square");
  return {
    operations: Object.entries(document.paths).flatMap(([at, methods]) =>
      Object.keys(methods).filter((method) => METHODS.has(method)).map((method) => ({ method: method.toUpperCase(), path: at }))),
    problemsOf: (schema, value) => {
      const validate = ajv.getSchema(`square#/components/schemas/${schema}`);
      if (validate === undefined) return [`there is no schema ${schema}`];
      const errors = validate(value) === true ? [] : (validate.errors ?? []);
      return errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
    },
  };
}

/**
 * No field that the description does not name. `nullable` beside a reference means nothing to JSON Schema, and one
 * reference of the description leads nowhere.
 */
function close(schema: unknown, known: Readonly<Record<string, Schema>>): void {
  if (typeof schema !== "object" || schema === null) return;
  const one = schema as Schema;
  if (one.type === "object" && one.properties !== undefined) one.additionalProperties = false;
  if (one.type === undefined) delete one.nullable;
  if (typeof one.$ref === "string" && known[one.$ref.replace("#/components/schemas/", "")] === undefined) delete one.$ref;
  for (const inner of Object.values(one)) close(inner, known);
}
