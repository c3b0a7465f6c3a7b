/** A sealed value opens for its own place and key, and for nothing else; every other failure looks the same. */
import { describe, expect, it } from "vitest";
import { systemRandom } from "../../src/kernel/clock";
import type { ShopId } from "../../src/kernel/ids";
import { failed } from "../../src/kernel/result";
import { aesKey, encrypt, utf8 } from "../../src/platform/aes-gcm";
import { createSealer, type KeyRing, type Place } from "../../src/platform/sealer";
import { Secret } from "../../src/platform/secret";

const shopKey = systemRandom(32);
const ring: KeyRing = { current: "k1", keys: new Map([["k1", shopKey]]) };
const sealer = createSealer(ring, systemRandom);
const place: Place = { table: "lane", column: "tokens", shopId: "ours" as ShopId, row: "r1" };
const unopened = failed({ kind: "key_unavailable" });

async function opened(by: ReturnType<typeof createSealer>, at: Place, sealed: string): Promise<string | null> {
  const result = await by.open(at, sealed);
  if (!result.ok) expect(result).toEqual(unopened);
  return result.ok ? result.value.reveal() : null;
}

describe("a sealed value", () => {
  it("opens where it belongs, whatever the text", async () => {
    for (const text of ["", "token", "naïve ✓ 日本 \u0000 \ud83e\uddfe", "x".repeat(100_000)]) {
      expect(await opened(sealer, place, await sealer.seal(place, text))).toBe(text);
    }
  });

  it("says which key sealed it and nothing of the text", async () => {
    const sealed = await sealer.seal(place, "very-secret-token");
    expect(sealed).toMatch(/^v1\.k1\.[A-Za-z0-9_-]+$/);
    expect(sealed).not.toContain("secret");
    expect(atob(sealed.slice(6).replaceAll("-", "+").replaceAll("_", "/"))).not.toContain("secret");
  });

  it("is never the same twice", async () => {
    const sealed = await Promise.all(Array.from({ length: 1_000 }, () => sealer.seal(place, "same")));
    expect(new Set(sealed).size).toBe(1_000);
    expect(new Set(sealed.map((text) => text.length)).size).toBe(1);
  });

  it.each([
    ["row", { ...place, row: "r2" }],
    ["column", { ...place, column: "other" }],
    ["table", { ...place, table: "other" }],
    ["shop", { ...place, shopId: "theirs" as ShopId }],
    ["row that joins differently", { ...place, shopId: "our" as ShopId, row: "sr1" }],
  ])("does not open in another %s", async (_, elsewhere) => {
    expect(await opened(sealer, elsewhere, await sealer.seal(place, "token"))).toBeNull();
  });

  it("does not open with another key, an unknown key, or under another key's name", async () => {
    const two: KeyRing = { current: "k2", keys: new Map([["k1", shopKey], ["k2", systemRandom(32)]]) };
    const sealed = await sealer.seal(place, "token");
    expect(await opened(createSealer(two, systemRandom), place, sealed)).toBe("token");
    expect(await opened(createSealer(two, systemRandom), place, sealed.replace("v1.k1", "v1.k2"))).toBeNull();
    expect(await opened(createSealer({ current: "k1", keys: new Map([["k1", systemRandom(32)]]) }, systemRandom), place, sealed)).toBeNull();
    expect(await opened(sealer, place, sealed.replace("v1.k1", "v1.k9"))).toBeNull();
    expect(await opened(sealer, place, sealed.replace("v1.k1", "v1.constructor"))).toBeNull();
  });

  it("does not open once any byte of it was changed", async () => {
    const sealed = await sealer.seal(place, "token");
    const bytes = Uint8Array.from(atob(sealed.slice(6).replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
      expect(await opened(sealer, place, `v1.k1.${base64url(changed)}`), `byte ${at}`).toBeNull();
    }
  });

  it.each([4, 8, 12, 15, 16])("does not open with %i bytes of its end cut off", async (cut) => {
    const sealed = await sealer.seal(place, "a token that is long enough to cut");
    const bytes = Uint8Array.from(atob(sealed.slice(6).replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
    expect(await opened(sealer, place, `v1.k1.${base64url(bytes.slice(0, -cut))}`)).toBeNull();
  });

  it("has one spelling only", async () => {
    const sealed = await sealer.seal(place, "token");
    for (const other of [`${sealed}=`, `${sealed} `, ` ${sealed}`, sealed.toUpperCase(), sealed.replace("v1.", "v2."), `${sealed}A`, `${sealed}\n`]) {
      expect(await opened(sealer, place, other), other).toBeNull();
    }
  });

  it.each(["", "v1", "v1.k1", "v1.k1.", "v1..x", "token in the clear", "{}", "v1.k1.!!!!", `v1.k1.${"A".repeat(79)}`])("is not %j", async (text) => {
    expect(await opened(sealer, place, text)).toBeNull();
  });

  it("of another key does not open even when GCM itself would take it: the key is committed to", async () => {
    // Made with the very key of this place and honest in every part but the commitment.
    const forged = await sealer.seal(place, "token");
    const other = await createSealer({ current: "k1", keys: new Map([["k1", systemRandom(32)]]) }, systemRandom).seal(place, "token");
    const commitmentOfOther = other.slice(6, 6 + 40);
    expect(await opened(sealer, place, `v1.k1.${commitmentOfOther}${forged.slice(46)}`)).toBeNull();
  });
});

describe("50,000 sealed values", () => {
  it("use 50,000 nonces", { timeout: 60_000 }, async () => {
    const seen = new Set<string>();
    const counting = createSealer(ring, (length) => {
      const nonce = systemRandom(length);
      seen.add(nonce.toString());
      return nonce;
    });
    for (let round = 0; round < 50; round += 1) await Promise.all(Array.from({ length: 1_000 }, () => counting.seal(place, "t")));
    expect(seen.size).toBe(50_000);
  });
});

describe("an opened secret", () => {
  const secret = new Secret("very-secret-token");

  it("says what it is only when asked", () => {
    expect(secret.reveal()).toBe("very-secret-token");
    const shown = [String(secret), "".concat(secret as unknown as string), JSON.stringify({ secret }), JSON.stringify([secret])];
    expect(shown.join(" ")).not.toContain("very");
    expect(Object.getOwnPropertyNames(secret)).toEqual([]);
  });
});

describe("the cipher", () => {
  it("takes keys of 32 bytes and nonces of 12 only", async () => {
    await expect(aesKey(systemRandom(16))).rejects.toThrow("32 bytes");
    const key = await aesKey(systemRandom(32));
    await expect(encrypt(key, systemRandom(8), utf8(""), utf8("x"))).rejects.toThrow("12 bytes");
  });
});

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
