/** Bytes as they arrive: looked at, counted and hashed on their way, and stopped as soon as they are not what they must be. */
import type { Failure } from "../../kernel/failure";
import { failed, type Failed } from "../../kernel/result";
import { createDigest } from "../../platform/digest";
import type { Sized } from "../../platform/objects";
import { checkText } from "./media/text";

/** What is demanded of bytes on their way. `until`: after that instant the object that they go to may be given up. */
export type Demand = { readonly isText: boolean; readonly checksum: string | null; readonly until: number; readonly clock: () => number };

export type Arrival = {
  /** The bytes, to be sent on. They break off where they are not as demanded. */
  readonly content: Sized;
  /** What was wrong with them; null where nothing was. To be asked once they were sent on or broke off. */
  readonly refusal: () => Failed | null;
  /** The SHA-256 of everything that arrived, once all of it has. */
  readonly checksum: () => string;
};

/** Thrown into a stream to end it; why stands beside it. */
class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Watches bytes of which so many were announced. */
export function watched({ body, sizeBytes }: Sized, { isText, checksum, until, clock }: Demand): Arrival {
  const [digest, text] = [createDigest(), isText ? checkText() : null];
  let refusal: Failed | null = null;
  let arrivedBytes = 0;
  let found = "";
  const stop = (reason: Failed): never => {
    refusal = reason;
    throw new Stopped("what arrives is not what it must be");
  };
  const stream = new TransformStream<Uint8Array, Uint8Array>({
    transform: async (piece, controller) => {
      arrivedBytes += piece.byteLength;
      if (arrivedBytes > sizeBytes) stop(NOT_WHOLE);
      if (clock() >= until) stop(TOO_LATE);
      if (text !== null && !text.take(piece)) stop(NO_TEXT);
      await digest.write(piece);
      controller.enqueue(piece);
    },
    flush: async () => {
      found = await digest.finish();
      if (arrivedBytes < sizeBytes) stop(NOT_WHOLE);
      if (text !== null && !text.end()) stop(NO_TEXT);
      if (checksum !== null && checksum !== found) stop(NOT_THE_SAME);
    },
  });
  return { content: { body: body.pipeThrough(stream), sizeBytes }, refusal: () => refusal, checksum: () => found };
}

/** The first bytes of a body, at most `most`, and a body that still begins with them. */
export async function peek({ body, sizeBytes }: Sized, most: number): Promise<{ readonly head: Uint8Array<ArrayBuffer>; readonly whole: Sized }> {
  const reader = body.getReader();
  const head = new Uint8Array(Math.min(most, sizeBytes));
  const taken: Uint8Array[] = [];
  for (let held = 0; held < head.byteLength; ) {
    const { value, done } = await reader.read();
    if (done) break;
    head.set(value.subarray(0, head.byteLength - held), held);
    held += value.byteLength;
    taken.push(value);
  }
  const length = taken.reduce((sum, piece) => sum + piece.byteLength, 0);
  return { head: head.subarray(0, Math.min(length, head.byteLength)), whole: { body: again(taken, reader), sizeBytes } };
}

function again(taken: Uint8Array[], reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const piece = taken.shift() ?? (await reader.read()).value;
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
    cancel: async (reason) => await reader.cancel(reason),
  }, { highWaterMark: 0 });
}

const NOT_WHOLE = refused("The file did not arrive whole. Nothing of it was kept; send it again.");
const NOT_THE_SAME = refused("The file changed on its way here. Nothing of it was kept; send it again.");
const NO_TEXT = refused("The file begins as text and goes on as something else. Nothing of it was kept; send a PDF, a photo, or text in UTF-8.");
const TOO_LATE = refused("The file took too long to arrive. Nothing of it was kept; send it again over a faster line, or in parts.");

/** `invalid_input` on the field `file`. */
export function refused(message: string): Failed {
  const failure: Failure = { kind: "invalid_input", message, fields: [{ path: "file", message }] };
  return failed(failure);
}
