/** Xero's published OpenAPI descriptions, where they are present, as a judge of the simulator's answers. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";

type Node = { [name: string]: Node } | Node[] | string | number | boolean;
type Line = { readonly indent: number; readonly text: string };

/** What is wrong with a value of the named schema, in words; empty when nothing is. Unknown fields are wrong. */
export type Specification = { readonly problemsOf: (schema: string, value: unknown) => readonly string[] };

/** The folder lies beside the checkout; from a second checkout it lies one level further up. */
export function readSpecification(): Specification | null {
  const root = path.resolve(import.meta.dirname, "../../..");
  const folder = ["../shared", "../../shared"].map((one) => path.join(root, one, "specs/xero")).find((one) => existsSync(one));
  if (folder === undefined) return null;
  const schemas = Object.assign({}, ...["xero_accounting.yaml", "xero-identity.yaml"].map((file) => schemasOf(readFileSync(path.join(folder, file), "utf8")))) as Record<string, Node>;
  for (const schema of Object.values(schemas)) close(schema);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // Xero's own examples of instants have no zone, which RFC 3339 asks for.
  ajv.addFormat("date-time", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+Z?$/);
  ajv.addSchema({ components: { schemas } }, "xero");
  return {
    problemsOf: (schema, value) => {
      const validate = ajv.getSchema(`xero#/components/schemas/${schema}`);
      if (validate === undefined) return [`there is no schema ${schema}`];
      const errors = validate(value) === true ? [] : (validate.errors ?? []);
      return errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
    },
  };
}

/** No field that the description does not name. */
function close(schema: Node): void {
  if (typeof schema !== "object") return;
  if (!Array.isArray(schema) && typeof schema["properties"] === "object") schema["additionalProperties"] = false;
  for (const inner of Object.values(schema)) close(inner);
}

/**
 * The schemas of a description. They are the plainest of YAML (maps, lists, one value to a line), so reading them takes
 * a page here and no package; a line of any other kind throws.
 */
function schemasOf(yaml: string): Node {
  const lines = yaml.split("\n").map((line): Line => ({ indent: line.length - line.trimStart().length, text: line.trim() })).filter(({ text }) => text !== "");
  const components = lines.findIndex(({ indent, text }) => indent === 0 && text === "components:");
  const start = lines.findIndex(({ indent, text }, at) => at > components && indent === 2 && text === "schemas:");
  const end = lines.findIndex(({ indent }, at) => at > start && indent <= 2);
  return blockOf(lines.slice(start + 1, end === -1 ? undefined : end));
}

function blockOf(lines: readonly Line[]): Node {
  const [first] = lines;
  if (first === undefined) return "";
  return first.text.startsWith("- ") ? listOf(lines, first.indent) : mapOf(lines, first.indent);
}

function mapOf(lines: readonly Line[], indent: number): Node {
  const map: { [name: string]: Node } = {};
  for (const [{ text }, ...inner] of groupsOf(lines, (line) => line.indent === indent && !line.text.startsWith("- "))) {
    const [, name = "", value = ""] = /^("[^"]*"|[^:]+):(?: (.*))?$/.exec(text) ?? [];
    if (name === "") throw new Error(`no YAML of the plain kind: ${text}`);
    map[name.replace(/^"(.*)"$/, "$1")] = value === "" && inner.length > 0 ? blockOf(inner) : scalarOf(value);
  }
  return map;
}

function listOf(lines: readonly Line[], indent: number): Node {
  return groupsOf(lines, (line) => line.indent === indent && line.text.startsWith("- ")).map(([{ text }, ...inner]) => {
    const value = text.slice(2);
    return /^[^":]+:(?: |$)/.test(value) ? mapOf([{ indent: indent + 2, text: value }, ...inner], indent + 2) : scalarOf(value);
  });
}

function groupsOf(lines: readonly Line[], isFirst: (line: Line) => boolean): [Line, ...Line[]][] {
  const groups: [Line, ...Line[]][] = [];
  for (const line of lines) {
    if (isFirst(line)) groups.push([line]);
    else groups.at(-1)?.push(line);
  }
  return groups;
}

function scalarOf(text: string): Node {
  if (text === "true" || text === "false") return text === "true";
  if (/^["'].*["']$/.test(text)) return text.slice(1, -1);
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
