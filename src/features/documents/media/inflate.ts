/** Small zlib streams (RFC 1950), opened and made by the platform once it is known how much they hold. */
import type { Bytes } from "./bytes";
import { zlibLength } from "./zlib-length";

/** What a zlib stream holds, or null where that is more than `most` bytes or it cannot be read. */
export async function inflated(stream: Uint8Array, most: number): Promise<Bytes | null> {
  if (zlibLength(stream, most) === null) return null;
  try {
    return await through(new DecompressionStream("deflate"), new Uint8Array(stream));
  } catch {
    // A wrong checksum: the platform throws at it without a tag to tell.
    return null;
  }
}

/** A zlib stream that holds these bytes. */
export async function deflated(bytes: Bytes): Promise<Bytes> {
  return await through(new CompressionStream("deflate"), bytes);
}

async function through(stream: CompressionStream | DecompressionStream, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
