/** zlib streams (RFC 1950), opened and made by the platform, with a bound on what comes out. */
import { joined, type Bytes } from "./bytes";

/** A little at a time goes in, so that a bomb that swells a thousandfold is noticed while it is small. */
const STEP_BYTES = 4096;

/**
 * Hands out what a zlib stream, cut into `pieces`, holds. False where it is broken, ends early, has something behind its
 * end, or holds more than `most` bytes: nothing is read beyond them.
 */
async function inflateEach(pieces: readonly Uint8Array[], most: number, take: (piece: Uint8Array) => void): Promise<boolean> {
  const zlib = new DecompressionStream("deflate");
  const writer = zlib.writable.getWriter();
  // What goes wrong with the stream is told by the reader; the writer's own refusals say the same once more.
  const sent = sendAll(writer, pieces).catch(() => false);
  const reader: ReadableStreamDefaultReader<Uint8Array> = zlib.readable.getReader();
  let length = 0;
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      length += piece.value.length;
      if (length > most) {
        await reader.cancel();
        return false;
      }
      take(piece.value);
    }
    return await sent;
  } catch {
    // The platform throws at whatever is no zlib stream, without a tag to tell how.
    return false;
  }
}

async function sendAll(writer: WritableStreamDefaultWriter<Uint8Array>, pieces: readonly Uint8Array[]): Promise<boolean> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += STEP_BYTES) await writer.write(new Uint8Array(piece.subarray(at, at + STEP_BYTES)));
  }
  await writer.close();
  return true;
}

/** Whether a zlib stream holds exactly `length` bytes. They are counted, not kept. */
export async function holdsExactly(pieces: readonly Uint8Array[], length: number): Promise<boolean> {
  let count = 0;
  const isWhole = await inflateEach(pieces, length, (piece) => {
    count += piece.length;
  });
  return isWhole && count === length;
}

/** What a zlib stream holds, or null where that is more than `most` bytes or it cannot be read. */
export async function inflated(bytes: Uint8Array, most: number): Promise<Bytes | null> {
  const pieces: Uint8Array[] = [];
  return await inflateEach([bytes], most, (piece) => pieces.push(piece)) ? joined(pieces) : null;
}

/** A zlib stream that holds these bytes. */
export async function deflated(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
