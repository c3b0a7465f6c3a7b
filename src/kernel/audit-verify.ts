/**
 * Checks an audit log that was taken away, without Daybook and without a network: what was changed, removed, inserted,
 * moved or cut off is found and the first such line named. A log that was rewritten whole and signed anew agrees with
 * itself: that is found by what was kept of it before, a checkpoint of a letter or an earlier file.
 */
import { decodeBase64urlIgnorePadding } from "@oslojs/encoding";
import { commitmentOf, leafHash, type Leaf } from "./audit-leaf";
import { readExport, type AuditExport, type ExportedLine } from "./audit-export";
import { originOfLog, readCheckpoint, readVerifierKey, verifiedCheckpoint, type Checkpoint, type VerifierKey } from "./checkpoint";
import { EMPTY_RANGE, HASH_BYTES, isSame, rootOf, withLeaf, type Hash, type Range } from "./merkle";

/**
 * What is wrong. `seq` is the first line that is, where it can be known; `from` to `seq` where only so much can be.
 * `signature`: not signed by the key. `root`: the hashes are not what was signed. `rewritten`: not what an anchor says.
 */
export type Finding = {
  readonly kind: "signature" | "root" | "missing" | "out_of_order" | "changed" | "personal_changed" | "rewritten" | "anchor_unreadable" | "anchor_foreign";
  readonly seq: number | null;
  readonly from?: number;
};

export type Verdict = {
  readonly log: string;
  /** How many lines the signed checkpoint covers; 0 where there is none. */
  readonly size: number;
  readonly checkedLines: number;
  /** Lines that were written after the checkpoint: nothing speaks for or against them yet. */
  readonly unsealedLines: number;
  /** Personal values that were erased; their hashes still stand. */
  readonly erasedValues: number;
  readonly agreeingAnchors: number;
  /** Empty when all is as it was; the first line that is not comes first. */
  readonly findings: readonly Finding[];
};

/** Checks a file against itself and against anchors: texts of checkpoints, or of earlier files. */
export async function verifyExport(file: AuditExport, anchors: readonly string[] = []): Promise<Verdict> {
  const key = readVerifierKey(file.key ?? "");
  const checkpoint = key === null ? null : await verifiedCheckpoint(file.checkpoint ?? "", key);
  const isOwn = checkpoint !== null && checkpoint.origin === originOfLog(file.log);
  const size = checkpoint?.size ?? 0;
  const roots = rootsOf(file.hashes);
  const ofAnchors = narrowed(await Promise.all(anchors.map(async (text) => await compared(text, { file, key, roots }))));
  const findings = [
    ...(isOwn || (file.checkpoint === null && file.lines.length === 0) ? [] : [{ kind: "signature", seq: null } as const]),
    ...lineFindings(file, size),
    ...ofAnchors.flatMap(({ finding }) => (finding === null ? [] : [finding])),
  ];
  const named = findings.filter(({ seq }) => seq !== null);
  const tree = checkpoint === null ? null : treeFinding(file, checkpoint, roots, named);
  return {
    log: file.log, size, checkedLines: file.lines.length,
    unsealedLines: file.lines.filter(({ seq }) => seq > size).length,
    erasedValues: file.lines.reduce((count, line) => count + Object.keys(line.commitments).filter((name) => line.personal[name] === undefined).length, 0),
    agreeingAnchors: ofAnchors.filter(({ finding }) => finding === null).length,
    findings: [...findings, ...(tree === null ? [] : [tree])].toSorted((one, other) => (one.seq ?? Infinity) - (other.seq ?? Infinity)),
  };
}

/** The leaf that a line of the file stands for. */
export function leafOfLine(log: string, line: Omit<ExportedLine, "seq" | "personal">): Leaf {
  const { at, actor, through, action, subject, before, after, commitments } = line;
  return { v: 1, log, at, actor, through, action, subject, before, after, commitments };
}

/** Whether each personal value that a line shows is the one that was committed to. */
export function isPersonalAsCommitted({ personal, commitments }: Pick<ExportedLine, "personal" | "commitments">): boolean {
  return Object.entries(personal).every(([name, field]) => Object.hasOwn(commitments, name) && commitments[name] === commitmentOf(field));
}

