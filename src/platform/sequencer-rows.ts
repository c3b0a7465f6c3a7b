/** What the sequencer makes of a log's rows: leaf hashes in order, or the first line that is not as it was. */
import { decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from "@oslojs/encoding";
import type { Hash } from "../kernel/merkle";
import { isAsHashed, type AuditLog, type AuditRow } from "./audit-log";

/**
 * `missing`: no line of that number. `changed`: the line is not what was hashed. `forked`: a checkpoint that was put away
 * says otherwise of the lines up to this number.
 */
export type Alarm = { readonly seq: number; readonly why: "missing" | "changed" | "forked" };

/** Leaf hashes of rows that follow `size` without a gap, up to the first that is wrong. */
export function takeRows(log: Pick<AuditLog, "name">, size: number, rows: readonly AuditRow[]): { readonly leaves: readonly Hash[]; readonly alarm: Alarm | null } {
  const leaves: Hash[] = [];
  for (const row of rows) {
    const seq = size + leaves.length + 1;
    if (row.seq !== seq) return { leaves, alarm: { seq, why: "missing" } };
    if (!isAsHashed(log, row)) return { leaves, alarm: { seq, why: "changed" } };
    leaves.push(decodeBase64urlIgnorePadding(row.leaf_hash));
  }
  return { leaves, alarm: null };
}

/** Compares rows that were taken before with the hashes that were kept of them; `leaves` begins with the line after `from`. */
export function compareRows(log: Pick<AuditLog, "name">, from: number, rows: readonly AuditRow[], leaves: readonly Hash[]): Alarm | null {
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  for (const [index, leaf] of leaves.entries()) {
    const seq = from + index + 1;
    const row = bySeq.get(seq);
    if (row === undefined) return { seq, why: "missing" };
    if (row.leaf_hash !== encodeBase64urlNoPadding(leaf) || !isAsHashed(log, row)) return { seq, why: "changed" };
  }
  return null;
}
