/** Calls that go wrong on demand, the pace that Clover allows, and a journal of everything that arrived. */
import type { MiddlewareHandler } from "hono";
import { SECOND } from "../../kernel/clock";
import { refuse } from "./simulator-answer";
import type { Fault, Limit, Simulation } from "./simulator-state";

const JOURNAL_LENGTH = 500;
/** Asking before the wait is over makes it longer by as much again. */
const PENALTY = 2;

/** Writes every call down, holds it to the pace, and lets it go wrong where a fault says so. */
export function misbehave(simulation: Simulation): MiddlewareHandler {
  const paced = pace(simulation);
  return async (c, next) => {
    const url = new URL(c.req.url);
    const fault = takeFault(simulation, url.pathname);
    const refused = tooEarly(simulation) ?? paced(c.req.header("authorization") ?? "") ?? (fault === null ? null : await instead(simulation, fault, c.req.raw.signal));
    if (refused === null) await next();
    else c.res = refused;
    if (refused === null && fault !== null) c.res = await spoiled(fault, c.res);
    simulation.journal.push({ at: simulation.clock(), method: c.req.method, host: url.hostname, path: url.pathname, query: url.search, status: c.res.status });
    if (simulation.journal.length > JOURNAL_LENGTH) simulation.journal.shift();
  };
}

/** A refusal for too much at once holds for everything that comes before it is over. */
function tooEarly(simulation: Simulation): Response | null {
  const { state } = simulation;
  const leftMs = state.waitUntil - simulation.clock();
  if (leftMs <= 0) return null;
  state.waitUntil = simulation.clock() + leftMs * PENALTY;
  return limited("tokenConcurrentLimit", Math.ceil((leftMs * PENALTY) / SECOND));
}

/** So many calls in each second of the clock, for each token. */
function pace(simulation: Simulation): (token: string) => Response | null {
  const counts = new Map<string, { second: number; calls: number }>();
  return (token) => {
    if (simulation.callsPerSecond === null || token === "") return null;
    const second = Math.floor(simulation.clock() / SECOND);
    const known = counts.get(token);
    const calls = known?.second === second ? known.calls + 1 : 1;
    counts.set(token, { second, calls });
    return calls > simulation.callsPerSecond ? limited("tokenLimit", null) : null;
  };
}

function takeFault(simulation: Simulation, path: string): Fault | null {
  const index = simulation.state.faults.findIndex((one) => path.includes(one.path));
  const fault = simulation.state.faults[index];
  if (fault === undefined) return null;
  const isWaiting = fault.skip > 0;
  const rest = isWaiting ? { ...fault, skip: fault.skip - 1 } : { ...fault, times: fault.times - 1 };
  simulation.state.faults.splice(index, 1, ...(rest.times > 0 ? [rest] : []));
  return isWaiting ? null : fault;
}

/** The answer in place of the real one, or null where the call is carried out first. */
async function instead(simulation: Simulation, fault: Fault, signal: AbortSignal): Promise<Response | null> {
  const answers: Record<Fault["kind"], () => Response | null | Promise<Response>> = {
    rate_limited: () => rateLimited(simulation, fault),
    unauthorized: () => refuse(401, "401 Unauthorized"),
    internal_error: () => refuse(500, "Internal Server Error"),
    bad_gateway: () => new Response("<html><h1>502 Bad Gateway</h1></html>", { status: 502, headers: { "content-type": "text/html" } }),
    unavailable: () => refuse(503, "Service Unavailable"),
    hang: () => untilAborted(signal),
    truncated: () => null,
    empty: () => null,
    answer_lost: () => null,
  };
  return await answers[fault.kind]();
}

/** Only a refusal for too much at once says when to come back. */
function rateLimited(simulation: Simulation, { limit = "tokenLimit", retryAfterSeconds = 2 }: Fault): Response {
  const isAboutConcurrency = limit === "tokenConcurrentLimit" || limit === "crossTokenConcurrentLimit";
  if (isAboutConcurrency) simulation.state.waitUntil = simulation.clock() + retryAfterSeconds * SECOND;
  return limited(limit, isAboutConcurrency ? retryAfterSeconds : null);
}

function limited(limit: Limit, retryAfterSeconds: number | null): Response {
  const headers = { [`x-ratelimit-${limit}`]: "1", ...(retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) }) };
  return refuse(429, "429 Too Many Requests", headers);
}

/** Nobody reads this answer: it only ends the handler once the caller gave up. */
function untilAborted(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(new Response(null, { status: 504 })), { once: true });
  });
}

async function spoiled(fault: Fault, response: Response): Promise<Response> {
  const text = await response.text();
  const headers = { "content-type": response.headers.get("content-type") ?? "application/json" };
  if (fault.kind === "truncated") return new Response(text.slice(0, text.length / 2), { status: response.status, headers });
  if (fault.kind === "empty") return new Response("", { status: response.status, headers });
  return new Response(new ReadableStream({ start: (controller) => controller.error(new Error("connection reset")) }), { status: response.status, headers });
}
