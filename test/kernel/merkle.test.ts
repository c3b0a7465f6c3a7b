/** The Merkle tree against the published vectors, good and bad, and against its own plain definition. */
import { sha256 } from "@oslojs/crypto/sha2";
import { decodeBase64 } from "@oslojs/encoding";
import { beforeAll, describe, expect, it } from "vitest";
import {
  EMPTY_RANGE, EMPTY_ROOT, isConsistent, isConsistentSubtree, isIncluded, isIncludedInSubtree, leafHashOf, nodeHashOf, rootOf, withLeaf, type Hash,
} from "../../src/kernel/merkle";
import { consistencyProof, inclusionProof, type NodeAt } from "../../src/kernel/merkle-proof";
import { HAS_VECTORS, vectorFile } from "../support/vectors";

type Vector = {
  readonly root: string; readonly root1: string; readonly root2: string; readonly leafHash: string; readonly proof: readonly string[] | null;
  readonly leafIdx: number; readonly treeSize: number; readonly size1: number; readonly size2: number; readonly start: number; readonly end: number; readonly size: number;
  readonly wantErr: boolean;
};

let vectors: [string, Vector][] = [];
beforeAll(async () => {
  if (HAS_VECTORS) vectors = Object.entries(await (await vectorFile("merkle/transparency-dev-merkle-testdata.json")).json());
});

const bytes = (text: string | null | undefined) => decodeBase64(text ?? "");

const CHECKS: Readonly<Record<string, (vector: Vector, proof: readonly Hash[]) => boolean>> = {
  inclusion: (v, proof) => isIncluded({ index: v.leafIdx, size: v.treeSize, leaf: bytes(v.leafHash), root: bytes(v.root), proof }),
  subtreeinclusion: (v, proof) => isIncludedInSubtree({ index: v.leafIdx, start: v.start, end: v.end, leaf: bytes(v.leafHash), root: bytes(v.root), proof }),
  consistency: (v, proof) => isConsistent({ earlier: v.size1, later: v.size2, earlierRoot: bytes(v.root1), laterRoot: bytes(v.root2), proof }),
  subtreeconsistency: (v, proof) => isConsistentSubtree({ start: v.start, end: v.end, size: v.size, subtreeRoot: bytes(v.root1), root: bytes(v.root2), proof }),
};

describe.skipIf(!HAS_VECTORS)("the published vectors", () => {
  it("are 518, and each is taken or refused as it says", () => {
    expect(vectors).toHaveLength(518);
    const wrong = vectors.filter(([name, vector]) => {
      const check = CHECKS[name.split("/")[0] ?? ""];
      return check?.(vector, (vector.proof ?? []).map(bytes)) !== !vector.wantErr;
    });
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  it.each(Object.keys(CHECKS))("of %s hold good ones and bad ones", (kind) => {
    const some = vectors.filter(([name]) => name.startsWith(`${kind}/`));
    expect(some.some(([, { wantErr }]) => wantErr) && some.some(([, { wantErr }]) => !wantErr)).toBe(true);
  });
});

const leaf = (index: number) => leafHashOf(new TextEncoder().encode(`entry ${index}`));

/** RFC 6962 section 2.1, as it is written there. */
function plainRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leaves[0] ?? EMPTY_ROOT;
  const split = 2 ** Math.ceil(Math.log2(leaves.length / 2));
  return nodeHashOf(plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split)));
}

const MOST = 70;
const leaves = Array.from({ length: MOST }, (_, index) => leaf(index));
const nodes = new Map<string, Hash>();
const nodeAt: NodeAt = (level, index) => {
  const known = nodes.get(`${level} ${index}`) ?? plainRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
  nodes.set(`${level} ${index}`, known);
  return known;
};

describe("a tree that grows leaf by leaf", () => {
  it("has at every size the root of its definition, and no more peaks than its size has bits", () => {
    let range = EMPTY_RANGE;
    for (let size = 0; size <= MOST; size += 1) {
      expect(rootOf(range)).toEqual(plainRoot(leaves.slice(0, size)));
      expect(range.peaks.length).toBe(size.toString(2).replaceAll("0", "").length);
      range = withLeaf(range, leaf(size));
    }
  });

  it("proves every leaf at every size, and no leaf in another's place", () => {
    for (let size = 1; size <= MOST; size += 5) {
      const root = plainRoot(leaves.slice(0, size));
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(index, size, nodeAt);
        expect(isIncluded({ index, size, leaf: leaf(index), root, proof })).toBe(true);
        expect(isIncluded({ index: (index + 1) % size, size, leaf: leaf(index), root, proof })).toBe(size === 1);
      }
    }
  });

  it("proves that each size begins with each earlier one, and not with another of that size", () => {
    for (let later = 1; later <= MOST; later += 7) {
      const laterRoot = plainRoot(leaves.slice(0, later));
      for (let earlier = 1; earlier <= later; earlier += 1) {
        const proof = consistencyProof(earlier, later, nodeAt);
        const forked = plainRoot([...leaves.slice(0, earlier - 1), leaf(999)]);
        expect(isConsistent({ earlier, later, earlierRoot: plainRoot(leaves.slice(0, earlier)), laterRoot, proof })).toBe(true);
        expect(isConsistent({ earlier, later, earlierRoot: forked, laterRoot, proof })).toBe(false);
      }
    }
  });
});
