/** What every part of the simulated Xero shares: its clock, its memory, and how it answers. */
import { encodeHexLowerCase } from "@oslojs/encoding";
import type { Context } from "hono";
import type { Clock, RandomBytes } from "../../kernel/clock";
import type { ArrivedCall, RegisteredClient } from "../simulator-machine";
import type { Faults, RateLimiter } from "./simulator-faults";
import type { Organisation, SimulatorState } from "./simulator-state";

/** One call that arrived, with the organisation that it named. */
export type Call = ArrivedCall & { readonly tenant: string };

export type Simulation = {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly clients: readonly RegisteredClient[];
  readonly state: SimulatorState;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  /** Real time that every answer takes. */
  readonly switches: { latencyMs: number };
  /** The newest calls last, at most 2,000. */
  readonly calls: Call[];
  /** Every code and token ever issued by this instance, for the search that must not find them elsewhere. */
  readonly issued: Set<string>;
};

export { bodyOf, ConnectionLost, issue } from "../simulator-machine";

/** Variables of a request to the API: the organisation that the token opened. */
export type Env = { Variables: { organisation: Organisation } };

/** Any JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A new id, as Xero's are. */
export function newGuid(random: RandomBytes): string {
  const hex = encodeHexLowerCase(random(16));
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}

/** `/Date(1552357188083+0000)/`: how Xero writes instants in JSON; `Z` less, as some of its fields are. */
export function msDate(instant: number, zone: "" | "+0000" = "+0000"): string {
  return `/Date(${instant}${zone})/`;
}

/** A calendar date as Xero writes it: midnight UTC. */
export function msDay(date: string): string {
  return msDate(Date.parse(`${date}T00:00:00Z`));
}

export type Status = 200 | 204 | 400 | 401 | 403 | 404 | 405 | 429 | 500 | 503;

/** An answer of the API, JSON when the caller accepts it and XML when it forgot to say so. */
export function answer(context: Context, body: Fields, status: Status = 200): Response {
  const accepts = context.req.header("accept") ?? "";
  if (accepts.includes("json")) return context.json(body, status === 204 ? 200 : status);
  const xml = `<?xml version="1.0" encoding="utf-8"?><Response>${toXml(body)}</Response>`;
  return context.body(xml, status === 204 ? 200 : status, { "content-type": "text/xml; charset=utf-8" });
}

/** What surrounds every list that the accounting answers with. */
export function envelope(simulation: Simulation, body: Fields): Fields {
  const { random, clock } = simulation;
  return { Id: newGuid(random), Status: "OK", ProviderName: "Daybook", DateTimeUTC: msDate(clock(), ""), ...body };
}

/** A refusal of the gateway, before the accounting was asked. */
export function refuse(context: Context, simulation: Simulation, status: Status, title: string, detail: string): Response {
  const problem = { Type: null, Title: title, Status: status, Detail: detail, Instance: newGuid(simulation.random), Extensions: {} };
  return answer(context, problem, status);
}

/** A refusal of the accounting itself. */
export function except(context: Context, errorNumber: number, type: string, message: string, elements?: readonly Fields[]): Response {
  return answer(context, { ErrorNumber: errorNumber, Type: type, Message: message, ...(elements === undefined ? {} : { Elements: elements }) }, 400);
}

function toXml(value: unknown): string {
  if (Array.isArray(value)) return value.map(toXml).join("");
  if (typeof value === "string") return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  if (!isFields(value)) return JSON.stringify(value) ?? "";
  return Object.entries(value)
    .flatMap(([name, inner]) => (Array.isArray(inner) ? inner.map((one: unknown) => [name, one] as const) : [[name, inner] as const]))
    .map(([name, inner]) => `<${name}>${toXml(inner)}</${name}>`)
    .join("");
}
