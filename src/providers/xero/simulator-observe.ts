/** The gate in front of every vendor path: records the call, waits, and misbehaves when asked to. */
import type { Context, MiddlewareHandler } from "hono";
import { unreachable } from "../../kernel/assert";
import { bodyOf, ConnectionLost, refuse, type Call, type Env, type Simulation } from "./simulator-core";
import { remember, untilGone } from "../simulator-machine";
import type { Misbehaviour, Problem } from "./simulator-faults";

const HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>";

/** Builds the gate. */
export function observe(simulation: Simulation): MiddlewareHandler<Env> {
  return async (context, next) => {
    const { req } = context;
    const url = new URL(req.url);
    const body = req.method === "GET" ? "" : (await bodyOf(context)).slice(0, 2_000);
    const call: Call = {
      at: simulation.clock(), method: req.method, host: req.header("host") ?? url.host, path: url.pathname, query: url.search,
      tenant: req.header("xero-tenant-id") ?? "", body, status: null,
    };
    if (simulation.switches.latencyMs > 0) await simulation.wait(simulation.switches.latencyMs);
    const misbehaviour = simulation.faults.take(req.method, url.pathname);
    if (misbehaviour?.kind === "hang") remember(simulation.calls, call);
    const early = misbehaviour === null ? null : await instead(misbehaviour, context, simulation);
    if (early === null) await next();
    const whole = early ?? context.res;
    remember(simulation.calls, { ...call, status: whole.status });
    context.res = undefined; // otherwise the new answer would inherit the old one's headers
    context.res = misbehaviour === null ? whole : await damaged(misbehaviour, whole, simulation);
  };
}

/** 429 as Xero says it: which limit, and when to come back. */
export function throttled(context: Context, simulation: Simulation, problem: Problem, retryAfterSeconds: number | null): Response {
  const response = refuse(context, simulation, 429, "TooManyRequests", `The ${problem} limit was reached.`);
  response.headers.set("x-rate-limit-problem", problem);
  if (retryAfterSeconds !== null) response.headers.set("retry-after", String(retryAfterSeconds));
  return response;
}

/** An answer that comes in place of execution, or null where the call is executed. */
async function instead(misbehaviour: Misbehaviour, context: Context, simulation: Simulation): Promise<Response | null> {
  switch (misbehaviour.kind) {
    case "throttle":
      return throttled(context, simulation, misbehaviour.problem, misbehaviour.retryAfterSeconds);
    case "status":
      return refusalOf(misbehaviour.status, context, simulation);
    case "html":
      return new Response(HTML, { status: misbehaviour.status, headers: { "content-type": "text/html" } });
    case "hang":
      return await untilGone(context.req.raw.signal);
    case "slow": case "truncated": case "empty": case "lost":
      return null;
  }
  return unreachable(misbehaviour);
}

function refusalOf(status: 401 | 403 | 500 | 503, context: Context, simulation: Simulation): Response {
  if (status === 401) return refuse(context, simulation, 401, "Unauthorized", "TokenExpired: token expired at 01/01/2026 00:00:00");
  if (status === 403) return refuse(context, simulation, 403, "Forbidden", "AuthenticationUnsuccessful");
  if (status === 503) return refuse(context, simulation, 503, "ServiceUnavailable", "The organisation is offline");
  return new Response(HTML, { status, headers: { "content-type": "text/html" } });
}

/** The answer of a call that was executed, as it leaves. */
async function damaged(misbehaviour: Misbehaviour, whole: Response, simulation: Simulation): Promise<Response> {
  const { kind } = misbehaviour;
  if (kind === "lost") throw new ConnectionLost("the connection broke before the answer");
  if (kind === "empty") return new Response("", { status: whole.status });
  if (kind === "slow") await simulation.wait(misbehaviour.milliseconds);
  if (kind !== "truncated") return whole;
  const text = await whole.text();
  return new Response(text.slice(0, text.length / 2), { status: whole.status, headers: { "content-type": "application/json" } });
}
