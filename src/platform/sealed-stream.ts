/**
 * Objects sealed so that any stretch of them opens by itself: AES-256-GCM over chunks of 64 KiB, each bound to its place
 * and to the length of the whole, as the STREAM construction binds them (Hoang, Reyhanitabar, Rogaway, Vizár 2015). An
 * object has a key of its own, derived from the shop's and the object's name, which never comes twice. A sealed chunk is
 * nonce, ciphertext and tag. Nonces are drawn rather than counted, since a part may be sent again with other contents; the
 * place stands in the associated data instead. R2 wants parts of one size, so there is no head.
 */
import { assert } from "../kernel/assert";
import type { RandomBytes } from "../kernel/clock";
import { decrypt, encrypt, NONCE_BYTES, TAG_BYTES, utf8, type Bytes } from "./aes-gcm";
import type { Stretch } from "./objects";

export const CHUNK_BYTES = 65_536;
export const SEALED_CHUNK_BYTES = NONCE_BYTES + CHUNK_BYTES + TAG_BYTES;
const OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/** Bytes that are not what was sealed under that name, at that place, in a whole of that length: never which. */
export class SealBroken extends Error {
  override readonly name = "SealBroken";
}

/** How long so many plain bytes are when they are sealed. Nothing is one empty chunk. */
export function sealedSize(plainBytes: number): number {
  return plainBytes + chunksOf(plainBytes) * OVERHEAD_BYTES;
}

/** The other way round, for what is not longer than one chunk; null where nothing is sealed to that length. */
export function openedSizeOfOne(sealedBytes: number): number | null {
  return sealedBytes >= OVERHEAD_BYTES && sealedBytes <= SEALED_CHUNK_BYTES ? sealedBytes - OVERHEAD_BYTES : null;
}

/** The sealed bytes of the chunks that hold a plain stretch. */
export function sealedStretch({ offset, length }: Stretch, plainBytes: number): Stretch {
  const first = Math.floor(offset / CHUNK_BYTES);
  const last = length === 0 ? first : Math.floor((offset + length - 1) / CHUNK_BYTES);
  const end = Math.min((last + 1) * SEALED_CHUNK_BYTES, sealedSize(plainBytes));
  return { offset: first * SEALED_CHUNK_BYTES, length: end - first * SEALED_CHUNK_BYTES };
}

/** What is sealed: `plainBytes` is the length of the whole, `offset` where in it the stream begins, at the edge of a chunk. */
export type Sealing = { readonly key: CryptoKey; readonly random: RandomBytes; readonly plainBytes: number; readonly offset: number };

/** Seals what goes through. Parts of one whole, each sealed from its own offset, join to what the whole would be sealed to. */
export function sealStream({ key, random, plainBytes, offset }: Sealing): TransformStream<Uint8Array, Uint8Array> {
  assert(offset % CHUNK_BYTES === 0, "sealing begins at the edge of a chunk");
  const seal = async (plain: Bytes, index: number): Promise<Bytes> => {
    const nonce = random(NONCE_BYTES);
    const sealed = await encrypt(key, nonce, placeOf(index, plainBytes), plain);
    const chunk = new Uint8Array(NONCE_BYTES + sealed.byteLength);
    chunk.set(nonce);
    chunk.set(sealed, NONCE_BYTES);
    return chunk;
  };
  return chunkwise({ size: CHUNK_BYTES, first: offset / CHUNK_BYTES, isOneAtLeast: plainBytes === 0 }, seal);
}

/** What is opened: `stretch` of the whole, from the sealed bytes that `sealedStretch` names. */
export type Opening = { readonly key: CryptoKey; readonly plainBytes: number; readonly stretch: Stretch };

/**
 * Opens what goes through, cut to the stretch. Nothing of a chunk comes out before all of it was proved; a chunk that was
 * changed, moved, left out or cut short errors the stream with `SealBroken`.
 */
export function openStream({ key, plainBytes, stretch }: Opening): TransformStream<Uint8Array, Uint8Array> {
  const first = Math.floor(stretch.offset / CHUNK_BYTES);
  let left = stretch.length;
  const open = async (sealed: Bytes, index: number): Promise<Bytes> => {
    const plain = await decrypt(key, sealed.slice(0, NONCE_BYTES), placeOf(index, plainBytes), sealed.slice(NONCE_BYTES));
    if (plain === null) throw new SealBroken("a chunk does not open");
    const wanted = plain.subarray(index === first ? stretch.offset % CHUNK_BYTES : 0).subarray(0, left);
    left -= wanted.byteLength;
    return wanted;
  };
  const isWhole = (): void => {
    if (left > 0) throw new SealBroken("chunks are missing");
  };
  return chunkwise({ size: SEALED_CHUNK_BYTES, first, isOneAtLeast: plainBytes === 0 }, open, isWhole);
}

function chunksOf(plainBytes: number): number {
  return Math.max(1, Math.ceil(plainBytes / CHUNK_BYTES));
}

/** The index tells reordered chunks, the length of the whole tells truncated ones; the object's name is in the key. */
function placeOf(index: number, plainBytes: number): Bytes {
  return utf8(`daybook/sealed-stream/v1 ${index} ${plainBytes}`);
}

type Cut = { readonly size: number; readonly first: number; readonly isOneAtLeast: boolean };

/** Cuts what comes into chunks of one size, the last shorter, and lets through what `act` makes of each. Holds one chunk. */
function chunkwise(
  { size, first, isOneAtLeast }: Cut, act: (chunk: Bytes, index: number) => Promise<Bytes>, finish: () => void = () => {},
): TransformStream<Uint8Array, Uint8Array> {
  let index = first;
  let held = 0;
  const chunk = new Uint8Array(size);
  const pass = async (controller: TransformStreamDefaultController<Uint8Array>): Promise<void> => {
    const made = await act(chunk.slice(0, held), index);
    index += 1;
    held = 0;
    if (made.byteLength > 0) controller.enqueue(made);
  };
  return new TransformStream({
    transform: async (piece, controller) => {
      for (let at = 0; at < piece.byteLength; ) {
        const taken = piece.subarray(at, at + size - held);
        chunk.set(taken, held);
        held += taken.byteLength;
        at += taken.byteLength;
        if (held === size) await pass(controller);
      }
    },
    flush: async (controller) => {
      if (held > 0 || (isOneAtLeast && index === first)) await pass(controller);
      finish();
    },
  });
}
