/**
 * One audit log's Merkle tree. It takes the log's lines in the order of their numbers, keeps their hashes apart from the
 * database, signs the tree as it stands and puts the checkpoint where nobody can change it. What was changed, removed or
 * put between is seen here, and from then on nothing more is signed.
 */
import { DurableObject } from "cloudflare:workers";
import { encodeBase64urlNoPadding } from "@oslojs/encoding";
import { originOfLog, readCheckpoint, writeVerifierKey, type Checkpoint } from "../kernel/checkpoint";
import type { OrganisationId, ShopId } from "../kernel/ids";
import { isSame } from "../kernel/merkle";
import { consistencyProof, hashOfLeaves, inclusionProof } from "../kernel/merkle-proof";
import { lastSeqOf, organisationLog, rowsAfter, settlePending, shopLog, type AuditLog } from "./audit-log";
import { createSigner, type Signer } from "./checkpoint-signer";
import { latestOnShelf, putNote } from "./checkpoint-shelf";
import { directoryDb, openShopDb, shardOfShop } from "./database";
import { readConfig, type Bindings } from "./env";
import { compareRows, takeRows, type Alarm } from "./sequencer-rows";
import { SequencerStore } from "./sequencer-store";

/** How a log stands after it was looked at. */
export type Sequenced = {
  readonly size: number;
  /** The latest checkpoint that was put away; null for a log that has none. */
  readonly note: string | null;
  readonly alarm: Alarm | null;
  /** Whether every line that was there was taken: one call takes 5,000 at most. */
  readonly isComplete: boolean;
};

/** The latest checkpoint with the key that it is checked by. */
export type Sealed = { readonly note: string; readonly size: number; readonly key: string };

/** Shows that lines stand in the tree of the latest checkpoint; hashes are base64url. */
export type InclusionProofs = Sealed & { readonly proofs: readonly { readonly seq: number; readonly leaf: string; readonly path: readonly string[] }[] };

const ROWS_AT_ONCE = 500;
const MOST_PAGES = 10;
/** A tile's, so that every look begins where one does. */
const PATROLLED_AT_ONCE = 256;
/** How far the first wrong line is looked for when one was found. */
const MOST_SEARCHED = 200_000;

export class SequencerObject extends DurableObject<Bindings> {
  readonly #store = new SequencerStore(this.ctx.storage);
  #running: Promise<Sequenced> | null = null;

  /** Takes new lines and signs the tree. Calls at the same time share one run; one that died goes on where it was. */
  async advance(log: string): Promise<Sequenced> {
    this.#running ??= this.#advance(log).finally(() => (this.#running = null));
    return await this.#running;
  }

