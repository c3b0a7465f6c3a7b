/** Misbehaviour on demand, latency, and the journal of calls. */
import type { MiddlewareHandler } from "hono";
import { json, refuse } from "./simulator-answer";
import type { Fault, Simulation } from "./simulator-state";

const JOURNAL_LENGTH = 500;
const BODY_KEPT = 1_000;

/** Stands before every vendor path. */
export function misbehave(simulation: Simulation): MiddlewareHandler {
  return async (c, next) => {
    const url = new URL(c.req.url);
    const body = c.req.path.startsWith("/v2/") && c.req.method === "POST" ? (await c.req.text()).slice(0, BODY_KEPT) : "";
    if (simulation.state.latencyMs > 0) await simulation.delay(simulation.state.latencyMs);
    const fault = takeFault(simulation, c.req.path);
    const early = fault === null ? null : await instead(fault, c.req.raw.signal);
    if (early === null) await next();
    else c.res = early;
    if (fault !== null && early === null) c.res = await spoiled(simulation, fault, c.res);
    const line = { at: simulation.clock(), method: c.req.method, host: url.host, path: c.req.path, query: url.search, body };
    simulation.journal.push({ ...line, status: c.res.status });
    if (simulation.journal.length > JOURNAL_LENGTH) simulation.journal.shift();
  };
}

/** The first fault that waits for this path; each fault counts its own calls down. */
function takeFault(simulation: Simulation, path: string): Fault | null {
  const index = simulation.state.faults.findIndex((fault) => path.startsWith(fault.path));
  const fault = simulation.state.faults[index];
  if (fault === undefined) return null;
  const isWaiting = fault.skip > 0;
  const rest = isWaiting ? { ...fault, skip: fault.skip - 1 } : { ...fault, times: fault.times - 1 };
  simulation.state.faults.splice(index, 1, ...(rest.times > 0 ? [rest] : []));
  simulation.onChange();
  return isWaiting ? null : fault;
}

/** The answer in place of the real one, or null where the call is carried out first. */
async function instead(fault: Fault, signal: AbortSignal): Promise<Response | null> {
  const answers: Record<Fault["kind"], () => Response | null | Promise<Response>> = {
    rate_limited: () => rateLimited(fault.retryAfterSeconds),
    internal_error: () => refuse(500, "API_ERROR", "INTERNAL_SERVER_ERROR", "An internal error has occurred."),
    bad_gateway: () =>
      new Response("<html><h1>502 Bad Gateway</h1></html>", { status: 502, headers: { "content-type": "text/html" } }),
    unavailable: () => refuse(503, "API_ERROR", "SERVICE_UNAVAILABLE", "Service unavailable."),
    hang: () => untilAborted(signal),
    slow_body: () => null,
    truncated: () => null,
    empty: () => null,
    answer_lost: () => null,
  };
  return await answers[fault.kind]();
}

function rateLimited(retryAfterSeconds: number | undefined): Response {
  const error = { category: "RATE_LIMIT_ERROR", code: "RATE_LIMITED", detail: "This request was rate limited, please retry later." };
  return json({ errors: [error] }, 429, retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) });
}

/** Nobody reads this answer: it only ends the handler once the caller gave up. */
function untilAborted(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(new Response(null, { status: 504 })), { once: true });
  });
}

async function spoiled(simulation: Simulation, fault: Fault, response: Response): Promise<Response> {
  const text = await response.text();
  const headers = { "content-type": response.headers.get("content-type") ?? "application/json" };
  if (fault.kind === "truncated") return new Response(text.slice(0, text.length / 2), { status: response.status, headers });
  if (fault.kind === "empty") return new Response("", { status: response.status, headers });
  const body = fault.kind === "answer_lost" ? broken() : dripping(simulation, new TextEncoder().encode(text));
  return new Response(body, { status: response.status, headers });
}

/** The connection breaks before the first byte of the body. */
function broken(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.error(new Error("connection reset")) });
}

function dripping(simulation: Simulation, bytes: Uint8Array): ReadableStream<Uint8Array> {
  const size = Math.max(1, Math.ceil(bytes.byteLength / 20));
  let offset = 0;
  return new ReadableStream({
    async pull(controller) {
      await simulation.delay(250);
      controller.enqueue(bytes.slice(offset, offset + size));
      offset += size;
      if (offset >= bytes.byteLength) controller.close();
    },
  });
}
