/**
 * A Merkle tree over a log (RFC 6962 section 2.1): its hashes, its root while it grows, and the checking of proofs.
 * Pure and without I/O: the same code grows the tree at the edge and checks it in a browser without a network.
 */
import { sha256 } from "@oslojs/crypto/sha2";

/** 32 bytes. */
export type Hash = Uint8Array;

export const HASH_BYTES = 32;

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** The root of a log without entries. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array());

/** SHA-256(0x00 || entry). */
export function leafHashOf(entry: Uint8Array): Hash {
  return hashOfAll(LEAF, entry);
}

/** SHA-256(0x01 || left || right). */
export function nodeHashOf(left: Hash, right: Hash): Hash {
  return hashOfAll(NODE, left, right);
}

/** A growing tree as the roots of its complete subtrees, largest first: as many as the size has bits set. */
export type Range = { readonly size: number; readonly peaks: readonly Hash[] };

export const EMPTY_RANGE: Range = { size: 0, peaks: [] };

/** The tree with one leaf more: at most log2(size) hashes. */
export function withLeaf({ size, peaks }: Range, leaf: Hash): Range {
  const next = [...peaks];
  let right = leaf;
  for (let rest = size; rest % 2 === 1; rest = half(rest)) {
    const left = next.pop();
    if (left === undefined) throw new Error("a range has a peak for every bit of its size");
    right = nodeHashOf(left, right);
  }
  return { size: size + 1, peaks: [...next, right] };
}

/** The root of the tree that a range stands for. */
export function rootOf({ peaks }: Range): Hash {
  return peaks.length === 0 ? EMPTY_ROOT : peaks.reduceRight((right, left) => nodeHashOf(left, right));
}

/** Whether two hashes are the same. */
export function isSame(one: Hash, other: Hash): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

export type Inclusion = { readonly index: number; readonly size: number; readonly leaf: Hash; readonly root: Hash; readonly proof: readonly Hash[] };

/** Whether a proof shows that the leaf stands at `index` (from 0) of the tree of that size and root (RFC 9162 section 2.1.3.2). */
export function isIncluded({ index, size, leaf, root, proof }: Inclusion): boolean {
  return isIncludedInSubtree({ index, start: 0, end: size, leaf, root, proof });
}

export type SubtreeInclusion = Omit<Inclusion, "size"> & { readonly start: number; readonly end: number };

/** The same for a subtree [start, end) and its root (draft-ietf-plants-merkle-tree-certs, "Subtree Inclusion Proofs"). */
export function isIncludedInSubtree({ index, start, end, leaf, root, proof }: SubtreeInclusion): boolean {
  if (leaf.length !== HASH_BYTES || !isSubtree(start, end) || !isCount(index) || index < start || index >= end) return false;
  let [at, last, hash] = [index - start, end - start - 1, leaf];
  for (const part of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHashOf(part, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHashOf(hash, part);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSame(hash, root);
}

export type Consistency = { readonly earlier: number; readonly later: number; readonly earlierRoot: Hash; readonly laterRoot: Hash; readonly proof: readonly Hash[] };

/**
 * Whether a proof shows that the tree of the later size and root begins with the whole tree of the earlier ones (RFC 9162
 * section 2.1.4.2). Nothing can be shown of an empty tree: an earlier size of 0 is never shown.
 */
export function isConsistent({ earlier, later, earlierRoot, laterRoot, proof }: Consistency): boolean {
  return earlier > 0 && isConsistentSubtree({ start: 0, end: earlier, size: later, subtreeRoot: earlierRoot, root: laterRoot, proof });
}

export type SubtreeConsistency = {
  readonly start: number; readonly end: number; readonly size: number; readonly subtreeRoot: Hash; readonly root: Hash; readonly proof: readonly Hash[];
};

/** Whether a proof shows that the subtree [start, end) stands in the tree (draft-ietf-plants-merkle-tree-certs, "Subtree Consistency Proofs"). */
export function isConsistentSubtree({ start, end, size, subtreeRoot, root, proof }: SubtreeConsistency): boolean {
  if (!isCount(size) || !isCount(end) || end > size) return false;
  if (start === end) return proof.length === 0 && isSame(subtreeRoot, EMPTY_ROOT);
  if (!isSubtree(start, end)) return false;
  let [first, last, top] = [start, end - 1, size - 1];
  while (first !== last && (last === top || last % 2 === 1)) [first, last, top] = [half(first), half(last), half(top)];
  const [seed, rest] = first === last ? [subtreeRoot, proof] : [proof[0], proof.slice(1)];
  if (seed === undefined) return false;
  let [inner, outer] = [seed, seed];
  for (const part of rest) {
    if (top === 0) return false;
    if (last % 2 === 1 || last === top) {
      if (first < last) inner = nodeHashOf(part, inner);
      outer = nodeHashOf(part, outer);
      while (last % 2 === 0 && last !== 0) [first, last, top] = [half(first), half(last), half(top)];
    } else {
      outer = nodeHashOf(outer, part);
    }
    [first, last, top] = [half(first), half(last), half(top)];
  }
  return top === 0 && isSame(inner, subtreeRoot) && isSame(outer, root);
}

/** A subtree begins at a multiple of the smallest power of two that holds it. */
function isSubtree(start: number, end: number): boolean {
  if (!isCount(start) || !isCount(end) || start >= end) return false;
  let width = 1;
  while (width < end - start) width *= 2;
  return start % width === 0;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function hashOfAll(...parts: readonly Uint8Array[]): Hash {
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return sha256(all);
}
