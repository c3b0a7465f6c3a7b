/** The file in which an audit log is taken away, as it is read again: everything that a proof needs, and nothing trusted. */
import type { Leaf, Salted } from "./audit-leaf";

/** One line of the file: the leaf's fields, its number, and the personal values that were not erased. */
export type ExportedLine = Omit<Leaf, "v" | "log"> & { readonly seq: number; readonly personal: Readonly<Record<string, Salted>> };

export type AuditExport = {
  readonly format: typeof EXPORT_FORMAT;
  /** `shop:<id>` or `organisation:<id>`. */
  readonly log: string;
  /** Whether only some lines were asked for. */
  readonly isFiltered: boolean;
  /** The signed checkpoint and the key it is checked by; both null for a log that has none yet. */
  readonly checkpoint: string | null;
  readonly key: string | null;
  /** Hashes of all lines that the checkpoint covers, as the sequencer took them: base64url, in order. */
  readonly hashes: readonly string[];
  readonly lines: readonly ExportedLine[];
};

export const EXPORT_FORMAT = "daybook-audit-log-1";

/** The file's contents, or null for what is no such file. What stands in it is believed of nobody: see `kernel/audit-verify`. */
export function readExport(text: string): AuditExport | null {
  const file = objectOf(parsed(text));
  if (file === null || file["format"] !== EXPORT_FORMAT || !isText(file["log"])) return null;
  const [hashes, lines, checkpoint, key] = [file["hashes"], file["lines"], file["checkpoint"], file["key"]];
  if (!Array.isArray(hashes) || !hashes.every(isText) || !Array.isArray(lines) || !lines.every(isLine)) return null;
  if (!isTextOrNull(checkpoint) || !isTextOrNull(key)) return null;
  return { format: EXPORT_FORMAT, log: file["log"], isFiltered: file["isFiltered"] !== false, checkpoint, key, hashes, lines };
}

function isLine(value: unknown): value is ExportedLine {
  const line = objectOf(value);
  if (line === null || typeof line["seq"] !== "number" || typeof line["at"] !== "number") return false;
  if (!isText(line["actor"]) || !isTextOrNull(line["through"]) || !isText(line["action"]) || !isText(line["subject"])) return false;
  const [commitments, personal] = [objectOf(line["commitments"]), objectOf(line["personal"])];
  return commitments !== null && Object.values(commitments).every(isText) && personal !== null && Object.values(personal).every(isSalted);
}

function isSalted(value: unknown): boolean {
  const field = objectOf(value);
  return field !== null && isText(field["salt"]) && isText(field["value"]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // refused as no file of ours
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}
