/** What is stored of a password, checked against bcrypt hashes of another implementation. */
import { compare } from "bcryptjs";
import { describe, expect, it } from "vitest";
import { hashPassword, isHashedBy, isOutdated, isPassword } from "../../../src/features/sign-in/password";
import { systemRandom } from "../../../src/kernel/clock";
import { HAS_VECTORS, vectorFile } from "../../support/vectors";

/** Hashing a password takes a quarter of a second of processor time, and a loaded machine has little. */
const SLOW = { timeout: 60_000 };

const pepper = new Uint8Array(32).fill(7);
const other = new Uint8Array(32).fill(8);

/** The hash of no characters at all, made by libxcrypt. */
const LIBXCRYPT = "$2b$04$CksZP2YE/DSIyYKfJWJvtOp5AoM1DuUXV/ubYyzjw5HYJKKtwgjNe";

describe("a password", () => {
  it("is the one that was set, whole: past the 72 bytes that bcrypt reads, and past a NUL", SLOW, async () => {
    const long = "x".repeat(72);
    const hash = await hashPassword(pepper, `${long}a\u0000b`, systemRandom);
    expect(hash).toMatch(/^\$2b\$12\$[./A-Za-z0-9]{53}$/);
    expect(await isPassword(pepper, `${long}a\u0000b`, hash)).toBe(true);
    for (const wrong of [`${long}a\u0000c`, `${long}b\u0000b`, long]) expect([wrong, await isPassword(pepper, wrong, hash)]).toEqual([wrong, false]);
  });

  it("is worth nothing without the pepper it was hashed with, nor as a bare bcrypt hash", SLOW, async () => {
    const hash = await hashPassword(pepper, "correct horse battery staple", systemRandom);
    expect(await isPassword(other, "correct horse battery staple", hash)).toBe(false);
    expect(await compare("correct horse battery staple", hash)).toBe(false);
    expect(await compare("", LIBXCRYPT)).toBe(true);
    expect(await isPassword(pepper, "", LIBXCRYPT)).toBe(false);
  });

  it("hashes differently each time, and matches nobody's", SLOW, async () => {
    const [first, second] = [await hashPassword(pepper, "the same password", systemRandom), await hashPassword(pepper, "the same password", systemRandom)];
    expect(first).not.toBe(second);
    expect(await isPassword(pepper, "the same password", null)).toBe(false);
  });
});

type Vector = { readonly password: string; readonly hash: string; readonly match: boolean | string };

describe("bcrypt", SLOW, () => {
  it.skipIf(!HAS_VECTORS)("answers as libxcrypt does; where bcrypt cuts a password or stops at a NUL, ours does not", async () => {
    const vectors = await (await vectorFile("bcrypt/libxcrypt.json")).json<Vector[]>();
    expect(vectors.length).toBeGreaterThan(12);
    const cheap = vectors.filter(({ hash }) => /^\$2[ab]\$0[4-6]\$/.test(hash));
    const bare = cheap.filter(({ match }) => match === true).slice(0, 5);
    for (const { password, hash } of bare) expect([password, await isHashedBy(hash, password)]).toEqual([password, true]);
    const cut = cheap.filter(({ match }) => typeof match === "string");
    expect(cut.length).toBe(2);
    for (const { password, hash } of cut) expect(await isPassword(pepper, password, hash)).toBe(false);
  });

  it("knows hashes that are made in an older way", () => {
    expect(["$2b$10$abc", "$2a$12$abc", "$2b$12$abc", "$argon2id$v=19$m"].map(isOutdated)).toEqual([true, true, false, true]);
  });
});
