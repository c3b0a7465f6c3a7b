/**
 * A shop's objects in the bucket of documents. Whoever holds the shop's rows holds its objects and nobody else's: every
 * key begins with the shop's id. A key is written once and never again, so what stands under it never changes.
 */
import { assert } from "../kernel/assert";
import type { ShopDb } from "./database";
import type { Bindings } from "./env";

/** Bytes on their way, and how many there will be: R2 takes nothing whose length it is not told. */
export type Sized = { readonly body: ReadableStream<Uint8Array>; readonly sizeBytes: number };

/** A stretch of bytes, from 0. */
export type Stretch = { readonly offset: number; readonly length: number };

/** A part as R2 knows it once it has it. */
export type KeptPart = { readonly number: number; readonly etag: string };

export type Objects = {
  /** Puts an object there. Throws, and leaves nothing, where the body breaks off or has another length than was said. */
  put(key: string, content: Sized): Promise<void>;
  /** An object or a stretch of it, and how many bytes come; null where there is none. */
  get(key: string, stretch: Stretch | null): Promise<Sized | null>;
  /** Removes objects, at most 1,000; those that are not there count as removed. */
  drop(keys: readonly string[]): Promise<void>;
  /** Begins an object that comes in parts; answers R2's id of it. */
  beginParts(key: string): Promise<string>;
  /** Keeps one part in place of an earlier one of its number; answers its etag. */
  putPart(key: string, multipartId: string, number: number, content: Sized): Promise<string>;
  /** Makes the object of its parts. Done twice it is done once. Throws where a part is not the one that was kept. */
  joinParts(key: string, multipartId: string, parts: readonly KeptPart[]): Promise<void>;
  /** Gives up an object in parts with all that came of it; one that was joined or given up already is left. */
  giveUpParts(key: string, multipartId: string): Promise<void>;
};

/** The objects of the shop whose rows these are. Throws for a key of anybody else. */
export function objectsOf(env: Bindings, { shopId }: Pick<ShopDb, "shopId">): Objects {
  const bucket = env.DOCUMENTS;
  const own = (key: string): string => {
    assert(key.startsWith(`${shopId}/`), "a shop's objects are its own");
    return key;
  };
  return {
    put: async (key, content) => void await sending(content, async (body) => await bucket.put(own(key), body)),
    get: async (key, stretch) => await read(bucket, own(key), stretch),
    drop: async (keys) => await bucket.delete(keys.map(own)),
    beginParts: async (key) => (await bucket.createMultipartUpload(own(key))).uploadId,
    putPart: async (key, multipartId, number, content) => (
      await sending(content, async (body) => (await bucket.resumeMultipartUpload(own(key), multipartId).uploadPart(number, body)).etag)
    ),
    joinParts: async (key, multipartId, parts) => await join(bucket, own(key), multipartId, parts),
    giveUpParts: async (key, multipartId) => await giveUp(bucket, own(key), multipartId),
  };
}

/** The whole of bytes that are here. */
export function sizedOf(bytes: Uint8Array<ArrayBuffer>): Sized {
  return { body: new Blob([bytes]).stream(), sizeBytes: bytes.byteLength };
}

async function read(bucket: R2Bucket, key: string, stretch: Stretch | null): Promise<Sized | null> {
  const object = await bucket.get(key, stretch === null ? {} : { range: { offset: stretch.offset, length: stretch.length } });
  return object === null ? null : { body: object.body, sizeBytes: stretch === null ? object.size : stretch.length };
}

/** Where one end breaks the other is stopped, and both are waited for: whoever is told of a failure may be sure that nothing is under way any more. */
async function sending<T>({ body, sizeBytes }: Sized, send: (body: ReadableStream<Uint8Array>) => Promise<T>): Promise<T> {
  const { readable, writable } = new FixedLengthStream(sizeBytes);
  const stop = new AbortController();
  const sending = send(readable).catch((error: unknown) => {
    stop.abort(error);
    throw error;
  });
  const [piped, sent] = await Promise.allSettled([body.pipeTo(writable, { signal: stop.signal }), sending]);
  if (piped.status === "rejected") throw piped.reason;
  if (sent.status === "rejected") throw sent.reason;
  return sent.value;
}

/** R2 has forgotten an upload that was joined: whether its object is there tells whether this was done before. */
async function join(bucket: R2Bucket, key: string, multipartId: string, parts: readonly KeptPart[]): Promise<void> {
  try {
    await bucket.resumeMultipartUpload(key, multipartId).complete(parts.map(({ number, etag }) => ({ partNumber: number, etag })));
  } catch (error) {
    if ((await bucket.head(key)) === null) throw error;
  }
}

async function giveUp(bucket: R2Bucket, key: string, multipartId: string): Promise<void> {
  try {
    await bucket.resumeMultipartUpload(key, multipartId).abort();
  } catch (error) {
    // R2 forgets uploads that were joined or given up, and after seven days all others: there is nothing left to give up.
    if (!(error instanceof Error)) throw error;
  }
}
