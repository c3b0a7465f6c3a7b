/** The body of whatever may change something: at most so many bytes, JSON, in UTF-8, read once for everybody. */
import { createMiddleware } from "hono/factory";
import { failed, ok, type Result } from "../kernel/result";
import { problemOfJson } from "./plain-json";
import type { AppEnv } from "./router";
import { isUnsafe } from "./same-origin";
import { refuse } from "./respond";

/** Far more than any form of ours: the largest is a whole mapping, of about 200 lines. */
export const LARGEST_BODY_BYTES = 65_536;

/** What takes a file and reads it as it comes, by itself and to a limit of its own; `:name` stands for one step of a path. */
const STREAMED: readonly RegExp[] = [
  "POST /shop/api/files",
  "POST /shop/api/documents/file",
  "PUT /shop/api/documents/:document/file",
  "PUT /shop/api/documents/:document/thumbnail",
  "PUT /shop/api/documents/uploads/:upload/parts/:part",
  "POST /shop/api/contacts/imports",
].map((route) => new RegExp(`^${route.replace(/:[a-z]+/g, "[^/]+")}$`));

/** Exactly JSON (RFC 8259), in the one encoding that it may have. */
const JSON_TYPE = /^application\/json(?:\s*;\s*charset=(?:utf-8|"utf-8"))?$/i;

/**
 * Refuses, before any handler runs: a body that is too large (413), of another type (415), not UTF-8, not JSON, or JSON
 * that could mean two things (400).
 * A request without a body passes; what it needs is for its schema to say.
 */
export const jsonBody = createMiddleware<AppEnv>(async (c, next) => {
  const request = c.req.raw;
  if (!isUnsafe(request.method) || isStreamed(`${request.method} ${c.req.path}`)) return await next();
  const read = await readBody(request);
  if (!read.ok) return refuse(c, read.failure);
  c.req.raw = new Request(request, { method: request.method, body: read.value === "" ? null : read.value });
  return await next();
});

function isStreamed(route: string): boolean {
  return STREAMED.some((streamed) => streamed.test(route));
}

async function readBody(request: Request): Promise<Result<string>> {
  const bytes = await readAtMost(request.body, LARGEST_BODY_BYTES);
  if (bytes === null) return failed({ kind: "too_large", limitBytes: LARGEST_BODY_BYTES });
  const type = request.headers.get("content-type");
  if (type === null ? bytes.byteLength > 0 : !JSON_TYPE.test(type)) return failed({ kind: "wrong_media_type", expected: "application/json" });
  if (type === null) return ok("");
  return textOf(bytes);
}

/** The bytes of a stream, or null as soon as there are more than `limit`; what is declared of its length is not believed. */
export async function readAtMost(stream: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return joined(chunks, size);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

function textOf(bytes: Uint8Array): Result<string> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    JSON.parse(text);
    const problem = problemOfJson(text);
    return problem === null ? ok(text) : unreadable(problem);
  } catch {
    return unreadable("That is not JSON in UTF-8."); // the decoder and the parser throw on nothing but their input, and quote it
  }
}

function unreadable(message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [] });
}
