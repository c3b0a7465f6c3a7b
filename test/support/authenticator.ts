/**
 * An authenticator of software: keys of P-256 in WebCrypto, everything else by the letter of WebAuthn Level 3, each part
 * of which a test may have wrong. It knows nothing of Daybook's code.
 */
import { encodeCBOR } from "@levischuck/tiny-cbor";
import { encodeBase64urlNoPadding } from "@oslojs/encoding";

/** What may be wrong with an answer. Flags are left as they are where they are not named. */
export type Twist = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: unknown;
  readonly counter?: number;
  readonly isPresent?: boolean;
  readonly isVerified?: boolean;
  readonly isBackupEligible?: boolean;
  readonly isBackedUp?: boolean;
  readonly userHandle?: string | null;
  readonly credentialId?: string;
};

/** How an authenticator is: whether it verifies people, is copied between devices, counts. */
export type Nature = { readonly isVerifying?: boolean; readonly isBackupEligible?: boolean; readonly isCounting?: boolean };

export type MadeAnswer = {
  readonly id: string; readonly rawId: string; readonly type: "public-key"; readonly clientExtensionResults: object; readonly authenticatorAttachment: "platform";
  readonly response: { readonly clientDataJSON: string; readonly attestationObject: string; readonly transports: readonly string[]; readonly publicKeyAlgorithm: number };
};
export type ShownAnswer = {
  readonly id: string; readonly rawId: string; readonly type: "public-key"; readonly clientExtensionResults: object; readonly authenticatorAttachment: "platform";
  readonly response: { readonly clientDataJSON: string; readonly authenticatorData: string; readonly signature: string; readonly userHandle?: string | null };
};

type Bytes = Uint8Array<ArrayBuffer>;

const PRESENT = 0x01;
const VERIFIED = 0x04;
const BACKUP_ELIGIBLE = 0x08;
const BACKED_UP = 0x10;
const WITH_KEY = 0x40;

/** An authenticator with one key in it, for one page. */
export class Authenticator {
  readonly credentialId = encodeBase64urlNoPadding(crypto.getRandomValues(new Uint8Array(16)));
  readonly #keys: Promise<CryptoKeyPair> = crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;
  readonly #origin: string;
  readonly #nature: Required<Nature>;
  #counter = 0;
  #userHandle: string | undefined;

  constructor(origin: string, nature: Nature = {}) {
    this.#origin = origin;
    this.#nature = { isVerifying: true, isBackupEligible: true, isCounting: false, ...nature };
  }

  /** Makes its key for the options of an enrolment, as `navigator.credentials.create` does. */
  async make(options: { readonly challenge: string; readonly rp: { readonly id: string }; readonly user: { readonly id: string } }, twist: Twist = {}): Promise<MadeAnswer> {
    this.#userHandle = options.user.id;
    const data = joined(await this.#head(options.rp.id, WITH_KEY, twist), new Uint8Array(16), lengthOf(this.#idBytes()), this.#idBytes(), await this.#coseKey());
    const attestation = new Map<string, unknown>([["fmt", "none"], ["attStmt", new Map()], ["authData", data]]);
    const id = twist.credentialId ?? this.credentialId;
    return {
      id, rawId: id, type: "public-key", clientExtensionResults: { credProps: { rk: true } }, authenticatorAttachment: "platform",
      response: {
        clientDataJSON: encodeBase64urlNoPadding(this.#clientData("webauthn.create", options.challenge, twist)),
        attestationObject: encodeBase64urlNoPadding(encodeCBOR(attestation as Parameters<typeof encodeCBOR>[0])),
        transports: ["internal", "hybrid"], publicKeyAlgorithm: -7,
      },
    };
  }

  /** Signs for the options of a sign-in, as `navigator.credentials.get` does. */
  async show(options: { readonly challenge: string; readonly rpId: string }, twist: Twist = {}): Promise<ShownAnswer> {
    const data = await this.#head(options.rpId, 0, twist);
    const clientData = this.#clientData("webauthn.get", options.challenge, twist);
    const signed = joined(data, new Uint8Array(await crypto.subtle.digest("SHA-256", clientData)));
    const signature = new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, (await this.#keys).privateKey, signed));
    const userHandle = twist.userHandle === undefined ? this.#userHandle : twist.userHandle;
    const id = twist.credentialId ?? this.credentialId;
    return {
      id, rawId: id, type: "public-key", clientExtensionResults: {}, authenticatorAttachment: "platform",
      response: {
        clientDataJSON: encodeBase64urlNoPadding(clientData), authenticatorData: encodeBase64urlNoPadding(data),
        signature: encodeBase64urlNoPadding(derOf(signature)), ...(userHandle === undefined ? {} : { userHandle }),
      },
    };
  }

  #idBytes(): Bytes {
    return Uint8Array.from(atob(this.credentialId.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  }

  #clientData(type: string, challenge: string, twist: Twist): Bytes {
    const { origin = this.#origin, crossOrigin = false } = twist;
    const topOrigin = "topOrigin" in twist ? { topOrigin: twist.topOrigin } : {};
    return utf8(JSON.stringify({ type: twist.type ?? type, challenge: twist.challenge ?? challenge, origin, crossOrigin, ...topOrigin }));
  }

  /** The relying party's hash, the flags and the count. */
  async #head(rpId: string, flags: number, twist: Twist): Promise<Bytes> {
    if (this.#nature.isCounting) this.#counter += 1;
    const { isBackupEligible: isEligible = this.#nature.isBackupEligible } = twist;
    const { isPresent = true, isVerified = this.#nature.isVerifying, isBackedUp = isEligible, counter = this.#counter } = twist;
    const head = new Uint8Array(37);
    head.set(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(twist.rpId ?? rpId))));
    head[32] = flags | (isPresent ? PRESENT : 0) | (isVerified ? VERIFIED : 0) | (isEligible ? BACKUP_ELIGIBLE : 0) | (isBackedUp ? BACKED_UP : 0);
    new DataView(head.buffer).setUint32(33, counter);
    return head;
  }

  /** The public key as COSE has it (RFC 9053 section 7.1.1): kty EC2, ES256, P-256, x, y. */
  async #coseKey(): Promise<Bytes> {
    const raw = new Uint8Array(await crypto.subtle.exportKey("raw", (await this.#keys).publicKey) as ArrayBuffer);
    return new Uint8Array(encodeCBOR(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, raw.slice(1, 33)], [-3, raw.slice(33)]])));
  }
}

function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}

function lengthOf(bytes: Bytes): Bytes {
  return new Uint8Array([bytes.byteLength >> 8, bytes.byteLength & 0xff]);
}

function joined(...parts: readonly Bytes[]): Bytes {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

/** A signature of r and s beside each other, as WebCrypto makes it, as the DER that WebAuthn sends (section 6.5.5). */
function derOf(signature: Bytes): Bytes {
  const integers = [signature.slice(0, 32), signature.slice(32)].map((part) => {
    const from = part.findIndex((byte) => byte !== 0);
    const least = part.slice(from === -1 ? part.byteLength - 1 : from);
    const value = (least[0] ?? 0) > 0x7f ? [0, ...least] : [...least];
    return [0x02, value.length, ...value];
  }).flat();
  return new Uint8Array([0x30, integers.length, ...integers]);
}
