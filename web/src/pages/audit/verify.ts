/**
 * Checks what the page shows against the signed checkpoint, and the checkpoint against the one that this browser saw
 * last. Nothing is believed of the server but its key, and that only the first time.
 */
import { decodeBase64urlIgnorePadding } from "@oslojs/encoding";
import type { AuditView, CheckpointView, ConsistencyView, ProofsView } from "../../../../src/features/audit/contract";
import { leafHash } from "../../../../src/kernel/audit-leaf";
import { isPersonalAsCommitted, leafOfLine } from "../../../../src/kernel/audit-verify";
import { originOfLog, readCheckpoint, readVerifierKey, verifiedCheckpoint, writeVerifierKey, type Checkpoint, type VerifierKey } from "../../../../src/kernel/checkpoint";
import { isConsistent, isIncluded } from "../../../../src/kernel/merkle";
import type { Answer, Trouble } from "../../api";
import type { verifyWords } from "./words";

/** What is asked of the server. */
export type VerifySource = {
  readonly seal: () => Promise<Answer<CheckpointView>>;
  readonly proofs: (seqs: readonly number[]) => Promise<Answer<ProofsView>>;
  readonly consistency: (from: number) => Promise<Answer<ConsistencyView>>;
};

/** Where this browser keeps what it saw last. */
export type Memory = Pick<Storage, "getItem" | "setItem">;

export type Verified =
  | { readonly kind: "holds"; readonly size: number; readonly lines: number; readonly since: number | null }
  | { readonly kind: "broken"; readonly seq: number | null; readonly why: keyof typeof verifyWords.why }
  | { readonly kind: "nothing" }
  | { readonly kind: "unable" }
  | { readonly kind: "trouble"; readonly trouble: Trouble };

/** Checks the lines of a page. Remembers the checkpoint where everything holds. */
export async function verifyPage(source: VerifySource, { log, lines }: Pick<AuditView, "log" | "lines">, memory: Memory): Promise<Verified> {
  const asked = await source.seal();
  if (!asked.ok) return { kind: "trouble", trouble: asked.failure };
  const { sealed, alarm } = asked.value;
  if (alarm !== null) return { kind: "broken", seq: alarm.seq, why: "alarm" };
  if (sealed === null) return { kind: "nothing" };
  const key = readVerifierKey(sealed.key);
  try {
    const checkpoint = key === null ? null : await verifiedCheckpoint(sealed.note, key);
    if (key === null || checkpoint?.origin !== originOfLog(log)) return { kind: "broken", seq: null, why: "signature" };
    const found = await againstLines({ source, key }, { log, lines }) ?? (await againstMemory({ source, key }, checkpoint, memory));
    if (found !== null && found.kind !== "holds") return found;
    memory.setItem(nameOf(log), JSON.stringify({ note: sealed.note, key: sealed.key }));
    return { kind: "holds", size: checkpoint.size, lines: lines.length, since: found?.since ?? null };
  } catch (error) {
    if (error instanceof DOMException) return { kind: "unable" }; // a browser without Ed25519
    throw error;
  }
}

/** The server, and the key that each of its answers must be signed by. */
type Asked = { readonly source: VerifySource; readonly key: VerifierKey };

/** The first line that does not stand in the signed tree where it should, or null. */
async function againstLines({ source, key }: Asked, { log, lines }: Pick<AuditView, "log" | "lines">): Promise<Verified | null> {
  const inOrder = lines.toSorted((one, other) => one.seq - other.seq);
  if (inOrder.length === 0) return null;
  const asked = await source.proofs(inOrder.map(({ seq }) => seq));
  if (!asked.ok) return { kind: "trouble", trouble: asked.failure };
  // The log may have grown since it was sealed: each answer is held against the checkpoint that came with it.
  const checkpoint = await verifiedCheckpoint(asked.value.note, key);
  if (checkpoint === null) return { kind: "broken", seq: null, why: "signature" };
  const { root, size } = checkpoint;
  const proofs = new Map(asked.value.proofs.map((proof) => [proof.seq, proof]));
  for (const line of inOrder) {
    const proof = proofs.get(line.seq);
    const leaf = decodeBase64urlIgnorePadding(leafHash(leafOfLine(log, line)));
    const path = proof?.path.map(decodeBase64urlIgnorePadding) ?? [];
    const holds = proof !== undefined && isIncluded({ index: line.seq - 1, size, leaf, root, proof: path });
    if (!holds || !isPersonalAsCommitted(line)) return { kind: "broken", seq: line.seq, why: "line" };
  }
  return null;
}

/** Whether the log still begins with what this browser saw last; null where it saw none. */
async function againstMemory({ source, key }: Asked, now: Checkpoint, memory: Memory): Promise<Verified | null> {
  const last = remembered(memory.getItem(nameOf(now.origin.slice(originOfLog("").length))));
  const earlier = last === null ? null : readCheckpoint(last.note);
  if (last === null || earlier === null) return null;
  if (last.key !== writeVerifierKey(key)) return { kind: "broken", seq: null, why: "key" };
  if (earlier.size > now.size) return { kind: "broken", seq: now.size + 1, why: "missing" };
  const asked = await source.consistency(earlier.size);
  if (!asked.ok) return { kind: "trouble", trouble: asked.failure };
  const later = await verifiedCheckpoint(asked.value.note, key);
  const proof = asked.value.path.map(decodeBase64urlIgnorePadding);
  const holds = later !== null && isConsistent({ earlier: earlier.size, later: later.size, earlierRoot: earlier.root, laterRoot: later.root, proof });
  return holds ? { kind: "holds", size: now.size, lines: 0, since: earlier.size } : { kind: "broken", seq: null, why: "rewritten" };
}

function remembered(text: string | null): { readonly note: string; readonly key: string } | null {
  if (text === null) return null;
  try {
    const { note, key } = JSON.parse(text) as { readonly note?: unknown; readonly key?: unknown };
    return typeof note === "string" && typeof key === "string" ? { note, key } : null;
  } catch {
    return null; // somebody else's text under our name is no memory of ours
  }
}

const nameOf = (log: string) => `audit ${log}`;
