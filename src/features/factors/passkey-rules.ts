/**
 * What we ask of a passkey's answer beyond what the library looks at (WebAuthn Level 3, sections 7.1 and 7.2): nothing
 * from inside a frame of another site, no key that is not what it says it is, no copy of an authenticator that never
 * said it could be copied.
 */
import { decodeBase64urlIgnorePadding } from "@oslojs/encoding";
import { cose, COSEALG, decodeCredentialPublicKey } from "@simplewebauthn/server/helpers";
import { z } from "zod";
import { originOf } from "../../http/site";
import type { Config } from "../../platform/env";

/** ES256, EdDSA and RS256: one of them is in every authenticator. */
export const ALGORITHMS: number[] = [COSEALG.ES256, COSEALG.EdDSA, COSEALG.RS256];

/** Who asks: the one relying party, and the one page from which it does. */
export type RelyingParty = { readonly rpId: string; readonly origin: string };

/** What an answer must be an answer to. */
export type Expected = RelyingParty & { readonly challenge: string; readonly needsUserVerification: boolean };

/** `auth.`'s host name and origin. */
export function relyingParty(config: Pick<Config, "domain" | "scheme">): RelyingParty {
  const origin = originOf("auth", config);
  return { rpId: new URL(origin).hostname, origin };
}

/** What the browser signed (`CollectedClientData`): names that are not here may be there and mean nothing to us. */
const clientData = z.object({
  type: z.string().max(30),
  challenge: z.string().max(200),
  origin: z.string().max(300),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.unknown().optional(),
});
export type ClientData = z.infer<typeof clientData>;

/** Reads what the browser signed; null for what is no such thing. */
export function readClientData(encoded: string): ClientData | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(decodeBase64urlIgnorePadding(encoded));
    return clientData.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // the decoders throw on nothing but their input; the caller refuses it like every other wrong answer
  }
}

/**
 * Whether the browser signed it for our page and not inside somebody else's. Level 3 leaves frames to the relying party;
 * ours is never in one, and a page that put it there would be choosing what the person agrees to.
 */
export function isOurPage(signed: ClientData, type: "webauthn.create" | "webauthn.get", expected: Expected): boolean {
  const isFramed = signed.crossOrigin === true || signed.topOrigin !== undefined;
  return !isFramed && signed.type === type && signed.challenge === expected.challenge && signed.origin === expected.origin;
}

const { COSEKEYS, COSEKTY, COSECRV } = cose;

type Part = (name: number) => unknown;

/** The shapes that a key of each algorithm has; RSA between 2,048 and 4,096 bits, with a common exponent. */
const SHAPES: ReadonlyMap<unknown, (part: Part) => boolean> = new Map([
  [COSEALG.ES256, (part: Part) => part(COSEKEYS.kty) === COSEKTY.EC2 && part(COSEKEYS.crv) === COSECRV.P256 && isLong(part(COSEKEYS.x), 32) && isLong(part(COSEKEYS.y), 32)],
  [COSEALG.EdDSA, (part: Part) => part(COSEKEYS.kty) === COSEKTY.OKP && part(COSEKEYS.crv) === COSECRV.ED25519 && isLong(part(COSEKEYS.x), 32)],
  [COSEALG.RS256, (part: Part) => part(COSEKEYS.kty) === COSEKTY.RSA && isLong(part(COSEKEYS.n), 256, 512) && isLong(part(COSEKEYS.e), 1, 3)],
]);

/**
 * Whether a COSE key is of the kind that its own algorithm says, and whole: an EC key under RSA's name is somebody's
 * experiment, and the library's reader takes a key whose end was cut off.
 */
export function isSoundKey(publicKey: Uint8Array<ArrayBuffer>): boolean {
  const key = decodeCredentialPublicKey(publicKey) as unknown as ReadonlyMap<number, unknown>;
  return SHAPES.get(key.get(COSEKEYS.alg))?.((part) => key.get(part)) ?? false;
}

function isLong(bytes: unknown, least: number, most = least): boolean {
  return bytes instanceof Uint8Array && bytes.byteLength >= least && bytes.byteLength <= most;
}
