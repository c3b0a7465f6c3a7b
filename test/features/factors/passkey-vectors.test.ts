/** The W3C's own test vectors of WebAuthn Level 3 through our own functions, and each part of them changed. */
import { encodeCBOR } from "@levischuck/tiny-cbor";
import { decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from "@oslojs/encoding";
import { decodeAttestationObject, parseAuthenticatorData } from "@simplewebauthn/server/helpers";
import { beforeAll, describe, expect, it } from "vitest";
import type { PasskeyMade, PasskeyShown } from "../../../src/features/factors/contract";
import { isSoundKey, type Expected } from "../../../src/features/factors/passkey-rules";
import { verifyMade, verifyShown, type KnownKey } from "../../../src/features/factors/passkey-verify";
import { failed } from "../../../src/kernel/result";
import { HAS_VECTORS, vectorFile } from "../../support/vectors";

type Vector = {
  readonly registration: { readonly challenge: string; readonly credentialId: string; readonly clientDataJSON: string; readonly attestationObject: string };
  readonly authentication: { readonly challenge: string; readonly clientDataJSON: string; readonly authenticatorData: string; readonly signature: string };
};
type Vectors = { readonly rpId: string; readonly origin: string; readonly cases: Readonly<Record<string, Vector>> };

let vectors: Vectors;

beforeAll(async () => {
  if (HAS_VECTORS) vectors = await (await vectorFile("webauthn/w3c-l3-ready.json")).json<Vectors>();
});

const REFUSED = ["none-es256-crossOrigin", "none-es256-topOrigin", "packed-es384", "packed-es512", "packed-ed448", "tpm-es256", "android-key-es256", "apple-es256", "fido-u2f-es256"];

/** What a browser would send of a vector, with parts replaced. */
function madeOf({ registration }: Vector, changed: Partial<Vector["registration"]> = {}): PasskeyMade {
  const { credentialId: id, clientDataJSON, attestationObject } = { ...registration, ...changed };
  return { id, rawId: id, type: "public-key", response: { clientDataJSON, attestationObject } };
}

function shownOf({ registration: { credentialId: id }, authentication }: Vector, changed: Partial<Vector["authentication"]> = {}): PasskeyShown {
  const { clientDataJSON, authenticatorData, signature } = { ...authentication, ...changed };
  return { id, rawId: id, type: "public-key", response: { clientDataJSON, authenticatorData, signature } };
}

function expectedOf(challenge: string, changed: Partial<Expected> = {}): Expected {
  return { rpId: vectors.rpId, origin: vectors.origin, needsUserVerification: false, challenge, ...changed };
}

function vectorOf(name: string): Vector {
  const vector = vectors.cases[name];
  if (vector === undefined) throw new Error(`there is no vector ${name}`);
  return vector;
}

async function made(vector: Vector) {
  const key = await verifyMade(madeOf(vector), expectedOf(vector.registration.challenge));
  if (key === null) throw new Error("the vector's key was refused");
  return key;
}

/** The JSON that the browser signed, with something else in it. */
function signedAs(encoded: string, changed: Readonly<Record<string, unknown>>): string {
  const read: unknown = JSON.parse(new TextDecoder().decode(decodeBase64urlIgnorePadding(encoded)));
  return encodeBase64urlNoPadding(new TextEncoder().encode(JSON.stringify({ ...(read as object), ...changed })));
}

/** The bytes with one of them changed. */
function flipped(encoded: string, at: number, mask = 1): string {
  const bytes = decodeBase64urlIgnorePadding(encoded);
  const index = at < 0 ? bytes.byteLength + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ mask;
  return encodeBase64urlNoPadding(bytes);
}

describe.skipIf(!HAS_VECTORS)("the W3C's vectors", () => {
  it("are there, all fifteen", () => {
    expect(Object.keys(vectors.cases)).toHaveLength(15);
  });

  it.each(["none-es256", "packed-self-es256", "none-es256-long-credential-id", "packed-es256", "packed-rs256", "packed-eddsa"])("of %s enrol and sign in", async (name) => {
    const vector = vectorOf(name);
    const key = await made(vector);
    expect(key.credentialId).toBe(vector.registration.credentialId);
    expect(await verifyShown(shownOf(vector), expectedOf(vector.authentication.challenge), key)).toMatchObject({ ok: true, value: { counter: 0 } });
  });

  it.each(REFUSED)("of %s are refused: a frame, an algorithm or a maker's statement that was not asked for", async (name) => {
    const vector = vectorOf(name);
    expect(await verifyMade(madeOf(vector), expectedOf(vector.registration.challenge))).toBeNull();
  });

  it.each(["none-es256-crossOrigin", "none-es256-topOrigin"])("of %s do not sign in either, with a key that is known", async (name) => {
    const vector = vectorOf(name);
    const key = keyIn(vector);
    expect(await verifyShown(shownOf(vector), expectedOf(vector.authentication.challenge), key)).toEqual(failed({ kind: "not_proved" }));
  });

  it.each(["tpm-es256", "android-key-es256", "apple-es256", "fido-u2f-es256"])("of %s sign in once their key is known", async (name) => {
    const vector = vectorOf(name);
    expect(await verifyShown(shownOf(vector), expectedOf(vector.authentication.challenge), keyIn(vector))).toMatchObject({ ok: true });
  });
});

/** The key of a registration as the library reads it, whatever vouches for it. */
function keyIn({ registration }: Vector): KnownKey {
  const object = decodeAttestationObject(new Uint8Array(decodeBase64urlIgnorePadding(registration.attestationObject)));
  const { credentialPublicKey, flags, counter } = parseAuthenticatorData(object.get("authData"));
  return { credentialId: registration.credentialId, publicKey: encodeBase64urlNoPadding(credentialPublicKey ?? new Uint8Array()), counter, isBackupEligible: flags.be };
}

describe.skipIf(!HAS_VECTORS)("an enrolment", () => {
  const vector = () => vectorOf("none-es256");
  const refused = async (made: PasskeyMade, expected = expectedOf(vector().registration.challenge)) => expect(await verifyMade(made, expected)).toBeNull();
  const signed = (changed: Readonly<Record<string, unknown>>) => madeOf(vector(), { clientDataJSON: signedAs(vector().registration.clientDataJSON, changed) });

  it("is refused for another challenge, origin, relying party, type, or from a frame", async () => {
    await refused(madeOf(vector()), expectedOf(vector().authentication.challenge));
    await refused(madeOf(vector()), expectedOf(vector().registration.challenge, { origin: "https://example.org:444" }));
    await refused(madeOf(vector()), expectedOf(vector().registration.challenge, { rpId: "login.example.org" }));
    for (const changed of [
      { type: "webauthn.get" }, { origin: "https://evil.example" }, { origin: "https://sub.example.org" }, { origin: "http://example.org" }, { challenge: "" },
      { crossOrigin: true }, { crossOrigin: "false" }, { topOrigin: "https://example.org" }, { topOrigin: null }, { type: undefined }, { origin: ["https://example.org"] },
    ]) await refused(signed(changed));
  });

  it("is refused where the person had to be verified and was not, or where nobody was there", async () => {
    // The flags are not under a signature without an attestation: what is refused here is what they say.
    const withFlags = (clear: number, set = 0) => {
      const bytes = decodeBase64urlIgnorePadding(vector().registration.attestationObject);
      const at = flagsAt(bytes);
      bytes[at] = ((bytes[at] ?? 0) & ~clear) | set;
      return madeOf(vector(), { attestationObject: encodeBase64urlNoPadding(bytes) });
    };
    await refused(withFlags(0x01));
    await refused(withFlags(0x04), expectedOf(vector().registration.challenge, { needsUserVerification: true }));
    await refused(withFlags(0x08, 0x10));
    await refused(withFlags(0x40));
    await refused(withFlags(0, 0x80));
  });

  it("is refused under another credential's name, or with a key that is not what it says", async () => {
    await refused({ ...madeOf(vector()), id: "AAAA", rawId: "AAAA" });
    await refused({ ...madeOf(vector()), rawId: "AAAA" });
    const { x, y } = { x: new Uint8Array(32).fill(1), y: new Uint8Array(32).fill(2) };
    const keys: readonly ReadonlyMap<number, number | Uint8Array>[] = [
      new Map<number, number | Uint8Array>([[1, 2], [3, -257], [-1, 1], [-2, x], [-3, y]]), new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 2], [-2, x], [-3, y]]),
      new Map<number, number | Uint8Array>([[1, 3], [3, -257], [-1, new Uint8Array(128).fill(3)], [-2, new Uint8Array([1, 0, 1])]]), new Map<number, number | Uint8Array>([[1, 1], [3, -7], [-1, 6], [-2, x]]),
      new Map<number, number | Uint8Array>([[1, 3], [3, -257], [-1, new Uint8Array(256).fill(3)], [-2, new Uint8Array(256).fill(1)]]),
    ];
    for (const key of keys) expect(isSoundKey(new Uint8Array(encodeCBOR(key as Parameters<typeof encodeCBOR>[0])))).toBe(false);
    expect(isSoundKey(new Uint8Array(encodeCBOR(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, x], [-3, y]]))))).toBe(true);
  });

  it("of junk is refused and breaks nothing", async () => {
    const junk = ["", "AA", "oA", "gYGBgYGB", "g".repeat(12_000), "v2NmbXRkbm9uZQ", "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA", "W________w", "m_____8B"];
    for (const attestationObject of [...junk, encodeBase64urlNoPadding(new Uint8Array(9_000).fill(0x81))]) await refused(madeOf(vector(), { attestationObject }));
    for (const clientDataJSON of [...junk, btoa("null"), btoa("[]"), btoa("{}")]) await refused(madeOf(vector(), { clientDataJSON }));
    const bytes = decodeBase64urlIgnorePadding(vector().registration.attestationObject);
    for (let length = 0; length < bytes.byteLength; length += 7) await refused(madeOf(vector(), { attestationObject: encodeBase64urlNoPadding(bytes.slice(0, length)) }));
  });
});