function lineFindings(file: AuditExport, size: number): Finding[] {
  const findings: Finding[] = [];
  let last = 0;
  for (const line of file.lines) {
    if (!Number.isSafeInteger(line.seq) || line.seq <= last) findings.push({ kind: "out_of_order", seq: line.seq });
    else if (!file.isFiltered && line.seq !== last + 1) findings.push({ kind: "missing", seq: last + 1 });
    if (line.seq <= size && leafHash(leafOfLine(file.log, line)) !== file.hashes[line.seq - 1]) findings.push({ kind: "changed", seq: line.seq });
    if (!isPersonalAsCommitted(line)) findings.push({ kind: "personal_changed", seq: line.seq });
    last = Math.max(last, line.seq);
  }
  if (!file.isFiltered && last < size) findings.push({ kind: "missing", seq: last + 1 });
  return findings;
}

/** Whether the hashes are those that were signed; that something is wrong with them is only said where no line says it. */
function treeFinding(file: AuditExport, { size, root }: Checkpoint, roots: RootAt, named: readonly Finding[]): Finding | null {
  if (file.hashes.length < size) return { kind: "missing", seq: file.hashes.length + 1 };
  const own = roots(size);
  if (own !== null && isSame(own, root)) return null;
  return { kind: "root", seq: named.length === 0 ? size : null, ...(named.length === 0 ? { from: 1 } : {}) };
}

type Compared = { readonly file: AuditExport; readonly key: VerifierKey | null; readonly roots: RootAt };

/** An anchor beside the file: over how many lines it speaks, and what it says against the file. */
type Anchor = { readonly size: number; readonly finding: Finding | null };

async function compared(text: string, { file, key, roots }: Compared): Promise<Anchor> {
  const against = (finding: Finding, size = 0): Anchor => ({ size, finding });
  const earlier = readExport(text);
  if (earlier !== null) return earlier.log === file.log ? differenceOf(earlier.hashes, file.hashes) : against({ kind: "anchor_foreign", seq: null });
  const stated = readCheckpoint(text);
  if (stated === null) return against({ kind: "anchor_unreadable", seq: null });
  if (stated.origin !== originOfLog(file.log)) return against({ kind: "anchor_foreign", seq: null });
  const proved = key === null ? null : await verifiedCheckpoint(text, key);
  if (proved === null) return against({ kind: "signature", seq: null });
  const { size, root } = proved;
  if (size > file.hashes.length) return against({ kind: "missing", seq: file.hashes.length + 1 }, size);
  const own = roots(size);
  return { size, finding: own !== null && isSame(own, root) ? null : { kind: "rewritten", seq: size, from: 1 } };
}

/** An earlier file holds every hash, and so names the very line. */
function differenceOf(earlier: readonly string[], later: readonly string[]): Anchor {
  const index = earlier.findIndex((hash, at) => hash !== later[at]);
  const size = earlier.length;
  return { size, finding: index === -1 ? null : { kind: index >= later.length ? "missing" : "rewritten", seq: index + 1 } };
}

/** A checkpoint that disagrees says "up to here"; the largest that agrees says from where. */
function narrowed(anchors: readonly Anchor[]): Anchor[] {
  const agreeing = anchors.filter(({ finding }) => finding === null).map(({ size }) => size);
  return anchors.map(({ size, finding }) => {
    if (finding?.from === undefined) return { size, finding };
    const from = 1 + Math.max(0, ...agreeing.filter((one) => one < size));
    return { size, finding: from === size ? { kind: finding.kind, seq: size } : { ...finding, from } };
  });
}

/** The root over the first so many hashes, or null where there are not so many or one is no hash. */
type RootAt = (size: number) => Hash | null;

function rootsOf(hashes: readonly string[]): RootAt {
  const leaves = hashes.map(hashOf);
  return (size) => {
    let range: Range = EMPTY_RANGE;
    for (const leaf of leaves.slice(0, size)) {
      if (leaf === null) return null;
      range = withLeaf(range, leaf);
    }
    return range.size === size ? rootOf(range) : null;
  };
}

function hashOf(text: string): Hash | null {
  try {
    const bytes = decodeBase64urlIgnorePadding(text);
    return bytes.length === HASH_BYTES ? bytes : null;
  } catch {
    return null; // not base64url: no hash
  }
}
