/** How the simulator answers: Square's error envelope, JSON with its length, and who is asking. */
import type { Context } from "hono";
import type { Simulation, SimulatedMerchant } from "./simulator-state";

export type Category = "API_ERROR" | "AUTHENTICATION_ERROR" | "INVALID_REQUEST_ERROR" | "RATE_LIMIT_ERROR";

/** JSON as bytes with their length, as a server on the network sends it. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return new Response(bytes, {
    status, headers: { "content-type": "application/json; charset=utf-8", "content-length": String(bytes.byteLength), ...headers },
  });
}

/** One error in Square's envelope. */
export function refuse(status: number, category: Category, code: string, detail: string, field?: string): Response {
  return json({ errors: [{ category, code, detail, ...(field === undefined ? {} : { field }) }] }, status);
}

/** A 400 about one field. */
export function invalid(code: string, detail: string, field?: string): Response {
  return refuse(400, "INVALID_REQUEST_ERROR", code, detail, field);
}

const UNAUTHORIZED = "The `Authorization` http header of your request was incorrect or expired. The header value is expected to be of "
  + "the format \"Bearer TOKEN\" (without quotation marks), where TOKEN is to be replaced with your access token.";

/** The merchant whose live token with the scope is on the request, or the refusal. */
export function merchantOf(simulation: Simulation, c: Context, scope: string): SimulatedMerchant | Response {
  const bearer = /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
  const token = simulation.state.tokens[bearer];
  const merchant = simulation.merchants.find((one) => one.id === token?.merchantId);
  if (token === undefined || merchant === undefined) return refuse(401, "AUTHENTICATION_ERROR", "UNAUTHORIZED", UNAUTHORIZED);
  if (token.isRevoked) return refuse(401, "AUTHENTICATION_ERROR", "ACCESS_TOKEN_REVOKED", "The access token has been revoked.");
  if (token.expiresAt <= simulation.clock()) {
    return c.req.path.includes("/v2/catalog/") && simulation.state.catalogueHidesExpiry
      ? refuse(500, "API_ERROR", "INTERNAL_SERVER_ERROR", "An internal error has occurred.")
      : refuse(401, "AUTHENTICATION_ERROR", "ACCESS_TOKEN_EXPIRED", "The access token has expired.");
  }
  if (!token.scopes.includes(scope)) {
    const detail = `The merchant has not given your application sufficient permissions (${scope}).`;
    return refuse(403, "AUTHENTICATION_ERROR", "INSUFFICIENT_SCOPES", detail);
  }
  return merchant;
}

/** The JSON object of a body with no fields but the named ones, or the refusal. */
export async function bodyOf(c: Context, fields: readonly string[]): Promise<Readonly<Record<string, unknown>> | Response> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || Array.isArray(body)) return invalid("EXPECTED_JSON_BODY", "Expected a JSON body.");
  const unknown = Object.keys(body).find((field) => !fields.includes(field));
  return unknown === undefined
    ? (body as Readonly<Record<string, unknown>>)
    : invalid("UNKNOWN_BODY_PARAMETER", `Unknown body parameter ${unknown}.`, unknown);
}

/** The refusal of a query that has a parameter which the reference page does not name; null where there is none. */
export function strangerIn(c: Context, parameters: readonly string[]): Response | null {
  const stranger = Object.keys(c.req.query()).find((name) => !parameters.includes(name));
  return stranger === undefined ? null : invalid("UNKNOWN_QUERY_PARAMETER", `Unknown query parameter ${stranger}.`, stranger);
}

/** The refusal of a query whose named times are no times; null where they are. */
export function mistimedIn(c: Context, parameters: readonly string[]): Response | null {
  const wrong = parameters.find((name) => Number.isNaN(Date.parse(c.req.query(name) ?? "2000-01-01T00:00:00Z")));
  return wrong === undefined ? null : invalid("INVALID_TIME", "Not an RFC 3339 time.", wrong);
}

/** An opaque cursor that remembers which query it continues. */
export function cursorOf(query: string, offset: number): string {
  return btoa(JSON.stringify([query, offset])).replaceAll("=", "");
}

/** The offset of a cursor, 0 for none, or null when it belongs to another query. */
export function offsetOf(cursor: unknown, query: string): number | null {
  if (cursor === undefined || cursor === null || cursor === "") return 0;
  try {
    const [bound, offset] = JSON.parse(atob(typeof cursor === "string" ? cursor : "")) as [unknown, unknown];
    return bound === query && typeof offset === "number" ? offset : null;
  } catch {
    return null; // not one of our cursors: INVALID_CURSOR like any other
  }
}
