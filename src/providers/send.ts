/**
 * The only way out. Every call has a deadline, a size limit and a known host; a till's calls are further held to an
 * allow-list of (method, path), so that reading is all that can happen there.
 */
import { failed, ok, type Result } from "../kernel/result";
import type { ProviderFailure } from "../kernel/failure";
import type { Manifest } from "./contract";

/** What `fetch` is to a provider; the sandbox passes one that reaches its simulators. */
export type Transport = (request: Request) => Promise<Response>;

export type Outgoing = {
  readonly method: "GET" | "POST";
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

/**
 * Builds the way out for one provider. A host or a (method, path) outside the manifest is a bug of ours and throws;
 * it never reaches the network. Redirects are not followed: a provider's API has no reason to send us elsewhere.
 */
export function createSend(transport: Transport, manifest: Manifest): Send {
  return async (outgoing) => {
    const url = new URL(outgoing.url);
    assertAllowed(manifest, outgoing.method, url);
    const signal = AbortSignal.timeout(outgoing.deadlineMs ?? DEFAULT_DEADLINE_MS);
    const request = new Request(url, {
      method: outgoing.method,
      headers: outgoing.headers ?? {},
      body: outgoing.body ?? null,
      redirect: "manual",
      signal,
    });
    try {
      const response = await transport(request);
      const text = await readText(response, outgoing.maxBytes ?? DEFAULT_MAX_BYTES, signal);
      if (text === null) return down(manifest, "the answer was larger than expected");
      return ok({ status: response.status, headers: response.headers, text });
    } catch (error) {
      return down(manifest, signal.aborted ? "no complete answer within the deadline" : nameOf(error));
    }
  };
}

/** Whether a manifest lets a call out. Exported for the test that walks every provider. */
export function isAllowed(manifest: Manifest, method: string, url: URL): boolean {
  const hostIsKnown = (url.protocol === "https:" && url.port === "") && manifest.hosts.includes(url.hostname);
  if (!hostIsKnown) return false;
  return manifest.allowed.some((rule) => rule.method === method && matches(rule.path, url.pathname));
}

function assertAllowed(manifest: Manifest, method: string, url: URL): void {
  if (!isAllowed(manifest, method, url)) {
    throw new Error(`${manifest.id} may not call ${method} ${url.hostname}${url.pathname}`);
  }
}

function matches(rule: string, path: string): boolean {
  const wanted = rule.split("/");
  const found = path.split("/");
  return wanted.length === found.length && wanted.every((part, i) => (part.startsWith(":") ? found[i] !== "" : part === found[i]));
}

/** Text of the body, or null when it is larger than `maxBytes`. A declared length lets the runtime read it natively. */
async function readText(response: Response, maxBytes: number, signal: AbortSignal): Promise<string | null> {
  const declared = response.headers.get("content-length");
  if (declared !== null && response.headers.get("content-encoding") === null) {
    return Number(declared) > maxBytes ? null : await response.text();
  }
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes || signal.aborted) {
      return null;
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function down(manifest: Manifest, detail: string): Result<never, SendFailure> {
  return failed({ kind: "provider_down", provider: manifest.id, detail });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "network error";
}
