/// <reference types="vite/types/importMeta.d.ts" />
/** Project Wycheproof's vectors for AES-GCM, run in workerd through the one door to the cipher that there is. */
import { describe, expect, it } from "vitest";
import { aesKey, decrypt, encrypt } from "../../src/platform/aes-gcm";

type Vector = { readonly tcId: number; readonly key: string; readonly iv: string; readonly aad: string; readonly msg: string; readonly ct: string; readonly tag: string; readonly result: string };
type Group = { readonly keySize: number; readonly ivSize: number; readonly tagSize: number; readonly tests: readonly Vector[] };

const found = Object.values(import.meta.glob<{ readonly testGroups: readonly Group[] }>(
  ["../../../shared/vectors/wycheproof/aes_gcm_test.json", "../../../../shared/vectors/wycheproof/aes_gcm_test.json"],
  { eager: true, import: "default" },
));
const groups = found[0]?.testGroups ?? [];
const vectorsOf = (fits: (group: Group) => boolean) => groups.filter(fits).flatMap((group) => group.tests);

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

describe.skipIf(groups.length === 0)("AES-256-GCM agrees with Wycheproof (skipped where ../shared/vectors is absent)", () => {
  it("on every vector with a 256-bit key, a 96-bit nonce and a 128-bit tag", async () => {
    const vectors = vectorsOf((group) => group.keySize === 256 && group.ivSize === 96 && group.tagSize === 128);
    expect(vectors).toHaveLength(66);
    for (const vector of vectors) {
      const key = await aesKey(bytes(vector.key));
      const sealed = bytes(vector.ct + vector.tag);
      const plain = await decrypt(key, bytes(vector.iv), bytes(vector.aad), sealed);
      expect(plain, `vector ${vector.tcId}`).toEqual(vector.result === "valid" ? bytes(vector.msg) : null);
      if (vector.result === "valid") expect(await encrypt(key, bytes(vector.iv), bytes(vector.aad), bytes(vector.msg))).toEqual(sealed);
    }
  });

  it("and refuses every other size of key and nonce", async () => {
    for (const vector of vectorsOf((group) => group.keySize !== 256)) await expect(aesKey(bytes(vector.key))).rejects.toThrow("32 bytes");
    for (const vector of vectorsOf((group) => group.keySize === 256 && group.ivSize !== 96)) {
      const key = await aesKey(bytes(vector.key));
      expect(await decrypt(key, bytes(vector.iv), bytes(vector.aad), bytes(vector.ct + vector.tag))).toBeNull();
    }
  });
});
