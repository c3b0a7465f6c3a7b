/** The content of a document on its way: where it stands in the bucket, and as which part of it is wanted. */
import type { ByteRange } from "../../http/byte-range";
import { lengthOf } from "../../http/byte-range";
import type { Bindings } from "../../platform/env";
import type { LinkedDocument } from "./store";

/** The bytes of a document, all or a part; null where the bucket has no such object. */
export async function openDocument(env: Bindings, found: LinkedDocument, range: ByteRange | null): Promise<ReadableStream<Uint8Array> | null> {
  const object = await env.DOCUMENTS.get(found.objectKey, range === null ? {} : { range: { offset: range.first, length: lengthOf(range) } });
  return object?.body ?? null;
}

/** A small picture of a document with its type; null where it has none. */
export async function openThumbnail(env: Bindings, { thumbnailKey }: LinkedDocument): Promise<{ readonly body: ReadableStream<Uint8Array>; readonly type: string } | null> {
  const object = thumbnailKey === null ? null : await env.DOCUMENTS.get(thumbnailKey);
  return object === null ? null : { body: object.body, type: object.httpMetadata?.contentType ?? "image/jpeg" };
}
