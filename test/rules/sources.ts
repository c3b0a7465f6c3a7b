/** Reads the project's own source files: where they are, what they import, and how long their functions are. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync, Visitor } from "oxc-parser";

export const root = path.resolve(import.meta.dirname, "../..");

const IGNORED = new Set(["node_modules", ".wrangler", ".git", "dist", "public"]);
const CODE = /\.(?:ts|tsx|mjs)$/;

/** Files below the given folders, as paths from the root with `/`, sorted. */
export function filesBelow(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) => walk(folder)).toSorted();
}

/** Code files below the given folders. */
export function codeBelow(...folders: readonly string[]): string[] {
  return filesBelow(...folders).filter((file) => CODE.test(file));
}

export function textOf(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

export type Arrow = {
  readonly from: string;
  /** Path from the root without its extension for files of ours; the package's name for others. */
  readonly to: string;
  readonly isOurs: boolean;
  readonly names: readonly string[];
};

/** Every import and re-export of a file: static, dynamic, of types, and `import("…").T`. */
export function arrowsOf(file: string): Arrow[] {
  const text = textOf(file);
  const { module } = parseSync(file, text);
  const statics = module.staticImports.map((one) => ({ to: one.moduleRequest.value, names: one.entries.map((entry) => entry.importName.name ?? "") }));
  const exports = module.staticExports.flatMap((one) => one.entries).flatMap((entry) => (
    entry.moduleRequest === null ? [] : [{ to: entry.moduleRequest.value, names: [entry.importName.name ?? ""] }]
  ));
  const dynamics = [...text.matchAll(/\bimport\(\s*["']([^"']+)["']/g)].map((match) => ({ to: match[1] ?? "", names: [] }));
  return [...statics, ...exports, ...dynamics].map((one) => ({ from: file, names: one.names, ...resolved(file, one.to) }));
}

/**
 * The functions of a file with their length in lines; methods, arrows and nested functions each count for themselves.
 * What is given to `describe` is a list of tests and counts as none.
 */
export function functionsOf(file: string): { readonly line: number; readonly lines: number }[] {
  const text = textOf(file);
  const { program } = parseSync(file, text);
  const found: { line: number; lines: number }[] = [];
  const lists = new Set<number>();
  const measure = ({ start, end }: { readonly start: number; readonly end: number }) => {
    if (lists.has(start)) return;
    const line = lineAt(text, start);
    found.push({ line, lines: lineAt(text, end) - line + 1 });
  };
  const skipList = ({ callee, arguments: given }: { readonly callee: { start: number }; readonly arguments: readonly { start: number }[] }) => {
    if (text.startsWith("describe", callee.start)) for (const one of given) lists.add(one.start);
  };
  new Visitor({ CallExpression: skipList, FunctionDeclaration: measure, FunctionExpression: measure, ArrowFunctionExpression: measure }).visit(program);
  return found;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function resolved(file: string, specifier: string): { readonly to: string; readonly isOurs: boolean } {
  if (!specifier.startsWith(".")) return { to: specifier, isOurs: false };
  const to = path.posix.join(path.posix.dirname(file), specifier).replace(/\?.*$/, "");
  return { to: to.replace(CODE, ""), isOurs: true };
}

function walk(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : walk(name);
    return [name];
  });
}