/** Where the flags stand in an attestation object: behind the relying party's hash, which is the only text of 32 random bytes before them. */
function flagsAt(bytes: Uint8Array): number {
  const name = [...new TextEncoder().encode("authData")];
  const at = bytes.findIndex((_, index) => name.every((letter, offset) => bytes[index + offset] === letter));
  return at + name.length + 2 + 32;
}

describe.skipIf(!HAS_VECTORS)("an answer", () => {
  const vector = () => vectorOf("none-es256");
  const refused = async (shown: PasskeyShown, key: KnownKey, expected = expectedOf(vector().authentication.challenge)) => (
    expect(await verifyShown(shown, expected, key)).toEqual(failed({ kind: "not_proved" }))
  );

  it("is refused for another challenge, origin, relying party or type, from a frame, or with one byte changed", async () => {
    const key = await made(vector());
    await refused(shownOf(vector()), key, expectedOf(vector().registration.challenge));
    await refused(shownOf(vector()), key, expectedOf(vector().authentication.challenge, { origin: "https://example.com" }));
    await refused(shownOf(vector()), key, expectedOf(vector().authentication.challenge, { rpId: "example.com" }));
    for (const changed of [{ type: "webauthn.create" }, { crossOrigin: true }, { topOrigin: "https://example.org" }, { origin: "https://a.example.org" }, { extra: 1 }]) {
      await refused(shownOf(vector(), { clientDataJSON: signedAs(vector().authentication.clientDataJSON, changed) }), key);
    }
    for (const at of [0, 31, 33, -1]) await refused(shownOf(vector(), { authenticatorData: flipped(vector().authentication.authenticatorData, at) }), key);
    for (const at of [1, 5, 20, -1]) await refused(shownOf(vector(), { signature: flipped(vector().authentication.signature, at) }), key);
  });

  it("is refused for a flag that was changed, each of them, and for one that a key may not change", async () => {
    const key = await made(vector());
    for (const mask of [0x01, 0x04, 0x08, 0x10, 0x40, 0x80]) {
      await refused(shownOf(vector(), { authenticatorData: flipped(vector().authentication.authenticatorData, 32, mask) }), key);
    }
    await refused(shownOf(vector()), { ...key, isBackupEligible: !key.isBackupEligible });
  });

  it("is refused for another person's key, another credential's name, and a key of another kind", async () => {
    const key = await made(vector());
    const other = await made(vectorOf("packed-self-es256"));
    const [rsa, edwards] = [await made(vectorOf("packed-rs256")), await made(vectorOf("packed-eddsa"))];
    for (const { publicKey } of [other, rsa, edwards]) await refused(shownOf(vector()), { ...key, publicKey });
    await refused(shownOf(vector()), { ...key, credentialId: other.credentialId });
    await refused({ ...shownOf(vector()), rawId: other.credentialId }, key);
  });

  it("whose count went back is told apart: all else is right, and there may be a copy", async () => {
    const key = await made(vector());
    const shown = await verifyShown(shownOf(vector()), expectedOf(vector().authentication.challenge), { ...key, counter: 1 });
    expect(shown).toEqual(failed({ kind: "counter_went_back" }));
  });
});
