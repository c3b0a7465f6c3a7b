/** Signs checkpoints with the one Ed25519 key of this deployment (RFC 8032), by WebCrypto. */
import { decodeBase64urlIgnorePadding } from "@oslojs/encoding";
import { checkpointText, noteOf, type Checkpoint, type VerifierKey } from "../kernel/checkpoint";
import { assert } from "../kernel/assert";

export type Signer = { readonly key: VerifierKey; readonly sign: (checkpoint: Checkpoint) => Promise<string> };

/** What stands before the seed in a PKCS #8 key of Ed25519 (RFC 8410 section 7). */
const PKCS8_PREFIX = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20);

/** The signer of one log's checkpoints; the key's name is the log's origin. The same checkpoint is signed the same way every time. */
export async function createSigner(seed: Uint8Array<ArrayBuffer>, origin: string): Promise<Signer> {
  const secret = await crypto.subtle.importKey("pkcs8", Uint8Array.from([...PKCS8_PREFIX, ...seed]), "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", secret) as JsonWebKey;
  assert(x !== undefined, "an Ed25519 key knows its public half");
  const key = { name: origin, publicKey: new Uint8Array(decodeBase64urlIgnorePadding(x)) };
  return {
    key,
    sign: async (checkpoint) => {
      const text = new TextEncoder().encode(checkpointText(checkpoint));
      return noteOf(checkpoint, key, new Uint8Array(await crypto.subtle.sign("Ed25519", secret, text)));
    },
  };
}
