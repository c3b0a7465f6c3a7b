/**
 * The only way out. Every call has a deadline, a size limit and a known host; a till's calls are further held to an
 * allow-list of (method, path), so that reading is all that can happen there.
 */
import { failed, ok, type Result } from "../kernel/result";
import type { ProviderFailure } from "../kernel/failure";
import type { Reach } from "./contract";

/** What `fetch` is to a provider; the sandbox passes one that reaches its simulators. */
export type Transport = (request: Request) => Promise<Response>;

export type Outgoing = {
  readonly method: "GET" | "POST" | "PUT";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly deadlineMs?: number;
  readonly maxBytes?: number;
};

/** A complete answer of any status. `text` was read within the deadline and the size limit. */
export type Incoming = { readonly status: number; readonly headers: Headers; readonly text: string };

/** No complete answer came. The request may have had an effect all the same: a writer calls this `answer_lost`. */
export type SendFailure = Extract<ProviderFailure, { kind: "provider_down" }>;

export type Send = (outgoing: Outgoing) => Promise<Result<Incoming, SendFailure>>;

const DEFAULT_DEADLINE_MS = 20_000;
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
const PIECE_BYTES = 128 * 1024;

/**
 * Builds the way out to one service. A host or a (method, path) outside its reach is a bug of ours and throws;
 * it never reaches the network. Redirects are not followed: a provider's API has no reason to send us elsewhere.
 */
export function createSend(transport: Transport, reach: Reach): Send {
  return async (outgoing) => {
    const url = new URL(outgoing.url);
    assertAllowed(reach, outgoing.method, url);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), outgoing.deadlineMs ?? DEFAULT_DEADLINE_MS);
    try {
      const answer = exchange(transport, requestOf(outgoing, url, deadline.signal), outgoing.maxBytes ?? DEFAULT_MAX_BYTES);
      // A transport may ignore the signal, so the wait itself ends too.
      const incoming = await Promise.race([answer, whenAborted(deadline.signal)]);
      return incoming === null ? down(reach, "the answer was larger than expected") : ok(incoming);
    } catch (error) {
      return down(reach, deadline.signal.aborted ? "no complete answer within the deadline" : nameOf(error));
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Whether a reach lets a call out. Exported for the test that walks every provider. */
export function isAllowed(reach: Reach, method: string, url: URL): boolean {
  const hostIsKnown = (url.protocol === "https:" && url.port === "") && reach.hosts.includes(url.hostname);
  if (!hostIsKnown) return false;
  return reach.allowed.some((rule) => rule.method === method && matches(rule.path, url.pathname));
}

function assertAllowed(reach: Reach, method: string, url: URL): void {
  if (!isAllowed(reach, method, url)) {
    throw new Error(`${reach.id} may not call ${method} ${url.hostname}${url.pathname}`);
  }
}

function matches(rule: string, path: string): boolean {
  const wanted = rule.split("/");
  const found = path.split("/");
  return wanted.length === found.length && wanted.every((part, i) => (part.startsWith(":") ? found[i] !== "" : part === found[i]));
}

function requestOf(outgoing: Outgoing, url: URL, signal: AbortSignal): Request {
  const { method, headers = {}, body = null } = outgoing;
  return new Request(url, { method, headers, body, redirect: "manual", signal });
}

/** The complete answer, or null when it is larger than `maxBytes`. */
async function exchange(transport: Transport, request: Request, maxBytes: number): Promise<Incoming | null> {
  const response = await transport(request);
  const text = await readText(response, maxBytes, request.signal);
  return text === null ? null : { status: response.status, headers: response.headers, text };
}

/** Never fulfils; rejects when the deadline passes. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("deadline")), { once: true });
  });
}

/** Text of the body, or null when it is larger than `maxBytes`. A declared length lets the runtime read it natively. */
async function readText(response: Response, maxBytes: number, signal: AbortSignal): Promise<string | null> {
  const declared = response.headers.get("content-length");
  if (declared !== null && response.headers.get("content-encoding") === null) {
    return Number(declared) <= maxBytes ? await response.text() : await discard(response);
  }
  if (response.body === null) return "";
  const reader = byteReaderOf(response.body);
  const bytes = reader === null ? await gather(response.body, maxBytes, signal) : await fill(reader, maxBytes, signal);
  if (bytes === null) return null;
  const text = new TextDecoder().decode(bytes);
  // Frees the memory now: a long day would leave a megabyte a page for the next collection, beside a limit of 128.
  bytes.buffer.transfer(0);
  return text;
}

/**
 * The bytes of a body that the runtime feeds: compressed answers come this way. The 4 kB at a time of a plain reader
 * cost more than parsing what they hold, and text that is joined piece by piece needs three times its memory.
 */
async function fill(reader: ReadableStreamBYOBReader, maxBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
  let bytes = new Uint8Array(4 * PIECE_BYTES);
  let length = 0;
  let piece = await reader.read(new Uint8Array(PIECE_BYTES));
  while (!piece.done) {
    const { value } = piece;
    if (length + value.byteLength > maxBytes) {
      await reader.cancel();
      return null;
    }
    // Nobody waits any longer: stop pulling, so that a slow answer does not outlive its deadline.
    signal.throwIfAborted();
    if (length + value.byteLength > bytes.byteLength) bytes = new Uint8Array(bytes.buffer.transfer(2 * bytes.byteLength));
    bytes.set(value, length);
    length += value.byteLength;
    piece = await reader.read(new Uint8Array(value.buffer));
  }
  return bytes.subarray(0, length);
}

/** The same for a body that JavaScript feeds, which fills no buffer of ours. */
async function gather(body: ReadableStream<Uint8Array>, maxBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    signal.throwIfAborted();
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Null for a stream that JavaScript feeds: only those that the runtime feeds can fill a buffer of ours. */
function byteReaderOf(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return body.getReader({ mode: "byob" });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

async function discard(response: Response): Promise<null> {
  await response.body?.cancel();
  return null;
}

function down(reach: Reach, detail: string): Result<never, SendFailure> {
  return failed({ kind: "provider_down", provider: reach.id, detail });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "network error";
}
