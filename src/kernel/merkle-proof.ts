/** Proofs of a Merkle tree (RFC 6962 sections 2.1.1 and 2.1.2), made from the hashes of its complete subtrees. */
import { assert } from "./assert";
import { nodeHashOf, type Hash } from "./merkle";

/** The root of the complete subtree of 2^level leaves that begins at leaf index × 2^level. */
export type NodeAt = (level: number, index: number) => Hash;

/** Shows that the leaf at `index` (from 0) stands in the tree of its first `size` leaves: at most log2(size) + 1 hashes. */
export function inclusionProof(index: number, size: number, nodeAt: NodeAt): Hash[] {
  assert(index >= 0 && index < size, "a leaf that is proved stands in the tree");
  return pathOf(index, 0, size, nodeAt);
}

/** Shows that the tree of `later` leaves begins with the whole tree of `earlier`, which is more than 0. */
export function consistencyProof(earlier: number, later: number, nodeAt: NodeAt): Hash[] {
  assert(earlier > 0 && earlier <= later, "a tree is consistent with a later one");
  return subproofOf({ earlier, begin: 0, end: later, isWhole: true }, nodeAt);
}

function pathOf(index: number, begin: number, end: number, nodeAt: NodeAt): Hash[] {
  if (end - begin === 1) return [];
  const middle = begin + splitOf(end - begin);
  return index < middle
    ? [...pathOf(index, begin, middle, nodeAt), hashOfLeaves(middle, end, nodeAt)]
    : [...pathOf(index, middle, end, nodeAt), hashOfLeaves(begin, middle, nodeAt)];
}

/** `isWhole`: the subtree is the whole of the earlier tree, so that whoever checks the proof has its root already. */
type Subproof = { readonly earlier: number; readonly begin: number; readonly end: number; readonly isWhole: boolean };

function subproofOf({ earlier, begin, end, isWhole }: Subproof, nodeAt: NodeAt): Hash[] {
  if (earlier === end) return isWhole ? [] : [hashOfLeaves(begin, end, nodeAt)];
  const middle = begin + splitOf(end - begin);
  return earlier <= middle
    ? [...subproofOf({ earlier, begin, end: middle, isWhole }, nodeAt), hashOfLeaves(middle, end, nodeAt)]
    : [...subproofOf({ earlier, begin: middle, end, isWhole: false }, nodeAt), hashOfLeaves(begin, middle, nodeAt)];
}

/** The root over the leaves [begin, end); `begin` is a multiple of the smallest power of two that holds them. */
export function hashOfLeaves(begin: number, end: number, nodeAt: NodeAt): Hash {
  const count = end - begin;
  const level = Math.ceil(Math.log2(count));
  if (2 ** level === count) return nodeAt(level, begin / count);
  const middle = begin + splitOf(count);
  return nodeHashOf(hashOfLeaves(begin, middle, nodeAt), hashOfLeaves(middle, end, nodeAt));
}

/** The largest power of two below a number of leaves. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}
