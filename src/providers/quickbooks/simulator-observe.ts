/** The gate in front of every vendor path: records the call, waits, misbehaves when asked to, and signs the answer. */
import type { MiddlewareHandler } from "hono";
import { unreachable } from "../../kernel/assert";
import { bodyOf, ConnectionLost, newTid, refuseWith, type Env, type Simulation } from "./simulator-core";
import { remember, untilGone, type ArrivedCall } from "../simulator-machine";
import type { Misbehaviour } from "./simulator-faults";
import { notAuthenticated, notAuthorized, throttled, type Refusal } from "./simulator-refusals";

const HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>";

/** Builds the gate. */
export function observe(simulation: Simulation): MiddlewareHandler<Env> {
  return async (context, next) => {
    const { req } = context;
    const url = new URL(req.url);
    const body = req.method === "POST" ? (await bodyOf(context)).slice(0, 2_000) : "";
    const call: ArrivedCall = { at: simulation.clock(), method: req.method, host: req.header("host") ?? url.host, path: url.pathname, query: url.search, body, status: null };
    const keep = (status: number | null) => remember(simulation.calls, { ...call, status });
    if (simulation.switches.latencyMs > 0) await simulation.wait(simulation.switches.latencyMs);
    const misbehaviour = simulation.faults.take(req.method, url.pathname);
    const early = misbehaviour === null ? null : await instead(misbehaviour, context, simulation, keep);
    if (early === null) await next();
    const whole = early ?? context.res;
    keep(whole.status);
    context.res = undefined; // otherwise the new answer would inherit the old one's headers
    context.res = misbehaviour === null ? whole : await damaged(misbehaviour, whole, simulation);
    context.res.headers.set("intuit_tid", newTid(simulation));
  };
}

/** An answer that comes in place of execution, or null where the call is executed. */
async function instead(
  misbehaviour: Misbehaviour, context: Parameters<MiddlewareHandler<Env>>[0], simulation: Simulation, keep: (status: null) => void,
): Promise<Response | null> {
  switch (misbehaviour.kind) {
    case "throttle": {
      const response = refuseWith(context, throttled, simulation);
      if (misbehaviour.retryAfterSeconds !== null) response.headers.set("retry-after", String(misbehaviour.retryAfterSeconds));
      return response;
    }
    case "status":
      return refuseWith(context, refusalOf(misbehaviour.status), simulation);
    case "html":
      return new Response(HTML, { status: misbehaviour.status, headers: { "content-type": "text/html" } });
    case "fault":
      return refuseWith(context, { ...misbehaviour, type: "ValidationFault", spelling: "capital" }, { ...simulation, switches: { ...simulation.switches, faultStatus: 400 } });
    case "hang":
      keep(null);
      return await untilGone(context.req.raw.signal);
    case "slow": case "truncated": case "empty": case "lost":
      return null;
  }
  return unreachable(misbehaviour);
}

function refusalOf(status: 401 | 403 | 500 | 503): Refusal {
  if (status === 401) return notAuthenticated;
  if (status === 403) return notAuthorized;
  return { status, code: "10000", message: "An application error has occurred", detail: "System Failure Error", type: "SystemFault", spelling: "capital" };
}

/** The answer of a call that was executed, as it leaves. */
async function damaged(misbehaviour: Misbehaviour, whole: Response, simulation: Simulation): Promise<Response> {
  const { kind } = misbehaviour;
  if (kind === "lost") throw new ConnectionLost("the connection broke before the answer");
  if (kind === "empty") return new Response("", { status: whole.status });
  if (kind !== "truncated" && kind !== "slow") return whole;
  const text = await whole.text();
  const headers = { "content-type": "application/json" };
  if (kind === "truncated") return new Response(text.slice(0, text.length / 2), { status: whole.status, headers });
  return new Response(drip(text, misbehaviour.milliseconds, simulation), { status: whole.status, headers });
}

/** A body in ten pieces over the given time. */
function drip(text: string, milliseconds: number, simulation: Simulation): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const size = Math.ceil(bytes.length / 10);
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      await simulation.wait(milliseconds / 10);
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
      if (at >= bytes.length) controller.close();
    },
  });
}
