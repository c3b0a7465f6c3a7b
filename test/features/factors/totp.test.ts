/** Codes of an authenticator app against the RFCs' vectors and an implementation that is not ours, and the recovery codes. */
import { generateHOTP } from "@oslojs/otp";
import * as fc from "fast-check";
import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, it } from "vitest";
import { newRecoveryCodes, recoveryHash } from "../../../src/features/factors/recovery";
import { keyOf, newSeed, stepOf } from "../../../src/features/factors/totp";
import { systemRandom } from "../../../src/kernel/clock";
import type { PersonId } from "../../../src/kernel/ids";
import { HAS_VECTORS, vectorFile } from "../../support/vectors";

type Vectors = {
  readonly rfc4226_appendix_d: { readonly secret_ascii: string; readonly codes: readonly string[] };
  readonly rfc6238_appendix_b: { readonly secrets_ascii: { readonly sha1: string }; readonly vectors: readonly { readonly time: number; readonly sha1: string }[] };
};

let vectors: Vectors;

beforeAll(async () => {
  if (HAS_VECTORS) vectors = await (await vectorFile("otp/rfc4226-rfc6238.json")).json<Vectors>();
});

const bytesOf = (text: string) => new Uint8Array(new TextEncoder().encode(text));
const STEP_MS = 30_000;

describe("a code", () => {
  it.skipIf(!HAS_VECTORS)("is the one of RFC 4226 for each of its counters", () => {
    const { secret_ascii, codes } = vectors.rfc4226_appendix_d;
    expect(codes).toHaveLength(10);
    // Asked one step later, since before the first there is none.
    for (const [step, code] of codes.entries()) expect(stepOf(bytesOf(secret_ascii), code, (step + 1) * STEP_MS, -1)).toBe(step);
  });

  it.skipIf(!HAS_VECTORS)("is the one of RFC 6238 for each of its instants, of whose eight digits an app shows the last six", () => {
    const { secrets_ascii, vectors: instants } = vectors.rfc6238_appendix_b;
    expect(instants).toHaveLength(6);
    for (const { time, sha1 } of instants) {
      expect(stepOf(bytesOf(secrets_ascii.sha1), sha1.slice(2), time * 1_000, 0)).toBe(Math.floor(time / 30));
      expect(generateHOTP(bytesOf(secrets_ascii.sha1), BigInt(Math.floor(time / 30)), 8)).toBe(sha1);
    }
  });

  it("of another implementation is taken in its own step and the ones beside it, and in no other", () => {
    const anInstant = fc.integer({ min: 5 * STEP_MS, max: 4_000_000_000_000 });
    fc.assert(fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), anInstant, fc.integer({ min: -4, max: 4 }), (bytes, now, away) => {
      const seed = new Uint8Array(bytes);
      const at = now + away * STEP_MS;
      const app = new TOTP({ algorithm: "SHA1", digits: 6, period: 30, secret: new Secret({ buffer: seed.buffer }) });
      const step = stepOf(seed, app.generate({ timestamp: at }), now, -1);
      const isBeside = Math.abs(away) <= 1;
      // Two of seven codes in a million are the same by chance; then it is a step beside now that is named.
      if (isBeside) expect(step).not.toBeNull();
      if (step !== null) expect(Math.abs(step - Math.floor(now / STEP_MS))).toBeLessThanOrEqual(1);
      if (!isBeside && step !== null) expect(app.generate({ timestamp: step * STEP_MS })).toBe(app.generate({ timestamp: at }));
    }), { numRuns: 60 });
  });

  it("is not taken for a step that was taken, or for an earlier one", () => {
    const seed = newSeed(systemRandom);
    const code = generateHOTP(seed, 1_000n, 6);
    for (const [lastStep, step] of [[998, 1_000], [999, 1_000], [1_000, null], [1_001, null]] as const) {
      expect([lastStep, stepOf(seed, code, 1_000 * STEP_MS, lastStep)]).toEqual([lastStep, step]);
    }
  });

  it("is six digits and nothing else", () => {
    const seed = newSeed(systemRandom);
    const code = generateHOTP(seed, 5n, 6);
    for (const wrong of ["", code.slice(1), `${code}0`, `0${code}`, code.replace(/./g, "٣"), `${code.slice(0, 5)}x`]) expect(stepOf(seed, wrong, 5 * STEP_MS, 0)).toBeNull();
  });
});

describe("a key", () => {
  it("is 160 random bits, in an address that an app of another make reads", () => {
    const seed = newSeed(systemRandom);
    expect(seed.byteLength).toBe(20);
    const { uri, secret } = keyOf(seed, "mara+till@example.com");
    expect(uri).toMatch(/^otpauth:\/\/totp\/Daybook:mara%2Btill%40example\.com\?issuer=Daybook&/);
    expect([...new Uint8Array(Secret.fromBase32(secret).buffer)]).toEqual([...seed]);
    expect(new URL(uri).searchParams.get("secret")).toBe(secret);
    expect(new TOTP({ algorithm: "SHA1", digits: 6, period: 30, secret: Secret.fromBase32(secret) }).generate({ timestamp: 90_000 })).toBe(generateHOTP(seed, 3n, 6));
  });
});

describe("recovery codes", () => {
  it("are ten of 80 random bits, easily copied by hand", () => {
    const codes = newRecoveryCodes(systemRandom);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-z2-7]{4}(?:-[a-z2-7]{4}){3}$/);
  });

  it("may be typed in capitals, with spaces or with nothing between, and are another person's never", async () => {
    const [code = ""] = newRecoveryCodes(systemRandom);
    const [mara, nora] = ["mara", "nora"] as PersonId[] as [PersonId, PersonId];
    const stored = await recoveryHash(mara, code);
    for (const typed of [code.toUpperCase(), code.replaceAll("-", ""), ` ${code.replaceAll("-", " ")} `]) expect(await recoveryHash(mara, typed)).toBe(stored);
    expect(await recoveryHash(nora, code)).not.toBe(stored);
    expect(stored).not.toContain(code.slice(0, 4));
  });
});
