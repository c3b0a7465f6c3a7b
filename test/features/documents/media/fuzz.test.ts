/** Thousands of damaged photos: each is cleaned or refused, never thrown at anybody, and none comes out with what was planted in it. */
import { expect, it } from "vitest";
import { joined } from "../../../../src/features/documents/media/bytes";
import { cleanPhoto } from "../../../../src/features/documents/media/clean-photo";
import { chunkPieces, chunksOf, PNG_SIGNATURE } from "../../../../src/features/documents/media/png-chunks";
import { numbers } from "./numbers";
import { PICTURES, SCREEN, type Picture } from "./pictures";

/** A few bytes changed, a piece left out, doubled, zeroed, or put elsewhere. */
function damaged(bytes: Uint8Array, below: (below: number) => number): Uint8Array {
  const at = below(bytes.length);
  const length = below(64);
  const piece = bytes.subarray(at, at + length);
  const kind = below(6);
  if (kind === 0) return joined([bytes.subarray(0, at), bytes.subarray(at + length)]);
  if (kind === 1) return joined([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  if (kind === 2) return new Uint8Array(bytes).fill(below(2) * 255, at, at + length);
  if (kind === 3) return joined([bytes.subarray(0, below(bytes.length)), piece, bytes.subarray(at)]);
  const changed = new Uint8Array(bytes);
  for (let count = 0; count <= below(4); count += 1) changed[below(bytes.length)] = below(256);
  return changed;
}

const planted = /PLANTED|47\.3769|Ann Muster/;

async function holdsSecrets(bytes: Uint8Array, type: Picture["type"]): Promise<boolean> {
  const photo = await cleanPhoto(bytes, type);
  return photo.ok && planted.test(new TextDecoder("latin1").decode(photo.value.bytes).replaceAll("\0", ""));
}

it.each(PICTURES)("2,000 times damaged: $name", async ({ bytes, type }) => {
  const below = numbers(bytes.length);
  for (let round = 0; round < 2000; round += 1) {
    const file = damaged(bytes, below);
    expect(await holdsSecrets(file, type), `round ${round}`).toBe(false);
  }
});

it.each(PICTURES)("cut off at every byte: $name", async ({ bytes, type }) => {
  for (let length = 0; length < bytes.length; length += 1) {
    expect(await holdsSecrets(bytes.subarray(0, length), type), `${length} bytes`).toBe(false);
  }
});

it("a PNG whose chunks are damaged and have right checksums", async () => {
  const chunks = chunksOf(SCREEN.bytes);
  if (!chunks.ok) throw new Error("the fixture cannot be read");
  const below = numbers(7);
  for (let round = 0; round < 500; round += 1) {
    const chosen = below(chunks.value.length);
    const file = joined([PNG_SIGNATURE, ...chunks.value.flatMap((chunk, index) => chunkPieces(index === chosen && chunk.data.length > 0 ? { ...chunk, data: damaged(chunk.data, below) } : chunk))]);
    expect(await holdsSecrets(file, "image/png"), `round ${round}`).toBe(false);
  }
});
