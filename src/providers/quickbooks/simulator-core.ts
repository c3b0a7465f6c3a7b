/** What every part of the simulated QuickBooks Online shares: its clock, its memory, and how it answers. */
import { encodeHexLowerCase } from "@oslojs/encoding";
import type { Context } from "hono";
import type { Clock, RandomBytes } from "../../kernel/clock";
import type { ArrivedCall, RegisteredClient } from "../simulator-machine";
import type { Faults, RateLimiter } from "./simulator-faults";
import type { Refusal } from "./simulator-refusals";
import type { Company, SimulatorState } from "./simulator-state";

/** What can be switched while it runs. */
export type Switches = {
  /** Real time that every answer takes. */
  latencyMs: number;
  /** Business faults come with this HTTP status; QuickBooks has been seen with either. */
  faultStatus: 200 | 400;
  /** A repeated request id brings the first answer, or 600. */
  repeats: "replayed" | "refused";
};

export type Simulation = {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly clients: readonly RegisteredClient[];
  readonly state: SimulatorState;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  readonly switches: Switches;
  /** The newest calls last, at most 2,000. */
  readonly calls: ArrivedCall[];
  /** Every code and token ever issued by this instance, for the search that must not find them elsewhere. */
  readonly issued: Set<string>;
};

export { bodyOf, ConnectionLost, issue } from "../simulator-machine";

/** Variables of a request to the API: the company that the token opened. */
export type Env = { Variables: { company: Company } };

/** `intuit_tid` of one answer. */
export function newTid(simulation: Simulation): string {
  return `1-${encodeHexLowerCase(simulation.random(4))}-${encodeHexLowerCase(simulation.random(12))}`;
}

/** `2026-01-05T08:00:00-08:00`: QuickBooks writes instants with the offset of its own servers. */
export function timestamp(instant: number): string {
  return `${new Date(instant - 8 * 3_600_000).toISOString().slice(0, 19)}-08:00`;
}

/** The server's date, which is an entry's date when it names none. */
export function serverDate(instant: number): string {
  return timestamp(instant).slice(0, 10);
}

/** An answer of the API, JSON when the caller accepts it and XML when it forgot to say so. */
export function answer(context: Context, body: Readonly<Record<string, unknown>>, status: Refusal["status"] = 200): Response {
  const accepts = context.req.header("accept") ?? "";
  if (accepts.includes("json")) return context.json(body, status);
  const xml = `<?xml version="1.0" encoding="UTF-8"?><IntuitResponse>${toXml(body)}</IntuitResponse>`;
  return context.body(xml, status, { "content-type": "application/xml" });
}

/** A refusal in the spelling of the layer that refuses. */
export function refuseWith(context: Context, refusal: Refusal, simulation: Simulation): Response {
  const status = refusal.status === 400 ? simulation.switches.faultStatus : refusal.status;
  const { code, message, detail, type } = refusal;
  if (refusal.spelling === "capital") {
    const Fault = { Error: [{ Message: message, Detail: detail, code, element: "" }], type };
    return answer(context, { Fault, time: timestamp(simulation.clock()) }, status);
  }
  const fault = { error: [{ message, detail, code, element: null }], type };
  const empty = { report: null, queryResponse: null, batchItemResponse: [], attachableResponse: [], syncErrorResponse: null };
  return answer(context, { warnings: null, intuitObject: null, fault, ...empty, requestId: null, time: simulation.clock(), status: null }, status);
}

function toXml(value: unknown): string {
  if (Array.isArray(value)) return value.map(toXml).join("");
  if (typeof value === "string") return escapeXml(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  return Object.entries(value)
    .flatMap(([name, inner]) => (Array.isArray(inner) ? inner.map((one: unknown) => [name, one] as const) : [[name, inner] as const]))
    .map(([name, inner]) => `<${name}>${toXml(inner)}</${name}>`)
    .join("");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
