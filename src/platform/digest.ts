/** SHA-256 over bytes that come piece by piece and are never all there at once. */
import { encodeBase64urlNoPadding } from "@oslojs/encoding";

export type Digest = {
  /** Takes the next piece; the runtime hashes it beside what else is done. */
  readonly write: (piece: Uint8Array) => Promise<void>;
  /** The hash of all pieces as 43 base64url characters. Nothing can be written afterwards. */
  readonly finish: () => Promise<string>;
};

/** A hash of nothing yet. */
export function createDigest(): Digest {
  const stream = new crypto.DigestStream("SHA-256");
  const writer = stream.getWriter();
  return {
    write: async (piece) => await writer.write(piece),
    finish: async () => {
      await writer.close();
      return encodeBase64urlNoPadding(new Uint8Array(await stream.digest));
    },
  };
}

/** The hash of bytes that are here. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return encodeBase64urlNoPadding(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
