/** Misbehaviour of the API on demand: limits, refusals, outages, and answers that never come though the text is on its way. */
import type { MiddlewareHandler } from "hono";
import { untilGone } from "../simulator-machine";
import { refuse } from "./simulator-answer";
import { unauthorized } from "./simulator-auth";
import type { Simulation } from "./simulator-state";

export type Misbehaviour =
  | { readonly kind: "rate_limited"; readonly retryAfterSeconds?: number | undefined }
  /** `unreachable`: the connection breaks before anything was done. */
  | { readonly kind: "unauthorized" | "internal_error" | "unavailable" | "bad_gateway" | "unreachable" }
  /** Carried out, and then: no answer, half an answer, an empty one, an error of Twilio's own. */
  | { readonly kind: "hang" | "answer_lost" | "truncated" | "empty" | "failed_late" }
  | { readonly kind: "slow"; readonly waitMs: number }
  /** Any refusal of Twilio's, by its code. */
  | { readonly kind: "refused"; readonly status: number; readonly code: number; readonly message: string };

/** Stands before the API; the misbehaviour that is due has its way. */
export function misbehave(simulation: Simulation): MiddlewareHandler {
  return async (c, next) => {
    const due = simulation.faults.take(c.req.method, c.req.path);
    const early = due === null ? null : await instead(simulation, due);
    if (early !== null) return early;
    await next();
    if (due !== null) c.res = (await afterwards(simulation, due, c.req.raw.signal, c.res)) ?? c.res;
    return undefined;
  };
}

/** The answer in place of the real one, or null where the call is carried out first. */
async function instead(simulation: Simulation, due: Misbehaviour): Promise<Response | null> {
  switch (due.kind) {
    case "rate_limited":
      return refuse(simulation, { status: 429, code: 20_429, message: "Too Many Requests" }, due.retryAfterSeconds === undefined ? {} : { "retry-after": String(due.retryAfterSeconds) });
    case "unauthorized":
      return unauthorized(simulation);
    case "internal_error":
      return refuse(simulation, { status: 500, code: 20_500, message: "An internal server error has occurred" });
    case "unavailable":
      return refuse(simulation, { status: 503, code: 20_503, message: "Service Unavailable" });
    case "bad_gateway":
      return new Response("<html><h1>502 Bad Gateway</h1></html>", { status: 502, headers: { "content-type": "text/html" } });
    case "unreachable":
      return broken();
    case "refused":
      return refuse(simulation, due);
    case "slow":
      await simulation.wait(due.waitMs);
      return null;
    case "hang":
    case "answer_lost":
    case "truncated":
    case "empty":
    case "failed_late":
      return null;
  }
}

/** What becomes of the answer of a call that was carried out; null leaves it as it is. */
async function afterwards(simulation: Simulation, { kind }: Misbehaviour, signal: AbortSignal, answer: Response): Promise<Response | null> {
  if (kind === "hang") return await untilGone(signal);
  if (kind === "answer_lost") return broken();
  if (kind === "truncated") return new Response((await answer.text()).slice(0, 40), { status: answer.status, headers: { "content-type": "application/json" } });
  if (kind === "empty") return new Response("", { status: answer.status });
  return kind === "failed_late" ? refuse(simulation, { status: 500, code: 20_500, message: "An internal server error has occurred" }) : null;
}

/** The connection breaks before the first byte of the body. */
function broken(): Response {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error("connection reset")) });
  return new Response(body, { status: 200, headers: { "content-type": "application/json" } });
}
