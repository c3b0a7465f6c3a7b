/** How the simulator answers: Clover's messages, JSON with its length, and who is asking for which merchant. */
import type { Context } from "hono";
import type { Permission, SimulatedMerchant, Simulation } from "./simulator-state";

/** JSON as bytes with their length, as a server on the network sends it. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return new Response(bytes, { status, headers: { "content-type": "application/json;charset=utf-8", "content-length": String(bytes.byteLength), ...headers } });
}

/** A refusal in Clover's form. */
export function refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  return json({ message }, status, headers);
}

/**
 * The merchant of the path where the token on the request is theirs, lives, belongs to the host's region and has the
 * permission. Everything else is the same 401: Clover answers no 403.
 */
export function merchantOf(simulation: Simulation, c: Context, permission: Permission): SimulatedMerchant | Response {
  const bearer = /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
  const token = simulation.state.tokens[bearer];
  const merchant = simulation.merchants.find((one) => one.id === c.req.param("merchant"));
  const isTheirs = token !== undefined && merchant !== undefined && token.merchantId === merchant.id && token.expiresAt > simulation.clock();
  if (!isTheirs || regionOfHost(new URL(c.req.url).hostname) !== merchant.region) return refuse(401, "401 Unauthorized");
  return merchant.permissions?.includes(permission) === false ? refuse(401, "401 Unauthorized") : merchant;
}

const HOST = /^(?:www|api)\.(?:(eu|la)\.)?clover\.com$/;

/** The region of one of Clover's hosts, or null for an address of the sandbox's own, where browsers come. */
export function regionOfHost(hostname: string): "na" | "eu" | "la" | null {
  const match = HOST.exec(hostname);
  if (match === null) return null;
  return match[1] === "eu" || match[1] === "la" ? match[1] : "na";
}
