/** Misbehaviour on demand: limits, outages, and answers that never come though the letter was taken. */
import type { MiddlewareHandler } from "hono";
import { refuse } from "./simulator-api";
import type { Fault, Simulation } from "./simulator-state";

/** Stands before the API; the next fault that waits has its way. */
export function misbehave(simulation: Simulation): MiddlewareHandler {
  return async (c, next) => {
    const fault = takeFault(simulation);
    const early = fault === null ? null : await instead(simulation, fault);
    if (early !== null) return early;
    await next();
    if (fault?.kind === "hang") c.res = await untilAborted(c.req.raw.signal);
    if (fault?.kind === "answer_lost") c.res = new Response(broken(), { status: 200, headers: { "content-type": "application/json" } });
    if (fault?.kind === "empty") c.res = new Response("", { status: 200 });
    return undefined;
  };
}

function takeFault({ faults }: Simulation): Fault | null {
  const [fault] = faults;
  if (fault === undefined) return null;
  faults.splice(0, 1, ...(fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : []));
  return fault;
}

/** The answer in place of the real one, or null where the call is carried out first. */
async function instead({ wait }: Simulation, fault: Fault): Promise<Response | null> {
  switch (fault.kind) {
    case "rate_limited": {
      const headers = fault.retryAfterSeconds === undefined ? undefined : { "retry-after": String(fault.retryAfterSeconds) };
      return refuse({ status: 429, name: "rate_limit_exceeded", message: "Too many requests. You can only make 2 requests per second." }, headers);
    }
    case "internal_error":
      return refuse({ status: 500, name: "application_error", message: "An unexpected error occurred." });
    case "unauthorized":
      return refuse({ status: 403, name: "invalid_api_key", message: "API key is invalid" });
    case "slow":
      await wait(fault.waitMs);
      return null;
    case "hang":
    case "answer_lost":
    case "empty":
      return null;
  }
}

/** Nobody reads this answer: it only ends the handler once the caller gave up. */
function untilAborted(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => {
    const end = (): void => resolve(new Response(null, { status: 504 }));
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
  });
}

/** The connection breaks before the first byte of the body. */
function broken(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.error(new Error("connection reset")) });
}