  /** The latest checkpoint, or null. */
  async latest(log: string): Promise<Sealed | null> {
    const state = this.#store.read();
    const checkpoint = state?.log === log && state.note !== null ? readCheckpoint(state.note) : null;
    if (checkpoint === null || typeof state?.note !== "string") return null;
    return { note: state.note, size: checkpoint.size, key: writeVerifierKey((await this.#signer(log)).key) };
  }

  /** Proofs that lines (numbers from 1) stand in the tree of the latest checkpoint; later lines are left out. Null before the first checkpoint. */
  async inclusion(log: string, seqs: readonly number[]): Promise<InclusionProofs | null> {
    const sealed = await this.latest(log);
    if (sealed === null) return null;
    const nodeAt = this.#store.nodes();
    const proofs = seqs.filter((seq) => seq >= 1 && seq <= sealed.size).map((seq) => ({
      seq, leaf: encodeBase64urlNoPadding(nodeAt(0, seq - 1)), path: inclusionProof(seq - 1, sealed.size, nodeAt).map(encodeBase64urlNoPadding),
    }));
    return { ...sealed, proofs };
  }

  /** Shows that the latest checkpoint's tree begins with the tree of `from` lines; null where it has fewer. */
  async consistency(log: string, from: number): Promise<(Sealed & { readonly path: readonly string[] }) | null> {
    const sealed = await this.latest(log);
    if (sealed === null || from < 1 || from > sealed.size) return null;
    return { ...sealed, path: consistencyProof(from, sealed.size, this.#store.nodes()).map(encodeBase64urlNoPadding) };
  }

  /** Hashes of lines as they were taken, base64url, from number `seq`: at least one and at most 256, none after the last. */
  async hashes(log: string, seq: number): Promise<readonly string[]> {
    return this.#store.read()?.log === log ? this.#store.leaves(seq - 1, 256).map(encodeBase64urlNoPadding) : [];
  }

  async #advance(name: string): Promise<Sequenced> {
    const log = await openLog(this.env, name);
    if (log === null) return { size: 0, note: null, alarm: null, isComplete: true };
    this.#store.open(name);
    const earlier = await this.#patrol(log);
    const taken = earlier === null ? await this.#take(log) : { alarm: earlier, isComplete: false };
    const alarm = taken.alarm ?? (await this.#seal(log, taken.isComplete));
    const { size, note } = this.#store.open(name);
    const isComplete = taken.isComplete && alarm === null;
    if (isComplete) await settlePending(log, size);
    return { size, note, alarm, isComplete };
  }

  /** Looks again at the last line that was taken and at some earlier ones, others each time. */
  async #patrol(log: AuditLog): Promise<Alarm | null> {
    const { size, patrolled } = this.#store.open(log.name);
    if (size === 0) return null;
    const from = patrolled >= size ? 0 : patrolled;
    const last = await lastSeqOf(log);
    const alarm = last < size ? { seq: last + 1, why: "missing" as const } : ((await this.#compare(log, from)) ?? (await this.#compare(log, size - 1)));
    if (alarm !== null) return await this.#firstWrong(log, alarm);
    this.#store.keepPatrolled(Math.min(size, from + PATROLLED_AT_ONCE));
    return null;
  }

  /** The first line that is wrong, where one is known to be. */
  async #firstWrong(log: AuditLog, known: Alarm): Promise<Alarm> {
    for (let after = 0; after < Math.min(known.seq, MOST_SEARCHED); after += PATROLLED_AT_ONCE) {
      const earlier = await this.#compare(log, after);
      if (earlier !== null) return earlier;
    }
    return known;
  }

  /** Compares lines after a number, as many as are looked at in one go, with what was taken of them. */
  async #compare(log: AuditLog, after: number): Promise<Alarm | null> {
    const leaves = this.#store.leaves(after, PATROLLED_AT_ONCE);
    return compareRows(log, after, await rowsAfter(log, after, leaves.length), leaves);
  }

  async #take(log: AuditLog): Promise<Pick<Sequenced, "alarm" | "isComplete">> {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { size } = this.#store.open(log.name);
      const rows = await rowsAfter(log, size, ROWS_AT_ONCE);
      const { leaves, alarm } = takeRows(log, size, rows);
      this.#store.append(leaves);
      if (alarm !== null || rows.length < ROWS_AT_ONCE) return { alarm, isComplete: alarm === null };
    }
    return { alarm: null, isComplete: false };
  }

  /** Signs the tree and puts the checkpoint away; it counts only when it lies there. */
  async #seal(log: AuditLog, isComplete: boolean): Promise<Alarm | null> {
    const { size, note } = this.#store.open(log.name);
    const known = note === null ? null : readCheckpoint(note);
    if (size === 0 || known?.size === size) return null;
    // One that knows of no checkpoint, though some were put away, has lost its memory or was made to.
    const shelved = known === null ? await latestOnShelf(this.env.CHECKPOINTS, log.name) : null;
    if (shelved !== null && shelved.size > size) return isComplete ? { seq: size + 1, why: "missing" } : null;
    if (shelved !== null && !this.#agreesWith(shelved)) return { seq: shelved.size, why: "forked" };
    const checkpoint = { origin: originOfLog(log.name), size, root: hashOfLeaves(0, size, this.#store.nodes()) };
    const signed = await (await this.#signer(log.name)).sign(checkpoint);
    if (!(await putNote(this.env.CHECKPOINTS, log.name, size, signed))) return { seq: size, why: "forked" };
    this.#store.keepNote(signed);
    return null;
  }

  /** Whether the tree begins with what a checkpoint says. */
  #agreesWith(checkpoint: Checkpoint): boolean {
    return isSame(hashOfLeaves(0, checkpoint.size, this.#store.nodes()), checkpoint.root);
  }

  async #signer(log: string): Promise<Signer> {
    return await createSigner(readConfig(this.env).auditSigningKey, originOfLog(log));
  }
}

/** The rows of a log by its name, or null for a shop that the directory does not know. */
async function openLog(env: Bindings, name: string): Promise<AuditLog | null> {
  const [kind, id = ""] = name.split(":");
  if (kind === "organisation") return organisationLog(directoryDb(env), id as OrganisationId);
  const shard = await shardOfShop(env, id as ShopId);
  return shard === null ? null : shopLog(openShopDb(env, id as ShopId, shard));
}
