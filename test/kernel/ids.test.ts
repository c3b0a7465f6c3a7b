import { describe, expect, it } from "vitest";
import { systemClock, systemRandom } from "../../src/kernel/clock";
import { hashOf, newId, newSecret, type ShopId } from "../../src/kernel/ids";

describe("ids", () => {
  it("are 26 characters of what randomness is passed in, so that a test can know them", () => {
    expect(newId<ShopId>((length) => new Uint8Array(length))).toBe("a".repeat(26));
    expect(newId<ShopId>(systemRandom)).toMatch(/^[a-z2-7]{26}$/);
  });

  it("do not repeat", () => {
    const ids = new Set(Array.from({ length: 1_000 }, () => newId<ShopId>(systemRandom)));
    expect(ids.size).toBe(1_000);
  });

  it("are shorter than secrets, which hold 256 bits", () => {
    expect(newSecret(systemRandom)).toMatch(/^[\w-]{43}$/);
  });

  it("are hashed with SHA-256 over UTF-8", async () => {
    expect(await hashOf("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    expect(await hashOf("é")).not.toBe(await hashOf("e"));
  });
});

describe("the machine's clock", () => {
  it("counts milliseconds since 1970", () => {
    expect(systemClock()).toBeGreaterThan(Date.UTC(2024, 0, 1));
  });
});
